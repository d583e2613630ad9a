"""Files with statistics and incidents. They are read by a job (`lofte.evidence.tasks`), never by a page."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lofte.imports.kinds import ImportKind, register

KIND = "statistics"


@register
class Statistics(ImportKind):
    name: ClassVar[str] = KIND
    label: ClassVar[str] = _("Statistik, händelser eller områden")  # type: ignore[assignment]
    most_bytes: ClassVar[int] = 500 * 1024 * 1024
    days_kept: ClassVar[int] = 14
    # Offence, coordinate and day together can point out a victim.
    has_masked_values: ClassVar[bool] = True
