"""Promises as kommuner write them, and what a coordinator expects to find in the draft."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from lofte_engine.errors import DocumentError
from lofte_engine.text.promise_document import LONGEST_TEXT, read_promise

SEED = "seed/medborgarlofte-strangnas-2018.txt"

BORAS = """Dnr 2022/417
Sida 1 (2)

Medborgarlöfte Borås – Centrum 2022-06-01–2023-12-31

Polisen, Borås Stad, Centrumfastighetsägarna, Västtrafik och Nobina har tillsammans tagit fram löftet. Underlaget är \
enkäter till besökare, två trygghetsvandringar och polisens statistik. Löftet gäller området på kartan.

Så här ser det ut

Många upplever otrygghet vid busstorget. Klotter och skadegörelse har ökat i parkeringshusen.

Våra löften

• Öka närvaron på busstorget fredag och lördag kväll. Ansvarig: Polisen och Borås Stad
• Kontrollera belysningen en gång i veckan (Ansvarig: Centrumfastighetsägarna)
• Utbilda all personal på linje 1 i att bemöta oro.
Ansvariga: Västtrafik, Nobina
• Polisen genomför minst 12 insatser mot öppen narkotika-
handel per år.

Mål

Fler ska känna sig trygga i centrum.

Uppföljning

Löftet följs upp kvartalsvis och redovisas på boras.se i mars 2023 och januari 2024.

Borås den 30 maj 2022

Förnamn Efternamn, kommunstyrelsens ordförande, Borås Stad
Förnamn Efternamn, lokalpolisområdeschef
Förnamn Efternamn, vd, Centrumfastighetsägarna
Förnamn Efternamn, områdeschef, Västtrafik
Förnamn Efternamn, trafikchef, Nobina
"""

UPPER_CASE = """MEDBORGARLÖFTEN FÖR KALMAR KOMMUN 2022–2023

SITUATIONEN I DAG

VÅR GEMENSAMMA BEDÖMNING ÄR ATT TRAFIKEN ÄR ETT PROBLEM. BOENDE UPPLEVER BUSKÖRNING MED A-TRAKTORER.

DET HÄR LOVAR VI

POLISEN OCH KALMAR KOMMUN LOVAR ATT TILLSAMMANS ÖKA TRYGGHETEN I HELA KOMMUNEN.

1. POLISEN SKA GENOMFÖRA MINST 52 HASTIGHETSKONTROLLER PER ÅR.
2. KOMMUNEN SKA TILLSAMMANS MED POLISEN HÅLLA FYRA TRYGGHETSVANDRINGAR.

UPPFÖLJNING

VI FÖLJER UPP LÖFTET TVÅ GÅNGER PER ÅR OCH REDOVISAR PÅ KALMAR.SE I JUNI OCH DECEMBER.

KALMAR 2022-01-20

FÖRNAMN EFTERNAMN\t\tFÖRNAMN EFTERNAMN
KOMMUNDIREKTÖR\t\tLOKALPOLISOMRÅDESCHEF
"""

POLICE_ALONE = """Medborgarlöfte 2021 Södermalm
Medborgarlöftet bygger på dialog med boende och på polisens lägesbild från hösten 2020.
Så ser det ut idag
Personrån mot unga har ökat.
Det här lovar vi
Polisen lovar att vara mer synlig på Södermalm under 2021.
• Vi ska patrullera till fots varje dag
• Vi besöker varje högstadieskola minst två gånger
Följ oss
Följ oss på Instagram och på polisen.se.
Stockholm, 15 januari 2021
Chef lokalpolisområde Södermalm
"""

CHILDREN = """# Barnlöfte 2017

Kungsbacka kommun och polisen har haft dialog med barn i åldern 3–17 år.

## Det här har ni berättat

* Bilarna kör för fort vid skolan
* Det är mörkt på vägen till fritids

## Vi lovar

* att stå vid skolan minst en morgon i veckan (polisen)
* att laga lampor inom en vecka

## Hur går det?

Vi berättar på kungsbacka.se och på skolans samling varje termin.
"""

OWN_HEADINGS = """Medborgarlöfte 2022 för Vingåkers kommun

Läget hos oss

Lägesbilden visar på stölder, bedrägerier och nedskräpning.

Vad vi tänker ta tag i

Polisen lovar:
– fler trafikkontroller i byarna
– att svara på alla tips inom en vecka
Kommunen lovar:
– att städa klotter inom två dygn
Tillsammans lovar polisen och kommunen:
– en dag då invånarna får styra polisens arbete

Vart vi är på väg

Vi vill att Vingåker ska bli tryggare.

Hur du hänger med

Arbetet redovisas tre gånger om året på vingaker.se, i maj, september och januari.

Kontakt: Förnamn Efternamn, 070-000 00 00, fornamn.efternamn@example.org

Underskrifter

Ort och datum: Vingåker 2022-03-01

_____________________          _____________________
Förnamn Efternamn              Förnamn Efternamn
Kommunchef                     Kommunpolis
Vingåkers kommun               Polisen
"""

SHORT = """Medborgarlöfte 2018 i Eda kommun

Det här ska vi göra

{overall}

- Polisen ska kontrollera farten vid skolan.
"""


def as_dict(text: str) -> dict[str, Any]:
    draft = read_promise(text).as_dict()
    json.dumps(draft)
    return draft


def parties(draft: dict[str, Any]) -> list[list[str]]:
    return [pledge["parties"] for pledge in draft["pledges"]]


def slices(text: str, draft: dict[str, Any], field: str) -> list[str]:
    return [text[start:end] for start, end in draft["spans"][field]]


@pytest.fixture(scope="module")
def seed(shared: Path) -> str:
    return (shared / SEED).read_text(encoding="utf-8")


def test_seed_gives_its_facts(seed: str) -> None:
    draft = as_dict(seed)

    assert draft["municipality"] == {"code": "0486", "name": "Strängnäs"}
    assert draft["year"] == 2018
    assert draft["period"] == {"from": "2018-01-01", "to": "2018-12-31", "label": "2018"}
    assert draft["picture_year"] == 2017
    assert draft["evidence_basis"] == ["citizen_dialogue", "staff_dialogue", "criminal_intelligence"]
    assert draft["scope"] == {"kind": "all_districts", "text": "samtliga kommundelar", "places": []}


def test_seed_gives_its_situation(seed: str) -> None:
    draft = as_dict(seed)

    assert "samlade bedömning, både externt och internt" in draft["joint_assessment"]
    assert draft["problems"] == [
        "oro bland Strängnäs ungdomar",
        "unga som etableras i kriminalitet har ökat sista året",
        "narkotikarelaterade brott",
        "skadegörelse",
        "stölder",
        "våldrelaterade brott",
    ]


def test_seed_gives_its_promise(seed: str) -> None:
    draft = as_dict(seed)

    assert draft["overall_pledge"].startswith("Polisen lovar tillsammans med Strängnäs kommun att under 2018")
    assert draft["overall_pledge"].endswith("i synnerhet narkotikabrott")
    assert parties(draft) == [
        ["Polisen"],
        ["Polisen", "Strängnäs kommun", "andra aktörer"],
        ["Polisen", "Strängnäs kommun"],
    ]
    assert draft["desired_outcome"].endswith("en tryggare kommun att leva och bo i.")


def test_seed_gives_its_follow_up_and_signatures(seed: str) -> None:
    draft = as_dict(seed)

    assert draft["channels"] == ["sociala medier", "polisens Facebook sida", "polisen.se"]
    assert draft["rhythm"] == "tertial"
    assert draft["report_dates"] == ["2018-05", "2018-09", "2019-01"]
    assert draft["signed"] == {"place": "Strängnäs", "date": "2018-02-05"}
    assert draft["signers"] == [
        {"role": "Kommundirektör", "organisation": "Strängnäs kommun"},
        {"role": "Lokalpolisområdeschef", "organisation": "Polisen"},
    ]
    assert set(draft["guessed"]) == {"signers[0].organisation", "signers[1].organisation"}


def test_seed_leaves_only_the_logos_and_copies_no_name(seed: str) -> None:
    draft = as_dict(seed)
    names = [slices(seed, draft, f"signers[{number}].name")[0] for number in (0, 1)]

    assert [part["text"].split() for part in draft["unplaced"]] == [["STRÄNGNÄS", "KOMMUN"], ["Polisen"]]
    assert all(len(name.split()) == 2 for name in names)
    assert not any(word in json.dumps(draft, ensure_ascii=False) for name in names for word in name.split())


def test_seed_is_read_in_well_under_a_second(seed: str) -> None:
    began = time.perf_counter()
    read_promise(seed)

    assert time.perf_counter() - began < 0.5


def test_place_with_five_parties_and_an_owner_for_each_pledge() -> None:
    draft = as_dict(BORAS)

    assert draft["municipality"]["code"] == "1490"
    assert draft["period"]["from"] == "2022-06-01"
    assert draft["period"]["to"] == "2023-12-31"
    assert draft["scope"]["places"] == ["Centrum"]
    assert draft["evidence_basis"] == ["survey", "safety_walk", "statistics"]
    assert parties(draft) == [
        ["Polisen", "Borås Stad"],
        ["Centrumfastighetsägarna"],
        ["Västtrafik", "Nobina"],
        ["Polisen"],
    ]
    assert draft["pledges"][3]["text"] == "Polisen genomför minst 12 insatser mot öppen narkotikahandel per år."
    assert [signer["organisation"] for signer in draft["signers"]] == [
        "Borås Stad",
        "Polisen",
        "Centrumfastighetsägarna",
        "Västtrafik",
        "Nobina",
    ]
    assert [part["text"] for part in draft["unplaced"]] == ["Dnr 2022/417\nSida 1 (2)"]


def test_upper_case_two_years_numbers_and_columns() -> None:
    draft = as_dict(UPPER_CASE)

    assert draft["municipality"]["name"] == "Kalmar"
    assert draft["period"]["label"] == "2022–2023"
    assert draft["problems"] == ["TRAFIKEN ÄR ETT PROBLEM", "BUSKÖRNING MED A-TRAKTORER"]
    assert parties(draft) == [["Polisen"], ["Kalmar kommun", "Polisen"]]
    assert draft["rhythm"] == "half_yearly"
    assert draft["report_dates"] == ["2022-06", "2022-12"]
    assert "report_dates[0]" in draft["guessed"]
    assert [signer["role"] for signer in draft["signers"]] == ["KOMMUNDIREKTÖR", "LOKALPOLISOMRÅDESCHEF"]
    assert draft["unplaced"] == []


def test_police_alone_without_blank_lines() -> None:
    draft = as_dict(POLICE_ALONE)

    assert draft["scope"]["places"] == ["Södermalm"]
    assert draft["municipality"]["name"] == "Stockholm"
    assert "municipality" in draft["guessed"]
    assert draft["picture_year"] == 2020
    assert draft["overall_pledge"] == "Polisen lovar att vara mer synlig på Södermalm under 2021."
    assert parties(draft) == [["Polisen"], ["Polisen"]]
    assert "pledges[0].parties" in draft["guessed"]
    assert draft["signers"] == [{"role": "Chef lokalpolisområde Södermalm", "organisation": "Polisen"}]


def test_promise_to_children() -> None:
    draft = as_dict(CHILDREN)

    assert draft["title"] == "Barnlöfte 2017"
    assert draft["evidence_basis"] == ["children_dialogue"]
    assert draft["problems"] == ["Bilarna kör för fort vid skolan", "Det är mörkt på vägen till fritids"]
    assert parties(draft) == [["Polisen"], []]
    assert draft["report_dates"] == []


def test_own_headings_lists_by_party_and_contact() -> None:
    draft = as_dict(OWN_HEADINGS)

    assert parties(draft) == [["Polisen"], ["Polisen"], ["Vingåker kommun"], ["Polisen", "Vingåker kommun"]]
    assert draft["desired_outcome"] == "Vi vill att Vingåker ska bli tryggare."
    assert draft["report_dates"] == ["2022-05", "2022-09", "2023-01"]
    assert {"pledges", "desired_outcome", "follow_up_text"} <= set(draft["guessed"])
    assert slices(OWN_HEADINGS, draft, "persons") == [
        "Förnamn Efternamn",
        "070-000 00 00",
        "fornamn.efternamn@example.org",
    ]
    assert "Efternamn" not in json.dumps(draft)


@pytest.mark.parametrize("quotes", ["””", "“”", "„“", "»«", "«»", '""', "»»"])
def test_overall_pledge_in_any_quotation_marks(quotes: str) -> None:
    said = "Polisen och Eda kommun lovar att minska farten vid skolorna"

    draft = as_dict(SHORT.format(overall=f"{quotes[0]}{said}{quotes[1]}."))

    assert draft["overall_pledge"] == said
    assert "overall_pledge" not in draft["guessed"]


def test_overall_pledge_without_quotation_marks_is_a_guess() -> None:
    draft = as_dict(SHORT.format(overall="Polisen och Eda kommun lovar att minska farten."))

    assert draft["overall_pledge"] == "Polisen och Eda kommun lovar att minska farten."
    assert "overall_pledge" in draft["guessed"]


@pytest.mark.parametrize("bullet", ["•", "–", "*", "-", "1.", "a)", "\uf0b7", "•\n"])
def test_bullets_of_any_kind(bullet: str) -> None:
    text = SHORT.format(overall="").replace("-", bullet) + f"{bullet} Eda kommun ska tända lampor.\n"

    assert [pledge["text"] for pledge in as_dict(text)["pledges"]] == [
        "Polisen ska kontrollera farten vid skolan.",
        "Eda kommun ska tända lampor.",
    ]


def test_pledge_cut_by_a_page_break_and_a_logo_is_one() -> None:
    text = SHORT.format(overall="").replace(" farten", "\n\nPolisen\n\nfarten")

    draft = as_dict(text)

    assert [pledge["text"] for pledge in draft["pledges"]] == ["Polisen ska kontrollera farten vid skolan."]
    assert slices(text, draft, "pledges[0].text") == ["Polisen ska kontrollera", "farten vid skolan."]
    assert [part["text"] for part in draft["unplaced"]] == ["Polisen"]


def test_table_with_a_column_of_parties() -> None:
    text = SHORT.format(overall="").replace(
        "- Polisen ska kontrollera farten vid skolan.",
        "Aktivitet\tAnsvarig\nKontrollera farten\tPolisen\nTända lampor\tKommunen, Trafikverket",
    )

    draft = as_dict(text)

    assert [pledge["text"] for pledge in draft["pledges"]] == ["Kontrollera farten", "Tända lampor"]
    assert parties(draft) == [["Polisen"], ["Eda kommun", "Trafikverket"]]


def test_themes_and_numbered_promises() -> None:
    text = SHORT.format(overall="") + "\nLöfte 2: Trygg trafik\n\n- Eda kommun ska bygga farthinder.\n"

    draft = as_dict(text)

    assert [pledge["theme"] for pledge in draft["pledges"]] == [None, "Löfte 2: Trygg trafik"]


def test_two_promises_are_never_mixed() -> None:
    other = SHORT.replace("Eda", "Arvika").format(overall="”Arvika kommun och polisen lovar att tända fler lampor”")
    text = f"{SHORT.format(overall='')}\n{other}\nArvika 2018-01-02\nFörnamn Efternamn\nKommunchef\n"

    draft = as_dict(text)

    assert draft["municipality"]["name"] == "Eda"
    assert draft["overall_pledge"] is None
    assert len(draft["pledges"]) == 1
    assert draft["signers"] == []
    assert "document" in draft["guessed"]
    assert any("Arvika" in part["text"] for part in draft["unplaced"])
    assert "Efternamn" not in json.dumps(draft)


def test_running_head_is_not_a_second_promise() -> None:
    title = "Medborgarlöfte 2018 i Eda kommun\n\n"
    text = f"{SHORT.format(overall='')}\n{title}- Eda kommun ska tända lampor.\n"

    draft = as_dict(text)

    assert len(draft["pledges"]) == 2
    assert len(draft["spans"]["title"]) == 2


def test_promise_without_any_heading_is_a_guess() -> None:
    draft = as_dict("Nytt medborgarlöfte. Polisen och Eda kommun lovar att under 2020 minska buskörningen.")

    assert draft["overall_pledge"]
    assert draft["year"] == 2020
    assert {"pledges", "overall_pledge", "year"} <= set(draft["guessed"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("a" * (LONGEST_TEXT + 1), "too_large"),
        (
            "The police and the municipality promise that they will work for a safer town this year.",
            "not_swedish",
        ),
        (
            "Polisen och kommunen har og skal ikke arbeide for at det blir tryggere å være ute og i byen.",
            "not_swedish",
        ),
        (
            "Det blir regn i morgon och på torsdag kan det bli åska i hela landet enligt prognosen.",
            "no_promise",
        ),
        (
            "Mormor lovar att det ska bli bullar på söndag och att alla som vill får följa med ut.",
            "no_promise",
        ),
    ],
)
def test_what_is_no_promise_is_refused(text: str, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_promise(text)

    assert refused.value.code == code
