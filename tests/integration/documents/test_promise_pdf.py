"""The promise on paper: accessible, complete, the same each time, and quick."""

import io
import re
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from lofte.core.states import PromiseState
from lofte.documents import typst
from lofte.exchange.reading import load_file
from lofte.promises.documents import promise_data, promise_pdf
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.versions import canonical_text, content, digest

pytestmark = pytest.mark.django_db

CHECKOUT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((CHECKOUT / "examples").glob("*.json"))
ADDRESS = "https://lofte.example/kommun/lofte/"


def loaded(name: str) -> CitizenPromise:
    return load_file(CHECKOUT / f"examples/{name}.json").promise


def a_version(promise: CitizenPromise) -> PromiseVersion:
    version = promise.versions.last()
    if version is None:
        text = canonical_text(content(promise))
        version = PromiseVersion.objects.create(promise=promise, number=1, content=text, sha256=digest(text))
    return version


def reader(promise: CitizenPromise) -> PdfReader:
    return PdfReader(io.BytesIO(promise_pdf(promise, a_version(promise), ADDRESS)))


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_pdf_is_tagged_swedish_and_has_a_title() -> None:
    pdf = reader(loaded("strangnas-2018"))

    assert pdf.metadata is not None
    assert pdf.metadata.title == "Medborgarlöfte 2018 i Strängnäs kommun"
    assert str(pdf.trailer["/Root"]["/Lang"]).lower().startswith("sv")  # type: ignore[index]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "pdfuaid:part" in pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else False


def test_pdf_has_the_five_headings_the_pledge_and_the_roles() -> None:
    promise = loaded("strangnas-2018")

    text = words_of(reader(promise))

    for heading in (
        "Situationen idag", "Det här ska vi göra", "Det här ska vi åstadkomma tillsammans",
        "Följ med i hur det går!", "Underskrifter",
    ):  # fmt: skip
        assert heading in text
    assert promise.overall_pledge.strip('”“" ')[:60] in text
    assert "Kommundirektör Strängnäs kommun" in text
    assert "Strängnäs den 5 februari 2018" in text
    assert "maj 2018, september 2018 och januari 2019" in text


def test_pdf_carries_version_checksum_and_address() -> None:
    promise = loaded("strangnas-2018")
    version = a_version(promise)

    text = words_of(reader(promise))

    assert re.search(rf"Lydelse 1 · kontrollsumma {version.sha256[:4]} {version.sha256[4:8]}", text)
    assert "lofte.example/kommun/lofte" in text


def test_same_version_gives_the_same_bytes() -> None:
    promise = loaded("strangnas-2018")
    version = a_version(promise)

    assert promise_pdf(promise, version, ADDRESS) == promise_pdf(promise, version, ADDRESS)


def test_constructed_promise_says_so() -> None:
    promise = CitizenPromise.objects.none()
    for path in EXAMPLES:
        if path.name.startswith("exempelkoping"):
            promise = load_file(path).promise

    assert "är påhittad" in words_of(reader(promise))  # type: ignore[arg-type]


def test_words_that_are_not_the_signed_ones_say_so() -> None:
    promise = loaded("lulea-2018")

    assert "återgivna med egna ord" in words_of(reader(promise))
    assert "återgivna med egna ord" not in words_of(reader(loaded("strangnas-2018")))


def test_draft_says_so_and_has_lines_to_sign_on() -> None:
    promise = loaded("strangnas-2018")
    promise.sign_offs.all().delete()
    promise.state = PromiseState.DRAFT
    promise.save()

    text = words_of(reader(promise))

    assert "Utkast. Texten kan ändras." in text
    assert text.count("Ort och datum") == 2


def test_picture_that_is_not_public_stays_out() -> None:
    promise = loaded("strangnas-2018")
    assert promise.picture is not None
    promise.picture.state = "draft"
    promise.picture.save()

    assert promise_data(promise, a_version(promise), ADDRESS)["situation"] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_becomes_a_document_within_a_second(path: Path) -> None:
    promises = [load_file(each).promise for each in needed_by(path)]
    version = a_version(promises[-1])

    began = time.monotonic()
    made = promise_pdf(promises[-1], version, ADDRESS)

    assert time.monotonic() - began < 1
    assert PdfReader(io.BytesIO(made)).pages


def needed_by(path: Path) -> list[Path]:
    """A cycle that takes up lessons needs the one before it."""
    kommun = path.stem.partition("-")[0]
    return [each for each in EXAMPLES if each.stem.partition("-")[0] == kommun and each <= path]


def test_words_are_never_read_as_markup() -> None:
    promise = loaded("strangnas-2018")
    promise.intro = "#sys.inputs *fetstil* $x$ [länk] \\ = rubrik"
    promise.save()
    version = PromiseVersion(promise=promise, number=2, content=canonical_text(content(promise)), sha256="0" * 64)
    version.created_at = a_version(promise).created_at

    text = words_of(PdfReader(io.BytesIO(promise_pdf(promise, version, ADDRESS))))

    assert "#sys.inputs *fetstil* $x$ [länk]" in text


def test_unknown_template_is_refused() -> None:
    with pytest.raises(typst.DocumentRefused, match="no-such"):
        typst.pictures("no-such", {})


def test_fonts_are_our_own_and_not_the_machines() -> None:
    families = typst.fonts().families()

    assert "Source Sans 3" in families
    assert not {"DejaVu Serif", "Liberation Sans", "Arial"} & set(families)
