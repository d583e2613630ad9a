"""The steps of a picture: how long each takes, and who hears how far it has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# What is being done, how much of it is done, and of how much when that is known.
Told = Callable[[str, int, int | None], None]


def silent(what: str, done: int, total: int | None) -> None:
    """Tell nobody."""


@dataclass
class Clock:
    """Seconds of each step.

    Examples
    --------
    >>> clock = Clock()
    >>> with clock.step("count"):
    ...     pass
    >>> list(clock.seconds)
    ['count']
    """

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one step."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0) + time.perf_counter() - began, 3)
