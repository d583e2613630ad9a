"""Votes and comments from files: three formats, and every way in which they can be wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lofte_engine.opinions import UNSEEN, Cast, Comments, VoteMatrix, VotesError, read_comments, read_votes, votes_from

type Write = Callable[..., Path]

LONG = "timestamp,datetime,comment-id,voter-id,vote\n3,x,10,b,1\n1,x,9,a,-1\n2,x,10,a,0\n"
WIDE = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,9,10\nb,0,0,1,1,0,,1\na,1,0,2,0,1,-1,0\n"
EXPECTED = [[-1, 0], [UNSEEN, 1]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: str | bytes, name: str = "votes.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.mark.parametrize(
    "content",
    [
        LONG,
        LONG.replace(",", ";"),
        LONG.replace(",", "\t"),
        LONG.replace("\n", "\r\n"),
        "\ufeff" + LONG,
        LONG.encode("utf-16"),
        LONG.replace("comment-id,voter-id", "statement_id,participant_id"),
        LONG.replace(",1\n", ", 1.0\n") + "\n\n",
        LONG.replace("3,x", "1970-01-01T00:00:03Z,x"),
        WIDE,
        json.dumps(
            [
                {"participant_id": p, "statement_id": s, "vote": v, "modified": t}
                for p, s, v, t in [("b", 10, 1, 3.0), ("a", 9, -1, 1.0), ("a", 10, 0, 2.0)]
            ]
        ),
    ],
    ids=["comma", "semicolon", "tab", "windows", "bom", "utf-16", "other-names", "spaces", "iso-time", "wide", "json"],
)
def test_formats_give_the_same_matrix(write: Write, content: str | bytes) -> None:
    votes = read_votes(write(content)).votes

    assert votes.participants == ("a", "b")
    assert votes.statements == ("9", "10")
    assert votes.votes.tolist() == EXPECTED


def test_participants_stand_in_the_order_of_their_first_vote(write: Write) -> None:
    file = read_votes(write("timestamp,comment-id,voter-id,vote\n5,1,1,1\n4,1,3,1\n3,1,2,1\n9,2,2,1\n"))

    assert file.votes.participants == ("2", "3", "1")
    assert file.timed


def test_without_times_they_stand_in_order_of_id(write: Write) -> None:
    file = read_votes(write("comment-id,voter-id,vote\n1,10,1\n1,9,1\n"))

    assert file.votes.participants == ("9", "10")
    assert not file.timed


def test_the_latest_vote_counts_wherever_it_stands(write: Write) -> None:
    file = read_votes(write("timestamp,comment-id,voter-id,vote\n9,1,a,-1\n2,1,a,1\n3,1,a,0\n"))

    assert file.votes.votes.tolist() == [[-1]]
    assert file.replaced == 2


def test_a_row_without_vote_is_passed_over(write: Write) -> None:
    assert read_votes(write("comment-id,voter-id,vote\n1,a,1\n2,a,\n")).votes.statements == ("1",)


def test_statements_nobody_voted_on_are_left_out_of_the_wide_format(write: Write) -> None:
    assert read_votes(write("participant,1,2\na,1,\nb,0,\n")).votes.statements == ("1",)


def test_agree_written_as_minus_one_is_turned_in_the_wide_format(write: Write) -> None:
    file = read_votes(write("participant,n-agree,n-disagree,1,2\na,2,0,-1,-1\nb,1,0,,-1\n"))

    assert file.flipped
    assert file.votes.votes.tolist() == [[1, 1], [UNSEEN, 1]]


def test_agree_written_as_minus_one_is_turned_by_the_counts_of_the_comments(write: Write) -> None:
    comments = read_comments(write("comment-id,moderated,agrees,disagrees\n9,1,1,0\n10,1,0,1\n", "comments.csv"))

    file = read_votes(write(LONG), comments)

    assert file.flipped
    assert file.votes.votes.tolist() == [[1, 0], [UNSEEN, -1]]


def test_counts_that_are_merely_wrong_turn_nothing(write: Write) -> None:
    comments = Comments(totals={"9": (0, 7), "10": (3, 1)})
    assert not read_votes(write(LONG), comments).flipped


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("", "empty", None),
        ("comment-id,voter-id,vote\n", "empty", None),
        ("participant,1\na,\n", "empty", None),
        ("name,age\na,1\n", "unknown_columns", None),
        ("participant,group-id\na,1\n", "unknown_columns", None),
        ("voter-id,vote\na,1\n", "unknown_columns", None),
        ("comment-id,voter-id,vote\n1,a,1\n1,b,ja\n", "bad_vote", 3),
        ("comment-id,voter-id,vote\n1,a,2\n", "bad_vote", 2),
        ("participant,1\na,5\n", "bad_vote", 2),
        ("comment-id,voter-id,vote\n1,a\n", "short_row", 2),
        ("participant,1,2\na,1\n", "short_row", 2),
        ("comment-id,voter-id,vote\n1,,1\n", "missing_id", 2),
        ("participant,1\n,1\n", "missing_id", 2),
        ("timestamp,comment-id,voter-id,vote\nyesterday,1,a,1\n", "bad_time", 2),
        ("participant,1\na,1\na,1\n", "repeated", None),
        ("participant,1,1\na,1,1\n", "repeated", None),
        ("[{]", "bad_json", None),
        ("[1]", "unknown_columns", None),
        ('{"a": 1}', "unknown_columns", None),
        ('[{"participant_id": 1, "statement_id": 2, "vote": true}]', "bad_vote", 1),
        (b"PK\x03\x04 and more", "spreadsheet", None),
        (b"\x00\x01\x02", "binary", None),
    ],
)
def test_a_bad_file_is_named_for_what_is_wrong(write: Write, content: str | bytes, code: str, row: int | None) -> None:
    with pytest.raises(VotesError) as caught:
        read_votes(write(content))

    assert (caught.value.code, caught.value.row) == (code, row)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(VotesError, match="cannot be opened"):
        read_votes(tmp_path)


def test_text_in_an_old_encoding_is_read(write: Write) -> None:
    votes = read_votes(write("participant,påstående ett\nåke,1\n".encode("cp1252"))).votes
    assert (votes.participants, votes.statements) == (("åke",), ("påstående ett",))


def test_comments_say_what_may_not_shape_the_groups(write: Write) -> None:
    rows = "comment-id,moderated,is-meta\n1,1,false\n2,-1,\n3,0,true\n4,0,False\n5,,0\n"
    comments = read_comments(write(rows, "comments.csv"))

    assert comments.hidden() == {"2", "3"}
    assert comments.hidden(strict=True) == {"2", "3", "4", "5"}
    assert comments.meta == {"3"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("comment-id,text\n1,x\n", "unknown_comment_columns"),
        ("comment-id,moderated\n1,kanske\n", "bad_moderation"),
        ("comment-id,is-meta\n1,kanske\n", "bad_moderation"),
        ("comment-id,moderated\n,1\n", "missing_id"),
        ("comment-id,text,moderated\n1,x\n", "short_row"),
    ],
)
def test_bad_comments_are_named_for_what_is_wrong(write: Write, content: str, code: str) -> None:
    with pytest.raises(VotesError) as caught:
        read_comments(write(content))

    assert caught.value.code == code


def test_a_log_in_memory_becomes_the_same_matrix() -> None:
    log = [Cast("b", "10", 1, 3), Cast("a", "9", -1, 1), Cast("a", "10", 1, 1.5), Cast("a", "10", 0, 2)]
    assert votes_from(log).votes.tolist() == EXPECTED


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        (VoteMatrix, "bad_shape"),
        (lambda *_: votes_from([]), "empty"),
        (lambda *_: VoteMatrix(("a",), ("1",), np.array([[3]], dtype=np.int8)), "bad_vote"),
        (lambda *_: VoteMatrix(("a", "a"), ("1",), np.zeros((2, 1), dtype=np.int8)), "repeated"),
        (lambda *_: votes_from(Cast(str(i), "1", 1) for i in range(100_001)), "too_many"),
    ],
)
def test_a_matrix_that_cannot_be_is_refused(matrix: Callable[..., VoteMatrix], code: str) -> None:
    with pytest.raises(VotesError) as caught:
        matrix(("a",), ("1", "2"), np.zeros((1, 1), dtype=np.int8))

    assert caught.value.code == code
