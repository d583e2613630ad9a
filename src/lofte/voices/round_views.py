"""A statement round on a phone: one sentence at a time, three buttons, no account, no cookie, no script."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from lofte.core.public_forms import Limits, public_form
from lofte.core.visibility import VISITOR
from lofte.voices import queries, round_presenters, rounds
from lofte.voices.models import RoundStatement, RoundVote, StatementRound
from lofte.voices.presenters import address
from lofte.voices.views import page_of

# A whole school or library may stand behind one address. Each opening is one person's votes.
MANY = Limits(with_work=300, without_work=40, all_without_work=600)
VALUES = {"agree": RoundVote.Value.AGREE, "pass": RoundVote.Value.PASS, "disagree": RoundVote.Value.DISAGREE}


@public_form("runda", MANY)
def round(request: HttpRequest, kommun: str, cycle: str, key: str, round: str) -> HttpResponse:
    """What it is about, what happens with the answers, and a button to begin; afterwards the result."""
    found = _round(kommun, cycle, key, round)
    today = timezone.localdate()
    if request.method == "POST" and found.is_open(today):
        return _statement(request, found, queries.statements_of(found), rounds.new_pass(found))
    shown = _page(request, found) | {
        "is_open": found.is_open(today),
        "is_coming": found.is_coming(today),
        "number": found.statements.count(),
        "result": round_presenters.result(found, queries.is_counted(found)),
    }
    return render(request, "voices/round.html", shown, status=410 if request.method == "POST" else 200)


@never_cache
@csrf_exempt
def vote(request: HttpRequest, kommun: str, cycle: str, key: str, round: str) -> HttpResponse:
    """Take one vote and ask the next. The pass in the form is the right to vote, so no cookie is asked for."""
    found = _round(kommun, cycle, key, round)
    start = address("voices:round", found.dialogue, round=found.key)
    if request.method != "POST":
        return redirect(start)
    token = request.POST.get("pass", "")
    voter = rounds.voter_of(found, token)
    if voter is None:
        shown = _page(request, found) | {"problem": _("Det har gått mer än ett dygn sedan du började. Börja igen.")}
        return render(request, "voices/round_refused.html", shown, status=403)
    if "change" in request.POST:
        return _statement(request, found, queries.statements_of(found), token, request.POST["change"])
    statements = queries.statements_of(found)
    statement = statements.get(request.POST.get("statement", ""))
    if statement is None:
        raise Http404
    value = VALUES.get(request.POST.get("value", ""))
    if value is None:
        return _statement(request, found, statements, token, statement.key)
    try:
        rounds.vote(statement=statement, voter=voter, value=value, now=timezone.now())
    except rounds.RoundClosed:
        shown = _page(request, found) | {"problem": _("Rundan är stängd. Det du svarade innan är räknat.")}
        return render(request, "voices/round_refused.html", shown, status=410)
    return _statement(request, found, statements, token, before=statement.key)


def _statement(
    request: HttpRequest,
    found: StatementRound,
    statements: Mapping[str, RoundStatement],
    token: str,
    key: str = "",
    before: str = "",
) -> HttpResponse:
    """The statement named, else the next one; when all are answered, thanks."""
    if key and key not in statements:
        raise Http404
    voter = rounds.voter_of(found, token) or ""
    seen = queries.answered_by(found, voter)
    shown = _page(request, found) | {
        "statement": statements[key] if key else queries.next_statement(statements, seen),
        "token": token,
        "done": len(seen),
        "number": len(statements),
        "earlier": round_presenters.earlier(statements, before, seen),
        "vote_url": address("voices:vote", found.dialogue, round=found.key),
    }
    return render(request, "voices/round_statement.html", shown)


def _round(kommun: str, cycle: str, key: str, round: str) -> StatementRound:
    return queries.round_or_404(queries.dialogue_or_404(kommun, cycle, key), round, VISITOR)


def _page(request: HttpRequest, found: StatementRound) -> dict[str, object]:
    return page_of(request, found.dialogue) | {"round": found}
