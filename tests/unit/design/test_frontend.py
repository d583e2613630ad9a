import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def frontend(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend", checkout / "tools" / "frontend.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def modules(frontend: ModuleType, tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    for part in frontend.SYSTEM_PARTS:
        write(folder / frontend.SYSTEM / f"{part}.css", f".ds-{part}{{color:var(--ds-color-base-default)}}")
    for path in frontend.COPIES:
        write(folder / path, "x")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_minified_keeps_what_is_quoted_and_what_needs_its_space(frontend: ModuleType) -> None:
    css = """/* why */ a :hover { content: ";  x "; }
    @media (min-width: 62rem) { .a > .b { margin: calc(1rem + 2px) 0; } }"""

    assert frontend.minified(css) == (
        'a :hover{content: ";  x "}@media (min-width: 62rem){.a > .b{margin: calc(1rem + 2px) 0}}'
    )


def test_build_writes_every_file(frontend: ModuleType, modules: Path, tmp_path: Path) -> None:
    target = tmp_path / "built"

    sizes = frontend.build(modules, target)

    written = {file.name for file in target.iterdir() if file.suffix != ".gz"}
    own = {"lofte.css", "staff.css", "altcha-start.js", "keep.js", "street.js", "street-worker.js"}
    assert own | set(frontend.COPIES.values()) == written
    assert sizes["lofte.css"] < frontend.PUBLIC_BUDGET


def test_build_compresses_the_same_bytes_the_same_way(frontend: ModuleType, modules: Path, tmp_path: Path) -> None:
    frontend.build(modules, tmp_path / "one")
    frontend.build(modules, tmp_path / "two")

    assert (tmp_path / "one" / "lofte.css.gz").read_bytes() == (tmp_path / "two" / "lofte.css.gz").read_bytes()
    assert not list((tmp_path / "one").glob("*.woff2.gz"))


def test_build_clears_what_was_there(frontend: ModuleType, modules: Path, tmp_path: Path) -> None:
    write(tmp_path / "built" / "old.js", "x")

    frontend.build(modules, tmp_path / "built")

    assert not (tmp_path / "built" / "old.js").exists()


def test_a_token_that_nobody_defines_stops_the_build(frontend: ModuleType, modules: Path) -> None:
    write(modules / frontend.SYSTEM / "button.css", ".ds-button{color:var(--ds-new-token)}")

    with pytest.raises(frontend.BuildError, match="--ds-new-token"):
        frontend.style_sheet(modules)


def test_without_node_modules_one_sentence_says_what_to_do(
    frontend: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert frontend.main(["--modules", str(tmp_path), "--target", str(tmp_path / "built")]) == 2

    assert "npm ci" in capsys.readouterr().err
    assert not (tmp_path / "built").exists()
