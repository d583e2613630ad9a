"""The pages of following by e-mail: ask, confirm, leave. No account, no cookie."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from lofte.core.public_forms import public_form
from lofte.core.visibility import VISITOR
from lofte.design.pieces import Place
from lofte.followup import following
from lofte.followup.models import Follower
from lofte.followup.scope import About
from lofte.places.queries import area_or_404, municipality_or_404
from lofte.promises.models import CitizenPromise
from lofte.public import letters, queries
from lofte.public.addresses import address


class FollowForm(forms.Form):
    """An address, what to follow, and how often."""

    email = forms.EmailField(
        label=_("Din e-post"), help_text=_("Vi använder den bara till breven. Du kan sluta när du vill.")
    )
    pledge = forms.ChoiceField(label=_("Vad vill du följa?"), required=False)
    pace = forms.ChoiceField(
        label=_("Hur ofta?"), widget=forms.RadioSelect, initial=Follower.Pace.WEEK,
        choices=[
            (Follower.Pace.WEEK, _("Högst ett brev i veckan")),
            (Follower.Pace.DAY, _("Samma dag som något händer")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, pledges: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pledges:
            del self.fields["pledge"]
            return
        chosen = self.fields["pledge"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("Hela medborgarlöftet")), *pledges]


@public_form("folj")
def follow(request: HttpRequest, kommun: str, slug: str = "", area: str = "") -> HttpResponse:
    """Ask to follow. The page answers the same to everyone, so that nobody can find out who follows."""
    what = _about(kommun, slug, area)
    pledges = _pledges_in_force(kommun, slug) if slug else []
    form = FollowForm(request.POST or None, pledges=pledges)
    if request.method == "POST" and form.is_valid():
        _ask(what, form.cleaned_data)
        return redirect(f"{request.path}?tack")
    context = _frame(request, what) | {"form": form, "is_sent": "tack" in request.GET}
    return render(request, "public/follow.html", context, status=422 if form.is_bound else 200)


def _pledges_in_force(kommun: str, slug: str) -> list[tuple[str, str]]:
    """From the text in force: the working copy may hold a change that nobody has signed yet."""
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    return [(pledge.key, pledge.text) for pledge in status.text.pledges]


def _about(kommun: str, slug: str, area: str) -> About:
    municipality = municipality_or_404(kommun)
    if area:
        return About(municipality, area=area_or_404(municipality, area))
    if not slug:
        return About(municipality)
    found = CitizenPromise.objects.visible_to(VISITOR).filter(municipality=municipality, slug=slug)
    promise = found.select_related("municipality").first()
    if promise is None:
        raise Http404
    return About(municipality, promise)


def _ask(what: About, given: dict[str, Any]) -> None:
    key = given.get("pledge", "")
    pledge = what.promise.pledges.filter(key=key).first() if what.promise and key else None
    follower = following.ask(
        what=About(what.municipality, what.promise, pledge, what.area), email=given["email"], pace=given["pace"],
        language=get_language() or "sv", today=queries.today(),
    )  # fmt: skip
    if follower is not None:
        letters.ask(follower)


@never_cache
@csrf_exempt
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, since programs that look at links in letters must not say yes for anyone."""
    follower = following.follower_of(token, "confirm")
    if follower is None:
        return render(request, "public/follow_gone.html", status=404)
    what = following.about(follower)
    if request.method == "POST":
        following.confirm(follower)
        return redirect(f"{reverse('public:follow_confirm', args=[token])}?tack")
    context = _frame(request, what) | {"token": token, "is_done": bool(follower.confirmed_at)}
    return render(request, "public/follow_confirm.html", context)


@never_cache
@csrf_exempt
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program posts here (RFC 8058); a person who follows the link gets a button.

    The token is the right to leave: whoever has the letter has it, and nothing else can be done with it.
    """
    follower = following.follower_of(token, "leave")
    if request.method == "POST":
        if follower is not None:
            following.leave(follower)
        return render(request, "public/unfollowed.html")
    if follower is None:
        return render(request, "public/unfollowed.html")
    return render(request, "public/unfollow.html", _frame(request, following.about(follower)) | {"token": token})


def _frame(request: HttpRequest, what: About) -> dict[str, Any]:
    url = reverse("public:kommun", kwargs={"kommun": what.municipality.slug})
    request.place = Place(str(what.municipality), url, url)  # type: ignore[attr-defined]
    return {
        "what": what.title,
        "is_constructed": what.municipality.is_constructed,
        "is_area": what.area is not None,
        "back_url": _page_of(what),
    }


def _page_of(what: About) -> str:
    """The page that tells what the letters tell."""
    if what.promise is not None:
        return address(what.promise)
    if what.area is not None:
        return reverse("public:area", args=[what.municipality.slug, what.area.key])
    return reverse("public:kommun", args=[what.municipality.slug])
