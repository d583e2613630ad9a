"""The look holds without looking: contrast, one style sheet within its budget, nothing that the policy forbids."""

import re
from pathlib import Path

import pytest

import lofte.design

DESIGN = Path(lofte.design.__file__).parent
TEMPLATES = sorted((DESIGN / "templates").rglob("*.html"))
TEXT = ("ink", "soft", "act", "good", "middling", "bad", "unknown", "error", "thread")


def colours(scheme: str) -> dict[str, str]:
    css = (DESIGN / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else {})


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "panel"])
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read_on_its_ground(scheme: str, ground: str, text: str) -> None:
    palette = colours(scheme)

    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [("on-act", "act", 4.5), ("on-act", "act-strong", 4.5), ("error", "error-wash", 4.5), ("edge", "ground", 3.0)],
)
def test_controls_can_be_read_and_seen(scheme: str, text: str, ground: str, least: float) -> None:
    palette = colours(scheme)

    assert contrast(palette[text], palette[ground]) >= least


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(DESIGN)))
def test_templates_hold_no_inline_style_or_script(template: Path) -> None:
    html = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    for script in re.findall(r"<script[^>]*>", html):
        assert " src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(DESIGN)))
def test_templates_are_small(template: Path) -> None:
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 150


def test_style_sheets_ask_no_other_host() -> None:
    for sheet in (DESIGN / "css").glob("*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S), sheet.name
