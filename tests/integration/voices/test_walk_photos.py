"""A picture of a point: what it shows is kept, and nothing else of what the phone wrote in it."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from factories import TODAY
from lofte.voices import photos
from lofte.voices.models import Dialogue, SafetyWalk, WalkPhoto, WalkPoint
from people import Cast, as_nobody, signed_in

WALK = "/arbete/tuna/dialoger/2026/trygg/vandring/vandring-1/"
OPEN = "/tuna/dialog/2026/trygg/vandring/vandring-1/"
GPS, ORIENTATION, MAKE, TAKEN = 0x8825, 0x0112, 0x010F, 0x0132


@pytest.fixture
def walk(open_dialogue: Dialogue) -> SafetyWalk:
    return SafetyWalk.objects.create(
        dialogue=open_dialogue, key="vandring-1", title="Runt stationen", on=TODAY, visibility="open"
    )


@pytest.fixture
def desk(people: Cast, walk: SafetyWalk) -> Client:
    return signed_in(people.coordinator)


def taken_with_a_phone(size: tuple[int, int] = (400, 200), kind: str = "JPEG") -> bytes:
    """A picture that lies on its side and tells where, when and with what it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[TAKEN] = 6, "Hemlig telefon", "2026:09:01 22:13:00"
    exif.get_ifd(GPS).update({1: "N", 2: (IFDRational(59), IFDRational(22), IFDRational(1))})
    made = io.BytesIO()
    comment = {"comment": b"Tagen av mig"} if kind == "JPEG" else {}
    Image.new("RGB", size, "navy").save(made, kind, exif=exif, **comment)
    return made.getvalue()


def given(desk: Client, content: bytes, name: str = "bild.jpg", **changed: Any) -> Any:
    fields = {"text": "Lampan är släckt.", "kind": "light", "picture_text": "En släckt lampa."} | changed
    return desk.post(WALK, fields | {"picture": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_kept_upright_and_tells_nothing_of_where_or_when(desk: Client, kind: str) -> None:
    given(desk, taken_with_a_phone(kind=kind))

    photo = WalkPhoto.objects.get()
    kept = bytes(photo.content)
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (200, 400))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (photo.width, photo.height, photo.text) == (200, 400, "En släckt lampa.")
    for word in (b"Exif", b"Hemlig", b"2026:09", b"Tagen av mig"):
        assert word not in kept


def test_large_picture_is_made_small(desk: Client) -> None:
    given(desk, taken_with_a_phone((4000, 3000)))

    photo = WalkPhoto.objects.get()
    assert max(photo.width, photo.height) == photos.LONGEST_SIDE
    assert len(photo.content) < 300_000


def test_everyone_sees_the_picture_of_an_open_walk_with_its_words(desk: Client) -> None:
    given(desk, taken_with_a_phone())
    point = WalkPoint.objects.get()

    page = as_nobody().get(OPEN).text
    picture = as_nobody().get(f"{OPEN}{point.pk}.jpg")

    assert 'alt="En släckt lampa."' in page
    assert f'src="{OPEN}{point.pk}.jpg"' in page
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("hidden", [SafetyWalk, Dialogue])
def test_picture_of_what_is_not_open_is_for_us_only(desk: Client, people: Cast, hidden: type) -> None:
    given(desk, taken_with_a_phone())
    address = f"{OPEN}{WalkPoint.objects.get().pk}.jpg"
    hidden.objects.update(**({"visibility": "internal"} if hidden is SafetyWalk else {"is_draft": True}))  # type: ignore[attr-defined]

    assert as_nobody().get(address).status_code == 404
    assert signed_in(people.neighbour).get(address).status_code == 404
    assert desk.get(address).status_code == 200


def test_picture_needs_words(desk: Client) -> None:
    page = given(desk, taken_with_a_phone(), picture_text="")

    assert page.status_code == 422
    assert "Skriv vad bilden visar." in page.text
    assert not WalkPoint.objects.exists()


def test_picture_is_kept_when_the_point_changes_and_goes_when_asked(desk: Client) -> None:
    given(desk, taken_with_a_phone())
    point = WalkPoint.objects.get()
    fields = {"text": "Lampan är släckt.", "kind": "light", "picture_text": "Lampan över tunneln."}

    desk.post(f"{WALK}{point.pk}/", fields | {"done_on": TODAY})
    assert WalkPhoto.objects.get().text == "Lampan över tunneln."
    assert "1 av 1 punkt är åtgärdad." in as_nobody().get(OPEN).text

    desk.post(f"{WALK}{point.pk}/", fields | {"remove_picture": "on"})
    assert not WalkPhoto.objects.exists()


def test_point_that_was_found_as_before_is_not_counted_as_done(desk: Client, walk: SafetyWalk) -> None:
    WalkPoint.objects.create(
        walk=walk, order=1, kind="light", text="Lampan.", done_on=TODAY, revisited_on=TODAY, revisit="same"
    )

    assert "0 av 1 punkt är åtgärdad." in as_nobody().get(OPEN).text


def png_that_says_it_is(width: int, height: int) -> bytes:
    """A few bytes that unpack to a picture as large as a house."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Bilden går inte att läsa."),
        (b"inte en bild", "Bilden går inte att läsa."),
        (b"\0\0\0\x24ftypheic" + bytes(200), "ta en skärmbild av den och välj skärmbilden"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Bilden går inte att läsa."),
        (taken_with_a_phone()[:900], "Bilden går inte att läsa."),
        (b"\xff\xd8\xff\xe0" + bytes(50 * 1024 * 1024), "Bilden är för stor."),
        (png_that_says_it_is(9_000, 9_000), "Bilden är för stor."),
        (png_that_says_it_is(12_000, 12_000), "Bilden är för stor."),
        (png_that_says_it_is(60_000, 60_000), "Bilden är för stor."),
    ],
    ids=["empty", "text", "heic", "script", "torn", "50 MB", "81 megapixels", "144 megapixels", "bomb"],
)
def test_file_that_is_no_photo_is_one_sentence_and_loses_nothing(desk: Client, content: bytes, sentence: str) -> None:
    page = given(desk, content)

    assert page.status_code == 422
    assert sentence in page.text
    assert "Lampan är släckt.</textarea>" in page.text
    assert not WalkPhoto.objects.exists()
