"""The people of the constructed kommun: functions, not persons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lofte.core.demo import DOMAIN, write_demo


@dataclass(frozen=True)
class Person:
    function: str
    name: str
    roles: tuple[str, ...]
    organisation_kind: str

    @property
    def email(self) -> str:
        return f"{self.function}@{DOMAIN}"


PEOPLE = (
    Person("samordnare", "Samordnaren", ("coordinator",), "municipality"),
    Person("kommunpolis", "Kommunpolisen", ("police_editor",), "police"),
    Person("omradespolis", "Områdespolisen", ("reporter",), "police"),
    Person("bostadsbolaget", "Bostadsbolaget", ("reporter",), "housing"),
    Person("kommundirektor", "Kommundirektören", ("signer", "council"), "municipality"),
    Person("polischef", "Lokalpolisområdeschefen", ("signer", "council"), "police"),
)


def make_people(var: Path) -> int:
    """Make those who are missing; how many there are."""
    from django.contrib.auth.hashers import check_password, make_password
    from django.db import transaction

    from lofte.parties.models import Membership, Organisation, User
    from lofte.places.models import Municipality

    told = write_demo(var, municipalities=list(Municipality.objects.order_by("slug").values_list("slug", flat=True)))
    organisations = {
        each.kind: each
        for each in Organisation.objects.filter(
            municipality__is_constructed=True, municipality__slug="exempelkoping"
        ).order_by("-pk")
    }
    people = [person for person in PEOPLE if person.organisation_kind in organisations]
    users = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
    # Hashing is slow on purpose, so the one password is hashed and checked once for all.
    kept = next((user.password for user in users.values()), "")
    secret = kept if kept and check_password(told["password"], kept) else make_password(told["password"])
    with transaction.atomic():
        for person in people:
            user = users.get(person.email) or User(email=person.email, name=person.name)
            if user.password != secret:
                user.password = secret
                user.save()
            for role in person.roles:
                organisation = organisations[person.organisation_kind]
                Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    write_demo(var, people=[person.email for person in people])
    return len(people)
