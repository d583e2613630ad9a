"""From one division to another: kommundelar and RegSO or DeSO, with weights, and no count lost."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from lofte_engine.cells import CellError, clean_text, read_number
from lofte_engine.places.areas import Areas
from lofte_engine.table_errors import PlaceError, TableError

# Weights written with two decimals: 0.33 + 0.33 + 0.33.
_ROUNDED = 0.02


@dataclass(frozen=True)
class Crosswalk:
    """How much of each area lies in which area of another division.

    Parameters
    ----------
    weights : mapping of (str, str) to float
        For each pair of codes (from, to) the part of the first that goes to the second, above 0 and at most 1.

    Raises
    ------
    PlaceError
        With code "bad_weight", or "weights" when the parts of an area do not sum to one.

    Notes
    -----
    Parts that sum to one within 0.02 are taken as rounded and are scaled to sum exactly to one.

    Examples
    --------
    >>> walk = Crosswalk({("0486R001", "Norr"): 0.25, ("0486R001", "Söder"): 0.75, ("0486R002", "Norr"): 1.0})
    >>> walk.carry({"0486R001": 10, "0486R002": 3})
    {'Norr': 5.5, 'Söder': 7.5}
    >>> walk.carry_whole({"0486R001": 10, "0486R002": 3})
    {'Norr': 6, 'Söder': 7}
    """

    weights: Mapping[tuple[str, str], float]

    def __post_init__(self) -> None:
        totals: defaultdict[str, float] = defaultdict(float)
        for (source, _), weight in self.weights.items():
            if not (math.isfinite(weight) and 0 < weight <= 1 + _ROUNDED):
                raise PlaceError("bad_weight", code=source, weight=weight)
            totals[source] += weight
        for source, total in totals.items():
            if abs(total - 1) > _ROUNDED:
                raise PlaceError("weights", code=source, total=f"{total:.3f}".replace(".", ","))
        scaled = {pair: weight / totals[pair[0]] for pair, weight in self.weights.items()}
        object.__setattr__(self, "weights", scaled)

    @cached_property
    def _parts(self) -> dict[str, list[tuple[str, float]]]:
        parts: dict[str, list[tuple[str, float]]] = {}
        for (source, target), weight in sorted(self.weights.items()):
            parts.setdefault(source, []).append((target, weight))
        return parts

    def carry(self, counts: Mapping[str, float]) -> dict[str, float]:
        """Move counts to the other division.

        Parameters
        ----------
        counts : mapping
            By code of the first division.

        Returns
        -------
        dict
            By code of the second one, in order of code. The sum is the same.

        Raises
        ------
        PlaceError
            With code "no_weights" when an area with a count is not in the crosswalk: nothing is dropped.

        Notes
        -----
        For counts and populations only. Shares and medians cannot be moved; move their numerator and denominator.
        """
        pieces: defaultdict[str, list[float]] = defaultdict(list)
        for source, count in sorted(counts.items()):
            if source not in self._parts:
                if count == 0:
                    continue
                raise PlaceError("no_weights", code=source)
            for target, weight in self._parts[source]:
                pieces[target].append(count * weight)
        return {target: math.fsum(many) for target, many in sorted(pieces.items())}

    def carry_whole(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Move whole counts so that whole counts come out, with exactly the same sum.

        Parameters
        ----------
        counts : mapping
            By code of the first division.

        Returns
        -------
        dict
            By code of the second one. Each area's count is divided by largest remainder; ties go to the lowest code.
        """
        whole: defaultdict[str, int] = defaultdict(int)
        for source, count in sorted(counts.items()):
            if source not in self._parts:
                if count == 0:
                    continue
                raise PlaceError("no_weights", code=source)
            exact = [(target, count * weight) for target, weight in self._parts[source]]
            floors = {target: math.floor(share) for target, share in exact}
            left = count - sum(floors.values())
            for target, _ in sorted(exact, key=lambda one: (math.floor(one[1]) - one[1], one[0]))[:left]:
                floors[target] += 1
            for target, part in floors.items():
                whole[target] += part
        return dict(sorted(whole.items()))

    def reversed_by(self, sizes: Mapping[str, float]) -> Crosswalk:
        """The crosswalk the other way.

        Parameters
        ----------
        sizes : mapping
            Population (or area) of each code of the first division, which decides how a part divides backwards.
        """
        pieces = {pair: sizes[pair[0]] * weight for pair, weight in self.weights.items() if sizes.get(pair[0], 0) > 0}
        totals: defaultdict[str, float] = defaultdict(float)
        for (_, target), piece in pieces.items():
            totals[target] += piece
        return Crosswalk({(target, source): piece / totals[target] for (source, target), piece in pieces.items()})

    def write(self, path: Path) -> None:
        """Write the crosswalk as CSV: ``from_code, to_code, weight``."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["from_code", "to_code", "weight"])
            for (source, target), weight in sorted(self.weights.items()):
                writer.writerow([source, target, repr(weight)])


def read_crosswalk(path: Path) -> Crosswalk:
    """Read a crosswalk from CSV.

    Parameters
    ----------
    path : Path
        Columns ``from_code, to_code, weight``, or ``från, till, vikt``; the weight may be in per cent, and
        may be absent when every area lies whole in another.

    Returns
    -------
    Crosswalk

    Raises
    ------
    TableError
        With code "missing_columns", or "wrong_layout" naming the row.
    """
    from lofte_engine.sources.delimited import look_at, read_rows

    rows = iter(read_rows(look_at(path)))
    names = [clean_text(cell).casefold() for cell in next(rows, (0, []))[1]]
    at = {
        name: next((names.index(one) for one in options if one in names), None)
        for name, options in {
            "from": ("from_code", "from", "från", "fran"),
            "to": ("to_code", "to", "till", "kommundel"),
            "weight": ("weight", "vikt", "andel"),
        }.items()
    }
    source, target, weighed = at["from"], at["to"], at["weight"]
    if source is None or target is None:
        raise TableError("missing_columns", columns="from_code, to_code", found=", ".join(names) or "inga")
    weights: dict[tuple[str, str], float] = {}
    for number, cells in rows:
        texts = [clean_text(cell) for cell in cells] + [""] * (len(names) - len(cells))
        try:
            weight = 1.0 if weighed is None or not texts[weighed] else read_number(texts[weighed]).value
        except CellError as error:
            raise TableError("wrong_layout", source="en nyckel", what=f"rad {number}: vikten {error}") from error
        pair = (texts[source], texts[target])
        if weight is None or not all(pair) or pair in weights:
            what = f"rad {number}: kod eller vikt saknas, eller paret står två gånger"
            raise TableError("wrong_layout", source="en nyckel", what=what)
        if weight:
            weights[pair] = weight
    in_percent = bool(weights) and max(weights.values()) > 1.5
    return Crosswalk({pair: weight / 100 if in_percent else weight for pair, weight in weights.items()})


def by_overlap(source: Areas, target: Areas, *, outside: str | None = None) -> Crosswalk:
    """A crosswalk from how much of each area's surface lies in which other area.

    Parameters
    ----------
    source, target : Areas
        In the same projected coordinate system.
    outside : str or None
        Code for what lies in no area of the target; None refuses it (beyond a thousandth, which is how far two
        drawings of the same shore differ).

    Returns
    -------
    Crosswalk

    Notes
    -----
    People are not spread evenly: `by_people` is better wherever it can be had.
    """
    if source.crs != target.crs:
        raise PlaceError("no_crs")
    tree = shapely.STRtree(target.geometries)
    of, into = tree.query(source.geometries, predicate="intersects")
    shared = shapely.area(shapely.intersection(source.geometries[of], target.geometries[into]))
    whole = shapely.area(source.geometries)
    pieces: dict[tuple[str, str], float] = {}
    covered = np.zeros(len(source))
    for at, to, size in zip(of.tolist(), into.tolist(), shared.tolist(), strict=True):
        # Slivers along a common boundary that was drawn twice.
        if size > 1e-3 * whole[at]:
            pieces[source.codes[at], target.codes[to]] = size / whole[at]
            covered[at] += size / whole[at]
    return Crosswalk(_closed(source, pieces, covered, outside))


def by_people(
    source: Areas,
    target: Areas,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    people: npt.ArrayLike,
    *,
    crs: str,
    outside: str | None = None,
) -> Crosswalk:
    """A crosswalk from where people live.

    Parameters
    ----------
    source, target : Areas
    x, y : array_like
        n points: addresses, or the centres of small areas.
    people : array_like
        n numbers of people.
    crs : str
        Of the points.
    outside : str or None
        As in `by_overlap`.

    Returns
    -------
    Crosswalk
        Areas of the source without people are left out.
    """
    from lofte_engine.places.locate import Locator

    at = Locator.of(source).locate(x, y, crs=crs, distances=False).index
    to = Locator.of(target).locate(x, y, crs=crs, distances=False).index
    many = np.asarray(people, dtype=float)
    whole = np.bincount(at[at >= 0], weights=many[at >= 0], minlength=len(source))
    pieces: defaultdict[tuple[str, str], float] = defaultdict(float)
    covered = np.zeros(len(source))
    for one, other, count in zip(at.tolist(), to.tolist(), many.tolist(), strict=True):
        if one >= 0 and other >= 0 and count > 0:
            pieces[source.codes[one], target.codes[other]] += count / whole[one]
            covered[one] += count / whole[one]
    return Crosswalk(_closed(source, pieces, np.where(whole > 0, covered, np.nan), outside))


def _closed(
    source: Areas, pieces: Mapping[tuple[str, str], float], covered: npt.NDArray[np.float64], outside: str | None
) -> dict[tuple[str, str], float]:
    closed = dict(pieces)
    for code, part in zip(source.codes, covered.tolist(), strict=True):
        missing = 1 - part
        if outside is not None and missing > 1e-9:
            closed[code, outside] = missing
        elif missing > 1e-3:
            raise PlaceError("weights", code=code, total=f"{part:.3f}".replace(".", ","))
    return closed


def codes_within(walk: Crosswalk, wanted: Iterable[str]) -> set[str]:
    """The codes of the first division that lie wholly in the wanted ones of the second."""
    targets = set(wanted)
    return {source for source, parts in walk._parts.items() if all(target in targets for target, _ in parts)}
