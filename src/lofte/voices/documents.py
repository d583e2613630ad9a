"""A dialogue on paper: a poster with a code to point a phone at, forms to fill in by hand, and a poster of answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lofte.design.words import date_words
from lofte.documents import typst
from lofte.voices import codes
from lofte.voices.areas import offered
from lofte.voices.models import Contribution, Dialogue, ParticipantCount, Theme
from lofte.voices.presenters import address, answered, capital, feedback, when

MOST_PLACES = 14


def answer_url(dialogue: Dialogue) -> str:
    """Where one answers: an open page, or the closed link of a staff dialogue. Always the Swedish address."""
    with translation.override("sv"):
        if dialogue.is_for_staff:
            path = address("voices:staff_answer", dialogue, token=codes.link_token(dialogue))
        else:
            path = address("voices:answer", dialogue)
    return f"{settings.BASE_URL}{path}"


def claim_url(dialogue: Dialogue) -> str:
    with translation.override("sv"):
        path = reverse("voices:claim", kwargs={"kommun": dialogue.cycle.municipality.slug})
    return f"{settings.BASE_URL}{path}"


def page_url(dialogue: Dialogue) -> str:
    with translation.override("sv"):
        return f"{settings.BASE_URL}{address('voices:dialogue', dialogue)}"


def poster(dialogue: Dialogue, made_at: dt.datetime) -> bytes:
    with translation.override("sv"):
        return typst.compile("dialogue_poster", _shared(dialogue), made_at=made_at)


def paper(dialogue: Dialogue, given: Sequence[str], made_at: dt.datetime) -> bytes:
    """One form for each code; the code stands on a slip that the one who answers tears off and keeps."""
    with translation.override("sv"):
        url = claim_url(dialogue)
        data = _shared(dialogue) | {
            "codes": list(given),
            "questions": _questions(dialogue),
            "claim_address": url.partition("://")[2].rstrip("/"),
            "claim_qr": typst.qr_code(url),
        }
        return typst.compile("dialogue_form", data, made_at=made_at)


def answers(dialogue: Dialogue, themes: Sequence[Theme], today: dt.date, made_at: dt.datetime) -> bytes:
    """You said, we do, to hang where people were asked. The way on leads to the page, or to the kvittokod."""
    with translation.override("sv"):
        url = claim_url(dialogue) if dialogue.is_for_staff else page_url(dialogue)
        said = [answered(theme, is_counted=True) for theme in themes]
        data = {
            **_head(dialogue),
            "feedback": feedback(dialogue, themes, today).sentence,
            "themes": [{"label": each.label, "count": each.count, "verdict": each.verdict, "text": each.text}
                       for each in said],
            "address": url.partition("://")[2].rstrip("/"),
            "qr": typst.qr_code(url),
            "words": {
                "heading": _("Ni sa, vi gör"),
                "nothing_yet": _("Det här har inte fått svar än."),
                "more": _("Läs mer, eller se vad ditt eget svar ledde till:"),
                "qr": _("QR-kod till sidan om dialogen"),
            },
        }  # fmt: skip
        return typst.compile("dialogue_answers", data, made_at=made_at)


def _head(dialogue: Dialogue) -> dict[str, Any]:
    municipality = dialogue.cycle.municipality
    is_made_up = municipality.is_constructed
    return {
        "title": dialogue.title,
        "author": str(municipality),
        "eyebrow": f"{capital(str(dialogue.get_kind_display()))} · {municipality}",
        "banner": [_("{kommun} är påhittad. Dialogen är ett exempel.").format(kommun=municipality)]
        if is_made_up
        else [],
    }


def _shared(dialogue: Dialogue) -> dict[str, Any]:
    url = answer_url(dialogue)
    days = _("Svara {days}.").format(days=when(dialogue)) if when(dialogue) else ""
    feedback = (
        _("Senast {day} kan du läsa vad svaren ledde till.").format(day=date_words(dialogue.feedback_on))
        if dialogue.feedback_on
        else ""
    )
    return {
        **_head(dialogue),
        "question": dialogue.question,
        "can_influence": dialogue.can_influence,
        "days": days,
        "feedback": feedback,
        "url": url,
        "address": url.partition("://")[2].rstrip("/"),
        "qr": typst.qr_code(url),
        "urgent": _("Händer det något nu? Ring 112. Vill du tipsa polisen? Ring 114 14. Här kan du inte anmäla brott."),
        "young": _("Är du under 18 och behöver prata? Ring Bris, 116 111."),
        "record": _(
            "Det du skriver blir en allmän handling. Andra kan få läsa det. Skriv inget som pekar ut en person."
        ),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "scan": _("Rikta telefonens kamera mot rutan"),
        "or_write": _("eller skriv adressen"),
        "no_account": _("Du behöver inget konto. Det tar ungefär två minuter."),
        "influence": _("Det här går att påverka"),
        "qr": _("QR-kod till sidan där du svarar"),
        "tell": _("Berätta med egna ord"),
        "voluntary": _("Om du vill"),
        "why": _("Så ser vi vilka som har blivit hörda. Det sparas inte ihop med ditt svar."),
        "keep": _("Riv av och spara"),
        "code": _("Din kvittokod"),
        "how": _("Med koden ser du vad ditt svar ledde till:"),
        "claim_qr": _("QR-kod till sidan för kvittokoden"),
        "thanks": _("Tack för att du svarar!"),
    }


def _questions(dialogue: Dialogue) -> list[dict[str, Any]]:
    places = [area.name for area in offered(dialogue)]
    # A long list of places is quicker to write than to read.
    where = places if len(places) <= MOST_PLACES else []
    return [
        {"label": _("Var?"), "options": where, "has_line": True},
        {"label": _("När på dygnet?"), "options": _labels(Contribution.TimeBand), "has_line": False},
        {"label": _("Vad gäller det?"), "options": _labels(Contribution.Category), "has_line": False},
        {"label": _("Hur känns det där?"), "options": _labels(Contribution.Feeling), "has_line": False},
        {"label": _("Hur gammal är du?"), "options": _labels(ParticipantCount.Age), "has_line": False},
        {"label": _("Är du kvinna eller man?"), "options": _labels(ParticipantCount.Sex), "has_line": False},
    ]


def _labels(choices: Any) -> list[str]:
    return [capital(str(label)) for value, label in choices.choices if value]
