"""Letters to those who are to sign: a text waits for them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lofte.notices.actions import send_once
from lofte.parties.models import Membership, Role
from lofte.promises.documents import short_sum
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest

BODY = """Hej!

{title} är klart att skriva under. Du är ombedd att skriva under som {role} för {organisation}.

Läs texten och skriv under här:
{address}

Du kan också skriva under på papper. Fråga då den som samordnar löftet.

Textens kontrollsumma börjar med {checksum}. Ändras texten får du ett nytt brev."""


def ask_by_mail(promise: CitizenPromise, version: PromiseVersion) -> int:
    """One letter to each account that may sign, about each text; how many. A role without an account signs on paper."""
    letters = 0
    where = {"kommun": promise.municipality.slug, "slug": promise.slug}
    address = settings.BASE_URL + reverse("promises:sign", kwargs=where)
    with translation.override("sv"):
        for request in promise.signature_requests.select_related("organisation"):
            for member in _signers(request):
                send_once(
                    f"sign-{version.pk}-{request.pk}-{member.user.key}",
                    kind="to_sign",
                    subject=_("{title}: en text väntar på din underskrift").format(title=promise.title),
                    body=_(BODY).format(
                        title=promise.title, role=request.role[:1].lower() + request.role[1:],
                        organisation=request.organisation, address=address, checksum=short_sum(version.sha256),
                    ),
                    recipient=member.user.key,
                )  # fmt: skip
                letters += 1
    return letters


def _signers(request: SignatureRequest) -> list[Membership]:
    rows = Membership.objects.filter(organisation=request.organisation_id, role=Role.SIGNER)
    return list(rows.select_related("user").order_by("pk"))
