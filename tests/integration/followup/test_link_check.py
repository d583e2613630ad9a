"""Whether what was put out elsewhere is still there, asked of a server on this machine; and whom it never asks."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.utils import timezone

from factories import TODAY, Tuna
from lofte.core.jobs import Progress, start_daily
from lofte.core.models import Job
from lofte.followup import link_check, publications
from lofte.followup.actions import add_update, note_publication
from lofte.followup.link_check import ask, is_public
from lofte.followup.models import Publication
from people import Cast, signed_in

Link = Publication.Link


@dataclass
class Site:
    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://localhost:{self.port}{path}"

    def ask(self, path: str) -> str:
        return ask(self.url(path), may_reach=lambda ip, port: port == self.port)


STATUS = {"/finns": 200, "/borta": 404, "/sparrad": 403, "/trasig": 500, "/bara-get": 200, "/runt": 302, "/vidare": 301}
ONWARD = {"/runt": "/runt", "/vidare": "/finns", "/inat": "http://127.0.0.1:1/", "/fil": "file:///etc/passwd"}


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.command, self.path))
            made.headers.append(dict(self.headers))
            status = STATUS.get(self.path, 302 if self.path in ONWARD else 404)
            self.send_response(404 if (self.command, self.path) == ("HEAD", "/bara-get") else status)
            if self.path in ONWARD:
                self.send_header("Location", ONWARD[self.path])
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 the name that the standard library asks for

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Page)
    server.daemon_threads = True
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/finns", Link.WORKS),
        ("/vidare", Link.WORKS),
        ("/bara-get", Link.WORKS),
        ("/borta", Link.GONE),
        ("/sparrad", Link.WORKS),
        ("/trasig", Link.NO_ANSWER),
        ("/runt", Link.NO_ANSWER),
        ("/inat", Link.NOT_ASKED),
        ("/fil", Link.NOT_ASKED),
    ],
)
def test_what_an_address_answers(site: Site, path: str, state: str) -> None:
    assert site.ask(path) == state


def test_a_page_is_not_gone_before_it_was_asked_for_as_a_reader_does(site: Site) -> None:
    site.ask("/borta")

    assert site.asked == [("HEAD", "/borta"), ("GET", "/borta")]


def test_redirects_are_followed_to_a_limit(site: Site) -> None:
    site.ask("/runt")

    assert len(site.asked) == link_check.MOST_REDIRECTS + 1


def test_what_is_sent_says_nothing_about_a_person(site: Site) -> None:
    ask(f"http://namn:losen@localhost:{site.port}/finns#del", may_reach=lambda ip, port: True)

    assert site.asked == [("HEAD", "/finns")]
    assert site.headers == [
        {
            "Host": f"localhost:{site.port}", "Accept-Encoding": "identity", "User-Agent": "Lofte (http://127.0.0.1:8000)",
            "Accept": "*/*",
        }
    ]  # fmt: skip


def test_nobody_answers_where_nobody_is(site: Site) -> None:
    assert ask("http://localhost:1/", may_reach=lambda ip, port: True) == Link.NO_ANSWER


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://169.254.169.254/latest/", "http://100.64.0.1/", "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/",
        "http://[fc00::1]/", "http://224.0.0.1/", "http://2130706433/", "https://8.8.8.8:8080/", "ftp://8.8.8.8/",
        "file:///etc/passwd", "javascript:alert(1)", "http://", "//8.8.8.8/",
    ],
)  # fmt: skip
def test_this_machine_and_its_network_are_never_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*given: Any, **more: Any) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(link_check.socket, "create_connection", never)

    assert ask(url) == Link.NOT_ASKED


@pytest.mark.parametrize(
    ("ip", "port", "public"), [("8.8.8.8", 443, True), ("2a00:801::1", 80, True), ("8.8.8.8", 22, False)]
)
def test_the_internet_is_asked_at_its_front_door(ip: str, port: int, public: bool) -> None:
    assert is_public(ip, port) is public


@pytest.fixture
def rows(here: Tuna, people: Cast, site: Site) -> dict[str, Publication]:
    update = add_update(promise=here.promise, by=people.coordinator, on=TODAY, text="Nytt.")
    return {
        path: note_publication(about=update, by=people.coordinator, channel=path[1:], on=TODAY, url=site.url(path))
        for path in ("/finns", "/borta")
    }


def check(site: Site) -> None:
    Publication.objects.update(checked_at=None)
    job = Job.objects.create(kind="followup.check-links")
    publications.check_links(Progress(job), ask=lambda url: ask(url, may_reach=lambda ip, port: True), pause=0)


def test_a_link_that_is_gone_twice_is_told_to_those_who_tell(
    people: Cast, site: Site, rows: dict[str, Publication]
) -> None:
    coordinator = signed_in(people.coordinator)
    check(site)
    assert "En länk svarar inte" not in coordinator.get("/arbete/").text

    check(site)

    assert "En länk svarar inte: borta" in coordinator.get("/arbete/").text
    assert "En länk svarar inte" not in signed_in(people.partner).get("/arbete/").text
    assert "En länk svarar inte" not in signed_in(people.neighbour).get("/arbete/").text
    register = coordinator.get("/arbete/tuna/loften/2026/spritt/")
    assert [row.channel for row, _url in register.context["rows"]] == ["borta", "finns"]
    assert "Sidan finns inte kvar." in register.text
    assert signed_in(people.partner).get("/arbete/tuna/loften/2026/spritt/").status_code == 404


def test_a_link_that_answers_again_is_forgiven(site: Site, rows: dict[str, Publication]) -> None:
    row = rows["/finns"]
    Publication.objects.filter(pk=row.pk).update(fails=5, link=Link.GONE)

    check(site)

    row.refresh_from_db()
    assert (row.fails, row.link) == (0, Link.WORKS)
    assert row.checked_at is not None


def test_what_was_asked_today_is_not_asked_again(site: Site, rows: dict[str, Publication]) -> None:
    Publication.objects.update(checked_at=timezone.now())

    publications.check_links(Progress(Job()), ask=lambda url: pytest.fail(url), pause=0)


def test_it_can_be_turned_off(settings: Any, rows: dict[str, Publication]) -> None:
    settings.CHECK_LINKS = False

    found = publications.check_links(Progress(Job()), ask=lambda url: pytest.fail(url), pause=0)

    assert found == {"asked": 0}


def test_it_is_a_daily_job(db: None) -> None:
    assert "followup.check-links" in {job.kind for job in start_daily()}


def test_a_row_is_taken_away_by_those_who_tell(people: Cast, rows: dict[str, Publication]) -> None:
    path = f"/arbete/tuna/loften/2026/spritt/{rows['/borta'].pk}/bort/"

    assert signed_in(people.partner).post(path).status_code == 404
    page = signed_in(people.police_editor).post(path)

    assert page.headers["Location"] == "/arbete/tuna/loften/2026/nytt/nytt-1/spritt/"
    assert list(Publication.objects.values_list("channel", flat=True)) == ["finns"]
