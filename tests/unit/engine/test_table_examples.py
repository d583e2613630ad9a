"""The examples in the docstrings of tables, cells, sources and places run and answer what they say."""

import doctest
import importlib

import pytest

MODULES = [
    "cell_dates",
    "cells",
    "crime_codes",
    "places.areas",
    "places.crosswalk",
    "places.editions",
    "places.locate",
    "sources.bra_sol",
    "sources.incidents",
    "sources.kolada",
    "sources.layout",
    "sources.mapping",
    "sources.polisen",
    "sources.scb",
    "table_check",
    "table_errors",
    "tables",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"lofte_engine.{name}"))

    assert result.attempted
    assert not result.failed
