"""The few shapes that our pictures are drawn with, as SVG."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from html import escape
from textwrap import wrap

INK, SOFT, LINE, EDGE, ACT, GROUND = "#17191b", "#555c61", "#dcd7ce", "#777067", "#0b5563", "#fffefc"
WIDTH = 360.0
LEFT, RIGHT, TOP, BASE = 4.0, 356.0, 26.0, 176.0
FONT = "Source Sans 3, Source Sans Pro, sans-serif"
# What each class looks like where no style sheet says otherwise.
_LOOKS = {
    "base": f'stroke="{EDGE}" stroke-width="1.5"',
    "grid": f'stroke="{LINE}"',
    "mark": f'stroke="{INK}" stroke-width="1.5" stroke-dasharray="2 4"',
    "halo": f'fill="none" stroke="{GROUND}" stroke-width="4"',
    "whisker": f'fill="none" stroke="{INK}" stroke-width="1.5"',
    "series": f'fill="none" stroke="{ACT}" stroke-width="2" stroke-linejoin="round"',
    "act": f'fill="{ACT}"',
    "prel": f'fill="{GROUND}" stroke="{ACT}" stroke-width="2" stroke-dasharray="5 3"',
    "soft": f'fill="{SOFT}"',
    "ink": f'fill="{INK}"',
    "strong": 'font-weight="600"',
    "place": f'stroke="{EDGE}" stroke-width="0.75" stroke-linejoin="round"',
    "none": 'fill="url(#hatch)"',
}


def picture(
    shapes: Iterable[str],
    *,
    height: float,
    title: str,
    description: str,
    key: object,
    shades: Sequence[str] = (),
) -> str:
    """A whole picture that says what it shows, without scripts, styles or addresses of others.

    Parameters
    ----------
    shapes : iterable of str
        From the functions below.
    height : float
        In the units of which the picture is 360 wide.
    title, description : str
        Become ``<title>`` and ``<desc>``, named by ``aria-labelledby``.
    key : object
        What it shows: tells its names apart from those of other pictures on the same page.
    shades : sequence of str
        Colours of the classes ``s0``, ``s1`` …

    Returns
    -------
    str
    """
    name = "chart-" + hashlib.sha256(f"{title}\n{key!r}".encode()).hexdigest()[:12]
    inside = "".join(shapes).replace("url(#hatch)", f"url(#{name}-h)")
    for at, shade in enumerate(shades):
        inside = inside.replace(f'class="place s{at}"', f'class="place s{at}" fill="{shade}"')
    hatch = _HATCH.format(name=name) if f"{name}-h" in inside else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
        f'height="{height:g}" role="img" aria-labelledby="{name}-t {name}-d" font-family="{FONT}" font-size="14">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>{hatch}'
        f'<rect class="ground" fill="{GROUND}" width="100%" height="100%"/>{inside}</svg>'
    )


_HATCH = (
    '<defs><pattern id="{name}-h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect class="ground" fill="{GROUND}" width="7" height="7"/>'
    f'<path class="hatch" stroke="{SOFT}" stroke-width="2.5" d="M0 0V7"/></pattern></defs>'
)


def text(x: float, y: float, words: str, kind: str, anchor: str = "middle") -> str:
    """Words in a picture; `x` is their middle, start or end as `anchor` says."""
    return f'<text {_look(kind)} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line {_look(kind)} x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def path(shape: str, kind: str, *, named: str = "") -> str:
    """Any shape in SVG's own words; one that is named tells its name where one points."""
    inside = f"><title>{escape(named)}</title></path>" if named else "/>"
    return f'<path {_look(kind)} d="{shape}"{inside}'


def circle(x: float, y: float, radius: float) -> str:
    """A filled dot."""
    return f'<circle {_look("act")} cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'


def column(x: float, y: float, width: float, height: float, *, is_preliminary: bool = False) -> str:
    """A column; a preliminary one has a broken outline and no filling."""
    look = _look("prel" if is_preliminary else "act")
    return f'<rect {look} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _look(kind: str) -> str:
    return " ".join([f'class="{kind}"', *(_LOOKS[name] for name in kind.split() if name in _LOOKS)])


def nice_top(most: float) -> float:
    """A round number that is not less, for the end of an axis.

    Examples
    --------
    >>> nice_top(0.7), nice_top(11), nice_top(430), nice_top(0)
    (0.8, 12.0, 600.0, 1.0)
    """
    if most <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(most))
    return next(round(size * times, 9) for times in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10) if size * times >= most)


def wrapped(words: str, width: int = 50) -> list[str]:
    """Words on lines that the picture is wide enough for.

    Examples
    --------
    >>> wrapped("per 1 000 invånare")
    ['per 1 000 invånare']
    """
    return wrap(words, width) or [""]
