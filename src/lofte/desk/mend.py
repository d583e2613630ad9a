"""Where each gap of the chain is mended: the page where the missing thing is written, or "" when nothing can be."""

from __future__ import annotations

from django.urls import reverse

from lofte.core.states import PromiseState
from lofte.desk.chain import CycleChain
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Cycle
from lofte.picture.models import Problem
from lofte.promises.models import Goal, Measure, Pledge
from lofte.promises.states import WRITABLE
from lofte.voices.models import Dialogue, Theme


def problem(chain: CycleChain, row: Problem) -> str:
    """An adopted picture never changes: there the way leads to where a new version is begun."""
    return _of_picture(chain, "picture:problem", part=row.key)


def new_cause(chain: CycleChain, row: Problem) -> str:
    return _of_picture(chain, "picture:new_cause", part=row.key)


def _of_picture(chain: CycleChain, name: str, **more: str) -> str:
    if chain.picture is None or not chain.picture.is_writable:
        return reverse("picture:pictures", kwargs=_cycle(chain.cycle))
    return reverse(name, kwargs=_cycle(chain.cycle) | {"key": chain.picture.key} | more)


def new_measure(chain: CycleChain, row: Problem) -> str:
    """A measure that already answers the problem."""
    if chain.plan is None or chain.plan.decided_on is not None:
        return reverse("plan:plans", kwargs=_cycle(chain.cycle))
    address = reverse("plan:new_measure", kwargs=_cycle(chain.cycle) | {"key": chain.plan.key})
    return f"{address}?problem={row.key}"


def measure(chain: CycleChain, row: Measure) -> str:
    if chain.plan is None or chain.plan.decided_on is not None:
        return reverse("plan:plans", kwargs=_cycle(chain.cycle))
    return reverse("plan:measure", kwargs=_cycle(chain.cycle) | {"key": chain.plan.key, "part": row.key})


def goal(chain: CycleChain, row: Goal) -> str:
    promise = next((each for each in chain.promises if each.pk == row.promise_id), None)
    if promise is None or promise.state not in WRITABLE or chain.cycle.mode == Cycle.Mode.FOLLOW:
        return ""
    where = {"kommun": chain.cycle.municipality.slug, "slug": promise.slug, "key": row.key}
    return reverse("promises:goal", kwargs=where)


def pledge(chain: CycleChain, row: Pledge) -> str:
    """A draft that was read from a file is corrected as a whole; one that is written here, pledge by pledge."""
    promise = next((each for each in chain.promises if each.pk == row.promise_id), None)
    if promise is None or promise.state not in WRITABLE:
        return ""
    where = {"kommun": chain.cycle.municipality.slug, "slug": promise.slug}
    if chain.cycle.mode == Cycle.Mode.FOLLOW:
        return reverse("promises:correct", kwargs=where) if promise.state == PromiseState.DRAFT else ""
    return reverse("promises:pledge", kwargs=where | {"key": row.key})


def theme(chain: CycleChain, row: Theme) -> str:
    where = _cycle(chain.cycle) | {"key": row.dialogue.key, "theme": row.key}
    return reverse("voices_staff:theme", kwargs=where)


def dialogue(chain: CycleChain, row: Dialogue) -> str:
    return reverse("voices_staff:dialogue", kwargs=_cycle(chain.cycle) | {"key": row.key})


def evidence(chain: CycleChain, row: EvidenceItem) -> str:
    return reverse("evidence:change", kwargs=_cycle(chain.cycle) | {"key": row.key})


def new_evidence(chain: CycleChain) -> str:
    return reverse("evidence:create", kwargs=_cycle(chain.cycle))


def _cycle(cycle: Cycle) -> dict[str, str]:
    return {"kommun": cycle.municipality.slug, "cycle": cycle.slug}
