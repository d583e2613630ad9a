"""The pages where a text is signed: on screen after showing who one is, or from a paper."""

import time
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factories import TODAY
from lofte.parties.models import User
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from people import Cast, as_nobody, signed_in

type Asked = dict[str, SignatureRequest]
PASSWORD: dict[str, object] = {"method": "password"}
CODE: dict[str, object] = {"method": "mfa", "type": "totp"}
PASSKEY: dict[str, object] = {"method": "mfa", "type": "webauthn", "passwordless": True}
RECOVERY: dict[str, object] = {"method": "mfa", "type": "recovery_codes"}


def url(name: str, **more: int) -> str:
    return reverse(f"promises:{name}", kwargs={"kommun": "tuna", "slug": "2027", **more})


def shown(user: User, *methods: dict[str, object], ago: float = 0, has_factor: bool = True) -> Client:
    """Signed in, with these ways of showing who one is some seconds ago."""
    if has_factor:
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    client = signed_in(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**each, "at": time.time() - ago} for each in methods]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def on_screen(client: Client, asked: SignatureRequest, version: PromiseVersion, **changed: str) -> Any:
    given = {"role": asked.role, "sha256": version.sha256, "has_read": "on"} | changed
    return client.post(url("sign_screen", pk=asked.pk), given, follow=True)


def paper(version: PromiseVersion, **changed: Any) -> dict[str, Any]:
    return {
        "role": "Kommundirektör", "sha256": version.sha256, "signed_on": str(TODAY), "checksum": version.sha256[:16],
        "registry_number": "KS 2026/12", "printed_name": "N. N.",
    } | changed  # fmt: skip


@pytest.mark.parametrize("methods", [(PASSWORD, CODE), (CODE, PASSWORD), (PASSKEY,)])
def test_fresh_password_and_code_or_a_passkey_sign(
    asked: Asked, frozen: PromiseVersion, people: Cast, methods: tuple[dict[str, object], ...]
) -> None:
    on_screen(shown(people.police_chief, *methods), asked["polisen"], frozen)

    kept = SignOff.objects.get(promise=frozen.promise)
    assert (kept.method, kept.sha256, kept.recorded_by) == ("screen", frozen.sha256, people.police_chief.key)


@pytest.mark.parametrize(
    ("methods", "ago", "has_factor", "says"),
    [
        ((PASSWORD, CODE), 0, False, "behöver ditt konto en nyckel eller en app"),
        ((), 0, True, "frågar vi om lösenordet"),
        ((CODE,), 0, True, "frågar vi om lösenordet"),
        ((PASSWORD,), 0, True, "Nu behövs engångskoden"),
        ((PASSWORD, RECOVERY), 0, True, "Nu behövs engångskoden"),
        ((PASSWORD, CODE), 601, True, "frågar vi om lösenordet"),
        ((PASSKEY,), 601, True, "frågar vi om lösenordet"),
        # The clock was set back an hour since: what lies ahead of now proves nothing.
        ((PASSWORD, CODE), -3600, True, "frågar vi om lösenordet"),
    ],
)
def test_less_than_that_does_not_sign(
    asked: Asked, frozen: PromiseVersion, people: Cast, methods: Any, ago: float, has_factor: bool, says: str
) -> None:
    client = shown(people.police_chief, *methods, ago=ago, has_factor=has_factor)

    answer = on_screen(client, asked["polisen"], frozen)

    assert says in answer.content.decode()
    assert not SignOff.everything.filter(promise=frozen.promise).exists()


def test_what_another_person_showed_in_the_same_browser_does_not_count(
    asked: Asked, frozen: PromiseVersion, people: Cast
) -> None:
    client = shown(people.police_chief, PASSWORD, CODE)
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(people.director.pk)
    session.save()

    on_screen(client, asked["polisen"], frozen)

    assert not SignOff.everything.filter(promise=frozen.promise).exists()


def test_a_text_that_was_changed_meanwhile_is_not_signed(asked: Asked, frozen: PromiseVersion, people: Cast) -> None:
    answer = on_screen(shown(people.police_chief, PASSKEY), asked["polisen"], frozen, sha256="0" * 64)

    assert "Texten har ändrats sedan du läste den" in answer.content.decode()


def test_signing_on_behalf_of_someone_needs_the_decision(asked: Asked, frozen: PromiseVersion, people: Cast) -> None:
    client = shown(people.police_chief, PASSKEY)

    refused = on_screen(client, asked["polisen"], frozen, on_behalf_of="Lokalpolisområdeschef")
    on_screen(
        client, asked["polisen"], frozen,
        role="Ställföreträdare", on_behalf_of="Lokalpolisområdeschef", delegation_reference="Beslut 12",
    )  # fmt: skip

    assert refused.status_code == 422
    assert SignOff.objects.get(promise=frozen.promise).delegation_reference == "Beslut 12"


def test_without_having_read_nothing_is_signed(asked: Asked, frozen: PromiseVersion, people: Cast) -> None:
    given = {"role": "Chef", "sha256": frozen.sha256}

    answer = shown(people.police_chief, PASSKEY).post(url("sign_screen", pk=asked["polisen"].pk), given)

    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["director", "coordinator", "partner", "neighbour", "stranger"])
def test_only_the_one_who_is_asked_meets_the_page(asked: Asked, frozen: PromiseVersion, people: Cast, who: str) -> None:
    assert shown(getattr(people, who), PASSKEY).get(url("sign_screen", pk=asked["polisen"].pk)).status_code == 404


def test_a_paper_is_recorded_with_its_scan_outside_what_is_public(
    asked: Asked, frozen: PromiseVersion, people: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    scan = SimpleUploadedFile("../../Kommundirektörens namn.pdf", b"%PDF-1.7 papper")

    signed_in(people.coordinator).post(url("sign_paper", pk=asked["kommunen"].pk), paper(frozen, scan=scan))

    kept = SignOff.objects.get(promise=frozen.promise)
    assert (kept.method, kept.registry_number, kept.printed_name) == ("paper", "KS 2026/12", "N. N.")
    assert Path(kept.scan.path).parent == tmp_path / "signed-papers"
    assert "namn" not in kept.scan.name
    fetched = signed_in(people.police_editor).get(url("scan", pk=kept.pk))
    assert b"".join(fetched.streaming_content) == b"%PDF-1.7 papper"  # type: ignore[arg-type]
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(people.director).get(url("scan", pk=kept.pk)).status_code == 404
    assert signed_in(people.neighbour).get(url("scan", pk=kept.pk)).status_code == 404


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"checksum": "0" * 16}, "Kontrollsumman är en annan"),
        ({"checksum": "abc"}, "Kontrollsumman är en annan"),
        ({"signed_on": "2030-01-01"}, "Datumet har inte varit än"),
        ({"scan": SimpleUploadedFile("x.pdf", b"<html>")}, "varken pdf, jpeg eller png"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused(
    asked: Asked, frozen: PromiseVersion, people: Cast, changed: dict[str, Any], says: str
) -> None:
    answer = signed_in(people.coordinator).post(url("sign_paper", pk=asked["kommunen"].pk), paper(frozen, **changed))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SignOff.everything.filter(promise=frozen.promise).exists()


def test_the_short_sum_of_the_paper_may_be_written_with_spaces(
    asked: Asked, frozen: PromiseVersion, people: Cast
) -> None:
    from lofte.promises.documents import short_sum

    given = paper(frozen, checksum=short_sum(frozen.sha256).upper())

    assert signed_in(people.coordinator).post(url("sign_paper", pk=asked["kommunen"].pk), given).status_code == 302


def test_declining_is_told_to_those_who_write(asked: Asked, frozen: PromiseVersion, people: Cast) -> None:
    signed_in(people.director).post(url("decline", pk=asked["kommunen"].pk), {"reason": "Vi har inte råd."})

    told = signed_in(people.police_editor).get(url("sign")).content.decode()
    assert "Vi har inte råd." in told


def test_a_signature_is_taken_back_on_the_page(frozen: PromiseVersion, people: Cast, sign_for: Any) -> None:
    kept = sign_for("polisen")

    signed_in(people.police_chief).post(url("withdraw", pk=kept.pk), {"skal": "Nytt läge"})

    told = signed_in(people.coordinator).get(url("sign")).content.decode()
    assert "Nytt läge" in told
    assert "1 underskrift gäller inte längre" in told


@pytest.mark.parametrize("who", ["partner", "community_officer", "neighbour", "stranger"])
def test_nobody_else_sees_the_signatures(frozen: PromiseVersion, people: Cast, who: str) -> None:
    assert signed_in(getattr(people, who)).get(url("sign")).status_code == 404


def test_att_gora_leads_to_signing_and_then_to_publishing(
    draft: CitizenPromise, frozen: PromiseVersion, people: Cast, sign_for: Any
) -> None:
    todo = reverse("desk:todo")
    assert "Skriv under" in signed_in(people.police_chief).get(todo).content.decode()
    assert "Skriv under" not in signed_in(people.police_editor).get(todo).content.decode()
    sign_for("polisen")
    sign_for("kommunen")
    assert "Skriv under Med" not in signed_in(people.police_chief).get(todo).content.decode()
    assert "Alla har skrivit under. Publicera" in signed_in(people.coordinator).get(todo).content.decode()


def test_publishing_from_the_page(draft: CitizenPromise, people: Cast, sign_for: Any) -> None:
    publish = reverse("desk:publish_signed", kwargs={"kommun": "tuna", "slug": "2027"})
    coordinator = signed_in(people.coordinator)
    sign_for("polisen")
    early = coordinator.post(publish, follow=True).content.decode()
    sign_for("kommunen")
    coordinator.post(publish)

    assert "Alla har inte skrivit under än" in early
    told = as_nobody().get("/tuna/2027/").content.decode()
    assert "Undertecknat den 10 september 2026 av lokalpolisområdeschef för Polisen." in told


def test_no_name_of_a_signer_is_ever_shown_to_visitors(
    draft: CitizenPromise, asked: Asked, frozen: PromiseVersion, people: Cast, sign_for: Any
) -> None:
    sign_for("polisen")
    signed_in(people.coordinator).post(
        url("sign_paper", pk=asked["kommunen"].pk), paper(frozen, printed_name="Hemliga Namnet")
    )
    signed_in(people.coordinator).post(reverse("desk:publish_signed", kwargs={"kommun": "tuna", "slug": "2027"}))

    for end in ("", "kontrollera/", "lofte.json", "lydelse-1.json"):
        assert "Hemliga Namnet" not in as_nobody().get(f"/tuna/2027/{end}").content.decode()
