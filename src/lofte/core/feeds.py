"""Following without an account: one shape for every Atom feed, and names of entries that stay for ever."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed


@dataclass(frozen=True)
class Entry:
    key: str
    title: str
    text: str
    url: str
    at: dt.datetime
    category: str


class AtomFeed(Feed):  # type: ignore[type-arg] # generic only in the stubs
    """A feed about something that has a `title` and a `url`; `items` gives its entries, newest first."""

    feed_type = Atom1Feed
    # A feed has to name an author (RFC 4287, 4.1.1); one that knows whose words they are says so.
    author_name: Any = "Löfte"

    def title(self, about: Any) -> str:
        return str(about.title)

    def link(self, about: Any) -> str:
        return str(about.url)

    def feed_guid(self, about: Any) -> str:
        return tag(about.url)

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.text

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_guid(self, item: Entry) -> str:
        return item.key

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return item.at

    def item_categories(self, item: Entry) -> tuple[str, ...]:
        return (item.category,)


def tag(path: str) -> str:
    """A stable name (RFC 4151). Language and host of the reader don't change it."""
    return f"tag:lofte,2026:{path.removeprefix('/en')}"


def noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
