"""What every test stands on: a var folder of its own, no network, and the shared seed documents when they are there."""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

CHECKOUT = Path(__file__).resolve().parent.parent

# Before Django reads its settings: nothing that a test does may touch the developer's own var folder.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["LOFTE_VAR"] = tempfile.mkdtemp(prefix="lofte-test-")
    atexit.register(shutil.rmtree, os.environ["LOFTE_VAR"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lofte.config.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's plain API runs inside an event loop


# conftest files further in import models, also when pytest is asked for their folder alone.
django.setup()


def pytest_configure() -> None:
    """Load the settings (pytest-django looked for them before this file was read) and name a real SQLite file."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # In memory, SQLite has neither the write-ahead log nor the locks that a site has.
        database.setdefault("TEST", {})["NAME"] = str(Path(os.environ["LOFTE_VAR"]) / "test.sqlite3")


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("LOFTE_SHARED_REQUIRED") == "1":
            pytest.fail("../shared is not there, and LOFTE_SHARED_REQUIRED=1 says it must be")
        pytest.skip("../shared is not there")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that reaches for another machine fails; one's own machine and Unix sockets are allowed."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(str(address[0])):
            self.close()
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def is_loopback(host: str) -> bool:
    return host in ("localhost", "::1", "") or host.startswith("127.")
