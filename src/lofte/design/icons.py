"""One shape for each state, so that nobody has to tell colours apart.

Drawn 16 × 16 in the colour of the text; the class `cut` is the ground showing through.
"""

from enum import StrEnum


class Tone(StrEnum):
    GOOD = "good"
    MIDDLING = "middling"
    BAD = "bad"
    UNKNOWN = "unknown"


def _line(path: str, width: float = 1.7, extra: str = "") -> str:
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="{width}"{extra}/>'


def _cut(path: str, width: float = 1.9) -> str:
    return f'<path class="cut" d="{path}" fill="none" stroke-width="{width}"/>'


def _fill(path: str) -> str:
    return f'<path d="{path}" fill="currentColor"/>'


def _ring(extra: str = "") -> str:
    return f'<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.6"{extra}/>'


DISC = '<circle cx="8" cy="8" r="7.5" fill="currentColor"/>'
SQUARE = _fill("M1 1h14v14H1z")
BROKEN_RING = _ring(' stroke-dasharray="2.6 2"')
CLOCK = _ring() + _line("M8 4v4.3l2.8 1.8")
QUESTION = _line("M6.1 6.4c0-2.5 3.8-2.4 3.8 0 0 1.4-1.9 1.6-1.9 3.1M8 11.3v1.3", 1.5)
SHEET = "M3 1.2h6.6L13 4.6v10.2H3z"
BROKEN_SHEET = _line(SHEET, 1.5, ' stroke-dasharray="2.2 1.6"')

ICONS: dict[str, str] = {
    # Did we do it?
    "not_reported": _ring() + _line("M4.6 8h1.5M7.25 8h1.5M9.9 8h1.5", 1.7),
    "not_started": _ring(),
    "on_track": _ring() + _fill("M6.3 4.7L11.6 8l-5.3 3.3z"),
    "delayed": CLOCK,
    "paused": _ring() + _line("M6.1 5v6M9.9 5v6"),
    "overdue": _fill("M8 .2L15.8 8 8 15.8.2 8z") + _cut("M8 4v5M8 10.5v1.6"),
    "kept": DISC + _cut("M4.2 8.4l2.6 2.6 5-5.7"),
    "done": DISC + _cut("M4.2 8.4l2.6 2.6 5-5.7"),
    "partly_kept": _ring() + _fill("M8 1.4a6.6 6.6 0 0 1 0 13.2z"),
    "not_kept": SQUARE + _cut("M4.7 4.7l6.6 6.6M11.3 4.7l-6.6 6.6"),
    "stopped": _line("M5 1.2h6L14.8 5v6L11 14.8H5L1.2 11V5z", 1.6) + _line("M4.6 8h6.8", 2),
    "not_assessable": BROKEN_RING + QUESTION,
    # Did the problem change?
    "better": DISC + _cut("M8 12.2V4.4M4.6 7.6L8 4.2l3.4 3.4"),
    "unchanged": _ring() + _line("M4.3 6.9q1.9-2 3.7-.4t3.7-.4M4.3 10.3q1.9-2 3.7-.4t3.7-.4", 1.4),
    "worse": SQUARE + _cut("M8 3.8v7.8M4.6 8.4L8 11.8l3.4-3.4"),
    "pending": _line("M3.4 1.2h9.2M3.4 14.8h9.2M4.5 1.2c0 4 7 9.6 7 13.6M11.5 1.2c0 4-7 9.6-7 13.6", 1.5),
    # Can we say why?
    "not_examined": _ring() + _line("M5 8h6"),
    "coincided": '<circle cx="5.4" cy="8" r="4.4" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<circle cx="10.6" cy="8" r="4.4" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "probable_contribution": '<circle cx="3" cy="8" r="2.6" fill="currentColor"/>'
    + _line("M5.6 8h4", 1.6, ' stroke-dasharray="1.5 1"')
    + '<circle cx="12.3" cy="8" r="2.7" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "shown_effect": '<circle cx="2.6" cy="8" r="2.4" fill="currentColor"/>'
    + _line("M4 8h5.4M7.4 5l3 3-3 3", 1.7)
    + '<circle cx="13.2" cy="8" r="2.4" fill="currentColor"/>',
    "no_effect_seen": '<circle cx="3" cy="8" r="2.6" fill="currentColor"/>'
    + _line("M5.6 8h4M6.2 11.6l3.4-7.2", 1.5)
    + '<circle cx="12.6" cy="8" r="2.6" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "worse_than_comparison": _line("M2.2 3.2h4v11h-4z", 1.5) + _fill("M9.4 8.4h5.2v6.6H9.4z") + _line("M12 1v4.6", 1.5),
    # How far has the report come?
    "upcoming": _line("M1.8 3.2h12.4v11.4H1.8zM1.8 6.6h12.4M5 1v3.4M11 1v3.4", 1.5),
    "collecting": _line("M1.6 9.6v4.8h12.8V9.6M8 1v8.2M4.8 6.2L8 9.4l3.2-3.2", 1.6),
    "late": CLOCK,
    "missing": BROKEN_SHEET + _line("M5.4 8.6h5.2", 1.6),
    "in_review": '<circle cx="6.6" cy="6.6" r="5" fill="none" stroke="currentColor" stroke-width="1.7"/>'
    + _line("M10.3 10.3l4.5 4.5", 2.2),
    "locked": _fill("M2.6 7h10.8v8H2.6z") + _line("M4.9 7.4V4.8a3.1 3.1 0 0 1 6.2 0v2.6", 1.6),
    "published": _fill("M2.4.8h7.4l3.8 3.8v10.6H2.4z") + _cut("M4.9 9.2l2.2 2.2 4-4.6", 1.7),
    "never_came": _line(SHEET, 1.5) + _line("M5.4 6.6l5.2 5.2M10.6 6.6l-5.2 5.2", 1.6),
    "none_found": BROKEN_SHEET + _line("M6.5 7.1c0-2 3-1.9 3 0 0 1.1-1.5 1.3-1.5 2.5M8 11v1.2", 1.4),
}

TONES: dict[str, Tone] = {
    **dict.fromkeys(
        ("on_track", "kept", "done", "better", "shown_effect", "probable_contribution", "published"), Tone.GOOD
    ),
    **dict.fromkeys(("delayed", "paused", "overdue", "partly_kept", "late"), Tone.MIDDLING),
    **dict.fromkeys(("not_kept", "worse", "worse_than_comparison", "missing", "never_came"), Tone.BAD),
}


def tone(state: str) -> Tone:
    return TONES.get(state, Tone.UNKNOWN)
