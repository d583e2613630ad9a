"""`lofte serve`: the site and its background worker, as children of one small process that watches over them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from lofte.commands.terminal import BadInput, Parser, say
from lofte.config.paths import var_folder

PATIENCE = 10.0
"""Seconds that children get to finish what they are doing."""
START_WITHIN = 30.0
RESTART_PAUSES = (0.5, 1, 2, 5, 10, 30)
LIVED_WELL = 60.0
PR_SET_PDEATHSIG = 1
FIRST_TO_SEE = {"exempelkoping": "påhittad, med hela kedjan", "strangnas": "ur riktiga dokument"}


def main(argv: list[str]) -> int:
    parser = Parser("serve", "Kör webbplatsen och bakgrundsarbetet tills du trycker Ctrl+C.")
    parser.add_argument("--host", default="127.0.0.1", help="adress att lyssna på (127.0.0.1: bara den här datorn)")
    parser.add_argument("--port", type=int, default=port_wanted(), help="port (annars PORT, annars 8000)")
    parser.add_argument("--processes", type=int, default=2, metavar="ANTAL", help="webbprocesser (2)")
    given = parser.parse_args(argv)
    check_database(var_folder())
    with listening(given.host, given.port) as door:
        port = door.getsockname()[1]
        address = f"http://{'localhost' if given.host in ('0.0.0.0', '::') else given.host}:{port}"  # noqa: S104
        os.environ.setdefault("LOFTE_BASE_URL", address)
        return Watch(door, given.processes).run(lambda: tell(address))


def port_wanted() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit():
        raise BadInput(f"PORT är {text!r}; det ska vara ett tal, till exempel 8000.")
    return int(text)


def check_database(var: Path) -> None:
    if not os.environ.get("LOFTE_DATABASE") and not (var / "lofte.sqlite3").exists():
        raise BadInput("Databasen finns inte än. Kör lofte demo för att prova, eller lofte manage migrate.")


@contextlib.contextmanager
def listening(host: str, port: int):  # type: ignore[no-untyped-def]
    """The door is opened here and handed to the web server: a taken port is met at once, with a sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise BadInput(
            f"Porten {port} går inte att använda ({error.strerror}). Prova lofte serve --port {port + 1}"
        ) from None
    except OverflowError:
        door.close()
        raise BadInput("Porten ska vara ett tal mellan 0 och 65535.") from None
    with door:
        door.set_inheritable(True)
        yield door


class Watch:
    """Starts the children, restarts the worker when it dies, and ends all when it is told to or when the site ends."""

    def __init__(self, door: socket.socket, processes: int) -> None:
        self.door = door
        self.processes = processes
        self.is_stopping = False
        self.deaths = 0

    def run(self, when_ready: Callable[[], None]) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        site = self._start_site()
        worker = self._start_worker()
        try:
            if self._wait_until_ready(site):
                when_ready()
            while not self.is_stopping and site.poll() is None:
                if worker.poll() is not None:
                    worker = self._restart_worker(worker.returncode)
                time.sleep(0.2)
        finally:
            end([site, worker])
        if self.is_stopping:
            return 0
        say("Webbservern slutade oväntat. Det den sade sist står ovanför.")
        return 1

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def _start_site(self) -> subprocess.Popen[bytes]:
        options = ["--workers", str(self.processes), "--threads", "4", "--preload", "--log-level", "warning"]
        command = ["gunicorn", "lofte.config.wsgi:application", "--bind", f"fd://{self.door.fileno()}", *options]
        return start_child([sys.executable, "-m", *command], pass_fds=(self.door.fileno(),))

    def _start_worker(self) -> subprocess.Popen[bytes]:
        self.started = time.monotonic()
        return start_child([sys.executable, "-m", "lofte.commands.worker"])

    def _restart_worker(self, code: int) -> subprocess.Popen[bytes]:
        self.deaths = 0 if time.monotonic() - self.started > LIVED_WELL else self.deaths + 1
        pause = RESTART_PAUSES[min(self.deaths, len(RESTART_PAUSES) - 1)]
        say(f"Bakgrundsarbetet slutade (kod {code}) och börjar om.")
        until = time.monotonic() + pause
        while time.monotonic() < until and not self.is_stopping:
            time.sleep(0.1)
        return self._start_worker()

    def _wait_until_ready(self, site: subprocess.Popen[bytes]) -> bool:
        host, port = self.door.getsockname()[:2]
        near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until and not self.is_stopping and site.poll() is None:
            if answers(f"http://{near}:{port}/healthz"):
                return True
            time.sleep(0.1)
        return False


def answers(address: str) -> bool:
    """Any answer at all will do: the site is up."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 our own address
            return True
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, OSError):
        return False


def start_child(command: list[str], pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """A session of its own, so that Ctrl+C reaches it once, through us."""
    return subprocess.Popen(command, pass_fds=pass_fds, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603


def _die_with_parent() -> None:
    """On Linux a child is told when we are killed and can't tell it ourselves."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the children to end, by their own ids, and make them when they take too long."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    until = time.monotonic() + PATIENCE
    for child in running:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def tell(address: str) -> None:
    """What to open, on stdout."""
    from lofte.commands.demo import signs_in
    from lofte.core.demo import read_demo

    told = read_demo(var_folder()) or {}
    print(f"Löfte är igång: {address}/")
    slugs = told.get("municipalities", [])
    for slug, what in FIRST_TO_SEE.items():
        if slug in slugs:
            print(f"  {address}/{slug}/  {what}")
    print(f"  {address}/arbete/  för den som arbetar med löftena")
    for line in signs_in(var_folder()):
        print(line)
    print("Avsluta med Ctrl+C.", flush=True)
