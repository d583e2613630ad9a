"""Everything a machine can say about the code without running it. Goes through all, then tells what fell."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON_FILES = ("src", "tests", "tools", "hatch_build.py")


def commands() -> dict[str, list[str]]:
    templates = [str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("templates/**/*.html")]
    django = [sys.executable, "-m", "django"]
    return {
        "style": [tool("ruff"), "check", "--quiet", *PYTHON_FILES],
        "format": [tool("ruff"), "format", "--quiet", "--check", *PYTHON_FILES],
        "templates": [tool("djade"), "--check", "--target-version", "6.1", *templates],
        "types": [tool("mypy")],
        "walls between rooms": [tool("lint-imports")],
        "migrations complete": [*django, "makemigrations", "--check", "--dry-run"],
        "ready to deploy": [*django, "check", "--deploy", "--fail-level", "WARNING"],
        "addresses and paths": [sys.executable, "-m", "pytest", "-q", "tests/architecture/test_repository.py"],
    }


def tool(name: str) -> str:
    return str(BIN / name)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="lofte-check-") as var:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lofte.config.settings",
            "LOFTE_VAR": var,
            "LOFTE_BASE_URL": "https://lofte.example",
            "LOFTE_HOSTS": "lofte.example",
            "LOFTE_SMTP_HOST": "mail.lofte.example",
        }
        fallen = [name for name, command in commands().items() if not passes(name, command, environment)]
    print(f"fell: {', '.join(fallen)}" if fallen else "all checks passed")
    return 1 if fallen else 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    began = time.monotonic()
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    verdict = "FELL" if ended.returncode else "ok"
    print(f"{name:22} {verdict:5} {time.monotonic() - began:5.1f} s", flush=True)
    if ended.returncode:
        print(ended.stdout + ended.stderr, flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
