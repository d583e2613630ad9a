"""The one door to the query engine.

An expression is written once, in Ibis, and runs on DuckDB inside the process or on anything that speaks Spark: Apache
Spark, or Sail, which needs no JVM. The answers are the same tables to the row, so what engines disagree about is not
used here: ``hash()``, approximate distinct counts, order without a full sort key, sums of fractions.

Facts are integers: ``area`` and ``category`` are places in a list, ``month`` is ``12 · year + month − 1``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import pyarrow as pa

from lofte_engine.errors import LofteEngineError

Backend = Literal["duckdb", "spark"]
BACKENDS: tuple[Backend, ...] = ("duckdb", "spark")
MEMORY = "2GB"


class StoreError(LofteEngineError):
    """An engine that is not there.

    Parameters
    ----------
    code : str
        ``no_spark`` when neither Sail nor Spark's client is installed, ``no_answer`` when the server does not answer.

    Attributes
    ----------
    code : str
        As given.

    Examples
    --------
    >>> StoreError("no_spark").code
    'no_spark'
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Store:
    """A query engine that is running.

    Parameters
    ----------
    backend : {"duckdb", "spark"}
    version : str
        Name and version of the engine, for the record.
    connection : ibis backend
    session : SparkSession or None
        None on DuckDB.
    """

    backend: Backend
    version: str
    connection: Any
    session: Any = None

    def table(self, files: Path | Sequence[Path]) -> Any:
        """Parquet files as a table.

        Parameters
        ----------
        files : Path or sequence of Path

        Returns
        -------
        ibis.expr.types.Table
        """
        paths = [str(path.resolve()) for path in ([files] if isinstance(files, Path) else files)]
        if self.session is None:
            return self.connection.read_parquet(paths)
        # Ibis' own way takes one path only.
        name = f"files_{uuid4().hex}"
        self.session.read.parquet(*paths).createOrReplaceTempView(name)
        return self.connection.table(name)

    def collect(self, expression: Any) -> pa.Table:
        """Run an expression.

        Parameters
        ----------
        expression : ibis.expr.types.Table

        Returns
        -------
        pyarrow.Table
            With the types that the expression says, whatever the engine prefers.
        """
        wanted = expression.schema().to_pyarrow()
        if self.session is None:
            return self.connection.to_pyarrow(expression).cast(wanted)
        # Not Ibis' own way, which goes through pandas: integers with empty cells would become fractions.
        return self.session.sql(self.connection.compile(expression)).toArrow().cast(wanted)


@contextmanager
def open_store(
    backend: Backend = "duckdb", *, folder: Path | None = None, memory: str = MEMORY, threads: int | None = None
) -> Iterator[Store]:
    """Start a query engine, and stop it afterwards.

    Parameters
    ----------
    backend : {"duckdb", "spark"}
        Spark is reached at ``SPARK_REMOTE`` (``sc://host:port``); without it Sail is started in this process.
    folder : Path or None
        Where DuckDB puts what does not fit in memory.
    memory : str
        How much DuckDB may use before it does.
    threads : int or None
        All cores when None.

    Yields
    ------
    Store

    Raises
    ------
    StoreError
        When the engine is not there.

    Examples
    --------
    >>> import ibis
    >>> with open_store() as store:
    ...     store.collect(ibis.memtable({"month": [24_288, 24_288, 24_299]}).agg(last=ibis._.month.max())).to_pylist()
    [{'last': 24299}]
    """
    opened = _duckdb(folder, memory, threads) if backend == "duckdb" else _spark(os.environ.get("SPARK_REMOTE"))
    with opened as store:
        yield store


@contextmanager
def _duckdb(folder: Path | None, memory: str, threads: int | None) -> Iterator[Store]:
    import duckdb
    import ibis

    # Nothing is fetched from the network, whatever an expression would need.
    settings: dict[str, Any] = {"memory_limit": memory, "autoinstall_known_extensions": False}
    if folder is not None:
        settings["temp_directory"] = str(folder)
    if threads is not None:
        settings["threads"] = threads
    connection = ibis.duckdb.connect(**settings)
    try:
        yield Store("duckdb", f"DuckDB {duckdb.__version__}", connection)
    finally:
        connection.disconnect()


@contextmanager
def _spark(remote: str | None) -> Iterator[Store]:
    os.environ.setdefault("RUST_LOG", "error")
    try:
        import ibis
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise StoreError("no_spark") from error
    with _server(remote) as address:
        try:
            session = SparkSession.builder.remote(address).create()
            session.conf.set("spark.sql.session.timeZone", "UTC")
            version = f"Spark {session.version}" if remote else _sail_version()
        except PySparkException as error:
            raise StoreError("no_answer") from error
        try:
            yield Store("spark", version, ibis.pyspark.connect(session), session)
        finally:
            session.stop()


@contextmanager
def _server(remote: str | None) -> Iterator[str]:
    if remote:
        yield remote
        return
    try:
        from pysail.spark import SparkConnectServer
    except ImportError as error:
        raise StoreError("no_spark") from error
    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    try:
        host, port = server.listening_address
        yield f"sc://{host}:{port}"
    finally:
        server.stop()


def _sail_version() -> str:
    from importlib.metadata import version

    return f"Sail {version('pysail')}"


def counted(facts: Any, *, months: int = 1, division: Any = None) -> Any:
    """How many events there are in each area, category and period that has any.

    Parameters
    ----------
    facts : ibis.expr.types.Table
        ``area, category, month``, one row an event.
    months : int
        Length of a period, dividing a year: 1, 4 or 12.
    division : ibis.expr.types.Table or None
        ``area, parent``: count by parent instead (the kommun of a kommundel). Every area stands there once.

    Returns
    -------
    ibis.expr.types.Table
        ``area, category, period, count``, sorted by the first three; ``period`` is ``month // months``.

    Raises
    ------
    ValueError
        When `months` does not divide a year.

    Examples
    --------
    >>> import ibis
    >>> facts = ibis.memtable({"area": [0, 0, 1], "category": [2, 2, 2], "month": [24_288, 24_291, 24_292]})
    >>> with open_store() as store:
    ...     store.collect(counted(facts, months=4)).to_pydict()
    {'area': [0, 1], 'category': [2, 2], 'period': [6072, 6073], 'count': [2, 1]}
    """
    if months < 1 or 12 % months:
        raise ValueError(f"a period of {months} months does not divide a year")
    area = facts.area
    if division is not None:
        facts = facts.join(division, "area")
        area = facts.parent
    period = facts.month if months == 1 else facts.month // months
    groups = facts.group_by(area=area.cast("int32"), category=facts.category.cast("int32"), period=period.cast("int32"))
    return groups.agg(count=lambda rows: rows.count().cast("int64")).order_by("area", "category", "period")


def rolled_up(cells: Any, *keys: str) -> Any:
    """Cells added up: the sum over everything that is not in `keys`.

    Parameters
    ----------
    cells : ibis.expr.types.Table
        As from `counted`.
    *keys : str
        Some of ``area``, ``category``, ``period``.

    Returns
    -------
    ibis.expr.types.Table
        `keys` and ``count``, sorted.

    Examples
    --------
    >>> import ibis
    >>> cells = ibis.memtable({"area": [0, 1], "category": [2, 2], "period": [6072, 6072], "count": [2, 3]})
    >>> with open_store() as store:
    ...     store.collect(rolled_up(cells, "category")).to_pydict()
    {'category': [2], 'count': [5]}
    """
    return cells.group_by(list(keys)).agg(count=cells["count"].sum().cast("int64")).order_by(*keys)


def doubled(numbers: Any) -> Any:
    """Rows whose number another row has already had.

    Parameters
    ----------
    numbers : ibis.expr.types.Table
        ``row`` and ``number`` (the case number; rows without one are not there).

    Returns
    -------
    ibis.expr.types.Table
        ``row, number, first`` (the row that keeps the number), sorted by ``row``.

    Examples
    --------
    >>> import ibis
    >>> with open_store() as store:
    ...     store.collect(doubled(ibis.memtable({"row": [2, 3, 4], "number": ["A", "B", "A"]}))).to_pylist()
    [{'row': 4, 'number': 'A', 'first': 2}]
    """
    many = numbers.group_by("number").agg(first=numbers.row.min(), many=numbers.count())
    later = numbers.join(many.filter(many.many > 1), "number")
    return later.filter(later.row > later.first).select("row", "number", "first").order_by("row")
