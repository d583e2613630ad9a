"""The promise on paper: the headings of the national template, and what one needs to check the text."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from lofte.core.visibility import VISITOR
from lofte.design.words import date_words, period_words
from lofte.documents import typst
from lofte.picture.models import SituationPicture
from lofte.promises.models import CitizenPromise, PromiseVersion, SignOff
from lofte.promises.plans import plan_words
from lofte.promises.signing import answered, signatures
from lofte.promises.states import TO_SIGN
from lofte.promises.text import ActivityText, PledgeText, PromiseText, read
from lofte.promises.wording import listed, promised_words, responsible, rhythm_words


def promise_pdf(promise: CitizenPromise, version: PromiseVersion, url: str) -> bytes:
    """A version of the promise as an accessible PDF. The same version gives the same bytes."""
    return typst.compile("promise", promise_data(promise, version, url), made_at=version.created_at)


def promise_data(promise: CitizenPromise, version: PromiseVersion, url: str) -> dict[str, Any]:
    """What the template shows. A promise is a Swedish document, whoever opens it."""
    with translation.override("sv"):
        return _data(promise, version, url)


def _data(promise: CitizenPromise, version: PromiseVersion, url: str) -> dict[str, Any]:
    text = read(version.content)
    return {
        "title": text.title,
        "author": listed(text.parties),
        "keywords": [_("medborgarlöfte"), str(promise.municipality)],
        "words": _words(),
        "banner": _banner(promise, version),
        "eyebrow": f"{promise.municipality} · {period_words(text.starts, text.ends)}",
        "short_line": _short_line(text),
        "facts": _facts(text),
        "intro": _paragraphs(text.intro),
        **_situation(promise.picture),
        "overall": text.overall_pledge.strip('”“" \n'),
        "overall_note": _("Återgivet med egna ord.") if text.overall_pledge_is_summary else "",
        "pledges_note": _retold(text),
        "pledges": [_pledge(pledge) for pledge in text.pledges],
        "outcome": _paragraphs(text.desired_outcome),
        "goals": [{"text": goal.text, "plan": " ".join(plan_words(goal))} for goal in text.goals],
        "following": _following(text, promise.report_days),
        **_signatures(promise, version, text),
        "version": _version(version),
        "url": url,
        "address": url.partition("://")[2].strip("/") or url,
        "qr": typst.qr_code(url),
    }


def _words() -> dict[str, str]:
    return {
        "situation": _("Situationen idag"),
        "problems": _("Det här ser vi:"),
        "no_situation": _("Här finns inget underlag att visa."),
        "doing": _("Det här ska vi göra"),
        "achieving": _("Det här ska vi åstadkomma tillsammans"),
        "no_outcome": _("Löftet har inget mått."),
        "following": _("Följ med i hur det går!"),
        "read_on": _("Läs mer och kontrollera texten på"),
        "signing": _("Underskrifter"),
        "place_and_date": _("Ort och datum"),
        "signature": _("Underskrift"),
        "no_contract": _(
            "Ett medborgarlöfte är inget avtal. "
            "Löften som inte hålls ska redovisas, med skäl, och tas upp inför nästa löfte."
        ),
        "qr": _("QR-kod till löftets sida"),
        "page": _("Sida"),
        "of": _("av"),
    }


def _version(version: PromiseVersion) -> str:
    """What stands in the foot of every page: with it one tells a signed paper from an older print."""
    if not version.is_kept:
        return _("Utkast · kontrollsumma {sum}").format(sum=short_sum(version.sha256))
    return _("Lydelse {number} · kontrollsumma {sum}").format(number=version.number, sum=short_sum(version.sha256))


def _banner(promise: CitizenPromise, version: PromiseVersion) -> list[str]:
    told = []
    if promise.municipality.is_constructed:
        told.append(_("{kommun} är påhittad. Löftet är ett exempel.").format(kommun=promise.municipality))
    if not version.is_kept or (not promise.is_public and promise.state not in TO_SIGN):
        told.append(_("Utkast. Texten kan ändras."))
    return told


def _short_line(text: PromiseText) -> str:
    if not text.short_line:
        return ""
    return (
        _("Kort version, gjord i efterhand: {line}").format(line=text.short_line)
        if text.short_line_is_later
        else text.short_line
    )


def _facts(text: PromiseText) -> list[dict[str, str]]:
    where = listed(text.areas) if text.areas else _("hela kommunen") if text.covers_municipality else ""
    when = period_words(text.starts, text.ends)
    return [
        {"term": _("Lovar"), "text": listed(text.parties) or _("det framgår inte")},
        {"term": _("Gäller"), "text": ", ".join(filter(None, [when, where]))},
    ]


def _situation(picture: SituationPicture | None) -> dict[str, Any]:
    if picture is None or not SituationPicture.objects.visible_to(VISITOR).filter(pk=picture.pk).exists():
        return {"situation": [], "problems": []}
    problems = [problem.title for problem in picture.problems.visible_to(VISITOR)]
    return {"situation": [*_paragraphs(picture.summary), *_paragraphs(picture.joint_assessment)], "problems": problems}


def _pledge(pledge: PledgeText) -> dict[str, Any]:
    """One activity stands as a row of its pledge, several as a list; what only repeats the pledge is left out."""
    rows = [{"term": _("Ansvarig"), "text": responsible(pledge)}]
    if len(pledge.activities) != 1:
        return {"text": pledge.text, "rows": rows, "activities": [_activity(each) for each in pledge.activities]}
    only = pledge.activities[0]
    if amount := _amounts(only):
        rows.append({"term": _("Lovat"), "text": amount})
    if not _says_the_same(only, pledge):
        rows.append({"term": _("Så gör vi"), "text": only.text})
    return {"text": pledge.text, "rows": rows, "activities": []}


def _retold(text: PromiseText) -> str:
    """An imported promise whose wording was not kept must not pass for the signed words."""
    retold = [pledge for pledge in text.pledges if pledge.is_summary]
    if not retold:
        return ""
    return (
        _("Löftena är återgivna med egna ord.")
        if len(retold) == len(text.pledges)
        else _("Några löften är återgivna med egna ord.")
    )


def _says_the_same(activity: ActivityText, pledge: PledgeText) -> bool:
    return activity.text.strip(" .").lower() == pledge.text.strip(" .").lower()


def _activity(activity: ActivityText) -> str:
    amount = _amounts(activity)
    return f"{activity.text.rstrip('.')}: {amount}" if amount else activity.text


def _amounts(activity: ActivityText) -> str:
    return "; ".join(promised_words(target) for target in activity.targets if target.kind != "none")


def _following(text: PromiseText, report_days: list[str]) -> list[str]:
    told = [rhythm_words(text.rhythm, report_days)]
    if text.channels:
        told.append(_("Du kan följa arbetet på {channels}.").format(channels=listed(text.channels)))
    return [" ".join(filter(None, told))] if any(told) else []


def _signatures(promise: CitizenPromise, version: PromiseVersion, text: PromiseText) -> dict[str, Any]:
    if version.is_kept and version.standing == PromiseVersion.Standing.PENDING:
        return {"signing_note": "", "signatures": _lines(promise, version)}
    signed = [_signature(each) for each in promise.sign_offs.select_related("organisation")]
    if not signed:
        open_lines = [
            {"role": "", "organisation": party, "is_signed": False, "when": "", "note": ""} for party in text.parties
        ]
        return {"signing_note": _decided(promise), "signatures": [] if promise.is_public else open_lines}
    return {"signing_note": _decided(promise), "signatures": signed}


def _lines(promise: CitizenPromise, version: PromiseVersion) -> list[dict[str, Any]]:
    """Who is to sign this text: a line to sign on, or when it was signed."""
    given = signatures(version)
    found = []
    for request in promise.signature_requests.select_related("organisation"):
        sign_off = answered(request, given)
        open_line = {"role": request.role, "organisation": request.organisation.name, "is_signed": False}
        found.append(_signature(sign_off) if sign_off else open_line | {"when": "", "note": ""})
    return found


def _decided(promise: CitizenPromise) -> str:
    if promise.decided_by and promise.decided_on:
        return _("Beslutat av {body} den {day}.").format(body=promise.decided_by, day=date_words(promise.decided_on))
    if promise.is_public and not promise.sign_offs.exists():
        return _("Inga underskrifter är kända.")
    return ""


def _signature(sign_off: SignOff) -> dict[str, Any]:
    is_signed = sign_off.signed_on is not None or sign_off.method == SignOff.Method.STATED
    when = date_words(sign_off.signed_on) if sign_off.signed_on else _("datum framgår inte")
    place = (
        _("{place} den {day}").format(place=sign_off.place, day=when) if sign_off.place and sign_off.signed_on else when
    )
    number = _("Originalet finns hos kommunen, dnr {number}.").format(number=sign_off.registry_number)
    return {
        "role": sign_off.role[:1].upper() + sign_off.role[1:],
        "organisation": sign_off.organisation.name,
        "is_signed": is_signed,
        "when": place,
        "note": number if sign_off.registry_number else "",
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]


def short_sum(sha256: str) -> str:
    """The first sixteen characters in groups of four: enough to compare by eye."""
    return " ".join(sha256[start : start + 4] for start in range(0, 16, 4))
