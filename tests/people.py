"""The cast: the same people in every test, named by what they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from factories import Kommun, kommun
from lofte.parties.models import Membership, Organisation, Role, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Cast:
    """Those of one kommun, the coordinator of another, and somebody who belongs nowhere.

    "Nobody" is a client that has not signed in: `as_nobody()`.
    """

    coordinator: User
    police_editor: User
    community_officer: User
    partner: User
    director: User
    police_chief: User
    neighbour: User
    stranger: User

    def __iter__(self) -> Iterator[tuple[str, User]]:
        return iter(vars(self).items())


def cast(where: Kommun, elsewhere: Kommun | None = None) -> Cast:
    other = elsewhere or kommun("Grannby", "9002")
    return Cast(
        coordinator=person("coordinator", where.own, Role.COORDINATOR),
        police_editor=person("police_editor", where.police, Role.POLICE_EDITOR),
        community_officer=person("community_officer", where.police, Role.REPORTER),
        partner=person("partner", where.housing, Role.REPORTER),
        director=person("director", where.own, Role.SIGNER),
        police_chief=person("police_chief", where.police, Role.SIGNER),
        neighbour=person("neighbour", other.own, Role.COORDINATOR),
        stranger=person("stranger"),
    )


def person(name: str, organisation: Organisation | None = None, role: Role | None = None) -> User:
    user = User.objects.create_user(f"{name}@example.se", name=name)
    if organisation is not None and role is not None:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def as_nobody() -> Client:
    return Client()
