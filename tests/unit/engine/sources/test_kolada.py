"""Kolada: margins beside their shares, withdrawn values, and a client that keeps no half answer."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lofte_engine.sources.kolada import Kpi, from_answer, margin_of, read_kolada
from lofte_engine.sources.kolada_client import BASE, KoladaClient
from lofte_engine.table_errors import SourceUnavailable, TableError


def value(kpi: str, number: float | None, *, area: str = "0486", period: int = 2024, **more: object) -> dict[str, Any]:
    cell = {"gender": "T", "count": 1, "status": "", "value": number, "isdeleted": False} | more
    return {"kpi": kpi, "municipality": area, "period": period, "values": [cell]}


def answer(*values: dict[str, Any], next_url: str | None = None, **more: object) -> dict[str, Any]:
    return {"values": list(values), "count": len(values), "next_url": next_url} | more


def test_margin_stands_beside_its_share() -> None:
    data = from_answer(answer(value("N07609", 71.5), value("N07657", 4.25), value("N07540", 9000.0)))

    share, crime = data.table.to_pylist()
    assert (share["value"], share["margin"], share["ci_low"], share["ci_high"]) == (71.5, 4.25, 67.25, 75.75)
    assert (crime["value"], crime["margin"]) == (9000.0, None)
    assert data.checked.rows_rejected == 0
    assert any("två år" in note for note in data.notes)


def test_interval_of_a_share_stays_a_share() -> None:
    data = from_answer(answer(value("N07631", 2.0), value("N07679", 3.0)))

    assert data.table["ci_low"].to_pylist() == [0.0]


def test_margin_of_another_year_is_not_used() -> None:
    data = from_answer(answer(value("N07609", 71.5), value("N07657", 4.0, period=2022)))

    assert data.table["margin"].to_pylist() == [None]
    assert data.checked.rejects["reason"].to_pylist() == ["är ett osäkerhetstal utan värde"]


def test_missing_value_is_hidden_and_withdrawn_one_is_told() -> None:
    data = from_answer(answer(value("N07540", None, status="Missing"), value("N07403", 5.0, isdeleted=True)))

    assert data.table.select(["value", "mark"]).to_pylist() == [{"value": None, "mark": "hidden"}]
    assert data.checked.rejects["reason"].to_pylist() == ["är ett värde som Kolada har tagit bort"]
    assert data.checked.rows_in == 2


def test_margin_is_believed_only_when_the_catalogue_says_so() -> None:
    catalogue = {
        "N00610": Kpi("N00610", "Trygg utomhus"),
        "U01610": Kpi("U01610", "Osäkerhetstal - Trygg utomhus"),
        "N07609": Kpi("N07609", "NTU - Otrygghet"),
        "N07657": Kpi("N07657", "Något annat"),
    }

    assert margin_of("N00610", catalogue) == "U01610"
    assert margin_of("N07609", catalogue) is None
    assert margin_of("N07403") is None


def test_saved_answer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kolada.json"
    path.write_text(json.dumps(answer(value("N07540", 8123.5))), encoding="utf-8")

    assert read_kolada(path).table["value"].to_pylist() == [8123.5]


def test_broken_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "kolada.json"
    path.write_text('{"values": [\n{"kpi": ', encoding="utf-8")

    with pytest.raises(TableError, match=r"inte giltig JSON \(rad 2\)"):
        read_kolada(path)


class Api:
    """Answers by script; what is left unasked or asked too often shows."""

    def __init__(self, *replies: tuple[int, dict[str, str], object] | OSError) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []
        self.slept: list[float] = []

    def __call__(self, address: str, timeout: float) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(address)
        reply = self.replies.pop(0)
        if isinstance(reply, OSError):
            raise reply
        status, headers, body = reply
        return status, headers, body if isinstance(body, bytes) else json.dumps(body).encode()

    def client(self, attempts: int = 3) -> KoladaClient:
        return KoladaClient(
            self, self.slept.append, lambda: datetime(2026, 1, 1, tzinfo=UTC), attempts=attempts, pause=0.0
        )


def test_pages_are_followed_to_the_end() -> None:
    api = Api(
        (200, {}, answer(value("N07540", 1.0), next_url=f"{BASE}data/?page=2")), (200, {}, answer(value("N07540", 2.0)))
    )

    told = api.client().data(["N07540"], ["0486"], [2024])

    assert [one["values"][0]["value"] for one in told["values"]] == [1.0, 2.0]
    asked = parse_qs(urlsplit(api.asked[0]).query)
    assert (asked["kpi_id"], asked["municipality_id"], asked["year"], asked["per_page"]) == (
        ["N07540"],
        ["0486"],
        ["2024"],
        ["5000"],
    )


def test_ids_are_asked_for_in_batches_of_25() -> None:
    api = Api(*[(200, {}, answer(value("N1", float(at)))) for at in range(4)])
    done: list[tuple[int, int]] = []
    client = KoladaClient(api, api.slept.append, pause=0.0, progress=lambda at, of: done.append((at, of)))

    told = client.data([f"N{at:05}" for at in range(30)], [f"{at:04}" for at in range(50)])

    assert len(told["values"]) == 4
    assert max(len(parse_qs(urlsplit(one).query)["kpi_id"]) for one in api.asked) == 25
    assert done[-1] == (4, 4)


@pytest.mark.parametrize(("header", "wait"), [("7", 7.0), ("Thu, 01 Jan 2026 00:00:09 GMT", 9.0), ("snart", 1.0)])
def test_retry_after_is_kept(header: str, wait: float) -> None:
    api = Api((429, {"retry-after": header}, b""), (200, {}, answer(value("N07540", 1.0))))

    api.client().data(["N07540"])

    assert api.slept[0] == wait


@pytest.mark.parametrize(
    "fault", [(503, {}, b""), (200, {}, b"<html>"), (200, {}, []), OSError("reset"), (500, {}, b"")], ids=str
)
def test_passing_fault_is_asked_again(fault: Any) -> None:
    api = Api(fault, (200, {}, answer(value("N07540", 1.0))))

    assert len(api.client().data(["N07540"])["values"]) == 1


def failing_second_batch() -> Api:
    return Api((200, {}, answer(value("N1", 1.0))), *[OSError("reset")] * 3)


def missing_rows() -> Api:
    return Api((200, {}, answer(value("N1", 1.0)) | {"count": 9}))


def endless_pages() -> Api:
    return Api(*[(200, {}, answer(value("N1", 1.0), next_url=f"{BASE}data/?page=2"))] * 3)


def foreign_page() -> Api:
    return Api((200, {}, answer(value("N1", 1.0), next_url="https://example.org/")))


def page_without_values() -> Api:
    return Api((200, {}, {"message": "fel"}))


def unknown_question() -> Api:
    return Api((404, {}, b""))


@pytest.mark.parametrize(
    "script", [failing_second_batch, missing_rows, endless_pages, foreign_page, page_without_values, unknown_question]
)
def test_half_an_answer_is_no_answer(script: Callable[[], Api]) -> None:
    with pytest.raises(SourceUnavailable, match="Kolada svarade inte"):
        script().client().data([f"N{at:05}" for at in range(30)])
