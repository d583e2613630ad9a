"""Between them the example files hold every variation that real promises were seen to have (domain.md §4.3)."""

import datetime as dt

import pytest

from example_files import MADE_UP, Record, record


def targets(name: str) -> list[Record]:
    return [
        target
        for pledge in record(name)["promise"].get("pledges", [])
        for activity in pledge.get("activities", [])
        for target in activity.get("targets", [])
    ]


def target(name: str, key: str) -> Record:
    return next(each for each in targets(name) if each["id"] == key)


def days(name: str) -> tuple[dt.date, dt.date]:
    promise = record(name)["promise"]
    return dt.date.fromisoformat(promise["starts"]), dt.date.fromisoformat(promise["ends"])


def evidence(name: str) -> dict[str, Record]:
    return {each["id"]: each for each in record(name)["evidence"]}


# 1. Period


def test_period_of_three_months() -> None:
    assert days("fagersta-2022-mars-maj") == (dt.date(2022, 3, 1), dt.date(2022, 5, 31))
    assert "tredje månad" in record("fagersta-2022-mars-maj")["promise"]["renewal"]


def test_period_of_four_years() -> None:
    assert days("vimmerby-2022-2025") == (dt.date(2022, 1, 1), dt.date(2025, 12, 31))


def test_odd_start_and_end() -> None:
    assert days("hallsberg-2019-2021") == (dt.date(2019, 11, 28), dt.date(2021, 5, 31))
    assert days("boras-centrum-2022-2023")[0] == dt.date(2022, 6, 1)


def test_extension() -> None:
    assert record("jonkoping-2018")["promise"]["extends_slug"] == "2016-2017"


def test_renewal_if_it_had_no_effect() -> None:
    assert "effekt" in record("grums-2016")["promise"]["renewal"]


def test_report_day_after_the_promise() -> None:
    last = record("strangnas-2018")["periods"][-1]

    assert last["due"] > record("strangnas-2018")["promise"]["ends"]


def test_short_first_period_of_a_promise_signed_in_march() -> None:
    first = record("strangnas-2020")["periods"][0]

    assert (first["label"], first["starts"], first["ends"]) == ("2020-T1", "2020-03-16", "2020-04-30")


# 2. Area


def test_whole_kommun() -> None:
    assert record("strangnas-2018")["promise"].get("covers_municipality", True)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("boras-hassleholmen-hulta-norrby-2018-2019", {"district"}),
        ("stockholm-sodermalm-2021", {"local_police_area"}),
        ("uppsala-resecentrum-2020-2023", {"place"}),
        ("boras-centrum-2022-2023", {"polygon"}),
    ],
)
def test_part_of_a_kommun(name: str, kinds: set[str]) -> None:
    given = record(name)
    kind_of = {area["id"]: area["kind"] for area in given["areas"]}

    assert given["promise"]["covers_municipality"] is False
    assert {kind_of[key] for key in given["promise"]["areas"]} == kinds


def test_several_areas_with_their_own_targets() -> None:
    places = target("jonkoping-2021-2022", "fotpatruller")["places"]

    assert [place["amount"] for place in places] == [800, 800]
    assert target("jonkoping-2021-2022", "narkotikabrott-raslatt")["amount"] == 52
    assert target("jonkoping-2021-2022", "narkotikabrott-ovriga")["amount"] == 104


def test_area_across_kommun_borders() -> None:
    areas = {area["id"]: area for area in record("exempelkoping-2025")["areas"]}

    assert areas["exempelbygden"]["also_in"] == ["9998"]


# 3. Parties


def test_police_alone() -> None:
    assert record("stockholm-sodermalm-2021")["promise"]["parties"] == ["polisen"]


def test_five_parties_and_owners_outside_them() -> None:
    promise = record("boras-centrum-2022-2023")["promise"]
    owners = {party for pledge in promise["pledges"] for party in pledge["parties"]}

    assert (len(promise["pledges"]), len(promise["parties"])) == (7, 5)
    assert owners - set(promise["parties"]) == {"boras-city", "boras-tme"}


def test_others_who_are_not_named() -> None:
    assert [p.get("with_others", False) for p in record("strangnas-2018")["promise"]["pledges"]] == [False, True, False]


@pytest.mark.parametrize(
    ("name", "signers"),
    [
        ("stockholm-sodermalm-2021", 1),
        ("strangnas-2018", 2),
        ("uppsala-gottsunda-valsatra-2019-2020", 3),
        ("exempelkoping-2025", 4),
    ],
)
def test_one_to_four_signers(name: str, signers: int) -> None:
    assert len(record(name)["signatures"]) == signers


def test_signers_of_different_kinds() -> None:
    roles = {row["role"] for row in record("uppsala-resecentrum-2020-2023")["signatures"]}

    assert roles == {"Kommunstyrelsens ordförande", "Lokalpolisområdeschef"}


def test_responsible_is_left_open_when_the_source_is_silent() -> None:
    pledges = {pledge["id"]: pledge for pledge in record("fagersta-2022-mars-maj")["promise"]["pledges"]}

    assert "parties" not in pledges["andt"]


# 4. Levels


def test_promise_of_which_only_a_report_is_known() -> None:
    assert "pledges" not in record("strangnas-2017")["promise"]


def test_overall_pledge_over_pledges_without_activities() -> None:
    promise = record("strangnas-2018")["promise"]

    assert promise["overall_pledge"].startswith("Polisen lovar tillsammans med Strängnäs kommun")
    assert not any("activities" in pledge for pledge in promise["pledges"])


def test_focus_areas_over_pledges() -> None:
    themes = [pledge["theme"] for pledge in record("strangnas-2022-2023")["promise"]["pledges"]]

    assert (len(themes), len(set(themes))) == (8, 2)


def test_activity_without_target() -> None:
    activities = [a for p in record("exempelkoping-2025")["promise"]["pledges"] for a in p["activities"]]

    assert [a["id"] for a in activities if "targets" not in a] == ["insats-mot-inbrott"]


# 5. Quantities


@pytest.mark.parametrize(
    ("variation", "name", "key", "wanted"),
    [
        ("n", "strangnas-2019", "nya-grannsamverkansomraden", {"kind": "count", "amount": 8}),
        ("per day", "lulea-2018", "kontroller-om-dagen", {"kind": "rate", "amount": 1, "per": "day"}),
        ("per week", "jonkoping-2021-2022", "lagesbilder-raslatt", {"amount": 1, "per": "week"}),
        ("per month", "jonkoping-2021-2022", "lagesbilder-ovriga", {"amount": 1, "per": "month"}),
        ("per year", "lulea-2018", "tunnelkontroller", {"amount": 4, "per": "year"}),
        (
            "any of",
            "pitea-2023-2025",
            "tillfallen-i-veckan",
            {"amount": 5, "per": "week", "options": ["trafikkontroll", "skolbesök", "fotpatrull"]},
        ),
        ("average", "dorotea-2019-2020", "overvakningar-i-manaden", {"amount": 1, "per": "month", "is_average": True}),
        ("per area", "strangnas-2019", "kontroller-per-kommundel", {"amount": 1, "in_each_area": True}),
        ("of a length", "jonkoping-2021-2022", "trafikkontroller-20-minuter", {"amount": 200, "min_minutes": 20}),
        (
            "share of another",
            "jonkoping-2021-2022",
            "forstagang-raslatt",
            {"kind": "share", "amount": 20, "share_of": "narkotikabrott-raslatt"},
        ),
        ("persons", "exempelkoping-2026", "utbildade-personer", {"amount": 150, "unit": "utbildade personer"}),
        ("yes or no", "strangnas-2019", "radet-har-mots", {"kind": "yes_no"}),
        ("none", "lulea-2018", "byarna-utan-antal", {"kind": "none"}),
    ],
)
def test_quantity(variation: str, name: str, key: str, wanted: Record) -> None:
    assert target(name, key).items() >= wanted.items(), variation


# 6. Indicators


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("activity_count", "jonkoping-2021-2022"),
        ("crime_rate", "vimmerby-2022-2025"),
        ("survey_share", "vetlanda-2022-2023"),
        ("measurement", "stromsund-2024-2025"),
        ("clearance", "uppsala-gottsunda-valsatra-2019-2020"),
        ("new_dialogue", "uppsala-resecentrum-2020-2023"),
    ],
)
def test_indicator(kind: str, name: str) -> None:
    assert kind in {indicator["kind"] for indicator in record(name)["indicators"]}


def test_survey_figures_as_the_state_at_the_start() -> None:
    values = {row["id"]: row["values"][0]["value"] for row in record("vetlanda-2022-2023")["indicators"]}
    goals = {row["indicator"]: row["baseline_value"] for row in record("vetlanda-2022-2023")["promise"]["goals"]}

    assert values == {"trygga-i-ljus": 95.1, "trygga-i-morker": 79.1, "storande-trafik": 69.8}
    assert goals.items() <= values.items()


def test_drug_habits_of_pupils_as_indicator() -> None:
    assert any("CAN" in indicator["name"] for indicator in record("stromsund-2024-2025")["indicators"])


def test_no_indicator_at_all() -> None:
    assert "indicators" not in record("pitea-2023-2025")


# 7. Status, with reason


@pytest.mark.parametrize("status", ["on_track", "delayed", "done", "partly_kept", "not_kept", "not_assessable"])
def test_status(status: str) -> None:
    assert status in {report.get("status") for report in reports("exempelkoping-2025")}


def test_reason_in_coded_form() -> None:
    found = {report.get("reason_code") for name in ("strangnas-2020", "lulea-2018") for report in reports(name)}

    assert found >= {"pandemic", "priority_event"}


# 8. Adoption


@pytest.mark.parametrize(
    ("name", "adoption"),
    [
        ("strangnas-2018", "signed_letter"),
        ("vimmerby-2022-2025", "appendix"),
        ("stromsund-2024-2025", "board_decision"),
        ("pitea-2023-2025", "unknown"),
    ],
)
def test_adoption(name: str, adoption: str) -> None:
    assert record(name)["promise"].get("adoption", "unknown") == adoption


def test_one_body_proposes_and_another_decides() -> None:
    promise = record("stromsund-2024-2025")["promise"]

    assert (promise["proposed_by"], promise["decided_by"]) == ("Folkhälsorådet", "Kommunstyrelsen")


# 9. Evidence


def test_three_kinds_of_evidence_and_the_secret_one_is_a_pointer() -> None:
    kinds = {row["kind"]: row for row in record("strangnas-2018")["evidence"]}
    pointer = kinds["criminal_intelligence"]

    assert set(kinds) == {"citizen_dialogue", "staff_dialogue", "criminal_intelligence"}
    assert (pointer["visibility"], pointer["owner"]) == ("held_by_owner", "polisen")
    assert not pointer.keys() & {"sentence", "limits", "n"}


@pytest.mark.parametrize(
    ("what", "name", "key", "kind"),
    [
        ("walk", "hallsberg-2019-2021", "trygghetsvandringar-2019", "safety_walk"),
        ("survey", "vetlanda-2022-2023", "undersokning", "survey"),
        ("EST", "fagersta-2022-mars-maj", "est-rapporter", "incidents"),
        ("CTC", "malmo-rosengard-2024-2025", "ctc", "survey"),
        ("business survey", "exempelkoping-2026", "foretagen-2025", "survey"),
        ("police statistics", "vimmerby-2022-2025", "anmalda-inbrott", "crime_statistics"),
        ("earlier result", "exempelkoping-2026", "resultat-2025", "earlier_result"),
    ],
)
def test_evidence(what: str, name: str, key: str, kind: str) -> None:
    assert evidence(name)[key]["kind"] == kind, what


def test_dialogue_with_numbers_and_shares() -> None:
    dialogue = record("exempelkoping-2025")["dialogues"][0]

    assert sum(theme["count"] for theme in dialogue["themes"]) == dialogue["participants"] == 412
    assert dialogue["themes"][0]["share"] == pytest.approx(100 * 131 / 412, abs=0.05)


def test_earlier_dialogue_used_again() -> None:
    reused = evidence("uppsala-resecentrum-2020-2023")["sagt-2017"]

    assert (reused["dialogue"], reused["n"]) == ("resecentrum-2017", 1589)


def test_statistics_with_crime_codes() -> None:
    indicator = record("vimmerby-2022-2025")["indicators"][0]

    assert (indicator["crime_codes"], indicator["values"][0]["value"]) == (["9801", "9802"], 28)


# 10. Follow-up


def reports(name: str) -> list[Record]:
    return [report for period in record(name)["periods"] for report in period.get("reports", [])]


@pytest.mark.parametrize(
    ("name", "rhythm"),
    [
        ("strangnas-2018", "tertial"),
        ("fagersta-2022-mars-maj", "quarter"),
        ("vetlanda-2022-2023", "year"),
        ("uppsala-resecentrum-2020-2023", "once"),
        ("pitea-2023-2025", "none"),
    ],
)
def test_rhythm(name: str, rhythm: str) -> None:
    assert record(name)["promise"].get("rhythm", "none") == rhythm


@pytest.mark.parametrize(
    ("name", "by"),
    [("strangnas-2017", ["polisen"]), ("strangnas-2020", ["kommunen", "polisen"]), ("strangnas-2018", None)],
)
def test_followed_up_by_police_or_by_both(name: str, by: list[str] | None) -> None:
    assert record(name)["promise"].get("followed_up_by") == by


def test_overlapping_reports() -> None:
    spans = [(period["starts"], period["ends"]) for period in record("lulea-2018")["periods"]]
    checks = [
        figure["number"]
        for report in reports("lulea-2018")
        for figure in report.get("figures", [])
        if figure["target"] == "kontroller-om-dagen"
    ]

    assert spans == [("2018-05-01", "2018-07-31"), ("2018-05-01", "2018-12-31")]
    assert checks == [71, 301]


def test_followed_up_by_a_new_dialogue() -> None:
    held = {
        dialogue["id"]: dialogue["participants"] for dialogue in record("uppsala-resecentrum-2020-2023")["dialogues"]
    }

    assert held == {"resecentrum-2017": 1589, "resecentrum-2019": 2712, "resecentrum-2023": 998}


def test_period_that_nobody_knows_a_report_of() -> None:
    assert [period["stage"] for period in record("strangnas-2018")["periods"]] == ["none_found"] * 3


# --- Exempelköping: the chain without a gap


def test_every_pledge_with_a_number_walks_back_to_what_was_said() -> None:
    for name in MADE_UP:
        given = record(name)
        problems = {p["id"]: p for picture in given["pictures"] for p in picture["problems"]}
        told = {row["id"] for row in given["evidence"] if "themes" in row}
        for pledge in given["promise"]["pledges"]:
            if any(each["kind"] != "none" for a in pledge["activities"] for each in a.get("targets", [])):
                behind = {key for problem in pledge["problems"] for key in problems[problem]["evidence"]}
                assert behind & told or "resultat-2025" in behind, pledge["id"]


def test_lessons_are_taken_up_the_next_year() -> None:
    kept = {f"2025/{lesson['id']}" for lesson in record("exempelkoping-2025")["lessons"]}

    assert {row["lesson"] for row in record("exempelkoping-2026")["lessons_taken_up"]} == kept


def test_the_three_verdicts_take_every_step() -> None:
    given = record("exempelkoping-2025")

    assert {row["value"] for row in given["effect_verdicts"]} == {"better", "unchanged", "not_assessable"}
    assert {row["value"] for row in given["cause_verdicts"]} == {"coincided", "probable_contribution", "not_examined"}
