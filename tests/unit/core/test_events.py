"""The event log: one append-only hash chain per organisation."""

import datetime as dt
import threading
import uuid

import pytest
from django.core import serializers
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from lofte.core.events import broken_rows, record, row_hash
from lofte.core.models import AppendOnlyError, ChainHead, Event
from lofte.core.visibility import VISITOR, Viewer
from lofte.places.models import LocalPoliceArea

CHAIN = "tuna/kommunen"
PERSON = uuid.UUID(int=7)

pytestmark = pytest.mark.django_db


@pytest.fixture
def something() -> LocalPoliceArea:
    return LocalPoliceArea.objects.create(slug="tuna", name="Lokalpolisområde Tuna")


@pytest.fixture
def three(something: LocalPoliceArea) -> list[Event]:
    return [record(f"step.{number}", chain=CHAIN, target=something, actor=PERSON) for number in (1, 2, 3)]


def test_each_row_follows_the_one_before(three: list[Event]) -> None:
    assert [event.sequence for event in three] == [1, 2, 3]
    assert [event.previous_hash for event in three] == ["", three[0].row_hash, three[1].row_hash]
    assert list(broken_rows()) == []


def test_chains_of_two_organisations_are_apart(three: list[Event], something: LocalPoliceArea) -> None:
    other = record("step.1", chain="tuna/polisen", target=something)

    assert (other.sequence, other.previous_hash) == (1, "")
    assert list(broken_rows()) == []


def test_rows_cannot_be_saved_again_or_deleted(three: list[Event]) -> None:
    with pytest.raises(AppendOnlyError):
        three[0].save()
    with pytest.raises(AppendOnlyError):
        three[0].delete()


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "step.9"}, {"actor": uuid.UUID(int=8)}, {"actor": None}, {"target_id": "another"},
        {"is_public": True}, {"content_hash": "0" * 64}, {"salt": "0" * 32}, {"reason_code": "weather"},
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ],
)  # fmt: skip
def test_changed_row_is_named(three: list[Event], change: dict[str, object]) -> None:
    Event.objects.filter(pk=three[1].pk).update(**change)

    assert list(broken_rows()) == [f"{CHAIN} 2: the row was changed"]


def test_changed_row_with_a_hash_of_its_own_breaks_the_next(three: list[Event]) -> None:
    three[1].verb = "step.9"
    Event.objects.filter(pk=three[1].pk).update(verb="step.9", row_hash=row_hash(three[1]))

    assert list(broken_rows()) == [f"{CHAIN} 3: does not follow the row before it"]


def test_row_taken_away_is_named(three: list[Event]) -> None:
    Event.objects.filter(pk=three[1].pk).delete()

    assert list(broken_rows()) == [f"{CHAIN} 3: 2 is missing"]


def test_last_row_taken_away_is_named(three: list[Event]) -> None:
    Event.objects.filter(pk=three[2].pk).delete()

    assert list(broken_rows()) == [f"{CHAIN}: the end of the chain is missing"]


def test_whole_chain_taken_away_is_named(three: list[Event]) -> None:
    Event.objects.all().delete()

    assert list(broken_rows()) == [f"{CHAIN}: the end of the chain is missing"]


def test_words_are_never_kept(something: LocalPoliceArea) -> None:
    words = "Anna Andersson ringde och var arg"

    record("update.added", chain=CHAIN, target=something, actor=PERSON, content=words)

    kept = serializers.serialize("json", [*Event.objects.all(), *ChainHead.objects.all()])
    assert not [word for word in words.split() if len(word) > 3 and word in kept]


def test_same_words_give_different_hashes(something: LocalPoliceArea) -> None:
    first, second = (record("x", chain=CHAIN, target=something, content="samma ord") for _each in range(2))

    assert first.content_hash != second.content_hash


def test_what_nobody_in_particular_does_has_the_precision_of_a_day(something: LocalPoliceArea) -> None:
    anonymous = record("voice.given", chain=CHAIN, target=something)
    named = record("voice.given", chain=CHAIN, target=something, actor=PERSON)

    assert timezone.localtime(anonymous.at).time() == dt.time(0)
    assert (timezone.now() - named.at).total_seconds() < 60


def test_row_and_what_it_tells_of_are_written_together(something: LocalPoliceArea) -> None:
    with transaction.atomic():
        record("step.1", chain=CHAIN, target=something)
        transaction.set_rollback(True)

    assert not Event.objects.exists()
    assert not ChainHead.objects.exists()


def test_who_may_see_an_event(something: LocalPoliceArea) -> None:
    record("open", chain=CHAIN, target=something, is_public=True)
    record("inside", chain=CHAIN, target=something)

    assert [event.verb for event in Event.objects.visible_to(VISITOR)] == ["open"]
    assert Event.objects.visible_to(Viewer(chains=frozenset({CHAIN}))).count() == 2
    assert Event.objects.visible_to(Viewer(chains=frozenset({"tuna/polisen"}))).count() == 1


def test_time_zone_of_the_reader_does_not_matter(three: list[Event]) -> None:
    with timezone.override("America/New_York"):
        assert list(broken_rows()) == []


def test_hash_covers_every_field_that_tells_something(three: list[Event]) -> None:
    told = {field.name for field in Event._meta.get_fields()} - {"id", "row_hash"}
    event = three[1]
    before = row_hash(event)

    for name in told:
        kept = getattr(event, name)
        setattr(event, name, _other(kept))
        assert row_hash(event) != before, name
        setattr(event, name, kept)


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dt.datetime):
        return value + dt.timedelta(seconds=1)
    return uuid.UUID(int=9) if isinstance(value, uuid.UUID) else f"{value}x"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_make_one_chain(something: LocalPoliceArea) -> None:
    problems: list[BaseException] = []
    together = threading.Barrier(2)

    def write() -> None:
        try:
            together.wait(timeout=10)
            for number in range(15):
                record(f"step.{number}", chain=CHAIN, target=something, actor=PERSON)
        except BaseException as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    close_old_connections()

    assert problems == []
    assert Event.objects.count() == ChainHead.objects.get().sequence == 30
    assert list(broken_rows()) == []
