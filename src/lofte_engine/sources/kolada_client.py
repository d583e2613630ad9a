"""A client for Kolada's API v3 that never keeps half an answer.

Standard library only; the opener is injected, so that tests and those without network use recorded answers.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from lofte_engine.table_errors import SourceUnavailable

BASE = "https://api.kolada.se/v3/"
IDS_IN_A_CALL = 25
ROWS_IN_A_PAGE = 5_000
_MOST_PAGES = 10_000
_LONGEST_WAIT = 300.0
Opener = Callable[[str, float], "tuple[int, dict[str, str], bytes]"]


def open_url(address: str, timeout: float) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (small letters) and body of an address; an error status is no exception."""
    request = urllib.request.Request(address, headers={"User-Agent": "lofte", "Accept": "application/json"})  # noqa: S310 - `_get` lets only https through
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return answer.status, {key.lower(): value for key, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {key.lower(): value for key, value in error.headers.items()}, error.read()


@dataclass(frozen=True)
class KoladaClient:
    """Ask Kolada.

    Parameters
    ----------
    opener : callable
        From address and timeout in seconds to status, headers and body; raises OSError when there is no answer.
    sleep : callable
        Waits a number of seconds.
    now : callable
        The moment, to read a Retry-After that is a date.
    attempts : int
        How often one page is asked for before the whole question fails.
    pause : float
        Seconds between calls.
    progress : callable
        Called with batches done and batches in all.

    Notes
    -----
    At most 25 ids of each kind in a call and 5 000 rows a page; 429 and 5xx are asked again after Retry-After or a
    growing pause. When one page of one batch cannot be had, or the rows are fewer than `count` says, everything fails
    with `SourceUnavailable`: a hole in the answer would look like missing data in a kommun.
    """

    opener: Opener = open_url
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    attempts: int = 5
    pause: float = 0.25
    timeout: float = 30.0
    progress: Callable[[int, int], None] = lambda done, of: None

    def data(
        self, kpis: Sequence[str], municipalities: Sequence[str] = (), years: Sequence[int] = ()
    ) -> dict[str, Any]:
        """Every value of some indicators.

        Parameters
        ----------
        kpis, municipalities : sequence of str
            Ids; no municipality means all.
        years : sequence of int
            No year means all.

        Returns
        -------
        dict
            One answer with all values, in Kolada's own shape.

        Raises
        ------
        SourceUnavailable
            With code "source_unavailable" or "source_incomplete"; nothing is returned then.
        """
        questions = [
            {"kpi_id": many, **({"municipality_id": areas} if areas else {}), **({"year": when} if when else {})}
            for many in _batches(kpis)
            for areas in _batches(municipalities) or [[]]
            for when in _batches([str(year) for year in years]) or [[]]
        ]
        values: list[Any] = []
        for done, question in enumerate(questions):
            self.progress(done, len(questions))
            values += self._pages("data/", question)
        self.progress(len(questions), len(questions))
        return {"values": values, "count": len(values), "next_url": None}

    def kpis(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Definitions of indicators (title, description, publication date)."""
        told = [row for many in _batches(ids) for row in self._pages("kpi", {"kpi_id": many})]
        return [row for row in told if row.get("id") in set(ids)]

    def _pages(self, path: str, question: dict[str, list[str]]) -> list[Any]:
        address: str | None = f"{BASE}{path}?{urlencode({**question, 'per_page': ROWS_IN_A_PAGE}, doseq=True)}"
        rows: list[Any] = []
        seen: set[str] = set()
        wanted: int | None = None
        while address:
            if address in seen or len(seen) >= _MOST_PAGES:
                raise SourceUnavailable("source_incomplete", source="Kolada", what="sidorna tar aldrig slut")
            seen.add(address)
            answer = self._get(address)
            if not isinstance(answer.get("values"), list):
                raise SourceUnavailable("source_incomplete", source="Kolada", what="en sida saknar värden")
            rows += answer["values"]
            total = answer.get("total", answer.get("count"))
            # `count` is of the whole answer in some versions and of the page in others: only a shortfall on a single
            # page, or against `total`, is proof of a hole.
            if isinstance(answer.get("total"), int):
                wanted = answer["total"]
            elif len(seen) == 1 and not answer.get("next_url") and isinstance(total, int):
                wanted = total
            address = answer.get("next_url") or answer.get("next_page")
            if address is not None and urlsplit(address).netloc != urlsplit(BASE).netloc:
                raise SourceUnavailable(
                    "source_incomplete", source="Kolada", what="nästa sida ligger på en annan plats"
                )
        if wanted is not None and len(rows) < wanted:
            what = f"{len(rows)} av {wanted} värden kom"
            raise SourceUnavailable("source_incomplete", source="Kolada", what=what)
        return rows

    def _get(self, address: str) -> dict[str, Any]:
        if not address.startswith("https://"):
            raise SourceUnavailable("source_unavailable", source="Kolada", what="adressen är inte https")
        what = "inget svar"
        for attempt in range(self.attempts):
            try:
                status, headers, body = self.opener(address, self.timeout)
            except OSError as error:
                what = f"nätverksfel: {error}"
                self.sleep(self._wait(attempt, None))
                continue
            if status == 200:
                try:
                    told = json.loads(body)
                except ValueError:
                    what = "svaret var inte JSON"
                else:
                    if isinstance(told, dict):
                        self.sleep(self.pause)
                        return told
                    what = "svaret hade fel form"
            elif status == 429 or status >= 500:
                what = f"svarskod {status}"
            else:
                raise SourceUnavailable("source_unavailable", source="Kolada", what=f"svarskod {status}")
            self.sleep(self._wait(attempt, headers.get("retry-after")))
        raise SourceUnavailable("source_unavailable", source="Kolada", what=what)

    def _wait(self, attempt: int, retry_after: str | None) -> float:
        growing = float(2**attempt)
        if retry_after is None:
            return growing
        try:
            wait = float(retry_after)
        except ValueError:
            try:
                wait = (parsedate_to_datetime(retry_after) - self.now()).total_seconds()
            except (TypeError, ValueError):
                wait = growing
        return min(max(wait, 0.0), _LONGEST_WAIT)


def _batches(ids: Sequence[str]) -> list[list[str]]:
    return list(_cut(list(dict.fromkeys(ids))))


def _cut(ids: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(ids), IDS_IN_A_CALL):
        yield ids[at : at + IDS_IN_A_CALL]
