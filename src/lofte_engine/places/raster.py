"""A grid over the areas: most cells lie in one area; in the others only the few edges that cross the cell are asked.

How a point in a crossed cell is placed: go from the cell's lower left corner, of which it is known in which areas it
lies, up along the left side and then right to the point. Each edge of an area that is crossed on the way changes inside
to outside or back. Whatever comes so near to an edge or to the corner's row that rounding could decide is handed to
GEOS, so the answers are exactly those of an exact test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

OUTSIDE = -1
UNSURE = -2
CROSSED = -3  # and below: one number for each crossed cell
_MOST_CELLS = 1 << 24
_CELLS_FOR_AN_EDGE = 32
_CHUNK = 1 << 16
# Rounding in one crossing is below 8 units in the last place of the largest coordinate; this is some 500 times that.
_NEAR = 1e-12
# How far from an edge a cell still counts as touched, in sides of a cell; always more than `near`.
_HAIR = 1e-6


@dataclass(frozen=True, eq=False)
class Raster:
    """The grid.

    Parameters
    ----------
    west, south, step : float
        Lower left corner and side of a cell, in units of the coordinate system.
    columns, rows : int
    cells : numpy.ndarray
        rows × columns; index of the area, `OUTSIDE`, `UNSURE`, or `CROSSED` - k for the k-th crossed cell.
    pair_from : numpy.ndarray
        For each crossed cell where its pairs begin (one more than there are crossed cells).
    pair_area, pair_inside : numpy.ndarray
        For each pair of a crossed cell and an area: the area, and whether the cell's corner lies in it.
    edge_from : numpy.ndarray
        For each pair where its edges begin (one more than there are pairs).
    edges : numpy.ndarray
        k × 4: x and y of both ends.
    near : float
        What counts as too near to decide by arithmetic.
    """

    west: float
    south: float
    step: float
    columns: int
    rows: int
    cells: npt.NDArray[np.int32]
    pair_from: Ints
    pair_area: npt.NDArray[np.int32]
    pair_inside: Bools
    edge_from: Ints
    edges: Floats
    near: float

    def locate(self, x: Floats, y: Floats) -> npt.NDArray[np.int32]:
        """Index of the area of each point; `OUTSIDE`, or `UNSURE` where an exact test must decide.

        Parameters
        ----------
        x, y : numpy.ndarray
            n coordinates; not finite is outside.

        Returns
        -------
        numpy.ndarray
            n indices. Where areas overlap, the lowest.
        """
        found = np.full(len(x), OUTSIDE, dtype=np.int32)
        for start in range(0, len(x), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = self._locate(x[part], y[part])
        return found

    def _locate(self, x: Floats, y: Floats) -> npt.NDArray[np.int32]:
        with np.errstate(invalid="ignore"):
            column = np.floor((x - self.west) / self.step)
            row = np.floor((y - self.south) / self.step)
            within = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        at = np.where(within, row * self.columns + column, 0).astype(np.int64)
        found = self.cells[at]
        found[~within] = OUTSIDE
        crossed = np.flatnonzero(found <= CROSSED)
        if len(crossed):
            found[crossed] = self._by_edges(x[crossed], y[crossed], CROSSED - found[crossed], at[crossed])
        return found

    def _by_edges(self, x: Floats, y: Floats, cell: npt.NDArray[np.int32], at: Ints) -> npt.NDArray[np.int32]:
        many = self.pair_from[cell + 1] - self.pair_from[cell]
        point_of_pair, pair = _expanded(self.pair_from[cell], many)
        edges_of_pair = self.edge_from[pair + 1] - self.edge_from[pair]
        of, edge = _expanded(self.edge_from[pair], edges_of_pair)
        point = point_of_pair[of]
        left = np.asarray(self.west + (at % self.columns) * self.step, dtype=np.float64)
        bottom = np.asarray(self.south + (at // self.columns) * self.step, dtype=np.float64)
        changes, unsure = _crossings(self.edges[edge], x[point], y[point], left[point], bottom[point], self.near)
        ends = np.concatenate([[0], np.cumsum(changes)])
        last = np.cumsum(edges_of_pair)
        odd = (ends[last] - ends[last - edges_of_pair]) & 1
        inside = np.flatnonzero(self.pair_inside[pair] ^ (odd == 1))
        found = np.full(len(x), OUTSIDE, dtype=np.int32)
        # Pairs of a cell are in the order of areas: written backwards, the lowest stays.
        found[point_of_pair[inside][::-1]] = self.pair_area[pair[inside]][::-1]
        found[point[unsure]] = UNSURE
        return found


def _expanded(starts: Ints, many: Ints) -> tuple[Ints, Ints]:
    """For each range its own number, repeated, and the positions in it."""
    owner = np.repeat(np.arange(len(starts)), many)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
    return owner, starts[owner] + offset


def _crossings(edges: Floats, x: Floats, y: Floats, left: Floats, bottom: Floats, near: float) -> tuple[Bools, Bools]:
    """Whether each edge changes inside and outside on the way up and right, and whether that is unsure."""
    x0, y0, x1, y1 = edges[:, 0], edges[:, 1], edges[:, 2], edges[:, 3]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slope = (x1 - x0) / (y1 - y0)
        across = x0 + (y - y0) * slope
        up = y0 + (left - x0) / slope
    spans_y = (y0 > y) != (y1 > y)
    spans_x = (x0 > left) != (x1 > left)
    right = spans_y & (across > left) & (across < x)
    above = spans_x & (up > bottom) & (up < y)
    unsure = spans_y & ((np.abs(across - x) <= near) | (np.abs(across - left) <= near))
    unsure |= spans_x & ((np.abs(up - y) <= near) | (np.abs(up - bottom) <= near))
    # An end of an edge on the way itself: the half-open rule holds for exact numbers, and these are not.
    unsure |= (np.minimum(np.abs(y0 - y), np.abs(y1 - y)) <= near) & (np.maximum(x0, x1) >= left - near)
    unsure |= np.minimum(np.abs(x0 - left), np.abs(x1 - left)) <= near
    return right ^ above, unsure


def build(geometries: npt.NDArray[np.object_], *, most_cells: int = _MOST_CELLS) -> Raster:
    """Lay a grid over areas.

    Parameters
    ----------
    geometries : numpy.ndarray
        n valid polygons or multipolygons.
    most_cells : int
        More cells mean fewer crossed ones, and four bytes each.

    Returns
    -------
    Raster
    """
    edges, area = _edges(geometries)
    west, south, east, north = shapely.total_bounds(geometries)
    wide, high = max(east - west, 1e-9), max(north - south, 1e-9)
    target = min(most_cells, max(1 << 12, _CELLS_FOR_AN_EDGE * len(edges)))
    step = float(np.sqrt(wide * high / target))
    near = _NEAR * float(max(abs(west), abs(south), abs(east), abs(north)))
    step = max(step, wide / 30_000, high / 30_000, 1_000 * near)
    hair = max(_HAIR, 2 * near / step)
    # Off any round number, so that grid lines do not run along boundaries that do.
    west, south = west - step * 0.6180339887, south - step * 0.7548776662
    columns, rows = int((east - west) / step) + 2, int((north - south) / step) + 2
    cells = np.full(rows * columns, OUTSIDE, dtype=np.int32)
    cell_of, edge_of = _cells_of(edges, west, south, step, columns, hair)
    crossed = np.unique(cell_of)
    spans, doubtful = _corner_spans(edges, area, west, south, step, columns, near)
    _fill(cells, spans)
    grid = _paired(crossed, cell_of, edge_of, edges, area, spans)
    cells[crossed] = CROSSED - np.arange(len(crossed), dtype=np.int32)
    cells[doubtful] = UNSURE
    return Raster(west, south, step, columns, rows, cells, *grid, near)


def _edges(geometries: npt.NDArray[np.object_]) -> tuple[Floats, npt.NDArray[np.int32]]:
    parts, owner = shapely.get_parts(geometries, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    same = ring_of[1:] == ring_of[:-1]
    edges = np.concatenate([points[:-1][same], points[1:][same]], axis=1)
    area = owner[part_of[ring_of[:-1][same]]].astype(np.int32)
    moved = (edges[:, 0] != edges[:, 2]) | (edges[:, 1] != edges[:, 3])
    return np.ascontiguousarray(edges[moved]), area[moved]


def _cells_of(edges: Floats, west: float, south: float, step: float, columns: int, hair: float) -> tuple[Ints, Ints]:
    """Every cell that an edge touches, or nearly touches."""
    x = (edges[:, [0, 2]] - west) / step
    y = (edges[:, [1, 3]] - south) / step
    first_row = np.floor(y.min(axis=1) - hair).astype(np.int64)
    last_row = np.floor(y.max(axis=1) + hair).astype(np.int64)
    edge, row = _expanded(first_row, last_row - first_row + 1)
    x0, x1, y0, y1 = x[edge, 0], x[edge, 1], y[edge, 0], y[edge, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (x1 - x0) / (y1 - y0)
        low = x0 + (np.clip(row, np.minimum(y0, y1), np.maximum(y0, y1)) - y0) * slope
        high = x0 + (np.clip(row + 1, np.minimum(y0, y1), np.maximum(y0, y1)) - y0) * slope
    # Nearly level edges: the whole width, since the slope says nothing.
    level = np.abs(y1 - y0) < 1e-9
    low, high = np.where(level, x0, low), np.where(level, x1, high)
    first = np.floor(np.minimum(low, high) - hair).astype(np.int64)
    last = np.floor(np.maximum(low, high) + hair).astype(np.int64)
    of, column = _expanded(first, last - first + 1)
    return row[of] * columns + column, edge[of]


@dataclass(frozen=True, eq=False)
class _Spans:
    """On the lower side of a row of cells, the run of corners that lie in an area."""

    first: Ints
    many: Ints
    area: npt.NDArray[np.int32]


def _corner_spans(
    edges: Floats, area: npt.NDArray[np.int32], west: float, south: float, step: float, columns: int, near: float
) -> tuple[_Spans, Ints]:
    """The spans, and the cells whose corner lies so near to an edge that it is not sure on which side."""
    y = (edges[:, [1, 3]] - south) / step
    low, high = y.min(axis=1), y.max(axis=1)
    first = np.floor(low).astype(np.int64) + 1  # rows strictly above the lower end …
    last = np.floor(high).astype(np.int64)  # … up to and with the upper end: half open, so a vertex counts once
    edge, row = _expanded(first, np.maximum(last - first + 1, 0))
    at = south + row * step
    x0, y0, x1, y1 = edges[edge].T
    x = x0 + (at - y0) * ((x1 - x0) / (y1 - y0))
    owner = area[edge]
    order = np.lexsort((x, row, owner))
    x, row, owner = x[order], row[order], owner[order]
    enter, leave = x[0::2], x[1::2]
    # Corners with enter < corner <= leave; which of two equal ones is meant does not matter: such cells are crossed.
    column = np.floor((enter - west) / step).astype(np.int64) + 1
    until = np.floor((leave - west) / step).astype(np.int64)
    many = np.maximum(np.minimum(until, columns - 1) - column + 1, 0)
    nearest = np.rint((x - west) / step)
    close = (np.abs(x - (west + nearest * step)) <= 2 * near) & (nearest >= 0) & (nearest < columns)
    doubtful = row[close] * columns + nearest[close].astype(np.int64)
    return _Spans(row[0::2] * columns + column, many, owner[0::2]), doubtful


def _fill(cells: npt.NDArray[np.int32], spans: _Spans) -> None:
    # From the last area to the first, so that the lowest stays where areas overlap.
    order = np.argsort(-spans.area, kind="stable")
    for start in range(0, len(order), 1 << 17):
        part = order[start : start + (1 << 17)]
        _, at = _expanded(spans.first[part], spans.many[part])
        cells[at] = np.repeat(spans.area[part], spans.many[part])


def _paired(
    crossed: Ints, cell_of: Ints, edge_of: Ints, edges: Floats, area: npt.NDArray[np.int32], spans: _Spans
) -> tuple[Ints, npt.NDArray[np.int32], Bools, Ints, Floats]:
    """Which areas each crossed cell must ask, and the edges of each."""
    areas = int(area.max()) + 1
    edge_pair = np.searchsorted(crossed, cell_of) * areas + area[edge_of]
    # Spans that run over crossed cells: their corner lies in the area.
    first = np.searchsorted(crossed, spans.first)
    last = np.searchsorted(crossed, spans.first + spans.many)
    span, cell = _expanded(first, last - first)
    inside_pair = np.unique(cell * areas + spans.area[span])
    pairs = np.union1d(edge_pair, inside_pair)
    order = np.argsort(edge_pair, kind="stable")
    counts = np.bincount(np.searchsorted(pairs, edge_pair), minlength=len(pairs))
    edge_from = np.concatenate([[0], np.cumsum(counts)])
    pair_from = np.searchsorted(pairs // areas, np.arange(len(crossed) + 1))
    inside = np.isin(pairs, inside_pair, assume_unique=True)
    return pair_from, (pairs % areas).astype(np.int32), inside, edge_from, edges[edge_of[order]]


def arrays(raster: Raster) -> dict[str, Any]:
    """The raster as arrays to keep in a file."""
    return {name: getattr(raster, name) for name in raster.__dataclass_fields__}


def from_arrays(kept: Any) -> Raster:
    """The raster from arrays kept in a file."""
    scalars = {"west": float, "south": float, "step": float, "columns": int, "rows": int, "near": float}
    return Raster(
        **{name: scalars[name](kept[name]) if name in scalars else kept[name] for name in Raster.__dataclass_fields__}
    )
