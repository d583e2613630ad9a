"""What the command line says in Swedish when a table can't be worked on."""

from lofte_engine.disclosure.errors import DisclosureError

SENTENCES: dict[str, str] = {
    "not_found": "Filen {path} går inte att öppna.",
    "not_text": "Filen {path} är inte en textfil med kolumner (CSV).",
    "column": "Filen {path} saknar kolumnen ”{column}”.",
    "column_twice": "Filen {path} har två kolumner som heter ”{column}”.",
    "too_many": "Rad {row} i {path} har fler värden än det finns kolumner.",
    "count": "Rad {row} i {path}: ”{value}” är inte ett antal. Skriv ett heltal.",
    "negative": "Rad {row} i {path}: antalet {value} är mindre än noll.",
    "code": "Rad {row} i {path}: kolumnen ”{column}” är tom eller har tecknet |.",
    "duplicate": "Rad {row} i {path} har samma område, tid och brott som en tidigare rad. Räkna ihop raderna först.",
    "not_a_sum": "Rad {row} i {path}: summan {value} stämmer inte. Delarna blir {found}.",
    "empty": "Filen {path} har inga rader.",
    "cycle": "I hierarkin för ”{dimension}” ingår ”{code}” i sig själv.",
    "unknown_dimension": "Rad {row} i {path}: ”{value}” är inte en av tabellens indelningar.",
    "dimensions": "En tidigare utgåva är indelad efter ”{dimension}”, som tabellen saknar. Ta med den kolumnen.",
    "coarser": (
        "”{code}” har publicerats i mindre delar förut. Ta med delarna ({dimension}), så att skillnaden kan prövas."
    ),
    "threshold": "Tröskeln måste vara minst 1.",
    "base": "Basen för avrundning måste vara minst 2.",
    "too_large": "Tabellen har {cells} rutor. Avrundning klarar högst 20 000.",
    "no_rounding": "Tabellen går inte att avrunda så att summorna stämmer.",
    "not_additive": "Siffrorna i {path} går inte ihop: delarna kan inte bli summorna.",
    "refused": "Tabellen kan inte släppas: {cells} små tal går att räkna ut tillsammans med tidigare utgåvor.",
    "no_dimensions": "Skriv vilka kolumner som delar in tabellen, till exempel --dimensions area,period,category.",
}


def sentence(problem: DisclosureError, path: object) -> str:
    """One Swedish sentence about what is wrong.

    Parameters
    ----------
    problem : DisclosureError
        The problem.
    path : object
        The file it was found in.

    Returns
    -------
    str
        The sentence.
    """
    return SENTENCES[problem.code].format_map({"path": path, **problem.details})
