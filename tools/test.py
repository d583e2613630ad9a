"""Run the tests the way they count: against the built wheel, on both databases, then in a browser.

Usage: test.py [KIND …]   kinds: main postgres system (all when none is named)
What this machine cannot run is named in one line; with CI=true or LOFTE_SHARED_REQUIRED=1 that is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / "var/installed"
MAIN = ("unit", "integration", "spec", "generative", "architecture", "docs", "reference")
ON_BOTH_DATABASES = ("unit", "integration")
IS_STRICT = os.environ.get("CI") == "true" or os.environ.get("LOFTE_SHARED_REQUIRED") == "1"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main(kinds: list[str]) -> int:
    chosen = kinds or ["main", "postgres", "system"]
    missing = fetch_missing(chosen)
    for what in missing:
        print(f"not run: {what}", flush=True)
    install_wheel()
    codes = []
    if "main" in chosen:
        codes.append(pytest(MAIN))
    if "postgres" in chosen and postgres.programs():
        with postgres.cluster() as address:
            codes.append(pytest(ON_BOTH_DATABASES, LOFTE_DATABASE=address))
    if "system" in chosen and chromium():
        codes.append(pytest(("system",), LOFTE_CHROMIUM=str(chromium())))
    return 1 if any(codes) or (missing and IS_STRICT) else 0


def pytest(folders: tuple[str, ...], **more: str) -> int:
    """One run; its closing line is the last thing it prints."""
    present = [f"tests/{name}" for name in folders if any((ROOT / "tests" / name).rglob("test_*.py"))]
    if not present:
        return 0
    environment = {key: value for key, value in os.environ.items() if key != "LOFTE_DATABASE"}
    environment |= {"PYTHONPATH": str(INSTALLED), "LOFTE_TEST_INSTALLED": "1", **more}
    options = os.environ.get("PYTEST_OPTIONS", "-q -n 2").split()
    command = [sys.executable, "-m", "pytest", *options, *present]
    print(f"· pytest {' '.join(present)}{' on PostgreSQL' if 'LOFTE_DATABASE' in more else ''}", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def install_wheel() -> None:
    """Build the wheel and lay it out in a folder that stands first on the path of the tests."""
    made = ROOT / "var/wheel"
    for folder in (made, INSTALLED):
        shutil.rmtree(folder, ignore_errors=True)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    if built.returncode:
        sys.exit(f"the wheel could not be built:\n{built.stdout}{built.stderr}")
    shutil.unpack_archive(next(made.glob("*.whl")), INSTALLED, "zip")


# --- what stands outside Python


def chromium() -> str | None:
    return os.environ.get("LOFTE_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def fetch_missing(kinds: list[str]) -> list[str]:
    """Fetch what the tests need from the system's packages where that is allowed; tell what is still not there."""
    wanted = {
        "postgresql": ("postgres" in kinds, postgres.programs, "tests on PostgreSQL: no server here (apt: postgresql)"),
        "chromium": ("system" in kinds, chromium, "browser tests: no Chromium here (apt: chromium)"),
        "gettext": (
            "main" in kinds,
            lambda: shutil.which("xgettext"),
            "collecting texts: no gettext here (apt: gettext)",
        ),
    }
    absent = [name for name, (needed, found, _) in wanted.items() if needed and not found()]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"· install {', '.join(absent)} from the system's packages", flush=True)
        apt = {"check": False, "stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update"], **apt)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *absent], **apt)  # type: ignore[call-overload]
    return [text for needed, found, text in wanted.values() if needed and not found()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
