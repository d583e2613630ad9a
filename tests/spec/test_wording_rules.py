"""What each rule of the wording check takes up, and what it lets through: a table a rule."""

import pytest

from lofte_engine.text.wording import check_pledge
from pledges_found import FOUND
from pledges_let_through import LET_THROUGH


def table(rows: dict[str, str]) -> list[tuple[str, str]]:
    return [(rule, line.strip()) for rule, lines in rows.items() for line in lines.splitlines() if line.strip()]


def rules_of(pledge: str) -> set[str]:
    return {finding.rule for finding in check_pledge(pledge)}


@pytest.mark.parametrize(("rule", "pledge"), table(FOUND))
def test_found(rule: str, pledge: str) -> None:
    assert rule in rules_of(pledge)


@pytest.mark.parametrize(("rule", "pledge"), table(LET_THROUGH))
def test_let_through(rule: str, pledge: str) -> None:
    assert rule not in rules_of(pledge)
