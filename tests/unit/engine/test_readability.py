"""Sentences, words and LIX of Swedish text."""

import pytest

from lofte_engine.text.readability import count_words, readability, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vi syns bl.a. i Centrum. Det gäller t.ex. helger.", 2),
        ("Vi börjar kl. 20. Sedan går vi.", 2),
        ("Mötet hålls den 3. maj i Järna.", 1),
        ("Polisen, kommunen m.fl. deltar. De möts varje vecka.", 2),
        ("Polisen, kommunen m.fl. De möts varje vecka.", 2),
        ("Se polisen.se för mer. Ring 114 14!", 2),
        ("Farten sjönk med 3.5 km/h.", 1),
        ("Hur går det? Bra! Vi fortsätter.", 3),
        ("1. Polisen kontrollerar farten.\n2. Kommunen lagar lampor.", 2),
        ("- Polisen kontrollerar farten\n- Kommunen lagar lampor", 2),
        ("En rubrik utan punkt\n\nEn mening.", 2),
        ("En mening som är\nbruten över två rader.", 1),
        ("”Polisen lovar.” Kommunen lovar också.", 2),
        ("… - –", 0),
        ("", 0),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(split_sentences(text)) == sentences


def test_sentences_stand_where_they_stand() -> None:
    text = "  Ett. \n\n Två.  "

    assert [text[start:end] for start, end in split_sentences(text)] == ["Ett.", "Två."]


@pytest.mark.parametrize(("text", "words"), [("A-traktorer 2022–2023 kl. 20:30", 4), ("– • –", 0), ("polisen.se", 1)])
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_lix_is_words_per_sentence_and_share_of_long_words() -> None:
    """Six words in each of two sentences, three of twelve longer than six letters: 6 + 25."""
    text = "Polisen går ut varje kväll där. Kommunen lagar alla lampor vid stationen."

    found = readability(text)

    assert (found.words, found.long_words, found.sentences, found.lix) == (12, 3, 2, 31.0)


def test_long_is_more_than_six_letters() -> None:
    assert (readability("sexsex").long_words, readability("sjusjus").long_words) == (0, 1)


def test_longest_sentence_is_found() -> None:
    text = "Kort. Den här meningen har sex ord."

    found = readability(text)

    assert found.longest_sentence == 6
    assert found.longest_span is not None
    assert text[slice(*found.longest_span)] == "Den här meningen har sex ord."


@pytest.mark.parametrize("text", ["", " \n", "---"])
def test_text_without_words_has_no_figures(text: str) -> None:
    found = readability(text)

    assert (found.words, found.sentences, found.lix, found.lix_error, found.longest_span) == (0, 0, 0.0, 0.0, None)
