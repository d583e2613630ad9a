"""Amounts in words."""

from decimal import Decimal

import pytest

from lofte.promises.wording import unit_words


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("kontroller", "kontroll"),
        ("trygghetsvandringar", "trygghetsvandring"),
        ("kontroller av alla gångtunnlar", "kontroll av alla gångtunnlar"),
        ("nya områden", "nya områden"),  # an adjective would have to follow; better left as it is written
        ("sök med hund", "sök med hund"),
        ("", ""),
    ],
)
def test_unit_follows_its_number(unit: str, one: str) -> None:
    assert unit_words(unit, Decimal(1)) == one
    assert unit_words(unit, Decimal(8)) == unit
    assert unit_words(unit, None) == unit
