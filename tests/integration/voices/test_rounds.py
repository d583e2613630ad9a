"""Statement rounds: voting without an account, and a result that tells of the whole and never of one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues import dialogue, statement_round, theme
from factories import TODAY, Tuna
from lofte.core.jobs import run, start_daily
from lofte.core.models import Event, Job
from lofte.exchange.schema import problems_in
from lofte.exchange.writing import export
from lofte.voices import round_results, rounds
from lofte.voices.models import Dialogue, OpinionPattern, RoundStatement, RoundVote, StatementRound
from people import Cast, as_nobody, signed_in

Send = Callable[..., HttpResponse]
ROUND = "/tuna/dialog/2026/trygg/runda/runda/"
WORK = "/arbete/tuna/dialoger/2026/trygg/runda/runda/"
PASS = re.compile(r'name="pass" value="([^"]+)"')
ASKED = re.compile(r'name="statement" value="([^"]+)"')
NOW = dt.datetime(2026, 9, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def asked(open_dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> StatementRound:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return statement_round(open_dialogue)


def begun(send: Send) -> str:
    page = send(ROUND, "runda").text
    return PASS.findall(page)[0]


def sent(token: str, **fields: str) -> Any:
    return Client(enforce_csrf_checks=True).post(f"{ROUND}rosta/", {"pass": token, **fields})


def many(round: StatementRound, number: int, *values: int) -> None:
    """So many people who each answer the statements in order with these values."""
    statements = list(round.statements.all())
    answers = "".join(str(value + 1) for value in values)
    RoundVote.objects.bulk_create(
        RoundVote(statement=statement, voter=f"{number}-{answers}-{person}", value=value)
        for person in range(number)
        for statement, value in zip(statements, values, strict=True)
    )


def closed(round: StatementRound) -> StatementRound:
    """As the worker closes it."""
    StatementRound.objects.filter(pk=round.pk).update(closed_on=TODAY)
    round.refresh_from_db()
    round_results.close(round)
    round.refresh_from_db()
    return round


# --- voting


def test_each_statement_is_asked_once_without_account_or_cookie(asked: StatementRound, send: Send) -> None:
    token = begun(send)
    page = sent(token, statement="runda-1", value="agree")

    last = sent(token, statement=ASKED.findall(page.text)[0], value="disagree")

    assert ASKED.findall(page.text) == ["runda-2"]
    assert "Du har tagit ställning till alla påståenden." in last.text
    assert not page.cookies
    assert set(RoundVote.objects.values_list("statement__key", "value")) == {("runda-1", 1), ("runda-2", -1)}


def test_same_person_may_change_an_answer(asked: StatementRound, send: Send) -> None:
    token = begun(send)
    sent(token, statement="runda-1", value="agree")

    again = sent(token, change="runda-1")
    sent(token, statement="runda-1", value="pass")

    assert ASKED.findall(again.text) == ["runda-1"]
    assert [vote.value for vote in RoundVote.objects.all()] == [0]


def test_two_openings_are_two_people(asked: StatementRound, send: Send) -> None:
    for token in (begun(send), begun(send)):
        sent(token, statement="runda-1", value="agree")

    assert RoundVote.objects.values("voter").distinct().count() == 2


def test_pass_cannot_be_read_out_of_what_is_stored(asked: StatementRound, send: Send) -> None:
    token = begun(send)
    sent(token, statement="runda-1", value="agree")

    assert RoundVote.objects.get().voter not in token
    kinds = {field.name: field.get_internal_type() for field in RoundVote._meta.fields}
    assert set(kinds) == {"id", "statement", "voter", "value"}


@pytest.mark.parametrize("token", ["", "x", "x:y:z"])
def test_vote_without_a_pass_is_refused(asked: StatementRound, token: str) -> None:
    page = sent(token, statement="runda-1", value="agree")

    assert page.status_code == 403
    assert not RoundVote.objects.exists()


def test_pass_of_one_round_opens_no_other(asked: StatementRound, send: Send, open_dialogue: Dialogue) -> None:
    other = statement_round(open_dialogue, key="annan")

    assert sent(rounds.new_pass(other), statement="runda-1", value="agree").status_code == 403


def test_vote_that_says_nothing_asks_again(asked: StatementRound, send: Send) -> None:
    page = sent(begun(send), statement="runda-1", value="kanske")

    assert ASKED.findall(page.text) == ["runda-1"]
    assert not RoundVote.objects.exists()


@pytest.mark.parametrize(
    "given", [{"closed_on": TODAY}, {"closes": TODAY - dt.timedelta(days=1)}, {"opens": TODAY + dt.timedelta(days=1)}]
)
def test_round_that_is_not_open_takes_no_vote(asked: StatementRound, send: Send, given: dict[str, Any]) -> None:
    token = begun(send)
    StatementRound.objects.update(**given)

    assert sent(token, statement="runda-1", value="agree").status_code == 410
    assert send(ROUND, "runda").status_code == 410
    assert not RoundVote.objects.exists()


def test_draft_and_round_of_a_draft_are_not_there(asked: StatementRound, open_dialogue: Dialogue) -> None:
    StatementRound.objects.update(is_draft=True)
    assert as_nobody().get(ROUND).status_code == 404

    StatementRound.objects.update(is_draft=False)
    Dialogue.objects.update(is_draft=True)
    assert as_nobody().get(ROUND).status_code == 404


def test_who_votes_is_in_no_log(asked: StatementRound, send: Send) -> None:
    sent(begun(send), statement="runda-1", value="agree")

    assert not Event.objects.exists()


def test_what_is_asked_next_follows_the_votes_and_is_counted_once_in_a_while(
    asked: StatementRound, send: Send, django_capture_on_commit_callbacks: Any
) -> None:
    many(asked, 30, 1, 0)
    with django_capture_on_commit_callbacks():
        for _each in range(3):
            sent(begun(send), statement="runda-1", value="agree")

    job = Job.objects.get(kind="voices.count-round")
    run.func(str(job.key))

    first, second = RoundStatement.objects.order_by("order")
    # Thirty passed on the second: there is little to learn from asking it again.
    assert first.priority > second.priority


def test_statement_in_a_script_is_only_text(open_dialogue: Dialogue, send: Send) -> None:
    statement_round(open_dialogue, "<script>alert(1)</script>")

    assert "<script>alert(1)" not in send(ROUND, "runda").text


# --- the result


def test_no_result_is_shown_while_the_round_is_open(asked: StatementRound) -> None:
    many(asked, 40, 1, -1)

    text = as_nobody().get(ROUND).text

    assert "Resultatet visas när den har stängt" in text
    assert not re.search(r"\b40\b", text)


def test_closing_deletes_every_vote_and_keeps_counts_that_may_be_shown(asked: StatementRound) -> None:
    many(asked, 40, 1, -1)
    many(asked, 4, -1, -1)

    found = closed(asked)

    first, second = found.statements.all()
    assert not RoundVote.objects.exists()
    assert (first.agree, first.disagree, first.passed) == (40, None, None)
    assert (second.agree, second.disagree, second.passed) == (None, 44, None)
    assert found.participants == 40


def test_closing_again_after_the_votes_are_gone_changes_nothing(asked: StatementRound) -> None:
    many(asked, 40, 1, -1)
    found = closed(asked)

    round_results.close(found)

    assert found.statements.get(key="runda-1").agree == 40


def test_too_few_give_no_result_and_leave_no_votes(asked: StatementRound) -> None:
    many(asked, 19, 1, -1)

    closed(asked)

    assert not RoundVote.objects.exists()
    assert RoundStatement.objects.filter(agree__isnull=False).count() == 0
    assert "Färre än 20 tog ställning." in as_nobody().get(ROUND).text


def test_result_is_a_table_with_small_numbers_hidden(asked: StatementRound) -> None:
    many(asked, 40, 1, -1)
    many(asked, 4, -1, -1)
    closed(asked)

    text = as_nobody().get(ROUND).text

    assert "Omkring 40 personer tog ställning." in text
    assert "färre än 5 (visas inte)" in text
    assert not re.search(r">\s*(4|44 personer)\s*<", text)


TEN = [f"Påstående {number}." for number in range(10)]


@pytest.fixture
def divided(open_dialogue: Dialogue) -> StatementRound:
    """Two ways of answering: all agree on the first, and not on the rest."""
    made = statement_round(open_dialogue, *TEN, with_patterns=True)
    many(made, 60, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
    many(made, 50, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1)
    return made


def test_patterns_tell_roughly_how_many_and_with_what_and_never_who(divided: StatementRound) -> None:
    found = closed(divided)

    large, small = OpinionPattern.objects.all()
    assert (large.size, small.size) == (60, 50)
    assert "Påstående 9." not in [each.text for each in large.disagrees.all()]
    assert small.disagrees.exists()
    assert found.statements.get(is_shared=True).text == "Påstående 0."
    assert not RoundVote.objects.exists()
    assert {field.name for field in OpinionPattern._meta.get_fields()} == {
        "id", "key", "round", "size", "agrees", "disagrees",
    }  # fmt: skip


def test_patterns_are_off_until_somebody_wants_them(divided: StatementRound) -> None:
    StatementRound.objects.update(with_patterns=False)

    closed(divided)

    assert not OpinionPattern.objects.exists()
    assert "mönster" not in as_nobody().get(ROUND).text.casefold()


def test_patterns_are_not_sought_among_fewer_than_a_hundred(open_dialogue: Dialogue) -> None:
    made = statement_round(open_dialogue, *TEN, with_patterns=True)
    many(made, 50, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
    many(made, 49, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1)

    closed(made)

    assert not OpinionPattern.objects.exists()
    assert "Färre än 100 tog ställning. Därför söktes inga åsiktsmönster." in as_nobody().get(ROUND).text


def test_answers_without_pattern_are_said_to_have_none(open_dialogue: Dialogue) -> None:
    made = statement_round(open_dialogue, *TEN, with_patterns=True)
    many(made, 120, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)

    closed(made)

    assert "Svaren delar sig inte i tydliga åsiktsmönster." in as_nobody().get(ROUND).text


def test_file_for_everyone_holds_the_result_and_no_votes(divided: StatementRound, here: Tuna) -> None:
    before = export(here.promise)
    closed(divided)

    after = export(here.promise)

    assert problems_in(after) == []
    found = after["dialogues"][0]["rounds"][0]
    assert "agree" not in before["dialogues"][0]["rounds"][0]["statements"][0]
    assert found["statements"][0]["agree"] == 110
    assert [pattern["size"] for pattern in found["patterns"]] == [60, 50]
    assert "vote" not in str(after)


# --- those who hold it


@pytest.fixture
def desk(people: Cast) -> Client:
    return signed_in(people.coordinator)


def test_round_is_made_of_themes_and_opened(desk: Client, open_dialogue: Dialogue) -> None:
    theme(open_dialogue, "Mörkt i tunneln")
    where = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
    days = {"opens": TODAY, "closes": TODAY + dt.timedelta(days=9)}

    made = desk.post(reverse("voices_staff:new_round", kwargs=where), {"title": "Runda", **days}, follow=True)
    assert "Mörkt i tunneln</textarea>" in made.text
    desk.post(WORK, {"texts": "Lampor går före.\n\n  Lampor   går före. \nBussen går före.\n"})
    assert as_nobody().get(ROUND).status_code == 404
    desk.post(f"{WORK}steg/oppna/")

    assert [each.text for each in RoundStatement.objects.all()] == ["Lampor går före.", "Bussen går före."]
    assert as_nobody().get(ROUND).status_code == 200
    assert ROUND in as_nobody().get("/tuna/dialog/2026/trygg/").text


def test_round_without_statements_does_not_open(desk: Client, open_dialogue: Dialogue) -> None:
    made = statement_round(open_dialogue, is_draft=True)
    made.statements.all().delete()

    page = desk.post(f"{WORK}steg/oppna/", follow=True)

    assert "Skriv minst ett påstående först." in page.text
    assert as_nobody().get(ROUND).status_code == 404


def test_long_statement_is_met_with_its_beginning(desk: Client, asked: StatementRound) -> None:
    page = desk.post(WORK, {"texts": "x" * 241})

    assert page.status_code == 422
    assert "är längre än 240 tecken" in page.text


def test_statement_is_removed_only_before_anyone_can_answer(desk: Client, asked: StatementRound) -> None:
    desk.post(f"{WORK}ta-bort/runda-1/")
    assert RoundStatement.objects.count() == 2

    StatementRound.objects.update(is_draft=True)
    desk.post(f"{WORK}ta-bort/runda-1/")
    assert RoundStatement.objects.count() == 1


@pytest.mark.parametrize(("number", "is_offered"), [(99, False), (100, True)])
def test_patterns_are_offered_from_a_hundred(
    desk: Client, asked: StatementRound, number: int, is_offered: bool
) -> None:
    many(asked, number, 1, -1)

    offered = "Sök åsiktsmönster när rundan stänger" in desk.get(WORK).text
    desk.post(f"{WORK}steg/sok-monster/")

    asked.refresh_from_db()
    assert (offered, asked.with_patterns) == (is_offered, is_offered)


def test_closing_by_hand_takes_no_more_votes_and_counts_in_the_background(
    desk: Client, asked: StatementRound, django_capture_on_commit_callbacks: Any
) -> None:
    many(asked, 25, 1, -1)
    with django_capture_on_commit_callbacks():
        desk.post(f"{WORK}steg/stang/")
    assert "Svaren räknas, och resultatet kommer här." in as_nobody().get(ROUND).text

    run.func(str(Job.objects.get(kind="voices.close-round").key))

    assert not RoundVote.objects.exists()
    assert "Omkring 20 personer" in as_nobody().get(ROUND).text
    assert desk.post(f"{WORK}steg/oppna/").status_code == 404


def test_round_closes_by_itself_the_day_after_its_last(
    asked: StatementRound, django_capture_on_commit_callbacks: Any
) -> None:
    many(asked, 25, 1, -1)
    StatementRound.objects.update(closes=TODAY - dt.timedelta(days=1))

    with django_capture_on_commit_callbacks():
        start_daily()
        run.func(str(Job.objects.get(kind="voices.close-rounds").key))
        run.func(str(Job.objects.get(kind="voices.close-round").key))

    asked.refresh_from_db()
    assert (asked.closed_on, asked.participants) == (TODAY, 20)
    assert not RoundVote.objects.exists()


def test_votes_that_a_lost_worker_left_are_deleted_the_next_day(asked: StatementRound) -> None:
    many(asked, 3, 1, -1)
    StatementRound.objects.update(closed_on=TODAY)

    assert rounds.close_due(TODAY) == 1

    run.func(str(Job.objects.get(kind="voices.close-round").key))
    assert not RoundVote.objects.exists()
    assert rounds.close_due(TODAY) == 0


def test_staff_dialogue_has_no_rounds(desk: Client, here: Tuna) -> None:
    dialogue(here.kommun, kind="staff")
    where = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}

    assert desk.get(reverse("voices_staff:new_round", kwargs=where)).status_code == 404
