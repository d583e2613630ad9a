"""Named errors of tables, sources and places, each with a Swedish sentence to show."""

from __future__ import annotations

from lofte_engine.errors import LofteEngineError


class TableError(LofteEngineError):
    """A file or a table that cannot be read, as a whole.

    A single bad row is never an error: it goes to the reject list (`lofte_engine.tables.check`).

    Parameters
    ----------
    code : str
        One of the keys of `TABLE_SENTENCES`.
    **facts : object
        What the sentence names.

    Attributes
    ----------
    code : str
        What is wrong, as a stable word.
    facts : dict
        The same facts, for an interface that words it differently.

    Examples
    --------
    >>> str(TableError("no_sheet", sheet="Blad9", sheets="Blad1, Blad2"))
    'Bladet "Blad9" finns inte i filen. Där finns: Blad1, Blad2.'
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(TABLE_SENTENCES[code].format(**facts))
        self.code = code
        self.facts = facts


class MappingError(TableError):
    """A saved column mapping that is wrong in itself or does not fit the file."""


class SourceUnavailable(TableError):
    """A source that did not answer, or not with all that was asked for; nothing of it is kept."""


class NoticesAreNotStatistics(TableError):
    """Notices of the police were asked for as a number. They are news: context beside a figure, never part of one."""

    def __init__(self) -> None:
        super().__init__("notices_are_not_statistics")


class PlaceError(TableError):
    """Areas, points or crosswalks that cannot be used."""


class EditionBreak(PlaceError):
    """Figures of two divisions that may not be joined into one series."""


TABLE_SENTENCES: dict[str, str] = {
    "not_found": "Filen finns inte.",
    "unreadable": "Filen går inte att öppna.",
    "empty": "Filen är tom.",
    "too_large": "Filen är större än {limit}. Dela den, till exempel per år, eller spara den som Parquet.",
    "encrypted": "Filen är skyddad med lösenord. Ta bort lösenordet och ladda upp den igen.",
    "damaged": "Filen är skadad och går inte att läsa. Spara den på nytt och försök igen.",
    "packed": "Filen är packad ({kind}). Packa upp den och välj filen som ligger i den.",
    "binary": "Filen är inte en tabell. Löfte läser Excel (xlsx, xls, ods), CSV, JSON, GeoJSON och Parquet.",
    "document": "Filen är ett dokument ({kind}), inte en tabell. Spara tabellen som Excel eller CSV.",
    "web_page": "Filen är en webbsida, inte en tabell. Det händer när en länk sparas i stället för filen.",
    "unclosed_quote": 'Ett citattecken (") stängs aldrig, från rad {row} eller strax före. Rätta och försök igen.',
    "no_sheet": 'Bladet "{sheet}" finns inte i filen. Där finns: {sheets}.',
    "no_table": "Ingen tabell hittades: ingen rad ser ut som en rubrikrad med rader under.",
    "several_sheets": "Flera blad i filen ser ut som tabeller: {sheets}. Välj ett.",
    "only_header": "Filen har rubriker men inga rader.",
    "scattered": (
        'Bladet "{sheet}" har celler ända bort i {cell} och blir för stort. '
        "Ta bort det som står långt utanför tabellen."
    ),
    "several_events_a_row": (
        'Kolumnen "{column}" säger att en rad kan stå för flera händelser (rad {row}: {value}). Gör en rad för varje '
        "händelse, eller byt namn på kolumnen om den betyder något annat."
    ),
    "missing_columns": "Filen saknar {columns}. Rubrikerna i filen är: {found}.",
    "doubled_columns": 'Rubriken "{column}" står flera gånger. Byt namn på den ena eller välj kolumn i mappningen.',
    "duplicate_upload": "Samma fil är redan inläst ({when}). Inget har ändrats.",
    "not_recognised": "Filen känns inte igen. Välj själv vad kolumnerna betyder, så sparas det till nästa gång.",
    "wrong_layout": "Filen ser inte ut som {source}: {what}.",
    "not_additive": 'Delarna under "{label}" ger tillsammans {parts}, men filen säger {total}.',
    "bad_json": "Filen är inte giltig JSON (rad {line}).",
    "mapping_format": 'Mappningen är inte i formatet "lofte-mapping/1": {what}.',
    "mapping_columns": "Mappningen nämner kolumner som inte finns i filen: {columns}. Rubrikerna i filen är: {found}.",
    "unknown_time_zone": 'Tidszonen "{zone}" finns inte. Skriv till exempel Europe/Stockholm.',
    "source_unavailable": "{source} svarade inte ({what}). Inget har sparats. Försök igen senare.",
    "source_incomplete": "{source} svarade inte med allt: {what}. Inget har sparats.",
    "notices_are_not_statistics": (
        "Polisens händelsenotiser är nyheter i urval, inte statistik. De kan visas bredvid en siffra men inte räknas."
    ),
    "no_areas": "Filen med områden är tom eller saknar ytor.",
    "no_crs": "Filen med områden säger inte vilket koordinatsystem den har. Ange EPSG:3006 eller EPSG:4326.",
    "bad_geometry": "Området {code} har en trasig gräns: {why}.",
    "not_polygons": "Området {code} är inte en yta.",
    "doubled_areas": "Områdeskoden {code} står på flera områden.",
    "weights": "Vikterna för {code} blir {total}, men ska bli 1.",
    "no_weights": "Området {code} har ett antal men inga vikter i nyckeln. Inget har flyttats.",
    "bad_weight": "Vikten {weight} för {code} är inte ett tal mellan 0 och 1.",
    "edition_break": "{code} kan inte följas över gränsändringen {when}: {why}.",
    "unknown_areas": "Områden som inte finns i indelningen {edition}: {codes}.",
}
