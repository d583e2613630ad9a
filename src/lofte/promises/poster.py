"""One page for a notice board: what was promised, and where one follows it."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.design.words import period_words
from lofte.documents import typst
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.text import PromiseText, read
from lofte.promises.wording import listed, rhythm_words

MOST_PLEDGES = 5
MOST_LETTERS = 640
# A long line in large letters would push the code off the page.
LARGE, SMALL, LONG_LINE = 42, 32, 45


def poster_pdf(promise: CitizenPromise, version: PromiseVersion, url: str) -> bytes:
    with translation.override("sv"):
        return typst.compile("promise_poster", _data(promise, version, url), made_at=version.created_at)


def _data(promise: CitizenPromise, version: PromiseVersion, url: str) -> dict[str, Any]:
    text = read(version.content)
    line = text.short_line or text.title
    shown = _that_fit(text)
    left = len(text.pledges) - len(shown)
    return {
        "title": text.title,
        "author": listed(text.parties),
        "banner": _banner(promise, version),
        "eyebrow": f"{_('Medborgarlöfte')} {period_words(text.starts, text.ends)} · {promise.municipality}",
        "line": line,
        "line_size": LARGE if len(line) < LONG_LINE else SMALL,
        "parties": _("{parties} lovar.").format(parties=listed(text.parties)) if text.parties else "",
        "pledges": shown,
        "more": ngettext("och {n} löfte till", "och {n} löften till", left).format(n=left) if left else "",
        "following": rhythm_words(text.rhythm, []),
        "address": url.partition("://")[2].strip("/") or url,
        "qr": typst.qr_code(url),
        "words": {
            "pledges": _("Det här ska vi göra"),
            "qr": _("QR-kod till löftets sida"),
            "follow": _("Följ löftet här"),
            "no_account": _("Du behöver inget konto."),
            "no_contract": _("Löften som inte hålls ska redovisas, med skäl, och tas upp inför nästa löfte."),
        },
    }


def _that_fit(text: PromiseText) -> list[str]:
    """The first pledges, as many as a page has room for; one is never cut."""
    shown: list[str] = []
    for pledge in text.pledges[:MOST_PLEDGES]:
        if shown and sum(map(len, shown)) + len(pledge.text) > MOST_LETTERS:
            break
        shown.append(pledge.text)
    return shown


def _banner(promise: CitizenPromise, version: PromiseVersion) -> list[str]:
    told = []
    if promise.municipality.is_constructed:
        told.append(_("{kommun} är påhittad. Löftet är ett exempel.").format(kommun=promise.municipality))
    if not promise.is_public:
        told.append(_("Löftet är inte publicerat än."))
    return told
