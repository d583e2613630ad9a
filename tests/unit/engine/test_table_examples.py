"""The examples in the docstrings of tables, sources, places and pictures run and answer what they say."""

import doctest
import importlib

import pytest

MODULES = [
    "cell_dates",
    "cells",
    "charts",
    "crime_codes",
    "facts",
    "picture.beside",
    "picture.division",
    "picture.errors",
    "picture.people",
    "picture.sentences",
    "picture.steps",
    "picture.thin",
    "places.areas",
    "places.crosswalk",
    "places.editions",
    "places.locate",
    "rates.columns",
    "sources.bra_sol",
    "sources.incidents",
    "sources.kolada",
    "sources.layout",
    "sources.mapping",
    "sources.polisen",
    "sources.scb",
    "store",
    "synthetic",
    "table_check",
    "table_errors",
    "tables",
    "wording",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"lofte_engine.{name}"))

    assert result.attempted
    assert not result.failed
