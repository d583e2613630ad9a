"""Where each gap of the chain is mended: the page where the missing thing is written, or "" when nothing can be."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.states import PromiseState
from lofte.desk.chain import CycleChain
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Cycle
from lofte.picture.models import Problem
from lofte.promises.models import CitizenPromise, Goal, Measure, Pledge
from lofte.promises.states import AMENDABLE, WRITABLE
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


def goal(chain: CycleChain, row: Goal) -> tuple[str, str]:
    """The way, and what to do where the text may not be written in."""
    promise = _promise(chain, row.promise_id)
    if promise is None or promise.state not in WRITABLE or chain.cycle.mode == Cycle.Mode.FOLLOW:
        return of_signed(chain, promise)
    return reverse("promises:goal", kwargs=_of(promise) | {"key": row.key}), ""


def pledge(chain: CycleChain, row: Pledge) -> tuple[str, str]:
    """A draft that was read from a file is corrected as a whole; one that is written here, pledge by pledge."""
    promise = _promise(chain, row.promise_id)
    if promise is None or promise.state not in WRITABLE:
        return of_signed(chain, promise)
    if chain.cycle.mode == Cycle.Mode.FOLLOW:
        if promise.state != PromiseState.DRAFT:
            return of_signed(chain, promise)
        return reverse("promises:correct", kwargs=_of(promise)), ""
    return reverse("promises:pledge", kwargs=_of(promise) | {"key": row.key}), ""


def of_signed(chain: CycleChain, promise: CitizenPromise | None) -> tuple[str, str]:
    """A text that is out is mended by a new version while the promise runs; otherwise only the next promise can."""
    if promise is None or chain.cycle.mode == Cycle.Mode.FOLLOW:
        return "", _("Texten är läst ur ett dokument och ändras inte här. Ta upp det när nästa löfte skrivs.")
    if promise.state in AMENDABLE:
        advice = _("Texten är undertecknad. Den ändras bara genom en ny lydelse, som alla skriver under igen.")
        return reverse("promises:amend", kwargs=_of(promise)), advice
    return "", _("Löftet är avslutat och texten ändras inte mer. Ta upp det när nästa löfte skrivs.")


def outside_a_promise() -> tuple[str, str]:
    """Work that serves a measure only has no page: it came in with a file."""
    return "", _("Aktiviteten hör till en åtgärd och kom med en fil. Rätta den i filen och läs in den igen.")


def _promise(chain: CycleChain, pk: int) -> CitizenPromise | None:
    return next((each for each in chain.promises if each.pk == pk), None)


def _of(promise: CitizenPromise) -> dict[str, str]:
    return {"kommun": promise.municipality.slug, "slug": promise.slug}


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
