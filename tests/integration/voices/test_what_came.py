"""You said, we did: what a theme led to stands on the dialogue's page and on the receipt, as it is today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues import led_to_a_pledge, statement_round, voice
from factories import TODAY, Tuna, period, report
from lofte.core.public_forms import PublicForm
from lofte.core.states import PromiseState, Visibility
from lofte.evidence.figure_models import Fact
from lofte.evidence.models import DataSet, EvidenceItem
from lofte.exchange.reading import load_file
from lofte.followup.models import Figure, Period
from lofte.picture.models import SituationPicture
from lofte.promises.models import ActionPlan, Measure
from lofte.promises.versions import freeze
from lofte.voices import codes
from lofte.voices.models import Claim, Dialogue, ParticipantCount, ReviewDecision, SafetyWalk, Theme
from people import Cast, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/tuna/dialog/2026/trygg/"
CODE = "4F7K-2M9P-XR3T"
MOST_QUERIES = 12
ON_PAGE = '<a href="/tuna/2026/#ljus">Bostadsbolaget byter lamporna på gårdarna.</a>'


@pytest.fixture
def dark(here: Tuna) -> Theme:
    """It is dark in the yards: said, answered, a problem of the adopted picture, and a pledge of the promise."""
    return led_to_a_pledge(here, answer="used", answered_on=dt.date(2026, 1, 20))


def lamps_are_changed(here: Tuna) -> None:
    out = period(here.promise, "2026-T1")
    row = report(out, here.lamps, status="done")
    Figure.objects.create(report=row, target=here.lamps.targets.get(), order=0, happened=True)
    Period.objects.filter(pk=out.pk).update(stage=Period.Stage.PUBLISHED, published_on=dt.date(2026, 5, 8))


def led_to(client: Client, page: str = PAGE) -> list[Any]:
    return [came for each in client.get(page).context["themes"] for came in each.led_to]


def test_before_any_report_it_says_when_one_comes(client: Client, dark: Theme) -> None:
    (came,) = led_to(client)

    assert (came.kind, came.verdict.label, came.on) == ("Löfte", "Inget rapporterat än", "")
    assert ON_PAGE in client.get(PAGE).text


def test_a_new_report_changes_what_the_page_says(client: Client, here: Tuna, dark: Theme) -> None:
    lamps_are_changed(here)

    (came,) = led_to(client)

    assert came.verdict.label == "Hållet"
    assert came.on == "Så stod det i rapporten 8 maj 2026."
    assert "20 januari 2026" in client.get(PAGE).text


def test_the_receipt_of_a_voice_says_the_same(here: Tuna, dark: Theme, send: Any) -> None:
    lamps_are_changed(here)
    said = voice(dark.dialogue, theme=dark)
    Claim.objects.create(dialogue=dark.dialogue, voice=said.key, digest=codes.digest_of(CODE))

    page = send("/tuna/dialog/kvittokod/", "kvittokod", token=PublicForm("kvittokod").token, code=CODE)

    assert ON_PAGE in page.text
    assert "Hållet" in page.text


def test_a_problem_without_a_pledge_says_so(client: Client, here: Tuna, dark: Theme) -> None:
    here.promise.pledges.get(key="ljus").problem_links.all().delete()
    freeze(here.promise)

    (came,) = led_to(client)

    assert (came.kind, came.text, came.done) == (
        "Problem i lägesbilden", "Mörka gårdar", "Inget löfte är kopplat till det.",
    )  # fmt: skip


def test_a_measure_of_a_decided_plan_is_named_and_one_that_is_not_decided_is_not(
    client: Client, here: Tuna, dark: Theme
) -> None:
    plan = ActionPlan.objects.create(cycle=here.promise.cycle, key="plan", title="Åtgärdsplan 2026")
    measure = Measure.objects.create(plan=plan, key="belysning", text="Se över belysningen i hela kommunen")
    measure.problem_links.create(problem=dark.evidence_links.get().evidence.problem_links.get().problem)

    assert [came.kind for came in led_to(client)] == ["Löfte"]
    ActionPlan.objects.update(decided_by="Kommunstyrelsen", decided_on=TODAY)

    assert [came.kind for came in led_to(client)] == ["Löfte", "Åtgärd i åtgärdsplanen"]
    assert client.get(led_to(client)[1].url).status_code == 200


@pytest.mark.parametrize("hidden", ["picture", "evidence", "promise", "report"])
def test_nothing_that_is_not_public_is_told(client: Client, here: Tuna, dark: Theme, hidden: str) -> None:
    lamps_are_changed(here)
    if hidden == "picture":
        SituationPicture.objects.update(state="joint_review")
    elif hidden == "evidence":
        EvidenceItem.objects.update(visibility=Visibility.INTERNAL)
    elif hidden == "promise":
        here.promise.state = PromiseState.DRAFT
        here.promise.save()
    else:
        Period.objects.update(stage=Period.Stage.IN_REVIEW)

    text = client.get(PAGE).text

    assert "Hållet" not in text
    assert (ON_PAGE in text) == (hidden == "report")


def test_staff_see_what_everyone_sees(here: Tuna, dark: Theme, people: Cast) -> None:
    lamps_are_changed(here)
    Period.objects.update(stage=Period.Stage.IN_REVIEW)
    assert "Hållet" not in signed_in(people.coordinator).get(PAGE).text


def everything_of(of: Dialogue, here: Tuna) -> None:
    """All that a dialogue's page can show: voices, who they were, what was withheld, rounds, walks, who lives here."""
    for _each in range(12):
        voice(of, visibility="open", decision="publish")
    for age in ("18-24", "25-44", "45-64"):
        for sex in ("woman", "man"):
            month = TODAY.replace(day=1)
            ParticipantCount.objects.create(dialogue=of, month=month, age=age, sex=sex, count=30)
    ReviewDecision.objects.create(dialogue=of, voice="borta", kind="keep", reason="person", on=TODAY)
    statement_round(of)
    SafetyWalk.objects.create(dialogue=of, key="vandring", title="Vandring i Centrum", on=TODAY, visibility="open")
    table = DataSet.objects.create(cycle=here.promise.cycle, key="folk", title="Folkmängd", contract="population")
    for age in range(16, 65):
        for sex in ("män", "kvinnor"):
            Fact.objects.create(
                data_set=table, scope="municipality", place="Tuna", category="Folkmängd", group=f"{age} år · {sex}",
                unit="invånare", starts=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31), count=100,
            )  # fmt: skip


def test_the_fullest_page_asks_at_most_twelve_times(client: Client, here: Tuna, dark: Theme) -> None:
    lamps_are_changed(here)
    everything_of(dark.dialogue, here)
    page = client.get(PAGE)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(PAGE)

    assert page.context["representation"]
    assert page.context["rounds"]
    assert page.context["walks"]
    assert len(page.context["voices"]) == 10
    assert page.context["page"].paginator.num_pages == 2
    assert len(asked) <= MOST_QUERIES, [each["sql"][:90] for each in asked]


def test_the_made_up_kommun_s_whole_chain(client: Client, checkout: Path) -> None:
    for year in ("2025", "2026"):
        load_file(checkout / f"examples/exempelkoping-{year}.json")

    for address in ("2025/medborgare-2024", "2026/medborgare-2025", "2026/barn-2025"):
        page = client.get(f"/exempelkoping/dialog/{address}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/en/exempelkoping/dialog/{address}/")

        assert any(each.led_to for each in page.context["themes"]), address
        assert len(asked) <= MOST_QUERIES
