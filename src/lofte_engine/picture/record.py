"""``run.json``: what a picture was made of, with what and how, so that it can be made again."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lofte_engine.picture.errors import PictureError
from lofte_engine.sources.grid import file_sha256
from lofte_engine.sources.mapping import ColumnMapping

if TYPE_CHECKING:
    from lofte_engine.picture.making import Picture, Request
    from lofte_engine.picture.steps import Clock

FORMAT = "lofte-picture/1"
# These hold what the others hide; ``run.json`` itself has sums of them, which guesses could be tried against.
NOT_PUBLIC = ("counts.parquet", "rejects.csv", "run.json")
_PARTS = ("lofte", "ibis-framework", "numpy", "pyarrow", "scipy", "shapely")


def hashes(inputs: Mapping[str, Path]) -> dict[str, str]:
    """SHA-256 of each input."""
    return {name: file_sha256(path) for name, path in inputs.items()}


def write(made: Path, out: Path, request: Request, picture: Picture, digests: Mapping[str, str], clock: Clock) -> None:
    """Write ``run.json`` beside the other files.

    Parameters
    ----------
    made : Path
        Folder with all other files.
    out : Path
        Where it will stand; inputs are named relative to it, so that they can be moved together.
    request, picture, clock
    digests : mapping
        SHA-256 of each input.
    """
    events = picture.events
    hidden = int(picture.publication.leaves.is_hidden.sum())
    told: dict[str, Any] = {
        "format": FORMAT,
        "inputs": {
            name: {"file": _beside(path, out), "bytes": path.stat().st_size, "sha256": digests[name]}
            for name, path in request.inputs.items()
        },
        "settings": {
            "period": request.period,
            "threshold": request.threshold,
            "backend": request.backend,
            "today": request.today.isoformat() if request.today else None,
            "mapping": json.loads(request.mapping.to_json()) if request.mapping else None,
        },
        "versions": {"python": platform.python_version(), "engine": picture.engine} | _versions(),
        "rows": {"in": events.rows_in, "used": events.rows_used, "rejected": events.rejects.num_rows},
        "cells": {"counted": len(picture.cells), "hidden": hidden},
        "on_boundary": events.on_boundary,
        "notes": notes(picture),
        "seconds": clock.seconds,
        "may_be_published": [] if request.threshold == 1 else [one for one in files(made) if one not in NOT_PUBLIC],
        "outputs": {name: file_sha256(made / name) for name in files(made)},
    }
    (made / "run.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def notes(picture: Picture) -> list[str]:
    """What a person should know of the files that went in, in Swedish."""
    told = [*picture.events.warnings]
    if picture.division.areas.repaired:
        codes = ", ".join(picture.division.areas.repaired[:5])
        told.append(f"Gränser som korsade sig själva är lagade ({len(picture.division.areas.repaired)}): {codes}.")
    if picture.people.rows_elsewhere:
        told.append(f"Rader i befolkningsfilen som gäller andra områden: {picture.people.rows_elsewhere}.")
    return told + [f"Befolkning, {one}." for one in picture.people.rejected]


def files(folder: Path) -> list[str]:
    """Every file of a picture but the record itself, by its path inside."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found if path.name != "run.json")


def read(folder: Path) -> dict[str, Any]:
    """The record of a picture.

    Raises
    ------
    PictureError
        ``no_picture``.
    """
    try:
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if told["format"] != FORMAT or not {"inputs", "settings", "outputs", "versions"} <= set(told):
            raise PictureError("no_picture", path=folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PictureError("no_picture", path=folder) from error
    return dict(told)


def mapping_of(told: Mapping[str, Any]) -> ColumnMapping | None:
    """The column mapping that a picture was made with."""
    saved = told["settings"]["mapping"]
    return ColumnMapping.from_json(json.dumps(saved)) if saved else None


def _beside(path: Path, out: Path) -> str:
    return Path(os.path.relpath(path.absolute(), out.absolute())).as_posix()


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _PARTS}
