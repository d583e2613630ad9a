"""Every address of the site, requested as every member of the cast. An address without an entry fails.

To add an address: put a row in EXPECTED, which says what each person gets. `WHERE` holds what addresses are filled
with.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone

import lofte
from dialogues import dialogue, statement_round, theme, voice
from factories import TODAY, Tuna, area, cycle, occasion, promise, report, tuna
from lofte.evidence.measures import Metric
from lofte.evidence.models import AreaFigure, DataSet, EvidenceItem, SourceDate
from lofte.imports.models import Upload
from lofte.picture.models import SituationPicture
from lofte.promises.versions import freeze
from lofte.statute.models import StrategicCouncil
from lofte.voices.models import CodingSample, SafetyWalk
from people import Cast, as_nobody, cast, signed_in

MOST_QUERIES_OF_A_VISIT = 12
# What each person gets: own party, other party of the same kommun, neighbour kommun, nobody.
Rule = dict[str, int]
INSIDE = ("coordinator", "police_editor", "community_officer", "partner", "director", "police_chief")
OUTSIDE = ("neighbour", "stranger")


def rule(*who: str, status: int, others: int = 404, nobody: int = 302) -> Rule:
    """These people get `status`, everyone else who has signed in `others`; `nobody` is sent to sign in."""
    everyone = dict.fromkeys((*INSIDE, *OUTSIDE), others)
    return everyone | dict.fromkeys(who, status) | {"nobody": nobody}


def everyone(status: int = 200) -> Rule:
    return rule(*INSIDE, *OUTSIDE, status=status, nobody=status)


LEADERS = ("coordinator", "police_editor")
READERS = (*LEADERS, "director", "police_chief")
REPORTERS = (*LEADERS, "community_officer", "partner")
SIGNED_IN = rule(*INSIDE, *OUTSIDE, status=200)
NOT_MINE = rule(status=404)
ONLY_ENTRANCE = rule(*INSIDE, *OUTSIDE, status=302, nobody=200)

EXPECTED: dict[str, Rule] = {
    # For those who work here
    "desk:todo": SIGNED_IN,
    "desk:upload": rule("coordinator", "neighbour", status=200),
    "desk:year": rule(*READERS, status=200),
    "desk:answer_gap": rule(*LEADERS, status=200),
    "desk:wheel": rule(*READERS, status=200),
    "desk:status_pdf": rule(*READERS, status=200),
    "desk:status_word": rule(*READERS, status=200),
    "desk:planning_csv": rule(*READERS, status=200),
    "desk:preview": rule("coordinator", status=200),
    "desk:publish": rule("coordinator", status=405, others=405),
    "desk:published": rule("coordinator", status=200),
    "desk:discard": rule("coordinator", status=200),
    "desk:publish_signed": rule("coordinator", status=405, others=405),
    "promises:correct": rule("coordinator", status=200),
    "promises:begin": rule(*LEADERS, status=200),
    "promises:write": rule(*LEADERS, status=200),
    "promises:suggestions": rule(*LEADERS, status=200),
    "promises:twins": rule(*LEADERS, status=200),
    "promises:twin": rule(*LEADERS, status=200),
    "promises:perspectives": rule(*LEADERS, status=200),
    "promises:part": rule(*LEADERS, status=200),
    "promises:new_pledge": rule(*LEADERS, status=200),
    "promises:pledge": rule(*LEADERS, status=200),
    "promises:new_activity": rule(*LEADERS, status=200),
    "promises:activity": rule(*LEADERS, status=200),
    "promises:new_target": rule(*LEADERS, status=200),
    "promises:target": rule(*LEADERS, status=200),
    "promises:new_goal": rule(*LEADERS, status=200),
    "promises:goal": rule(*LEADERS, status=200),
    "promises:amend": rule(*LEADERS, status=200),
    "promises:stop": rule("coordinator", status=200),
    "promises:mask": rule("coordinator", status=200),
    "promises:compare": rule(*READERS, status=200),
    "promises:sign": rule(*READERS, status=200),
    "promises:sign_screen": rule("police_chief", status=200),
    "promises:sign_external": NOT_MINE,
    "promises:sign_paper": rule(*LEADERS, status=200),
    "promises:decline": rule("police_chief", status=200),
    "promises:scan": NOT_MINE,
    "promises:draft_pdf": rule(*READERS, status=200),
    "promises:word": rule(*READERS, status=200),
    "promises:poster": rule(*READERS, status=200),
    "promises:state": rule(*INSIDE, status=405, others=405),
    "promises:signers": rule(*INSIDE, status=405, others=405),
    "promises:order": rule(*INSIDE, status=405, others=405),
    "promises:check": rule(*INSIDE, status=405, others=405),
    "promises:answer": rule(*INSIDE, status=405, others=405),
    "promises:withdraw": rule(*INSIDE, status=405, others=405),
    "followup:period": rule(*REPORTERS, status=200),
    "followup:report": rule(*LEADERS, "community_officer", status=200),
    "followup:lessons": rule(*READERS, status=200),
    "followup:unspent": rule(*READERS, status=200),
    "followup:figures_file": rule(*LEADERS, status=200),
    "followup:figures": NOT_MINE,  # no file is given yet
    "followup:review": rule(*LEADERS, status=200),
    "followup:done": rule(*LEADERS, status=200),
    "followup:update": rule(*LEADERS, status=200),
    "followup:occasions": rule(*REPORTERS, status=200),
    "followup:occasion": rule(*LEADERS, "community_officer", status=200),
    "followup:cancel_occasion": rule(*LEADERS, status=405, others=405),
    "followup:let_out_occasion": rule(*LEADERS, status=405, others=405),
    "followup:publications": rule(*LEADERS, status=200),
    "followup:remove_put_out": rule(*LEADERS, status=405, others=405),
    "followup:put_out_report": rule(*LEADERS, status=200),
    "followup:put_out": rule(*LEADERS, status=200),
    "followup:links": rule(*LEADERS, status=200),
    "followup:revoke_link": rule(*LEADERS, status=405, others=405),
    "followup:correct": rule(*LEADERS, status=200),
    "followup:late": rule(*LEADERS, status=405, others=405),
    "followup:final": rule(*LEADERS, status=200),
    "followup:effect": rule(*LEADERS, status=200),
    "followup:cause": rule(*LEADERS, status=200),
    "followup:begin_final": rule(*LEADERS, status=405, others=405),
    "followup:close": rule(*LEADERS, status=405, others=405),
    "followup:give_up": rule(*LEADERS, status=405, others=405),
    "followup:remove_lesson": rule(*LEADERS, status=405, others=405),
    "followup:send": rule(*LEADERS, status=405, others=405),
    "followup:delay": rule(*LEADERS, status=405, others=405),
    "followup:found": rule(*LEADERS, status=405, others=405),
    "followup:back": rule(*LEADERS, status=405, others=405),
    "voices_staff:dialogues": rule(*READERS, status=200),
    "voices_staff:dialogue": rule(*READERS, status=200),
    "voices_staff:create": rule(*LEADERS, status=200),
    "voices_staff:change": rule(*LEADERS, status=200),
    "voices_staff:open": rule(*LEADERS, status=405, others=405),
    "voices_staff:renew_link": rule(*LEADERS, status=405, others=405),
    "voices_staff:poster": rule(*LEADERS, status=200),
    "voices_staff:answers_poster": rule(*LEADERS, status=200),
    "voices_staff:paper": rule(*LEADERS, status=200),
    "voices_staff:entry": rule(*LEADERS, status=200),
    "voices_staff:street": rule(*LEADERS, status=200),
    "voices_staff:street_worker": rule(*LEADERS, status=200),
    "voices_staff:compare": rule(status=404),  # a citizen dialogue has nothing to be compared with
    "voices_staff:new_theme": rule(*LEADERS, status=200),
    "voices_staff:codebook": rule(*LEADERS, status=200),
    "voices_staff:new_coding": rule(*LEADERS, status=200),
    "voices_staff:coding": rule(*LEADERS, status=200),
    "voices_staff:stop_coding": rule(*INSIDE, status=405, others=405),
    "voices_staff:suggest": rule(*INSIDE, status=405, others=405),
    "voices_staff:theme": rule(*LEADERS, status=200),
    "voices_staff:new_round": rule(*LEADERS, status=200),
    "voices_staff:round": rule(*LEADERS, status=200),
    "voices_staff:change_round": rule(*LEADERS, status=200),
    "voices_staff:round_step": rule(*LEADERS, status=405, others=405),
    "voices_staff:remove_statement": rule(*LEADERS, status=405, others=405),
    "voices_staff:new_walk": rule(*LEADERS, status=200),
    "voices_staff:walk": rule(*LEADERS, status=200),
    "voices_staff:change_walk": rule(*LEADERS, status=200),
    "voices_staff:point": rule(status=404),  # no point is written yet
    # What nobody has reviewed is read by the coordinator alone.
    "voices_staff:file": rule("coordinator", status=200),
    "voices_staff:columns": rule(status=404),  # no file is given yet
    "voices_staff:stop_file": rule(*INSIDE, status=405, others=405),
    "voices_staff:queue": rule("coordinator", status=200),
    "voices_staff:review": rule("coordinator", status=200),
    "voices_staff:sort": rule("coordinator", status=200),
    "evidence:register": rule(*READERS, status=200),
    "evidence:themes": rule(*LEADERS, status=200),
    "evidence:create": rule(*LEADERS, status=200),
    "evidence:change": rule(*LEADERS, status=200),
    "evidence:figures": rule(*READERS, status=200),
    "evidence:give": rule(*LEADERS, status=200),
    "evidence:file": rule(*LEADERS, status=200),
    "evidence:meaning": rule(status=404),  # the file says itself what its columns mean
    "evidence:take_in": rule(*INSIDE, status=405, others=405),
    "evidence:look_again": rule(*INSIDE, status=405, others=405),
    "evidence:stop_file": rule(*INSIDE, status=405, others=405),
    "evidence:data_set": rule(*READERS, status=200),
    "evidence:release": rule(*INSIDE, status=405, others=405),
    "evidence:again": rule(*INSIDE, status=405, others=405),
    "evidence:place": rule(*READERS, status=200),
    "evidence:measure": rule(*READERS, status=200),
    "evidence:likeness": rule(*LEADERS, status=200),
    "evidence:marks": rule(*LEADERS, status=200),
    "evidence:to_evidence": rule(*INSIDE, status=405, others=405),
    "evidence:calendar": rule(*READERS, status=200),
    "evidence:fill_calendar": rule(*INSIDE, status=405, others=405),
    "evidence:new_date": rule(*LEADERS, status=200),
    "evidence:change_date": rule(*LEADERS, status=200),
    "picture:pictures": rule(*READERS, status=200),
    "picture:picture": rule(*READERS, status=200),
    "picture:read": rule(*READERS, status=200),
    "picture:coverage": rule(*READERS, status=200),
    "picture:differences": rule(*READERS, status=200),
    "picture:state": rule(*LEADERS, status=405, others=405),
    "picture:pdf": rule(*READERS, status=200),
    "picture:word": rule(*READERS, status=200),
    "picture:json": rule(*READERS, status=200),
    "picture:template": rule(*LEADERS, status=200),
    "picture:template_file": rule(*LEADERS, status=200),
    "picture:draft": rule(*INSIDE, status=405, others=405),
    "picture:talk": rule(*LEADERS, status=200),
    "picture:carry": rule(*LEADERS, status=200),
    "picture:put_back": rule(*INSIDE, status=405, others=405),
    "picture:adopt": rule("coordinator", status=200),
    "picture:text": rule(*LEADERS, status=200),
    "picture:priorities": rule(*LEADERS, status=200),
    "picture:new_criterion": rule(*LEADERS, status=200),
    "picture:criterion": rule(*LEADERS, status=200),
    "picture:new_statement": rule(*LEADERS, status=200),
    "picture:statement": rule(*LEADERS, status=200),
    "picture:new_problem": rule(*LEADERS, status=200),
    "picture:problem": rule(*LEADERS, status=200),
    "picture:new_cause": rule(*LEADERS, status=200),
    "picture:cause": rule(*LEADERS, status=200),
    "picture:remove": rule(*LEADERS, status=200),
    "plan:plans": rule(*READERS, status=200),
    "plan:plan": rule(*READERS, status=200),
    "plan:pdf": rule(*READERS, status=200),
    "plan:word": rule(*READERS, status=200),
    "plan:text": rule(*LEADERS, status=200),
    "plan:new_measure": rule(*LEADERS, status=200),
    "plan:measure": rule(*LEADERS, status=200),
    "plan:remove": rule(*LEADERS, status=200),
    "plan:decide": rule("coordinator", status=200),
    "statute:requirements": rule(*READERS, status=200),
    "statute:registers": rule(*READERS, status=200),
    "statute:new_row": rule(*LEADERS, status=200),
    "statute:row": rule(*LEADERS, status=200),
    "statute:plan_status": rule(*READERS, status=200),
    "statute:answers": rule(*READERS, status=200),
    "statute:appendix": rule(*READERS, status=200),
    "statute:bundle": rule(*READERS, status=200),
    "statute:attest": rule("coordinator", status=200),
    # For everyone
    "voices:dialogues": everyone(),
    "voices:dialogue": everyone(),
    "voices:answer": everyone(),
    "voices:feed": everyone(),
    "voices:answers_feed": everyone(),
    "voices:claim": everyone(),
    "voices:round": everyone(),
    "voices:vote": everyone(302),  # a vote is sent; who opens the address is led to the round
    "voices:walk": everyone(),
    "voices:photo": everyone(404),  # the walk has no picture
    "voices:staff_answer": everyone(404),  # opens with its link, whoever one is
    "health": everyone(),
    "core:altcha": everyone(),
    "design:gallery": everyone(),
    "open_picture:all": everyone(),
    # Tuna's picture is in joint review and its plan is not decided: nobody reads them here yet.
    "open_picture:picture": everyone(404),
    "open_picture:pdf": everyone(404),
    "open_picture:word": everyone(404),
    "open_picture:json": everyone(404),
    "open_picture:area": everyone(404),
    "open_picture:plan": everyone(404),
    "open_picture:plan_pdf": everyone(404),
    "open_picture:plan_word": everyone(404),
    "open_picture:plan_json": everyone(404),
    "figures:places": everyone(),
    "figures:place": everyone(404),  # nothing is out about a part of Tuna
    "figures:measure": everyone(404),  # nor about anything that is measured
    "public:start": everyone(),
    "public:accessibility": everyone(),
    "public:search": everyone(),
    "public:search_kommun": everyone(),
    "public:kommun": everyone(),
    "public:map": everyone(),
    "public:kommun_feed": everyone(),
    "public:kommun_calendar": everyone(),
    "public:areas": everyone(),
    "public:area": everyone(),
    "public:follow_area": everyone(),
    "public:area_feed": everyone(),
    "public:area_json_feed": everyone(),
    "public:area_calendar": everyone(),
    "public:promise": everyone(),
    "public:why": everyone(),
    "public:years": everyone(),
    "public:check": everyone(),
    "public:text": everyone(),
    "public:json": everyone(),
    "public:pdf": everyone(),
    "public:word": everyone(),
    "public:twin": everyone(status=404),
    "public:poster": everyone(),
    "public:feed": everyone(),
    "public:calendar": everyone(),
    "public:report": everyone(),
    "report": everyone(),
    "public:report_easy": everyone(),
    # Tuna's reports are made from rows: nothing was frozen.
    "public:report_json": everyone(404),
    "public:report_pdf": everyone(404),
    "public:update": everyone(),
    "public:share_report": everyone(),
    "public:report_card": everyone(),
    "public:share": everyone(),
    "public:photo": everyone(404),  # this update has none
    "public:embed": everyone(),
    "public:card": everyone(),
    "public:json_feed": everyone(),
    "public:kommun_json_feed": everyone(),
    "public:follow": everyone(),
    "public:follow_kommun": everyone(),
    # The address is the right; nobody has this one. Who has left is told so, whoever asks.
    "public:follow_confirm": everyone(404),
    "public:unfollow": everyone(),
    "public:link": everyone(404),
    "public:link_occasions": everyone(404),
    "public:link_cancel": everyone(405),
    "public:link_report": everyone(404),
    "public:link_confirm": everyone(405),
    # Sign-in (allauth): each person's own account. The cast has no passwords that could be asked for again (403).
    "account_login": ONLY_ENTRANCE,
    "account_signup": ONLY_ENTRANCE,
    "account_logout": SIGNED_IN,
    "account_inactive": everyone(),
    "account_reauthenticate": rule(*INSIDE, *OUTSIDE, status=403),
    "account_change_password": rule(*INSIDE, *OUTSIDE, status=302),
    "account_set_password": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_confirm_email": everyone(),
    "account_confirm_login_code": everyone(302),
    "account_email_verification_sent": everyone(),
    "account_reset_password": everyone(),
    "account_reset_password_done": everyone(),
    "account_reset_password_from_key": everyone(),
    "account_reset_password_from_key_done": everyone(),
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_authenticate": everyone(302),
    "mfa_login_webauthn": everyone(302),
    "mfa_reauthenticate": rule(*INSIDE, *OUTSIDE, status=403),
    "mfa_reauthenticate_webauthn": rule(*INSIDE, *OUTSIDE, status=403),
    "mfa_deactivate_totp": NOT_MINE,
    "mfa_download_recovery_codes": NOT_MINE,
    "mfa_view_recovery_codes": NOT_MINE,
    "mfa_edit_webauthn": NOT_MINE,
    "mfa_remove_webauthn": NOT_MINE,
}


@dataclass(frozen=True)
class Address:
    name: str
    keys: tuple[str, ...]


def addresses() -> Iterator[Address]:
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, keys: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in patterns:
        inner = (*keys, *pattern.pattern.converters, *_groups(pattern))
        if isinstance(pattern, URLResolver):
            deeper = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, deeper, inner)
        else:
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield Address(f"{namespace}{pattern.name}", inner)


def _groups(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    """The named parts of an address written as a regular expression (allauth's)."""
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return ()
    return tuple(name for name in pattern.pattern.regex.groupindex if name not in pattern.pattern.converters)


ADDRESSES = {address.name: address for address in addresses()}
WHERE: dict[str, str | int] = {
    "kommun": "tuna",
    "slug": "2026",
    "cycle": "2026",
    "label": "2026-T2",
    "number": 1,
    "voice": "x",
    "theme": "x",
    "walk": "x",
    "round": "x",
    "step": "x",
    "statement": "x",
    "token": "x",
    "key": "x",
    "language": "sv-ll",
    "uidb36": "x",
    "pk": 1,
    "part": "x",
    "area": "x",
    "goal": 0,
    "kind": "problem",
    "requirement": "BFL-07",
    "about": "x",
}
# Some addresses are about a draft, or about a report that is out.
INSTEAD: dict[str, dict[str, str | int]] = {
    "desk:answer_gap": {"kind": "problem_without_evidence"},
    "statute:new_row": {"kind": "rad"},
    "statute:row": {"kind": "rad"},
    "desk:preview": {"slug": "2019"},
    "desk:discard": {"slug": "2019"},
    "promises:correct": {"slug": "2019"},
    "promises:part": {"part": "grunden"},
    "promises:new_activity": {"key": "trafik"},
    "promises:pledge": {"key": "trafik"},
    "promises:activity": {"key": "trafik"},
    "promises:new_target": {"key": "trafik"},
    "promises:target": {"key": "trafik", "target": "matt-1"},
    "promises:goal": {"key": "mal-1"},
    "promises:sign_screen": {"slug": "2020"},
    "promises:sign_external": {"slug": "2020"},
    "promises:sign_paper": {"slug": "2020"},
    "promises:decline": {"slug": "2020"},
    "evidence:place": {"area": "hela"},
    "evidence:measure": {"key": Metric("", "Stöld", "").key},
    "followup:report": {"label": "2026-T3"},
    "followup:figures_file": {"label": "2026-T3"},
    "followup:figures": {"label": "2026-T3"},
    "followup:done": {"label": "2026-T1"},
    "followup:put_out_report": {"label": "2026-T1"},
    "public:share_report": {"label": "2026-T1"},
    "public:report_card": {"label": "2026-T1"},
    "followup:correct": {"label": "2026-T1"},
    "public:report": {"label": "2026-T1"},
    "public:report_easy": {"label": "2026-T1"},
    "report": {"label": "2026-T1"},
}


@dataclass(frozen=True)
class World:
    people: dict[str, Client]
    activity: int


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Tuna with a report that is out, one in review, one to come, and a draft read from a file."""
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    here = tuna()
    promise(here.kommun, cycle(here.kommun, 2019, "follow"))
    here.promise.goals.create(key="mal-1", kind="process", text="Vi möts varje månad.")
    to_sign = promise(here.kommun, cycle(here.kommun, 2020), state="ready")
    freeze(to_sign)
    to_sign.signature_requests.create(pk=1, organisation=here.kommun.police, role="Chef", order=0)
    report(here.late, here.checks, 8)
    here.promise.updates.create(key="x", on=TODAY, text="Nu är lamporna bytta.")
    occasion(here.checks, key="x", area=area(here.kommun, "X"))
    here.promise.periods.filter(label="2026-T1").update(stage="published", published_on=TODAY)
    here.promise.periods.filter(label="2026-T2").update(stage="in_review")
    everybody: Cast = cast(here.kommun)
    clients = {name: signed_in(user) for name, user in everybody}
    _said(here)
    _pictured(here)
    return World(clients | {"nobody": as_nobody()}, here.checks.pk)


def _pictured(here: Tuna) -> None:
    """A council, an item of evidence, and the second version of a picture with one part of each kind, all named x."""
    StrategicCouncil.objects.create(pk=1, municipality=here.kommun.municipality, name="Rådet")
    turn = here.promise.cycle
    EvidenceItem.objects.create(cycle=turn, key="x", kind="survey", title="Enkäten")
    kommun = here.kommun.municipality
    data_set = DataSet.objects.create(
        cycle=turn, key="x", title="Brott", publisher="Brå", source="bra_sol", contract="counts"
    )
    AreaFigure.objects.create(
        data_set=data_set, scope="municipality", place="Tuna", category="Stöld", starts=dt.date(2025, 1, 1),
        ends=dt.date(2025, 12, 31), kind="count", value=12, n=12,
    )  # fmt: skip
    SourceDate.objects.create(
        pk=1, municipality=kommun, source="Brå", starts=turn.starts, ends=turn.ends, on=dt.date(2027, 3, 31)
    )
    Upload.objects.create(
        pk=1, municipality=kommun, kind="statistics", name="x.csv", sha256="x", size=1, delete_after=timezone.now()
    )
    SituationPicture.objects.create(cycle=turn, key="forra", version=1)
    drawn = SituationPicture.objects.create(cycle=turn, key="x", version=2, state="joint_review")
    drawn.statements.create(key="x", sentence="Det är mörkt.")
    drawn.criteria.create(key="x", name="Hur många det drabbar")
    drawn.problems.create(key="x", title="Mörka gårdar").causes.create(key="x", text="Trasiga lampor")
    turn.action_plans.create(key="x", title="Planen", picture=drawn).measures.create(key="x", text="Byta lampor")


def _said(here: Tuna) -> None:
    """An open dialogue with one voice, one theme, one walk, all named x, and a sample that two others code."""
    asked = dialogue(here.kommun, key="x")
    voice(asked, key="x")
    CodingSample.objects.create(pk=1, dialogue=asked, first=uuid.uuid4(), second=uuid.uuid4(), made_on=TODAY)
    theme(asked, key="x")
    statement_round(asked, "Lamporna går före.", key="x").statements.update(key="x")
    SafetyWalk.objects.create(dialogue=asked, key="x", title="Runt stationen", on=TODAY, visibility="open")


def test_every_address_has_an_entry() -> None:
    assert set(ADDRESSES) - set(EXPECTED) == set()


def test_no_entry_is_for_an_address_that_is_gone() -> None:
    assert set(EXPECTED) - set(ADDRESSES) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_person_gets_what_the_table_says(world: World, name: str) -> None:
    values = WHERE | {"activity": world.activity} | INSTEAD.get(name, {})
    path = reverse(name, kwargs={key: values[key] for key in ADDRESSES[name].keys})

    with CaptureQueriesContext(connection) as asked:
        got = {"nobody": world.people["nobody"].get(path).status_code}
    got |= {who: client.get(path).status_code for who, client in world.people.items()}

    assert got == EXPECTED[name]
    assert len(asked) <= MOST_QUERIES_OF_A_VISIT


ROOMS_AT_WORK = ("desk", "evidence", "followup", "picture", "promises", "statute", "voices_staff")


@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if name.split(":")[0] in ROOMS_AT_WORK))
def test_nobody_is_sent_to_sign_in_and_back(world: World, name: str) -> None:
    values = WHERE | {"activity": world.activity} | INSTEAD.get(name, {})
    path = reverse(name, kwargs={key: values[key] for key in ADDRESSES[name].keys})

    for answer in (as_nobody().get(path), as_nobody().post(path)):
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('account_login')}?next={path}")


POSTED = (
    "voices_staff:open",
    "voices_staff:renew_link",
    "desk:publish",
    "desk:publish_signed",
    "promises:state",
    "promises:signers",
    "promises:order",
    "promises:check",
    "promises:answer",
    "promises:withdraw",
    "followup:send",
    "followup:delay",
    "followup:found",
    "followup:back",
    "followup:revoke_link",
    "followup:remove_put_out",
    "followup:let_out_occasion",
    "followup:late",
    "followup:begin_final",
    "followup:close",
    "followup:give_up",
    "followup:remove_lesson",
)


@pytest.mark.parametrize("name", POSTED)
@pytest.mark.parametrize("who", ["partner", "community_officer", "director", "neighbour", "stranger"])
def test_only_those_who_may_can_send_a_form(world: World, name: str, who: str) -> None:
    values = WHERE | ({"slug": "2019"} if name == "desk:publish" else {})
    path = reverse(name, kwargs={key: values[key] for key in ADDRESSES[name].keys})

    assert world.people[who].post(path).status_code == 404


MODELS = re.compile(r"\.(objects|_default_manager)\b")
# Public pages list what is open to everyone, and still through visible_to.
ASKING_VIEWS = {"public/views.py"}


def test_views_never_ask_the_models_directly() -> None:
    """They start from the viewer: through queries, or through get_or_404, which authorises too."""
    package = Path(str(lofte.__file__)).parent
    views = [path for path in package.rglob("*views.py") if "migrations" not in path.parts]

    asking = {str(path.relative_to(package)) for path in views if MODELS.search(path.read_text())}

    assert views
    assert asking <= ASKING_VIEWS
