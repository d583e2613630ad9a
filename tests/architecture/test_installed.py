"""`make test` tests what a site installs, not the checkout."""

import os
from pathlib import Path

import pytest

import lofte
import lofte_engine

pytestmark = pytest.mark.skipif(
    os.environ.get("LOFTE_TEST_INSTALLED") != "1", reason="only `make test` installs the wheel first"
)

PACKAGE = Path(str(lofte.__file__)).parent


@pytest.mark.parametrize("package", [lofte, lofte_engine])
def test_tests_import_the_installed_wheel(package: object, checkout: Path) -> None:
    assert Path(str(package.__file__)).is_relative_to(checkout / "var/installed")


@pytest.mark.parametrize("suffix", [".html", ".mo", ".css", ".woff2"])
def test_wheel_holds_what_is_not_python(suffix: str) -> None:
    assert any(PACKAGE.rglob(f"*{suffix}")), f"the wheel has no {suffix} file"


def test_wheel_holds_every_file_of_the_packages(checkout: Path) -> None:
    kept = files_below(checkout / "src")

    assert {path for path in kept - files_below(PACKAGE.parent) if path.suffix != ".po"} == set()


def files_below(folder: Path) -> set[Path]:
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path for path in files if "__pycache__" not in path.parts}
