"""Boundaries made small enough for a picture: drawn once where the heavy libraries are, shown anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lofte_engine.places.areas import Areas

_WIDE = 352.0
_TALLEST = 560.0
_FINEST = 0.6


@dataclass(frozen=True)
class Outlines:
    """Areas as shapes of a map that is 352 units wide.

    Parameters
    ----------
    codes : tuple of str
    paths : tuple of str
        SVG's ``d`` for each area, in the order of `codes`.
    height : float
        Of the map.

    Examples
    --------
    >>> Outlines.from_json(Outlines(("A",), ("M0 0h9v9z",), 9.0).as_json()).codes
    ('A',)
    """

    codes: tuple[str, ...]
    paths: tuple[str, ...]
    height: float

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        return {"height": self.height, "paths": dict(zip(self.codes, self.paths, strict=True))}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Outlines:
        """As written by `as_json`."""
        return cls(tuple(told["paths"]), tuple(told["paths"].values()), float(told["height"]))


def outlines(areas: Areas) -> Outlines:
    """Boundaries no finer than the picture can show; neighbours keep their common line.

    Parameters
    ----------
    areas : Areas

    Returns
    -------
    Outlines

    Examples
    --------
    >>> import shapely
    >>> from lofte_engine.places.areas import Areas
    >>> outlines(Areas.build(["A"], shapely.box([0], [0], [2], [1]), crs="EPSG:3006"))
    Outlines(codes=('A',), paths=('M352 176H0V0H352Z',), height=176.0)
    """
    import numpy as np
    import shapely
    from pyproj import CRS

    shapes = areas.geometries
    west, south, east, north = shapely.total_bounds(shapes)
    # A degree of longitude is shorter the farther north.
    wide = math.cos(math.radians((south + north) / 2)) if CRS.from_user_input(areas.crs).is_geographic else 1.0
    scale = min(_WIDE / max((east - west) * wide, 1e-9), _TALLEST / max(north - south, 1e-9))
    inset = (_WIDE - (east - west) * wide * scale) / 2
    moved = shapely.transform(
        shapes, lambda points: (points - [west, north]) * [scale * wide, -scale] + np.array([inset, 0.0])
    )
    simple = shapely.coverage_simplify(moved, _FINEST) if len(moved) > 1 else shapely.simplify(moved, _FINEST)
    whole = np.where(shapely.is_empty(simple), moved, simple)
    codes = tuple(str(code) for code in areas.codes)
    return Outlines(codes, tuple(_path(one) for one in whole), round(float((north - south) * scale), 1))


def _path(shape: Any) -> str:
    """All rings of an area; a hole is cut by going the other way round, which shapely keeps."""
    import shapely

    rings = shapely.get_rings(shapely.orient_polygons(shape))
    return "".join(_ring(shapely.get_coordinates(ring)[:-1]) for ring in rings)


def _ring(points: Any) -> str:
    """Corner after corner, each told by how far it is from the last."""
    told = [(round(float(x), 1), round(float(y), 1)) for x, y in points]
    (x, y), rest = told[0], told[1:]
    drawn = [f"M{x:g} {y:g}"]
    for to_x, to_y in rest:
        if (to_x, to_y) == (x, y):
            continue
        if to_x == x:
            drawn.append(f"V{to_y:g}")
        elif to_y == y:
            drawn.append(f"H{to_x:g}")
        else:
            drawn.append(f"l{to_x - x:.1f} {to_y - y:.1f}".replace(" -", "-"))
        x, y = to_x, to_y
    return "".join(drawn) + "Z"
