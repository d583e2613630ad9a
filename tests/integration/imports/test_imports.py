"""One way in for files: dry run first, an error per row, once and for all."""

import datetime as dt
import io
import json
import uuid
from pathlib import Path
from typing import Any, BinaryIO

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
from lofte.places.models import Area

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 10, 12, tzinfo=dt.UTC)
RING = [[[0, 0], [1000, 0], [1000, 1000], [0, 0]]]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def tuna() -> factories.Kommun:
    return factories.kommun()


def districts(*names: str | None) -> bytes:
    shape = {"type": "Polygon", "coordinates": RING}
    features = [{"type": "Feature", "properties": {"Del": name}, "geometry": shape} for name in names]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def given(tuna: factories.Kommun, content: bytes, name: str = "delar.geojson", kind: str = "districts") -> Upload:
    return actions.receive(
        municipality=tuna.municipality, kind=kind, name=name, content=io.BytesIO(content), by=uuid.UUID(int=1), now=NOW
    )


def commit(upload: Upload, tuna: factories.Kommun) -> Upload:
    return actions.commit(upload, by=uuid.UUID(int=1), chain=tuna.own.chain, now=NOW)


def test_dry_run_tells_of_every_row_and_saves_no_area(tuna: factories.Kommun) -> None:
    upload = given(tuna, districts("Norr", None, "Söder"))

    report = actions.dry_run(upload, {"name": "Del"})

    assert (report.rows_in, report.rows_used, report.rows_rejected) == (3, 2, 1)
    upload.refresh_from_db()
    assert upload.state == Upload.State.TRIED
    assert upload.problems == [{"row": 2, "column": "Del", "value": "", "reason": "Området saknar namn."}]
    assert not Area.objects.exists()


def test_commit_writes_areas_mapping_and_event(tuna: factories.Kommun) -> None:
    upload = given(tuna, districts("Norr", "Söder"))
    actions.dry_run(upload, {"name": "Del"})

    done = commit(upload, tuna)

    assert done.state == Upload.State.COMMITTED
    assert done.result == {"new": 2, "changed": 0, "unchanged": 0}
    assert sorted(Area.objects.values_list("name", "kind")) == [("Norr", "district"), ("Söder", "district")]
    assert actions.suggested_mapping(tuna.municipality, "districts") == {"name": "Del"}
    assert [event.verb for event in Event.objects.all()] == ["upload.committed"]
    assert list(broken_rows()) == []


def test_commit_twice_is_done_once(tuna: factories.Kommun) -> None:
    upload = given(tuna, districts("Norr"))
    actions.dry_run(upload, {"name": "Del"})

    commit(upload, tuna)
    commit(upload, tuna)

    assert Event.objects.count() == 1


def test_same_file_again_is_the_same_upload(tuna: factories.Kommun) -> None:
    upload = given(tuna, districts("Norr"))
    actions.dry_run(upload, {"name": "Del"})
    commit(upload, tuna)

    again = given(tuna, districts("Norr"), name="annat namn.geojson")
    commit(again, tuna)

    assert again == upload
    assert Upload.objects.count() == 1
    assert Event.objects.count() == 1


def test_chosen_columns_are_remembered_for_the_next_file(tuna: factories.Kommun) -> None:
    first = given(tuna, districts("Norr"))
    actions.dry_run(first, {"name": "Del"})
    commit(first, tuna)

    report = actions.dry_run(given(tuna, districts("Norr", "Väster")))

    assert report.rows_used == 2


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "Filen är tom."), (b"{}", "FeatureCollection"), (b"\xff\xfe", "inte GeoJSON")]
)
def test_file_that_cannot_be_used_at_all_is_one_sentence(tuna: factories.Kommun, content: bytes, sentence: str) -> None:
    with pytest.raises(FileUnreadable, match=sentence):
        actions.dry_run(given(tuna, content), {})


def test_file_that_is_too_large_is_refused_before_it_is_kept(
    tuna: factories.Kommun, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(type(kinds.kind_named("districts")), "most_bytes", 10)

    with pytest.raises(FileUnreadable, match="större än"):
        given(tuna, districts("Norr"))

    assert not Upload.objects.exists()
    assert not list(tmp_path.rglob("*.*"))


def test_name_of_a_file_never_becomes_a_path(tuna: factories.Kommun, tmp_path: Path) -> None:
    upload = given(tuna, districts("Norr"), name="../../etc/Kalles hemliga fil.geojson")

    kept = Path(upload.file.path)
    assert upload.name == "Kalles hemliga fil.geojson"
    assert kept.is_relative_to(tmp_path)
    assert "Kalle" not in kept.name


def test_raw_file_goes_when_its_time_is_up_and_the_row_stays(tuna: factories.Kommun) -> None:
    upload = given(tuna, districts("Norr"))
    actions.dry_run(upload, {"name": "Del"})
    path = Path(upload.file.path)

    assert actions.delete_raw_files(NOW + dt.timedelta(days=29)) == 0
    assert actions.delete_raw_files(NOW + dt.timedelta(days=30)) == 1

    upload.refresh_from_db()
    assert not path.exists()
    assert (upload.rows_used, upload.state) == (1, Upload.State.TRIED)
    with pytest.raises(actions.RawFileGone):
        actions.dry_run(upload)
    assert given(tuna, districts("Norr")).pk == upload.pk
    assert actions.dry_run(Upload.objects.get(pk=upload.pk)).rows_in == 1


class WritesWhileTrying(ImportKind):
    """A kind that forgets that a dry run only looks, and whose cells hold people's words."""

    name = "careless"
    label = "Slarvig"
    has_masked_values = True

    def dry_run(self, file: BinaryIO, mapping: Any, municipality: Any) -> Report:
        Area.objects.create(municipality=municipality, key="oops", kind="district", name="Oops")
        return Report(2, 1, (Problem(2, "namn", "Anna Andersson", "Namn hör inte hit."),))

    def commit(self, file: BinaryIO, mapping: Any, municipality: Any) -> tuple[Report, dict[str, Any]]:
        Area.objects.create(municipality=municipality, key="half", kind="district", name="Halv")
        raise RuntimeError


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {**kinds._kinds, "careless": WritesWhileTrying()})


def test_dry_run_is_rolled_back_whatever_a_kind_does(tuna: factories.Kommun, careless: None) -> None:
    actions.dry_run(given(tuna, b"x", kind="careless"), {})

    assert not Area.objects.exists()


def test_problems_show_where_and_never_what_when_values_are_masked(tuna: factories.Kommun, careless: None) -> None:
    upload = given(tuna, b"x", kind="careless")

    actions.dry_run(upload, {})

    assert upload.problems == [{"row": 2, "column": "namn", "value": "•••", "reason": "Namn hör inte hit."}]


@pytest.mark.django_db(transaction=True)
def test_commit_that_breaks_leaves_nothing(tuna: factories.Kommun, careless: None) -> None:
    upload = given(tuna, b"x", kind="careless")
    actions.dry_run(upload, {})

    with pytest.raises(RuntimeError):
        commit(upload, tuna)

    upload.refresh_from_db()
    assert upload.state == Upload.State.TRIED
    assert not Area.objects.exists()
    assert not Event.objects.exists()


def test_unknown_kind_is_an_error(tuna: factories.Kommun) -> None:
    with pytest.raises(LookupError):
        given(tuna, b"x", kind="no-such-kind")
    assert "districts" in [kind.name for kind in kinds.all_kinds()]


def test_rows_must_add_up(tuna: factories.Kommun) -> None:
    with pytest.raises(IntegrityError):
        Upload.objects.create(
            municipality=tuna.municipality, kind="x", name="x", sha256="x", size=1, rows_in=3, rows_used=1,
            rows_rejected=1, delete_after=timezone.now(),
        )  # fmt: skip


def test_only_those_of_the_kommun_see_its_files(tuna: factories.Kommun) -> None:
    actions.dry_run(given(tuna, districts("Norr")), {"name": "Del"})
    ColumnMapping.objects.create(municipality=tuna.municipality, kind="districts")
    own = Viewer(municipalities=frozenset({tuna.municipality.pk}))

    for model in (Upload, ColumnMapping):
        assert model.objects.visible_to(own).count() == 1
        assert model.objects.visible_to(VISITOR).count() == 0
