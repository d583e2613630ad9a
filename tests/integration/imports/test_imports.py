"""One way in for files: what is kept of a trial, and of a file that is read in."""

import datetime as dt
import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

import factories
from lofte.core.events import broken_rows
from lofte.core.models import Event
from lofte.core.visibility import VISITOR, Viewer
from lofte.imports import actions, kinds
from lofte.imports.kinds import FileUnreadable, ImportKind, Problem, Report
from lofte.imports.models import ColumnMapping, Upload

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 10, 12, tzinfo=dt.UTC)
TRIED = Report(3, 2, (Problem(2, "Del", "En persons namn", "Området saknar namn."),))


class Plain(ImportKind):
    name = "plain"
    label = "Enkel"


class Masked(ImportKind):
    """A kind whose cells hold people's words."""

    name = "masked"
    label = "Med människors ord"
    has_masked_values = True


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {"plain": Plain(), "masked": Masked()})


@pytest.fixture
def tuna() -> factories.Kommun:
    return factories.kommun()


def given(
    tuna: factories.Kommun, content: bytes = b"Del\nNorr\n", name: str = "delar.csv", kind: str = "plain"
) -> Upload:
    return actions.receive(
        municipality=tuna.municipality, kind=kind, name=name, content=io.BytesIO(content), by=uuid.UUID(int=1), now=NOW
    )


def finished(upload: Upload, tuna: factories.Kommun) -> Upload:
    by, chain = uuid.UUID(int=1), tuna.own.chain
    return actions.finish(upload, report=TRIED, result={"new": 2}, by=by, chain=chain, now=NOW)


def test_a_trial_is_kept_so_that_it_can_be_shown(tuna: factories.Kommun) -> None:
    upload = given(tuna)

    actions.keep_trial(upload, TRIED, {"name": "Del"})

    upload.refresh_from_db()
    assert (upload.state, upload.mapping) == (Upload.State.TRIED, {"name": "Del"})
    assert (upload.rows_in, upload.rows_used, upload.rows_rejected) == (3, 2, 1)
    assert upload.problems == [
        {"row": 2, "column": "Del", "value": "En persons namn", "reason": "Området saknar namn."}
    ]


def test_a_file_that_is_read_in_says_so_with_its_event(tuna: factories.Kommun) -> None:
    done = finished(given(tuna), tuna)

    assert (done.state, done.result, done.committed_at) == (Upload.State.COMMITTED, {"new": 2}, NOW)
    assert [event.verb for event in Event.objects.all()] == ["upload.committed"]
    assert list(broken_rows()) == []


def test_a_trial_of_what_is_read_in_changes_nothing(tuna: factories.Kommun) -> None:
    upload = finished(given(tuna), tuna)

    actions.keep_trial(upload, Report(1, 0), {})

    upload.refresh_from_db()
    assert (upload.state, upload.rows_in) == (Upload.State.COMMITTED, 3)


def test_same_file_again_is_the_same_upload(tuna: factories.Kommun) -> None:
    upload = finished(given(tuna), tuna)

    assert given(tuna, name="annat namn.csv") == upload
    assert Upload.objects.count() == 1


def test_chosen_columns_are_remembered_for_the_next_file(tuna: factories.Kommun) -> None:
    actions.remember_mapping(tuna.municipality, "plain", {"name": "Del"})
    actions.remember_mapping(tuna.municipality, "plain", {"name": "Område"})

    assert actions.suggested_mapping(tuna.municipality, "plain") == {"name": "Område"}
    assert actions.suggested_mapping(tuna.municipality, "masked") == {}


def test_an_empty_file_is_refused_in_one_sentence(tuna: factories.Kommun) -> None:
    with pytest.raises(FileUnreadable, match="Filen är tom"):
        given(tuna, b"")


def test_file_that_is_too_large_is_refused_before_it_is_kept(
    tuna: factories.Kommun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Plain, "most_bytes", 5)

    with pytest.raises(FileUnreadable, match="större än"):
        given(tuna)

    assert not Upload.objects.exists()
    assert not list(tmp_path.rglob("*.*"))


def test_name_of_a_file_never_becomes_a_path(tuna: factories.Kommun, tmp_path: Path) -> None:
    upload = given(tuna, name="../../etc/En hemlig fil.csv")

    kept = Path(upload.file.path)
    assert upload.name == "En hemlig fil.csv"
    assert kept.is_relative_to(tmp_path)
    assert "hemlig" not in kept.name


def test_raw_file_goes_when_its_time_is_up_and_the_row_stays(tuna: factories.Kommun) -> None:
    upload = given(tuna)
    actions.keep_trial(upload, TRIED, {})
    path = Path(upload.file.path)

    assert actions.delete_raw_files(NOW + dt.timedelta(days=29)) == 0
    assert actions.delete_raw_files(NOW + dt.timedelta(days=30)) == 1

    upload.refresh_from_db()
    assert not path.exists()
    assert (upload.rows_used, upload.state, upload.problems) == (2, Upload.State.TRIED, [])


def test_a_file_given_again_after_its_time_is_kept_again(tuna: factories.Kommun) -> None:
    upload = given(tuna)
    actions.delete_raw_files(NOW + dt.timedelta(days=30))

    again = given(tuna)

    assert (again.pk, bool(again.file)) == (upload.pk, True)


def test_problems_show_where_and_never_what_when_values_are_masked(tuna: factories.Kommun) -> None:
    upload = given(tuna, kind="masked")

    actions.keep_trial(upload, TRIED, {})

    assert upload.problems == [{"row": 2, "column": "Del", "value": "•••", "reason": "Området saknar namn."}]


def test_unknown_kind_is_an_error(tuna: factories.Kommun) -> None:
    with pytest.raises(LookupError):
        given(tuna, kind="no-such-kind")


def test_rows_must_add_up(tuna: factories.Kommun) -> None:
    with pytest.raises(IntegrityError):
        Upload.objects.create(
            municipality=tuna.municipality, kind="x", name="x", sha256="x", size=1, rows_in=3, rows_used=1,
            rows_rejected=1, delete_after=timezone.now(),
        )  # fmt: skip


def test_only_those_of_the_kommun_see_its_files(tuna: factories.Kommun) -> None:
    given(tuna)
    ColumnMapping.objects.create(municipality=tuna.municipality, kind="plain")
    own = Viewer(municipalities=frozenset({tuna.municipality.pk}))

    for model in (Upload, ColumnMapping):
        assert model.objects.visible_to(own).count() == 1
        assert model.objects.visible_to(VISITOR).count() == 0
