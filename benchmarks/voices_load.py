"""Many people answering at once: voices or votes a second, how long each waits, and whether all are in the database.

    .venv/bin/python benchmarks/voices_load.py --seconds 120 --clients 50
    .venv/bin/python benchmarks/voices_load.py --seconds 120 --clients 50 --rate 100 --what votes

Makes a database of its own in a temporary folder, serves the site on this machine as `lofte serve` does (two processes
with four threads, SQLite), and lets each client post one answer after another from a loopback address of its own: as
fast as it can, or at the pace of `--rate` voices a second from all together. The forms' tokens are made beforehand, as
if everybody had opened the page some seconds ago. Every check of the public form is made, and every post is counted,
but nobody is refused for posting often: here a client stands for hundreds of people.

With `--what votes` the clients vote in a statement round: each takes a person's pass, votes on every statement, and goes
on with the next person. What was taken is compared with the rows in the database, and with how many differ in person or
statement.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

VOICES, VOTES = "voices", "votes"
ADDRESSES = {VOICES: "/tuna/dialog/2026/trygg/svara/", VOTES: "/tuna/dialog/2026/trygg/runda/r/rosta/"}
# What the page says when it has taken one.
TAKEN = {VOICES: b"kvittokod", VOTES: b'name="pass"'}
STATEMENTS = 30
MOST_A_SECOND = 600
PATIENCE = 60.0


def application() -> Any:
    """What the server runs: the site, with limits that count but never refuse."""
    from lofte.config.wsgi import application as site
    from lofte.core import public_forms

    take = public_forms.take
    public_forms.take = lambda what, limit: take(what, 10**9)
    return site


def main() -> int:
    parser = argparse.ArgumentParser(description="Voices a second, and none lost.")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument(
        "--rate", type=float, default=0, help="voices a second from all clients; 0: as fast as they can"
    )
    parser.add_argument("--what", choices=(VOICES, VOTES), default=VOICES)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lofte-voices-load-") as var:
        os.environ |= {"LOFTE_VAR": var, "DJANGO_SETTINGS_MODULE": "lofte.config.settings"}
        made = prepare()
        bodies = Voices(given.seconds) if given.what == VOICES else Votes(given.seconds, made)
        port = free_port()
        server = serve(port)
        try:
            wait_for(port)
            time.sleep(2.5)  # no form may be younger than two seconds
            result = run(port, bodies, given.clients, given.seconds, given.rate)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=PATIENCE)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        result["server_cpu_ms_each"] = round((used.ru_utime + used.ru_stime) * 1000 / max(result["taken"], 1), 1)
        result |= bodies.stored(made)
    result["lost"] = result["taken"] - result["in_the_database"]
    text = json.dumps(result, indent=1) if given.json else "\n".join(f"{key}: {value}" for key, value in result.items())
    print(text)
    return 0 if not result["lost"] and not result["refused"] else 1


def prepare() -> int:
    """A database with one open dialogue, and in it an open statement round."""
    import datetime as dt

    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from lofte.parties.models import Cycle
    from lofte.places.models import Area, Municipality
    from lofte.voices.models import Dialogue, RoundStatement, StatementRound

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    kommun = Municipality.objects.create(name="Tuna", code="9001", slug="tuna", is_constructed=True)
    for number in range(12):
        Area.objects.create(municipality=kommun, key=f"del-{number}", name=f"Del {number}", kind="district")
    cycle = Cycle.objects.create(municipality=kommun, slug="2026", starts=today, ends=today + dt.timedelta(days=365))
    dialogue = Dialogue.objects.create(
        cycle=cycle, key="trygg", kind="citizen", form="web", title="Vad gör dig trygg?",
        opens=today - dt.timedelta(days=1), closes=today + dt.timedelta(days=9),
    )  # fmt: skip
    round = StatementRound.objects.create(
        dialogue=dialogue, key="r", title="Vad är viktigast?", opens=dialogue.opens, closes=dialogue.closes
    )
    RoundStatement.objects.bulk_create(
        RoundStatement(round=round, order=number, key=f"r-{number}", text=f"Påstående {number}.")
        for number in range(STATEMENTS)
    )
    return dialogue.pk


class Voices:
    """What clients send, one voice at a time; enough openings of the form are made beforehand."""

    what = VOICES

    def __init__(self, seconds: int) -> None:
        from lofte.core.public_forms import PublicForm

        self.left = [PublicForm("svara").token for _each in range(seconds * MOST_A_SECOND)]
        self.lock = threading.Lock()

    def next(self, client: int, count: int) -> dict[str, str]:
        with self.lock:
            token = self.left.pop()
        return {
            "form_token": token, "area": f"del-{count % 12}", "time_band": "evening", "category": "light",
            "feeling": "unsafe", "text": f"Klient {client}, svar {count}: det är mörkt i tunneln.",
            "age": "25-44", "sex": "woman" if count % 2 else "man",
        }  # fmt: skip

    def stored(self, dialogue: int) -> dict[str, Any]:
        from django.db.models import Sum

        from lofte.voices.models import Claim, Contribution, ParticipantCount

        return {
            "in_the_database": Contribution.objects.filter(dialogue=dialogue).count(),
            "receipts": Claim.objects.filter(dialogue=dialogue).count(),
            "people_counted": ParticipantCount.objects.filter(dialogue=dialogue).aggregate(n=Sum("count"))["n"],
        }


class Votes:
    """What clients send, one vote at a time: everyone votes on every statement of the round."""

    what = VOTES

    def __init__(self, seconds: int, dialogue: int) -> None:
        from lofte.voices import rounds
        from lofte.voices.models import StatementRound

        round = StatementRound.objects.get(dialogue=dialogue)
        self.left = [rounds.new_pass(round) for _each in range(seconds * MOST_A_SECOND // STATEMENTS + 1000)]
        self.held: dict[int, str] = {}
        self.lock = threading.Lock()

    def next(self, client: int, count: int) -> dict[str, str]:
        turn = (count - 1) % STATEMENTS
        if not turn:
            with self.lock:
                self.held[client] = self.left.pop()
        value = ("agree", "disagree", "pass")[(client + turn) % 3]
        return {"pass": self.held[client], "statement": f"r-{turn}", "value": value}

    def stored(self, dialogue: int) -> dict[str, Any]:
        from lofte.voices.models import RoundVote

        votes = RoundVote.objects.filter(statement__round__dialogue=dialogue)
        return {
            "in_the_database": votes.count(),
            "voters": votes.values("voter").distinct().count(),
            "different": votes.values("voter", "statement").distinct().count(),
        }


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def serve(port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "gunicorn", "voices_load:application()", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--threads", "4", "--preload", "--log-level", "warning",
    ]  # fmt: skip
    return subprocess.Popen(command, cwd=Path(__file__).parent)  # noqa: S603 our own server


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def run(port: int, bodies: Voices | Votes, clients: int, seconds: int, rate: float) -> dict[str, Any]:
    taken: list[float] = []
    refused: list[int] = []
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=post_until, args=(port, bodies, number, end, clients / rate if rate else 0.0, taken, refused)
        )
        for number in range(clients)
    ]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - started
    waits = statistics.quantiles(taken, n=100)
    return {
        "clients": clients,
        "wanted_a_second": rate or "as many as can be",
        "seconds": round(lasted, 1),
        "taken": len(taken),
        "refused": len(refused),
        f"{bodies.what}_a_second": round(len(taken) / lasted, 1),
        "median_ms": round(waits[49] * 1000),
        "p95_ms": round(waits[94] * 1000),
        "p99_ms": round(waits[98] * 1000),
        "load": round(os.getloadavg()[0], 1),
    }


def post_until(
    port: int, bodies: Voices | Votes, number: int, end: float, pause: float, taken: list[float], refused: list[int]
) -> None:
    """One client, with an address of its own, posts until the time is up."""
    here = f"127.0.{number // 200 + 1}.{number % 200 + 1}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(here, 0))
    count = 0
    following = time.monotonic() + pause * number / 50
    while time.monotonic() < end:
        time.sleep(max(0.0, following - time.monotonic()))
        following += pause
        count += 1
        body = urlencode(bodies.next(number, count))
        # Paced, the wait counts from when the voice should have been sent: a slow server can't slow the clock.
        start = following - pause if pause else time.monotonic()
        answer = sent(connection, ADDRESSES[bodies.what], body, headers)
        if answer is None:
            refused.append(0)
            continue
        text = answer.read()
        if answer.status == 200 and TAKEN[bodies.what] in text:
            taken.append(time.monotonic() - start)
        else:
            refused.append(answer.status)
    connection.close()


def sent(
    connection: http.client.HTTPConnection, address: str, body: str, headers: dict[str, str]
) -> http.client.HTTPResponse | None:
    """Sent once more if the server had closed an idle connection: the same form twice is one voice."""
    for _attempt in range(2):
        try:
            connection.request("POST", address, body, headers)
            return connection.getresponse()
        except (http.client.HTTPException, OSError):
            connection.close()
    return None


if __name__ == "__main__":
    sys.exit(main())
