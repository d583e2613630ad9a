"""Fill in a page's form as a person does: what the page doesn't offer can't be sent."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class PageForm(HTMLParser):
    """The form of a page that has the most controls. A value is a list: what a browser would send under the name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.offered: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}
        self._open: dict[str, list[str]] | None = None
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)
        self.values = max(self.forms, key=len)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._open = {}
            self.forms.append(self._open)
        if self._open is None or (not name and tag != "option"):
            return
        if tag == "input":
            self._input(name, given)
        elif tag == "textarea":
            self._area, self._open[name], self.kinds[name] = name, [""], "textarea"
        elif tag == "select":
            self._select, self._open[name], self.kinds[name] = name, [], "select"
            self.offered[name] = []
        elif tag == "option" and self._select:
            self.offered[self._select].append(given["value"])
            if "selected" in given:
                self._open[self._select] = [given["value"]]

    def _input(self, name: str, given: dict[str, str]) -> None:
        assert self._open is not None
        kind = given.get("type", "text")
        self.kinds[name] = kind
        if kind in ("checkbox", "radio"):
            value = given.get("value", "on")
            self.offered.setdefault(name, []).append(value)
            self._open.setdefault(name, []).extend([value] if "checked" in given else [])
        elif kind not in ("submit", "button"):
            self._open[name] = [given.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select" and self._select:
            if self._open is not None and not self._open[self._select]:
                self._open[self._select] = self.offered[self._select][:1]
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            before = self._open[self._area][0]
            # A browser drops the newline that stands right after the tag.
            self._open[self._area] = [before + (data.removeprefix("\n") if not before else data)]

    def has_order(self, name: str, values: list[str]) -> bool:
        """Whether the page offers these in this order."""
        return [each for each in self.offered.get(name, []) if each in values] == values

    def fill(self, name: str, value: Any) -> None:
        """Write, choose or tick. Ticks go in the order they stand on the page, whatever order they're given in."""
        assert name in self.values, f"the page has no control {name!r}: {sorted(self.values)}"
        kind = self.kinds[name]
        if kind == "checkbox" and isinstance(value, bool):
            self.values[name] = self.offered[name][:1] if value else []
        elif kind == "checkbox":
            wanted = [str(each) for each in value]
            assert set(wanted) <= set(self.offered[name]), f"{name} does not offer {wanted}"
            self.values[name] = [each for each in self.offered[name] if each in wanted]
        elif kind in ("select", "radio"):
            assert str(value) in self.offered[name], f"{name} does not offer {value!r}: {self.offered[name]}"
            self.values[name] = [str(value)]
        else:
            self.values[name] = ["\n".join(map(str, value)) if isinstance(value, list) else str(value)]


def opened(client: Client, path: str) -> PageForm:
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return PageForm(page.content.decode())


def send(client: Client, path: str, given: dict[str, Any]) -> str:
    """Open a page, fill in its form and send it; the address one is led to."""
    form = opened(client, path)
    for name, value in given.items():
        form.fill(name, value)
    answer = client.post(path, form.values)
    assert answer.status_code == 302, (path, given, getattr(answer.context and answer.context["form"], "errors", ""))
    return str(answer.headers["Location"])
