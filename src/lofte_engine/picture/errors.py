"""What can be wrong when a picture is made, each with a Swedish sentence to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lofte_engine.errors import LofteEngineError
from lofte_engine.table_errors import TableError


class PictureError(LofteEngineError):
    """A picture that cannot be made, or not be checked.

    Parameters
    ----------
    code : str
        One of the keys of `PICTURE_SENTENCES`.
    **facts : object
        What the sentence names.

    Attributes
    ----------
    code : str
        What is wrong, as a stable word.

    Examples
    --------
    >>> str(PictureError("threshold"))
    'Tröskeln måste vara minst 1.'
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(PICTURE_SENTENCES[code].format(**facts))
        self.code = code


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Say which file it is that cannot be read.

    Raises
    ------
    PictureError
        ``file``, for any `TableError`.
    """
    try:
        yield
    except TableError as error:
        raise PictureError("file", path=path, what=error) from error


PICTURE_SENTENCES: dict[str, str] = {
    "file": "{path}: {what}",
    "threshold": "Tröskeln måste vara minst 1.",
    "period": 'Perioden "{period}" finns inte. Välj month, tertial eller year.',
    "no_rows": "Ingen rad gick att använda ({many} i filen). Vanligast: {most}",
    "too_many_cells": (
        "Tabellen får {cells} rutor, mer än som går att skydda på en gång. Välj --period year eller tertial, "
        "eller ge varje område en överordnad kod (parent_code), så skyddas en kommun i taget."
    ),
    "no_population": "Befolkningsfilen har inga rader för något av områdena. Områdeskoderna i den: {found}.",
    "population_groups": "Befolkningsfilen är delad i grupper ({groups}) utan rad för alla. Lägg till raden totalt.",
    "out_taken": "Mappen {path} finns redan och är ingen tidigare bild. Välj en annan mapp.",
    "out_unwritable": "Det går inte att skriva i {path}.",
    "column_pair": 'Skriv --column som kolumn=rubrik, till exempel occurred_at=Datum. "{pair}" går inte att läsa.',
    "crs": 'Koordinatsystemet "{crs}" finns inte. Skriv till exempel EPSG:3006.',
    "no_picture": "I {path} finns ingen bild: run.json saknas eller går inte att läsa.",
    "input_gone": "Filen med {name} finns inte på {path}. Säg var den är med --{option}.",
    "no_spark": "För --backend spark behövs pysail och pyspark-client: pip install 'lofte[spark]'.",
    "no_answer": "Spark svarar inte på adressen i SPARK_REMOTE.",
}
