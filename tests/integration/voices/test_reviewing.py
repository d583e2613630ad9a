"""Nothing is public before review; every decision has its reason, and the one who wrote can see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse

from dialogues import theme, voice
from factories import TODAY
from lofte.core.events import broken_rows
from lofte.core.models import Event
from lofte.core.visibility import VISITOR
from lofte.voices import codes, reviewing
from lofte.voices.models import Claim, Contribution, Dialogue, OriginalText, ReviewDecision
from people import Cast, as_nobody, signed_in

Send = Callable[..., HttpResponse]
WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
CLAIM = "/tuna/dialog/kvittokod/"
CODE = "4F7K-2M9P-XR3T"


@pytest.fixture
def said(open_dialogue: Dialogue) -> Contribution:
    made = voice(open_dialogue, "Ring mig på 070-123 45 67, det är mörkt.")
    Claim.objects.create(dialogue=open_dialogue, voice=made.key, digest=codes.digest_of(CODE))
    return made


def decide(people: Cast, of: Contribution, **given: Any) -> HttpResponse:
    path = reverse("voices_staff:review", kwargs=WHERE | {"voice": of.key})
    response: Any = signed_in(people.coordinator).post(path, given)
    return response


def public_page() -> str:
    return as_nobody().get(reverse("voices:dialogue", kwargs=WHERE)).text


def test_nothing_is_shown_before_review(said: Contribution) -> None:
    assert not Contribution.objects.visible_to(VISITOR).exists()
    assert "070-123" not in public_page()
    assert "1 svar är inte läst än." in public_page()


def test_published_voice_is_on_the_page_and_its_receipt_says_so(said: Contribution, people: Cast, send: Send) -> None:
    page = decide(people, said, decision="publish", text="")

    assert page.status_code == 302
    assert "det är mörkt" in public_page()
    assert "Ditt svar visas på dialogens sida." in send(CLAIM, "kvittokod", code=CODE).text


def test_reviewer_sees_what_may_point_to_a_person_marked(said: Contribution, people: Cast) -> None:
    text = signed_in(people.coordinator).get(reverse("voices_staff:review", kwargs=WHERE | {"voice": said.key})).text

    assert "<mark>070-123 45 67</mark>" in text
    assert "Ring mig på […], det är mörkt." in text
    assert "telefonnummer" in text


def test_reviewer_masks_one_finding_at_a_time_and_nothing_is_saved_until_then(
    open_dialogue: Dialogue, people: Cast
) -> None:
    made = voice(open_dialogue, "Vid Coop står alltid Anna Lindgren, ring 070-123 45 67.")

    page = decide(people, made, maskera="0", decision="publish", text="Vid Coop står […], ring 070-123 45 67. Tack!")

    assert page.status_code == 200
    assert page.context["form"]["text"].value() == "Vid […] står […], ring 070-123 45 67. Tack!"
    assert page.context["form"]["decision"].value() == "mask"
    assert [hint.said for _number, hint in page.context["left"]] == ["070-123 45 67"]
    made.refresh_from_db()
    assert (made.decision, made.text) == ("", "Vid Coop står alltid Anna Lindgren, ring 070-123 45 67.")


@pytest.mark.parametrize("number", ["9", "-1", "x"])
def test_finding_that_is_not_there_is_not_masked(said: Contribution, people: Cast, number: str) -> None:
    assert decide(people, said, maskera=number, text="Hej").status_code == 404


def test_masked_text_is_all_that_is_shown_and_the_original_goes_on_its_day(
    said: Contribution, people: Cast, send: Send
) -> None:
    decide(people, said, decision="mask", text="Ring mig på […], det är mörkt.")

    original = OriginalText.objects.get()
    assert "070-123" in original.text
    assert "070-123" not in public_page()
    assert "Ring mig på […]" in public_page()
    assert "är dolt" in send(CLAIM, "kvittokod", code=CODE).text
    assert reviewing.delete_originals(original.delete_after) == 0
    assert reviewing.delete_originals(original.delete_after + dt.timedelta(days=1)) == 1
    assert Contribution.objects.get().text.startswith("Ring mig på […]")


def test_masking_again_keeps_the_first_words(said: Contribution, people: Cast) -> None:
    decide(people, said, decision="mask", text="Ring mig på […], det är mörkt.")
    decide(people, said, decision="mask", text="[…] det är mörkt.")

    assert "070-123" in OriginalText.objects.get().text


def test_kept_voice_is_counted_with_its_reason_and_tells_the_one_who_wrote(
    open_dialogue: Dialogue, said: Contribution, people: Cast, send: Send
) -> None:
    decide(people, said, decision="keep", reason="person", text="")

    assert "Det pekar ut en person: färre än 5 (visas inte)" in public_page()
    receipt = send(CLAIM, "kvittokod", code="4f7k 2m9p xr3t").text
    assert "Det visas inte, därför att det pekar ut en person." in receipt


def test_reason_counts_of_five_are_told(open_dialogue: Dialogue, people: Cast) -> None:
    for _each in range(5):
        made = voice(open_dialogue)
        reviewing.keep(voice=made, by=people.coordinator, today=TODAY, reason="off_topic")

    assert "Det handlar om något annat än dialogen: 5" in public_page()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"decision": "keep"}, "Välj varför."),
        ({"decision": "hand_over"}, "Välj vad det gällde."),
        ({"decision": "mask", "text": ""}, "Skriv det som ska visas."),
        ({"decision": "mask", "text": "Ring mig på 070-123 45 67,  det är mörkt."}, "Texten är oförändrad."),
        ({"text": ""}, "Svara på frågan ”Vad händer med svaret?”."),
    ],
)
def test_decision_without_what_it_needs_is_met_with_a_sentence(
    said: Contribution, people: Cast, given: dict[str, str], sentence: str
) -> None:
    page = decide(people, said, **given)

    assert page.status_code == 422
    assert sentence in page.text
    assert not ReviewDecision.objects.exists()


def test_handed_over_leaves_a_line_without_content_and_then_nothing(
    said: Contribution, people: Cast, send: Send
) -> None:
    decide(people, said, decision="hand_over", way="tip")
    path = reverse("voices_staff:review", kwargs=WHERE | {"voice": said.key})
    client = signed_in(people.coordinator)
    assert "Ta bort ett svar som är lämnat vidare" in client.get(path).text

    client.post(path, {"reference": "Dokumenthanteringsplan 4"})

    assert not Contribution.objects.exists()
    assert list(ReviewDecision.objects.values_list("kind", "reason")) == [("hand_over", "tip"), ("delete", "tip")]
    assert ReviewDecision.objects.last().reference == "Dokumenthanteringsplan 4"  # type: ignore[union-attr]
    receipt = send(CLAIM, "kvittokod", code=CODE).text
    assert "det var ett tips till polisen" in receipt
    assert "ring 114 14" in receipt
    assert "1 svar har kommit in." in public_page()


def test_only_what_was_handed_over_can_be_deleted(said: Contribution, people: Cast) -> None:
    with pytest.raises(ValueError, match="handed over"):
        reviewing.delete(voice=said, by=people.coordinator, today=TODAY, reference="x")


def test_deleting_needs_a_reference(said: Contribution, people: Cast) -> None:
    decide(people, said, decision="hand_over", way="fault")

    page = decide(people, said, reference="")

    assert page.status_code == 422
    assert Contribution.objects.exists()


def test_change_of_mind_is_a_new_row_and_the_latest_is_in_force(said: Contribution, people: Cast) -> None:
    decide(people, said, decision="publish")
    decide(people, said, decision="keep", reason="hate")

    assert list(ReviewDecision.objects.values_list("kind", flat=True)) == ["publish", "keep"]
    assert "det är mörkt" not in public_page()


def test_event_log_tells_who_decided_and_never_what_was_said(said: Contribution, people: Cast) -> None:
    decide(people, said, decision="keep", reason="person")

    event = Event.objects.get()
    assert (event.verb, event.reason_code, event.actor) == ("voice.keep", "person", people.coordinator.key)
    assert event.target_id == "tuna/2026/trygg/svar-1"
    assert "mörkt" not in str(vars(event))
    assert list(broken_rows()) == []


def test_after_a_decision_the_next_voice_is_shown(said: Contribution, open_dialogue: Dialogue, people: Cast) -> None:
    following = voice(open_dialogue, "Nästa svar.")

    page = decide(people, said, decision="publish")

    assert page.headers["Location"].endswith(f"/granska/{following.key}/")


@pytest.mark.parametrize("who", ["police_editor", "partner", "director", "neighbour", "stranger"])
def test_unreviewed_voices_are_read_by_the_coordinator_only(said: Contribution, people: Cast, who: str) -> None:
    person = getattr(people, who)

    for name, more in (("queue", {}), ("review", {"voice": said.key}), ("sort", {})):
        path = reverse(f"voices_staff:{name}", kwargs=WHERE | more)
        assert signed_in(person).get(path).status_code == 404
    with pytest.raises(PermissionDenied):
        reviewing.publish(voice=said, by=person, today=TODAY)


def test_voice_of_another_dialogue_is_not_reviewed_here(said: Contribution, people: Cast) -> None:
    said.dialogue.key = "annan"
    said.dialogue.save()

    path = reverse("voices_staff:review", kwargs=WHERE | {"voice": said.key})
    assert signed_in(people.coordinator).get(path).status_code == 404


def test_database_refuses_shown_voice_that_was_not_decided_so(said: Contribution) -> None:
    for decision, visibility in (
        ("keep", "open"),
        ("hand_over", "open"),
        ("publish", "internal"),
        ("mask", "internal"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.update(decision=decision, visibility=visibility)


def test_decision_not_to_show_without_a_reason_is_refused_by_the_database(open_dialogue: Dialogue) -> None:
    for kind, reason, reference in (("keep", "", ""), ("publish", "person", ""), ("delete", "tip", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReviewDecision.objects.create(
                dialogue=open_dialogue, voice="x", kind=kind, reason=reason, reference=reference, on=TODAY
            )


# --- the receipt


def test_receipt_tells_the_theme_and_its_answer(said: Contribution, people: Cast, send: Send) -> None:
    said.theme = theme(said.dialogue, "Mörkt i tunneln", answer="used", answer_text="Kommunen byter lamporna.")
    said.save()

    text = send(CLAIM, "kvittokod", code=CODE).text

    assert "Mörkt i tunneln" in text
    assert "Det togs med." in text
    assert "Kommunen byter lamporna." in text


def test_receipt_of_an_internal_theme_does_not_name_it(said: Contribution, send: Send) -> None:
    said.theme = theme(said.dialogue, "Bara för oss", visibility="internal")
    said.save()

    assert "Bara för oss" not in send(CLAIM, "kvittokod", code=CODE).text


def test_receipt_says_when_answers_are_late(said: Contribution, send: Send) -> None:
    Dialogue.objects.update(feedback_on=TODAY - dt.timedelta(days=1))

    assert "Alla har inte kommit än." in send(CLAIM, "kvittokod", code=CODE).text


@pytest.mark.parametrize("code", ["4F7K-2M9P-XR3S", "abc", "<script>"])
def test_unknown_code_is_met_with_a_sentence_and_nothing_else(said: Contribution, send: Send, code: str) -> None:
    page = send(CLAIM, "kvittokod", code=code)

    assert page.status_code == 422
    assert "Koden finns inte här." in page.text


def test_code_of_one_kommun_opens_nothing_in_another(said: Contribution, people: Cast, send: Send) -> None:
    assert send("/grannby/dialog/kvittokod/", "kvittokod", code=CODE).status_code == 422
