"""Every setting that the code reads is named in docs/reference/settings.md, and every one named there is read."""

import re
from pathlib import Path

SETTING = re.compile(r"\bLOFTE_[A-Z_]*[A-Z]\b")
PAGE = "docs/reference/settings.md"
# What the workshop reads besides the site itself.
WORKSHOP = ("tools", "tests", ".ci", "Makefile")


def names_in(folder: Path, *patterns: str) -> set[str]:
    files = [folder] if folder.is_file() else [file for pattern in patterns for file in folder.rglob(pattern)]
    named = {name for file in files for name in SETTING.findall(file.read_text(encoding="utf-8"))}
    return {name.removesuffix("_FILE") for name in named}  # NAME_FILE is another way to give NAME


def test_every_setting_is_documented(checkout: Path) -> None:
    read_by_the_site = names_in(checkout / "src", "*.py")

    assert read_by_the_site - names_in(checkout / PAGE) == set()


def test_no_documented_setting_is_unknown(checkout: Path) -> None:
    known = names_in(checkout / "src", "*.py")
    for place in WORKSHOP:
        known |= names_in(checkout / place, "*.py", "run")

    assert names_in(checkout / PAGE) - known == set()
