"""What all commands share: plain Swedish about arguments, a door to Django, and where words go."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from typing import Any, NoReturn

ARGUMENT_ERRORS = (
    (r"the following arguments are required: (.+)", "Det saknas något: ange {}."),
    (r"unrecognized arguments: (.+)", "{} känns inte igen."),
    (r"argument (.+): expected (?:one|at least one) argument", "Det saknas ett värde efter {}."),
    (r"argument (.+): invalid \w+ value: (.+)", "{} kan inte vara {}."),
    (r"argument (.+): (.+)", "{}: {}"),
)


class BadInput(Exception):
    """What was given can't be used; the message is one Swedish sentence. The program ends with 2."""


class Parser(argparse.ArgumentParser):
    """argparse in Swedish: one sentence when something is wrong, instead of the whole usage."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"lofte {command}", description=description, add_help=False, allow_abbrev=False,
            formatter_class=_Formatter,
        )  # fmt: skip
        self._positionals.title, self._optionals.title = "argument", "val"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in ARGUMENT_ERRORS:
            if found := re.fullmatch(pattern, message, flags=re.DOTALL):
                raise BadInput(f"{sentence.format(*found.groups())} Skriv {self.prog} --help för hjälp.")
        raise BadInput(f"Kommandot går inte att förstå. Skriv {self.prog} --help för hjälp.")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "användning: ")


def say(text: str) -> None:
    """A word to the person at the keyboard; never part of the answer."""
    print(text, file=sys.stderr, flush=True)


def answer(value: Any) -> None:
    """The answer as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def start_django(*, needs_tables: bool = True) -> None:
    """Load Django with the site's settings, speaking Swedish. Stops with a sentence when it can't be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lofte.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadInput(str(error)) from None
    from django.utils import translation

    translation.activate("sv")
    if needs_tables:
        _check_tables()


def _check_tables() -> None:
    """A database that is empty, or older than the program, is met with a sentence and not with a traceback."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise BadInput(f"Databasen svarar inte: {str(error).splitlines()[0]}") from None
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if executor.loader.applied_migrations:
        raise BadInput("Databasen är äldre än programmet. Kör lofte manage migrate.")
    raise BadInput("Databasen är tom. Kör lofte demo för att prova, eller lofte manage migrate för en ny webbplats.")
