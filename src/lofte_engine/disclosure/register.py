"""The release register: what is already out, and what may therefore follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lofte_engine.disclosure.attack import Pinned, attack
from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.releases import Published
from lofte_engine.disclosure.suppression import THRESHOLD, Protected, Zeros, protect
from lofte_engine.disclosure.tables import Bools, CountTable


class Refused(DisclosureError):
    """A release that would tell too much.

    Parameters
    ----------
    told : tuple of Pinned
        The cells that could be worked out.
    """

    def __init__(self, told: tuple[Pinned, ...]) -> None:
        super().__init__("refused", cells=len(told))
        self.told = told


@dataclass(frozen=True)
class Register:
    """Releases so far, and the threshold that holds between them.

    Parameters
    ----------
    releases : tuple of Published
        In the order that they came out.
    threshold : int
        As for `protect`.

    Examples
    --------
    >>> from lofte_engine.disclosure import CountTable, Dimension
    >>> months = ["jan", "feb"]
    >>> spring = Dimension.build("period", months, [(month, "jan–feb") for month in months])
    >>> longer = Dimension.build("period", [*months, "mar"], [(month, "jan–mar") for month in [*months, "mar"]])
    >>> register = Register().admit(Published.of(CountTable.from_leaves((spring,), [10, 20])))
    >>> later = CountTable.from_leaves((longer,), [10, 20, 3])
    >>> only_total = [False, False, False, True]
    >>> try:
    ...     register.admit(Published.of(later, is_published=only_total))
    ... except Refused as refused:
    ...     print(refused.told[0].key, refused.told[0].low, refused.told[0].high)
    ('mar',) 3.0 3.0
    >>> safe, _ = register.protect(later)
    >>> [count for _, count in safe.published.rows()]
    [10, 20, None, None]
    """

    releases: tuple[Published, ...] = ()
    threshold: int = THRESHOLD

    def protect(
        self, table: CountTable, *, zeros: Zeros = "show", publish: Bools | None = None
    ) -> tuple[Protected, Register]:
        """Protect a table against the releases so far, and enter what may be shown of it.

        Parameters
        ----------
        table : CountTable
            True counts.
        zeros, publish
            As for `protect`.

        Returns
        -------
        Protected
            What may be published.
        Register
            With it.
        """
        safe = protect(table, threshold=self.threshold, earlier=self.releases, zeros=zeros, publish=publish)
        return safe, replace(self, releases=(*self.releases, safe.published))

    def admit(self, published: Published) -> Register:
        """Enter a table that was made elsewhere, if it tells nothing.

        Parameters
        ----------
        published : Published
            The table as it would go out.

        Returns
        -------
        Register
            With it.

        Raises
        ------
        Refused
            When a small count could be worked out from it and the releases so far, or is shown.
        DisclosureError
            When the tables can't be compared.
        """
        found = attack(published, earlier=self.releases, threshold=self.threshold)
        small = published.is_shown & (published.counts > 0) & (published.counts < self.threshold)
        shown = tuple(
            Pinned(key, count, count, "shown")
            for key, count in replace(published, is_published=small).rows()
            if count is not None
        )
        changes = tuple(
            Pinned(key, abs(now - then), abs(now - then), "change")
            for key, then, now in found.changed
            if abs(now - then) < self.threshold
        )
        if told := (*shown, *found.told, *changes):
            raise Refused(told)
        return replace(self, releases=(*self.releases, published))
