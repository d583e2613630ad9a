"""`lofte verify`: recompute every checksum and say what does not agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lofte.commands.terminal import Parser, answer, start_django


def main(argv: list[str]) -> int:
    parser = Parser("verify", "Räkna om kontrollsummorna i händelseloggen, löftenas lydelser och låsta rapporter.")
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    given = parser.parse_args(argv)
    start_django()
    from lofte.core.events import broken_rows
    from lofte.core.models import Event
    from lofte.followup.models import FrozenReport
    from lofte.promises.models import PromiseVersion

    wrong = [*broken_rows(), *wrong_versions(), *wrong_signatures(), *wrong_reports()]
    counts = {
        "events": Event.objects.count(),
        "versions": PromiseVersion.objects.count(),
        "reports": FrozenReport.objects.count(),
    }
    if given.json:
        answer({"checked": counts, "wrong": wrong})
    else:
        for text in wrong:
            print(text)
        summary = "{events} händelser, {versions} lydelser och {reports} låsta rapporter är genomgångna.".format(
            **counts
        )
        print(f"{summary} {len(wrong)} stämmer inte." if wrong else f"{summary} Allt stämmer.")
    return 1 if wrong else 0


def wrong_versions() -> Iterator[str]:
    """Texts that are not what their checksum says."""
    from lofte.promises.models import PromiseVersion

    for version in PromiseVersion.everything.select_related("promise__municipality").iterator():
        if not version.is_unchanged:
            yield f"{version.promise}, lydelse {version.number}: texten stämmer inte med kontrollsumman"


def wrong_signatures() -> Iterator[str]:
    """Signatures on another text than the version they are bound to."""
    from django.db.models import F

    from lofte.promises.models import SignOff
    from lofte.promises.signing import is_in_log

    signed = SignOff.everything.filter(version__isnull=False).exclude(sha256=F("version__sha256"))
    for each in signed.select_related("promise__municipality", "version").order_by("pk"):
        yield f"{each.promise}, lydelse {each.version.number}: underskriften gäller en annan text"  # type: ignore[union-attr]
    given_here = SignOff.everything.filter(version__isnull=False, recorded_by__isnull=False)
    for each in given_here.select_related("promise__municipality", "version").order_by("pk"):
        if not is_in_log(each):
            yield f"{each.promise}, lydelse {each.version.number}: underskriften finns inte i händelseloggen"  # type: ignore[union-attr]


def wrong_reports() -> Iterator[str]:
    """Published bytes that are not what their checksum says."""
    from lofte.followup.models import FrozenReport

    for report in FrozenReport.objects.select_related("period__promise__municipality").iterator():
        if hashlib.sha256(bytes(report.content)).hexdigest() != report.sha256:
            yield f"{report.period} ({report.format}): filen stämmer inte med kontrollsumman"
