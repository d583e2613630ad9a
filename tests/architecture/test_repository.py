"""What the repository promises about its own files."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

CODE = {".py", ".html", ".css", ".js", ".typ"}
LONGEST = 400
# A longer file needs a reason here.
LONG_FILES: dict[str, str] = {}

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "registry" + ".npmjs", "registry" + ".yarnpkg", "deb" + ".debian")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/")


@pytest.fixture(scope="module")
def tracked(checkout: Path) -> list[Path]:
    """Files in git, and those that would be with the next `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=checkout, capture_output=True
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := checkout / name).is_file()]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def test_no_file_names_a_package_registry(tracked: list[Path], checkout: Path) -> None:
    found = [
        f"{path.relative_to(checkout)}: {registry}"
        for path in tracked
        for registry in REGISTRIES
        if registry in read(path)
    ]

    assert not found


def test_no_file_names_a_path_of_one_machine(tracked: list[Path], checkout: Path) -> None:
    found = [
        f"{path.relative_to(checkout)}:{number}: {line.strip()[:100]}"
        for path in tracked
        for number, line in enumerate(read(path).splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]

    assert not found


def test_no_code_file_is_long_without_a_reason(tracked: list[Path], checkout: Path) -> None:
    source = [path for path in tracked if path.is_relative_to(checkout / "src") and path.suffix in CODE]
    lengths = {str(path.relative_to(checkout)): len(read(path).splitlines()) for path in source}

    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST and "/migrations/" not in name}
    assert set(too_long) <= set(LONG_FILES), too_long


def test_every_dependency_says_why_it_is_there(checkout: Path) -> None:
    text = read(checkout / "pyproject.toml")
    told = tomllib.loads(text)
    groups = [told["project"]["dependencies"], *told["dependency-groups"].values()]

    for dependency in (entry for group in groups for entry in group if isinstance(entry, str)):
        assert re.search(rf'"{re.escape(dependency)}", +# \S', text), f"{dependency} has no reason beside it"


def test_locked_requirements_carry_hashes_and_no_addresses(checkout: Path) -> None:
    for lock in sorted((checkout / "requirements").glob("*.txt")):
        text = read(lock)
        pins = re.findall(r"^[a-z][\w.-]*(?:\[[\w,]+\])?==", text, flags=re.MULTILINE)

        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
