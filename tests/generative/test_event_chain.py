"""Whatever is written and however it is tampered with: the chain holds, and says so when it doesn't."""

import os
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from lofte.core.events import broken_rows, record
from lofte.core.models import ChainHead, Event
from lofte.places.models import LocalPoliceArea

MANY = 500 if os.environ.get("LOFTE_LONG") == "1" else 25
words = some.text(alphabet=some.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
steps = some.lists(
    some.tuples(some.sampled_from(["a/kommunen", "a/polisen", "b/kommunen"]), some.booleans(), words, some.booleans()),
    min_size=1,
    max_size=12,
)


@pytest.mark.slow
class EventChains(TestCase):
    @settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=steps, data=some.data())
    def test_any_change_of_any_row_is_found(
        self, steps: list[tuple[str, bool, str, bool]], data: some.DataObject
    ) -> None:
        target = LocalPoliceArea.objects.create(slug="x", name="x")
        for chain, is_public, text, has_actor in steps:
            actor = uuid.UUID(int=1) if has_actor else None
            record("step", chain=chain, target=target, actor=actor, is_public=is_public, content=text)
        assert list(broken_rows()) == []

        victim = data.draw(some.sampled_from(list(Event.objects.all())))
        how = data.draw(some.sampled_from(["change", "take away", "move"]))
        if how == "change":
            Event.objects.filter(pk=victim.pk).update(verb="other")
        elif how == "take away":
            Event.objects.filter(pk=victim.pk).delete()
        else:
            Event.objects.filter(pk=victim.pk).update(chain="c/kommunen", sequence=1)
        assert list(broken_rows())

    @settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=steps)
    def test_sequences_have_no_gaps_and_heads_point_at_the_end(self, steps: list[tuple[str, bool, str, bool]]) -> None:
        target = LocalPoliceArea.objects.create(slug="x", name="x")
        for chain, _public, text, _actor in steps:
            record("step", chain=chain, target=target, content=text)

        for head in ChainHead.objects.all():
            rows = list(Event.objects.filter(chain=head.chain).order_by("sequence"))
            assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
            assert rows[-1].row_hash == head.row_hash
