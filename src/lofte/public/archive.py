"""The open pages as files that need no server: asked for as a visitor asks, with links that lead from file to file."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import join, normpath, relpath
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.design.words import date_words

SUMS = "SHA256SUMS"
READ_ME = {"sv": "LÄS-MIG.txt", "en": "READ-ME.txt"}
# Pages that only make sense where somebody answers: forms, search, signing in.
LIVE_ONLY = re.compile(r"/(folj|sok|dela|arbete|konto|rapportera)/")
ADDRESS = re.compile(r'\b(href|src|action)="([^"]*)"')
IN_STYLE = re.compile(r"url\(([^)]+)\)")
MAIN = re.compile(r"<main\b[^>]*>")
SUFFIXED = re.compile(r"\.\w{1,8}$")
ENGLISH = re.compile(r"^/en(?=/)")
KOMMUN = re.compile(r"^/([^/?]+)/")


@dataclass
class Archive:
    """A folder being filled. `kommuner` are the slugs whose pages follow; every one when it is empty."""

    folder: Path
    kommuner: frozenset[str]
    today: dt.date
    pages: dict[str, bytes] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def write(self) -> int:
        """Fetch everything that is linked from the first page, and write it down. How many files there are."""
        waiting = ["/", *(f"/{slug}/" for slug in sorted(self.kommuner))]
        gone: set[str] = set()
        while waiting:
            address = waiting.pop()
            if address in self.pages or address in gone:
                continue
            body = self._fetched(address)
            if body is None:
                gone.add(address)
                continue
            self.pages[address] = body
            waiting += [each for each in linked(address, body) if self._belongs(each)]
        written = {address for address in self.pages if self._kept_as(address) == address}
        files = {file_of(address): self._as_file(address, self.pages[address]) for address in written}
        for language, name in READ_ME.items():
            files[name] = self._read_me(language).encode()
        sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
        for name, body in (files | {SUMS: sums.encode()}).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return len(files) + 1

    def _fetched(self, address: str) -> bytes | None:
        host = urlsplit(settings.BASE_URL).netloc
        response = self.client.get(address, secure=settings.IS_HTTPS, headers={"host": host})
        if response.status_code != 200:
            return None
        return b"".join(getattr(response, "streaming_content", None) or [response.content])

    def _belongs(self, address: str) -> bool:
        if not address.startswith("/") or LIVE_ONLY.search(address):
            return False
        found = KOMMUN.match(ENGLISH.sub("", address))
        if found is None or found.group(1) in ("static", "om"):
            return True
        return not self.kommuner or found.group(1) in self.kommuner

    def _kept_as(self, address: str) -> str:
        """A file that is the same in both languages is kept once, where the Swedish pages have it."""
        swedish = ENGLISH.sub("", address)
        return swedish if self.pages.get(swedish) == self.pages[address] else address

    def _as_file(self, address: str, body: bytes) -> bytes:
        if file_of(address).endswith(".html"):
            text = ADDRESS.sub(lambda found: self._relinked(found, address), body.decode())
            return MAIN.sub(lambda found: found.group() + self._banner(address), text, count=1).encode()
        return body

    def _relinked(self, found: re.Match[str], address: str) -> str:
        """To a file that is here by its relative path, to everything else by the address of the site."""
        name, target = found.group(1), unescape(found.group(2))
        if not target or target.startswith(("#", "http:", "https:", "mailto:", "tel:", "data:")):
            return found.group()
        whole, hash_mark, part = resolved(address, target).partition("#")
        end = f"{hash_mark}{part}"
        if whole in self.pages and name != "action":
            here = relpath(file_of(self._kept_as(whole)), str(PurePosixPath(file_of(address)).parent)) + end
        else:
            here = settings.BASE_URL + whole + end
        return f'{name}="{escape(here)}"'

    def _banner(self, address: str) -> str:
        with override("en" if ENGLISH.match(address) else "sv"):
            told = _("Arkivkopia från {site}, gjord {day}.").format(site=settings.BASE_URL, day=date_words(self.today))
        return f'<p class="note">{escape(told)}</p>'

    def _read_me(self, language: str) -> str:
        with override(language):
            return _(
                "Det här är en kopia av de öppna sidorna på {site}, gjord {day}.\n\nÖppna index.html i en webbläsare."
                " Inget nät och ingen server behövs.\nRapporter och löften finns också som JSON och PDF, byte för byte"
                " som de publicerades.\n\nKontrollera att inget har ändrats: sha256sum -c {sums}\n"
            ).format(site=settings.BASE_URL, day=date_words(self.today), sums=SUMS)


def linked(address: str, body: bytes) -> Iterator[str]:
    """What a page or a style sheet leads to on the same site, without the part after #."""
    if address.endswith(".css"):
        for found in IN_STYLE.finditer(body.decode()):
            yield resolved(address, found.group(1).strip("'\""))
    elif file_of(address).endswith(".html"):
        for found in ADDRESS.finditer(body.decode()):
            if found.group(1) != "action":
                yield resolved(address, unescape(found.group(2))).partition("#")[0]


def resolved(address: str, target: str) -> str:
    """An address as it stands in a page, from the site's root; one that leads elsewhere stays as it is."""
    if target.startswith(settings.BASE_URL + "/"):
        target = target.removeprefix(settings.BASE_URL)
    if target.startswith("?"):
        return address.partition("?")[0] + target
    if not target or target.startswith(("/", "#")) or ":" in target.partition("/")[0]:
        return address + target if target.startswith("#") else target
    path = normpath(join(address.rpartition("/")[0], target))
    return f"{path}/" if target.endswith("/") else path


def file_of(address: str) -> str:
    """Where a page is put: a folder's page is its index, a page of a long list has its number in the name."""
    path, _mark, question = address.partition("?")
    name = path.strip("/")
    if not SUFFIXED.search(name) or path.endswith("/"):
        name = f"{name}/index.html".strip("/")
    if question:
        tail = re.sub(r"[^\w]+", "-", question)
        name = f"{name.removesuffix('.html')}-{tail}.html"
    return name


def archive(folder: Path, kommuner: Iterable[str], today: dt.date) -> int:
    return Archive(folder, frozenset(kommuner), today).write()
