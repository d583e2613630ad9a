"""`lofte verify`: recompute every checksum and say what does not agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lofte.commands.terminal import Parser, answer, start_django


def main(argv: list[str]) -> int:
    parser = Parser(
        "verify",
        "Räkna om kontrollsummorna i händelselogg, lydelser, antagna lägesbilder, planer och låsta rapporter.",
    )
    parser.add_argument("--json", action="store_true", help="svara med JSON")
    given = parser.parse_args(argv)
    start_django()
    from lofte.core.events import broken_rows
    from lofte.core.models import Event
    from lofte.followup.models import FrozenReport
    from lofte.picture.models import PictureVersion
    from lofte.promises.models import PlanVersion, PromiseVersion

    wrong = [*broken_rows(), *wrong_texts(), *wrong_decisions(), *wrong_reports()]
    counts = {
        "events": Event.objects.count(),
        "versions": PromiseVersion.objects.count(),
        "pictures": PictureVersion.objects.count(),
        "plans": PlanVersion.objects.count(),
        "reports": FrozenReport.objects.count(),
    }
    if given.json:
        answer({"checked": counts, "wrong": wrong})
    else:
        for text in wrong:
            print(text)
        summary = (
            "{events} händelser, {versions} lydelser, {pictures} lägesbilder, {plans} åtgärdsplaner och "
            "{reports} låsta rapporter är genomgångna."
        ).format(**counts)
        print(f"{summary} {len(wrong)} stämmer inte." if wrong else f"{summary} Allt stämmer.")
    return 1 if wrong else 0


def wrong_texts() -> Iterator[str]:
    """Texts that are not what was signed, and signatures that are gone."""
    from lofte.promises.models import CitizenPromise, PromiseVersion
    from lofte.promises.proof import doubts, lost_signatures

    for version in PromiseVersion.everything.select_related("promise__municipality").order_by("pk").iterator():
        for doubt in doubts(version):
            yield f"{version.promise}, lydelse {version.number}: {doubt}"
    for promise in CitizenPromise.objects.select_related("municipality").order_by("pk").iterator():
        for doubt in lost_signatures(promise):
            yield f"{promise}: {doubt}"


def wrong_decisions() -> Iterator[str]:
    """Adopted pictures and decided plans whose text is not what was decided, or is gone."""
    from lofte.picture.models import PictureVersion
    from lofte.picture.versions import canonical_text, digest
    from lofte.promises.models import PlanVersion
    from lofte.promises.plan_editing import content

    for kept in PictureVersion.objects.select_related("picture__cycle__municipality").order_by("pk").iterator():
        if digest(kept.content) != kept.sha256:
            yield f"Lägesbild {kept.picture}: texten stämmer inte med kontrollsumman"
    for version in PlanVersion.objects.select_related("plan__cycle__municipality").order_by("pk").iterator():
        if digest(version.content) != version.sha256:
            yield f"Åtgärdsplan {version.plan} ({version.plan.cycle}): texten stämmer inte med kontrollsumman"
        elif canonical_text(content(version.plan)) != version.content:
            yield f"Åtgärdsplan {version.plan} ({version.plan.cycle}): planen har ändrats efter beslutet"


def wrong_reports() -> Iterator[str]:
    """Published bytes that are not what their checksum says."""
    from lofte.followup.models import FrozenReport

    for report in FrozenReport.objects.select_related("period__promise__municipality").iterator():
        if hashlib.sha256(bytes(report.content)).hexdigest() != report.sha256:
            yield f"{report.period} ({report.format}): filen stämmer inte med kontrollsumman"
