"""Kvittokoder and closed links: read from paper by anyone, guessed by no one."""

from __future__ import annotations

import pytest

from dialogues import dialogue
from factories import kommun
from lofte.voices import codes
from lofte.voices.models import Dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Dialogue:
    return dialogue(kommun())


def test_code_is_twelve_letters_that_cannot_be_mistaken() -> None:
    code = codes.new_code()

    assert len(codes.plain(code)) == codes.LENGTH
    assert not set(codes.plain(code)) & set("ILOU")
    assert [len(group) for group in code.split("-")] == [4, 4, 4]


@pytest.mark.parametrize("written", ["4f7k-2m9p-xr3t", "4F7K2M9PXR3T", " 4f7k 2m9p xr3t ", "4F7K–2M9P–XR3T"])
def test_code_is_read_however_it_is_written(written: str) -> None:
    assert codes.plain(written) == "4F7K2M9PXR3T"
    assert codes.is_code(written)


def test_letters_that_look_alike_are_one() -> None:
    assert codes.digest_of("O1LI-0000-0000") == codes.digest_of("0111-0000-0000")


@pytest.mark.parametrize("wrong", ["", "4F7K", "4F7K-2M9P-XR3TT", "4F7K-2M9P-XR3Ö"])
def test_what_is_no_code_is_told_apart(wrong: str) -> None:
    assert not codes.is_code(wrong)


def test_same_form_gives_the_same_code_and_another_another(made: Dialogue) -> None:
    assert codes.code_for(made, "a") == codes.code_for(made, "a")
    assert codes.code_for(made, "a") != codes.code_for(made, "b")
    assert codes.plain(codes.code_for(made, "a")).lower() not in codes.key_for(made, "a")


def test_link_of_one_dialogue_opens_no_other(made: Dialogue) -> None:
    other = dialogue(kommun("Grannby", "9002"))

    assert codes.opens_with(made, codes.link_token(made))
    assert not codes.opens_with(other, codes.link_token(made))
    assert not codes.opens_with(made, "å")
