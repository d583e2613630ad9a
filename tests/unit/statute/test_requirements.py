"""The thirty requirements: what turns each green, and that it is red without it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from factories import Kommun, area, cycle, kommun
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import CooperationAgreement, Cycle
from lofte.picture.models import Problem, SituationPicture
from lofte.picture.versions import freeze
from lofte.promises.models import ActionPlan, Measure
from lofte.statute.checking import Finding, findings
from lofte.statute.clocks import State
from lofte.statute.facts import facts
from lofte.statute.models import AssemblyReport, Attestation, CoordinationFunction, StrategicCouncil
from lofte.statute.requirements import BY_ID, REQUIREMENTS, SHOWN_BY_ROWS, Kind

TODAY = dt.date(2026, 9, 10)
pytestmark = pytest.mark.django_db


class Whole:
    """A kommun where everything that can be read from the rows is there; tests take one thing away."""

    def __init__(self) -> None:
        self.kommun: Kommun = kommun()
        self.turn: Cycle = cycle(self.kommun)
        north = area(self.kommun, "Norr")
        self.crime = self._item("brott", "crime_statistics", n=40)
        self.crime.areas.add(north)
        self.survey = self._item("enkat", "survey")
        self.picture: SituationPicture = self.turn.pictures.create(
            key="bild", state="adopted", adopted_by="Kommunfullmäktige", adopted_on="2026-02-28", joint_assessment="Ja."
        )
        self.problem: Problem = self.picture.problems.create(key="p", title="Mörk park", consequences="Omvägar")
        self.problem.evidence_links.create(evidence=self.crime)
        self.problem.causes.create(key="o", text="Lamporna")
        self.plan: ActionPlan = self.turn.action_plans.create(
            key="plan", title="Planen", picture=self.picture, decided_by="Kommunfullmäktige", decided_on="2026-03-01",
            minutes_reference="§ 12", registry_number="KS 2026:7",
        )  # fmt: skip
        self.measure: Measure = self.plan.measures.create(key="m", text="Byta lampor", organisation=self.kommun.own)
        self.measure.problem_links.create(problem=self.problem)
        self.agreement: CooperationAgreement = self.turn.agreements.create(
            key="avtal", title="Överenskommelsen", purposes="Trygghet", subjects=["Centrum"]
        )

        of = {"municipality": self.kommun.municipality}
        self.council = StrategicCouncil.objects.create(name="Trygghetsrådet", led_by=self.kommun.own, **of)
        for organisation, position in ((self.kommun.own, "kommundirektör"), (self.kommun.police, "chef")):
            self.council.members.create(organisation=organisation, position=position, is_leading=True, **of)
        self.meeting = self.council.meetings.create(on="2026-05-01", **of)
        self.function = CoordinationFunction.objects.create(
            holder="Samordnare", starts="2025-01-01", task="Samordna", contact="trygg@tuna.example", **of
        )
        self.report = AssemblyReport.objects.create(
            body="Kommunstyrelsen", on="2026-06-01", minutes_reference="§ 40", **of
        )
        freeze(self.picture)

    def _item(self, key: str, kind: str, **given: Any) -> EvidenceItem:
        return self.turn.evidence.create(key=key, kind=kind, title=key, on=dt.date(2026, 1, 1), **given)

    def say(self, requirement: str, answer: str = "attested", on: str = "2026-05-01") -> None:
        Attestation.objects.create(
            municipality=self.kommun.municipality, requirement=requirement, answer=answer, evidence="Protokoll", on=on
        )

    def of(self, requirement: str, today: dt.date = TODAY) -> Finding:
        found = {each.requirement.id: each for each in findings(facts(self.kommun.municipality, today), today)}
        return found[requirement]


@pytest.fixture
def whole() -> Whole:
    return Whole()


def change(row: str, **values: Any) -> Callable[[Whole], object]:
    return lambda whole: _save(getattr(whole, row), values)


def _save(row: Any, values: dict[str, Any]) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


DRAFT = change("picture", state="draft")
UNDECIDED = change("plan", decided_by="", decided_on=None)
READ_FROM_ROWS: dict[str, Callable[[Whole], object]] = {
    "BFL-02": lambda whole: whole.problem.evidence_links.all().delete(),
    "BFL-03": DRAFT,
    "BFL-04": lambda whole: area(whole.kommun, "Söder"),
    "BFL-05": change("crime", kind="document"),
    "BFL-06": change("crime", n=None),
    "BFL-07": change("problem", consequences=""),
    "BFL-08": lambda whole: whole.survey.delete(),
    "BFL-09": lambda whole: whole.problem.causes.all().delete(),
    "BFL-10": change("plan", minutes_reference=""),
    "BFL-11": change("plan", picture=None),
    "BFL-12": change("measure", organisation=None),
    "BFL-13": DRAFT,
    "BFL-14": UNDECIDED,
    "BFL-17": lambda whole: whole.agreement.delete(),
    "BFL-18": change("agreement", purposes=""),
    "BFL-19": change("agreement", subjects=[]),
    "BFL-20": change("meeting", on="2025-09-09"),
    "BFL-21": lambda whole: _save(whole.council, {"led_by": whole.kommun.police}),
    "BFL-22": lambda whole: whole.council.members.filter(organisation=whole.kommun.police).delete(),
    "BFL-23": lambda whole: whole.council.members.update(is_leading=False),
    "BFL-24": change("function", ends="2026-09-09"),
    "BFL-25": change("function", task=""),
    "BFL-26": change("function", contact=""),
    "BFL-27": DRAFT,
    "BFL-29": change("report", on="2025-09-10"),
}
ONLY_ATTESTED = [each.id for each in REQUIREMENTS if each.kind != Kind.DERIVED and each.id not in READ_FROM_ROWS]


def test_there_are_thirty_in_the_order_of_the_act() -> None:
    assert [each.id for each in REQUIREMENTS] == [f"BFL-{number:02}" for number in range(1, 31)]


@pytest.mark.parametrize("requirement", READ_FROM_ROWS)
def test_what_stands_in_the_rows_turns_it_green(whole: Whole, requirement: str) -> None:
    found = whole.of(requirement)

    assert found.state == State.MET
    assert found.evidence


@pytest.mark.parametrize("requirement", READ_FROM_ROWS)
def test_one_thing_missing_turns_it_red(whole: Whole, requirement: str) -> None:
    READ_FROM_ROWS[requirement](whole)

    assert whole.of(requirement).state == State.GAP


@pytest.mark.parametrize("requirement", [each for each in ONLY_ATTESTED if each != "BFL-30"])
def test_what_only_a_person_can_say_is_red_until_somebody_says_it(whole: Whole, requirement: str) -> None:
    before = whole.of(requirement).state
    whole.say(requirement)

    assert (before, whole.of(requirement).state) == (State.GAP, State.ATTESTED)


@pytest.mark.parametrize("requirement", [each for each in ONLY_ATTESTED if each != "BFL-30"])
def test_what_was_withdrawn_is_red_again(whole: Whole, requirement: str) -> None:
    whole.say(requirement)
    whole.say(requirement, "withdrawn", "2026-06-01")

    assert whole.of(requirement).state == State.GAP


def test_cameras_are_a_right_and_no_duty(whole: Whole) -> None:
    before = whole.of("BFL-30").state
    whole.say("BFL-30")

    assert (before, whole.of("BFL-30").state) == (State.NOT_APPLICABLE, State.ATTESTED)


@pytest.mark.parametrize("requirement", ["BFL-01", "BFL-16"])
def test_the_derived_are_green_when_all_they_rest_on_are(whole: Whole, requirement: str) -> None:
    READ_FROM_ROWS["BFL-20"](whole)
    before = whole.of(requirement)
    for each in (*ONLY_ATTESTED, "BFL-20"):
        whole.say(each)

    assert (before.state, whole.of(requirement).state) == (State.GAP, State.MET)
    assert "BFL-20" in before.evidence[0]


@pytest.mark.parametrize(("requirement", "due"), [("BFL-13", dt.date(2028, 2, 28)), ("BFL-14", dt.date(2028, 3, 1))])
def test_clocks_warn_and_then_are_overdue(whole: Whole, requirement: str, due: dt.date) -> None:
    found = whole.of(requirement, due - dt.timedelta(days=40))

    assert (found.state, found.due, found.is_urgent) == (State.DUE_SOON, due, True)
    assert whole.of(requirement, due + dt.timedelta(days=1)).state == State.OVERDUE


def test_a_follow_up_of_the_plan_starts_its_clock_anew(whole: Whole) -> None:
    whole.say("BFL-14", on="2026-08-01")

    assert whole.of("BFL-14").due == dt.date(2028, 8, 1)


def test_a_register_of_the_follow_up_starts_the_clock_too(whole: Whole) -> None:
    whole.plan.follow_ups.create(municipality=whole.kommun.municipality, on="2026-07-01", found="Hälften är gjort.")

    assert whole.of("BFL-14").due == dt.date(2028, 7, 1)


@pytest.mark.parametrize("requirement", sorted(SHOWN_BY_ROWS))
def test_nobody_can_confirm_what_the_rows_must_show(whole: Whole, requirement: str) -> None:
    READ_FROM_ROWS[requirement](whole)
    whole.say(requirement)

    assert whole.of(requirement).state == State.GAP


def test_a_follow_up_of_a_plan_kept_elsewhere_has_a_clock_too(whole: Whole) -> None:
    UNDECIDED(whole)
    whole.say("BFL-14", on="2024-02-29")

    found = whole.of("BFL-14")
    assert (found.state, found.due) == (State.OVERDUE, dt.date(2026, 2, 28))


def test_an_empty_kommun_has_gaps_and_no_error() -> None:
    empty = kommun("Tomby", "9003")

    states = {each.requirement.id: each.state for each in findings(facts(empty.municipality, TODAY), TODAY)}

    assert set(states) == set(BY_ID)
    assert set(states.values()) == {State.GAP, State.NOT_APPLICABLE}
