"""Build the front-end files of the package: one style sheet, fonts, htmx and altcha.

    python tools/frontend.py

Reads what `npm ci` put in node_modules and the project's own css and js; writes src/lofte/design/static/lofte/built/,
which git ignores and the wheel contains. Needs no Node of its own and nothing but the standard library.
"""

import argparse
import gzip
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DESIGN = ROOT / "src" / "lofte" / "design"
BUILT = DESIGN / "static" / "lofte" / "built"

SYSTEM = "@digdir/designsystemet-css/dist/src"
SYSTEM_PARTS = ("button", "input", "field", "fieldset", "label", "validation-message", "error-summary")
PUBLIC_CSS = ("tokens", "base", "thread", "promise", "verdicts", "tables", "figures", "forms", "print")
STAFF_CSS = ("staff",)
COPIES = {
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2": "source-sans-3.woff2",
    "@fontsource-variable/source-sans-3/LICENSE": "source-sans-3.LICENSE.txt",
    "@digdir/designsystemet-css/LICENSE": "designsystemet.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    # The bundle without inlined styles and workers: the content security policy allows neither.
    "altcha/dist/external/altcha.min.js": "altcha.min.js",
    "altcha/dist/external/altcha.css": "altcha.css",
    "altcha/dist/workers/pbkdf2.js": "altcha-pbkdf2.js",
    "altcha/dist/workers/sha.js": "altcha-sha.js",
    "altcha/dist/i18n/sv.js": "altcha-sv.js",
    "altcha/LICENSE.txt": "altcha.LICENSE.txt",
}
PUBLIC_BUDGET = 25 * 1024

_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


class BuildError(Exception):
    """Something needed is not there; the message says what to do."""


def minified(css: str) -> str:
    """Without comments and needless white space; what stands in quotes is left as it is."""
    pieces = _QUOTED.split(re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return "".join(piece if i % 2 else _squeezed(piece) for i, piece in enumerate(pieces)).strip()


def _squeezed(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};]) ?", r"\1", css)
    css = re.sub(r", ", ",", css)
    return css.replace(";}", "}")


def missing_tokens(css: str) -> list[str]:
    """Tokens of the design system that are used without a fallback and defined nowhere: a control would fall apart."""
    used = set(re.findall(r"var\((--ds-[a-z0-9-]+)\)", css))
    return sorted(used - set(re.findall(r"(--ds-[a-z0-9-]+):", css)))


def style_sheet(modules: Path) -> str:
    system = "".join(_read(modules / SYSTEM / f"{part}.css") for part in SYSTEM_PARTS)
    # In a layer, so that our own rules win whatever their specificity.
    css = f"@layer system{{{system}}}" + minified(_own(PUBLIC_CSS))
    if missing := missing_tokens(css):
        raise BuildError(f"css/tokens.css lacks {', '.join(missing)}, which the design system uses.")
    return css


def _own(names: tuple[str, ...]) -> str:
    return "".join(_read(DESIGN / "css" / f"{name}.css") for name in names)


def _read(path: Path) -> str:
    return _existing(path).read_text(encoding="utf-8")


def _existing(path: Path) -> Path:
    if not path.exists():
        raise BuildError(f"{path} is missing. Run `npm ci` in {ROOT} first.")
    return path


def build(modules: Path, target: Path) -> dict[str, int]:
    """Write everything anew into `target`; answers the compressed size of each style sheet and script."""
    sheets = {"lofte.css": style_sheet(modules), "staff.css": minified(_own(STAFF_CSS))}
    sources = {name: _existing(modules / path) for path, name in COPIES.items()}
    sources |= {script.name: script for script in sorted((DESIGN / "js").glob("*.js"))}
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, css in sheets.items():
        (target / name).write_text(css, encoding="utf-8")
    for name, source in sources.items():
        shutil.copyfile(source, target / name)
    return {path.name: _compressed(path) for path in sorted(target.glob("*.[cj]s*"))}


def _compressed(path: Path) -> int:
    """Writes the twin that WhiteNoise sends also when nobody has run collectstatic; answers its size."""
    twin = path.with_name(f"{path.name}.gz")
    twin.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return twin.stat().st_size


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", type=Path, default=ROOT / "node_modules")
    parser.add_argument("--target", type=Path, default=BUILT)
    chosen = parser.parse_args(arguments)
    try:
        sizes = build(chosen.modules, chosen.target)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    print(", ".join(f"{name} {size / 1024:.1f} KB" for name, size in sizes.items()), "compressed", file=sys.stderr)
    if sizes["lofte.css"] > PUBLIC_BUDGET:
        print(f"lofte.css is over its budget of {PUBLIC_BUDGET // 1024} KB compressed.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
