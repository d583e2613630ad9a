"""One changed word anywhere in what is signed voids every signature; the same promise always gives the same text."""

import datetime as dt
import json
import os
import random
import subprocess
import sys
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import TODAY, Kommun, activity, area, cycle, kommun, picture, pledge, problem, promise, target
from lofte.core.records import Spec
from lofte.core.states import PromiseState
from lofte.evidence.models import Indicator
from lofte.parties.models import Role
from lofte.promises.comparing import ADDED, GONE, stretches
from lofte.promises.models import CitizenPromise, Goal, PledgeProblem, PromiseArea, SignatureRequest, SignOff
from lofte.promises.part_forms import Places
from lofte.promises.records import PROMISE
from lofte.promises.signing import Given, freeze_to_sign, keep_in_step, lock, sign
from lofte.promises.versions import canonical_text, content, digest
from people import person

SAYS = "Polisen gör minst åtta trafikkontroller i centrum under 2027 och redovisar antalet på polisen.se i maj."
# Chosen by others than those who write, or that would be another promise.
NOT_WRITTEN = {"slug", "sources"}
SIGNED = [
    (spec.model.__name__, name)
    for spec in PROMISE.walk()
    for name in spec.fields
    if name not in NOT_WRITTEN and (spec.model.__name__, name) != ("Activity", "shown_when_done")
]
SPECS = {spec.model.__name__: spec for spec in PROMISE.walk()}


def whole(where: Kommun) -> CitizenPromise:
    """A promise with something in every kind of row that is signed."""
    made = promise(where, cycle(where, 2027))
    line = pledge(made, "trafik", SAYS, where.police)
    norr = area(where, "Norr")
    target(activity(line, "Göra trafikkontroller"), norr)
    PromiseArea.objects.create(promise=made, area=norr, order=0)
    found = problem(picture(made.cycle), "Buskörning")
    PledgeProblem.objects.create(pledge=line, problem=found)
    measure = Indicator.objects.create(cycle=made.cycle, key="matt", name="Olyckor", kind="measurement", unit="st")
    Goal.objects.create(
        promise=made, key="mal", kind="outcome", text="Färre olyckor", problem=found, indicator=measure,
        no_answer_because="too_few",
    )  # fmt: skip
    for order, organisation in enumerate((where.police, where.own)):
        SignatureRequest.objects.create(promise=made, organisation=organisation, role="Chef", order=order)
    return made


def changed(column: models.Field[Any, Any], value: Any, words: str) -> Any:
    """Another value that the column may hold."""
    if column.choices:
        return next(each for each, _label in column.flatchoices if each and each != value)
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.DateField):
        return (value or dt.date(2027, 6, 1)) + dt.timedelta(days=1)
    if isinstance(column, models.JSONField):
        return [*value, words]
    if isinstance(column, models.DecimalField):
        return (value or Decimal(0)) + 1
    if isinstance(column, models.IntegerField):
        return (value or 0) + 1
    return f"{value}{words}"[-column.max_length :] if column.max_length else f"{value}{words}"


def row_of(made: CitizenPromise, spec: Spec) -> models.Model:
    paths = {
        "CitizenPromise": {"pk": made.pk}, "Pledge": {"promise": made}, "Goal": {"promise": made},
        "Activity": {"pledge__promise": made}, "Target": {"activity__pledge__promise": made},
        "TargetPlace": {"target__activity__pledge__promise": made},
    }  # fmt: skip
    return spec.model._default_manager.filter(**paths[spec.model.__name__]).get()


class SignedText(TestCase):
    """Each example in a transaction of its own."""

    def signed(self) -> tuple[CitizenPromise, Any]:
        where = kommun()
        made = whole(where)
        coordinator = person("coordinator", where.own, Role.COORDINATOR)
        version = freeze_to_sign(promise=made, by=coordinator)
        for request in made.signature_requests.all():
            request.promise = made
            how = Given(method=SignOff.Method.PAPER, role="Chef", signed_on=TODAY)
            sign(request=request, by=coordinator, sha256=version.sha256, given=how)
        made.refresh_from_db()
        assert made.state == PromiseState.SIGNED
        return made, coordinator

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(where=st.sampled_from(SIGNED), words=st.text("abcåäö ", min_size=1, max_size=5).map(lambda text: f"{text}x"))
    def test_any_edit_of_any_signed_field_voids(self, where: tuple[str, str], words: str) -> None:
        made, coordinator = self.signed()
        spec = SPECS[where[0]]
        row = row_of(made, spec)
        column = spec.column(where[1])
        value = changed(column, getattr(row, where[1]), words)
        # Constraints between columns (a rate has a "per") are the forms' business; here any stored change counts.
        if (where[0], where[1]) == ("Target", "kind"):
            spec.model._default_manager.filter(pk=row.pk).update(kind="none", amount=None)
        else:
            spec.model._default_manager.filter(pk=row.pk).update(**{where[1]: value})

        voided = keep_in_step(lock(made), by=coordinator)

        assert voided == 2, where
        assert CitizenPromise.objects.get(pk=made.pk).state == PromiseState.JOINT_REVIEW
        assert not SignOff.objects.filter(promise=made).exists()

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        path=st.sampled_from(
            ["party_links", "area_links", "pledges", "goals", "pledges.party_links", "pledges.problem_links",
             "pledges.activities", "pledges.activities.targets", "pledges.activities.targets.places"]
        )
    )  # fmt: skip
    def test_taking_any_signed_row_away_voids(self, path: str) -> None:
        made, coordinator = self.signed()
        *way, last = path.split(".")
        row: Any = made
        for step in way:
            row = getattr(row, step).first()
        getattr(row, last).first().delete()

        assert keep_in_step(lock(made), by=coordinator) == 2

    def test_a_change_of_nothing_voids_nothing(self) -> None:
        made, coordinator = self.signed()

        assert keep_in_step(lock(made), by=coordinator) == 0

    def test_the_text_is_the_same_in_every_language_of_the_site(self) -> None:
        made = whole(kommun())

        texts = set()
        for language in ("sv", "en"):
            with translation.override(language):
                texts.add(canonical_text(content(made)))

        assert len(texts) == 1


WORDS = st.text(max_size=12)
NAMES = WORDS.map(lambda name: unicodedata.normalize("NFC", name))
RECORDS = st.recursive(
    WORDS | st.integers(-(10**12), 10**12) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)


def shuffled(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        rows = [(name, shuffled(inner, rng)) for name, inner in value.items()]
        rng.shuffle(rows)
        return dict(rows)
    return [shuffled(inner, rng) for inner in value] if isinstance(value, list) else value


def decomposed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    if isinstance(value, dict):
        return {decomposed(name): decomposed(inner) for name, inner in value.items()}
    return [decomposed(inner) for inner in value] if isinstance(value, list) else value


@given(record=RECORDS, seed=st.integers())
def test_members_in_any_order_give_one_text(record: Any, seed: int) -> None:
    assert canonical_text(shuffled(record, random.Random(seed))) == canonical_text(record)


@given(record=RECORDS)
def test_letters_composed_or_not_give_one_text(record: Any) -> None:
    assert canonical_text(decomposed(record)) == canonical_text(record)


@given(record=RECORDS)
def test_the_text_read_and_written_again_is_the_same(record: Any) -> None:
    text = canonical_text(record)

    assert canonical_text(json.loads(text)) == text


@given(first=RECORDS, second=RECORDS)
def test_different_records_never_share_a_sum(first: Any, second: Any) -> None:
    one, other = canonical_text(first), canonical_text(second)

    assert (one == other) == (digest(one) == digest(other))


PROGRAM = """
import django; django.setup()
from lofte.promises.versions import canonical_text, digest
record = {"promise": {"åäö": ["Å", "a\u030a", 1, 2.5, True], "parties": ["polisen", "kommunen"]}, "areas": []}
print(digest(canonical_text({name: record[name] for name in set(record)})))
"""


@pytest.mark.slow
def test_the_sum_is_the_same_whatever_the_hash_seed_and_the_locale() -> None:
    sums = set()
    for seed, locale in (("0", "C"), ("1", "sv_SE.UTF-8"), ("4242", "C.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"}
        ended = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True)
        sums.add(ended.stdout)

    assert len(sums) == 1


@given(before=st.text("ab åä\n", max_size=40), after=st.text("ab åä\n", max_size=40))
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    found = stretches(before, after)

    assert "".join(each.text for each in found if each.kind != ADDED) == before
    assert "".join(each.text for each in found if each.kind != GONE) == after


@given(name=st.text("abcåäö ", min_size=1, max_size=20).filter(str.strip), amount=st.decimals(0, 10**6, places=2))
def test_a_place_with_its_number_is_read_as_it_was_written(name: str, amount: Decimal) -> None:
    (found,) = Places(has_amounts=True).clean(f"{name}: {str(amount).replace('.', ',')}")

    assert (found.name, found.amount) == (" ".join(name.split()), amount)
