"""Facts that grow month by month: a file for each month, sorted by area, and its counts beside it.

A new month, or a month that arrives again, costs only itself. Areas of one kommun stand together in every file, so one
kommun is read without the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.store import Store, counted

_SCHEMA = pa.schema([("area", pa.int32()), ("category", pa.int32()), ("month", pa.int32())])
_ROW_GROUP = 16_384
_BATCH = 1 << 20


@dataclass(frozen=True)
class Facts:
    """A folder of facts.

    Parameters
    ----------
    folder : Path
        Made when it is not there.

    Examples
    --------
    >>> import tempfile
    >>> from lofte_engine.store import open_store
    >>> with tempfile.TemporaryDirectory() as folder, open_store() as store:
    ...     facts = Facts(Path(folder))
    ...     facts.put(24_288, [0, 1, 1], [5, 5, 5])
    ...     store.collect(facts.cells(store, areas=(1, 1)))["count"].to_pylist()
    [2]
    """

    folder: Path

    @property
    def months(self) -> tuple[int, ...]:
        """Months that are there, as ``12 · year + month − 1``."""
        return tuple(sorted(int(path.stem.removeprefix("facts-")) for path in self.folder.glob("facts-*.parquet")))

    def put(self, month: int, area: npt.ArrayLike, category: npt.ArrayLike) -> None:
        """Write a month, in place of the same month.

        Parameters
        ----------
        month : int
        area, category : array_like of int
            One place each for every event of the month.
        """
        places, kinds = np.asarray(area, dtype=np.int32), np.asarray(category, dtype=np.int32)
        order = np.lexsort((kinds, places))
        columns = [places[order], kinds[order], np.full(len(order), month, dtype=np.int32)]
        # The counts go first: better none than those of other events.
        self._counts(month).unlink(missing_ok=True)
        self._write(pa.table([pa.array(one) for one in columns], schema=_SCHEMA), self._facts(month))

    def put_all(self, files: Path | Sequence[Path]) -> None:
        """Write every month of files with ``area, category, month`` in any order, a piece at a time.

        Parameters
        ----------
        files : Path or sequence of Path
            Parquet. Months that are in them take the place of the same months.
        """
        found: dict[int, list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]]] = {}
        for batch in _batches([files] if isinstance(files, Path) else files):
            area, category, month = (batch[name].to_numpy().astype(np.int32) for name in _SCHEMA.names)
            order = np.argsort(month, kind="stable")
            own, starts = np.unique(month[order], return_index=True)
            for number, places in zip(own.tolist(), np.split(order, starts[1:]), strict=True):
                found.setdefault(number, []).append((area[places], category[places]))
        for number, parts in found.items():
            self.put(number, *(np.concatenate(one) for one in zip(*parts, strict=True)))

    def cells(self, store: Store, *, areas: tuple[int, int] | None = None, months: Sequence[int] | None = None) -> Any:
        """How many events there are in each area, category and month; months not counted before are counted now.

        Parameters
        ----------
        store : Store
        areas : (int, int) or None
            First and last area wanted, such as those of one kommun; all when None.
        months : sequence of int or None
            Months wanted; all when None.

        Returns
        -------
        ibis.expr.types.Table
            ``area, category, period, count``, where the period is the month.
        """
        wanted = self.months if months is None else tuple(months)
        for month in wanted:
            if not self._counts(month).is_file():
                self._write(store.collect(counted(store.table(self._facts(month)))), self._counts(month))
        cells = store.table([self._counts(month) for month in wanted])
        return cells if areas is None else cells.filter(cells.area.between(*areas))

    def _facts(self, month: int) -> Path:
        return self.folder / f"facts-{month}.parquet"

    def _counts(self, month: int) -> Path:
        return self.folder / f"counts-{month}.parquet"

    def _write(self, table: pa.Table, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        # Written beside and moved, so that a reader never meets half a file.
        part = path.with_name(f".{path.name}.{os.getpid()}")
        pq.write_table(table, part, compression="zstd", row_group_size=_ROW_GROUP)
        part.replace(path)


def _batches(files: Sequence[Path]) -> Iterable[pa.RecordBatch]:
    for path in files:
        yield from pq.ParquetFile(path).iter_batches(batch_size=_BATCH, columns=_SCHEMA.names)
