"""What a wheel needs beyond the files in git: compiled translations and built front-end files."""

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "src/lofte/design/static/lofte/built"


def compile_locale(root: Path) -> None:
    for source in (root / "src").rglob("*.po"):
        with source.open("rb") as opened:
            catalogue = read_po(opened, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as opened:
            write_mo(opened, catalogue)


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compile_locale(root)
        if version != "editable" and not any((root / BUILT).rglob("*")):
            self.app.abort("The front-end files are not built: run `make project` first.")


if __name__ == "__main__":
    compile_locale(Path(__file__).resolve().parent)
    sys.exit()
