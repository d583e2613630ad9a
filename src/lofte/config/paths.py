"""Where this installation keeps what it writes."""

import os
from pathlib import Path


def var_folder() -> Path:
    """LOFTE_VAR; otherwise `var` in the checkout the package runs from, or in the folder one stands in."""
    chosen = os.environ.get("LOFTE_VAR")
    if chosen:
        return Path(chosen).resolve()
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "var"
