"""Opinion groups against what the official server computed.

`math-pca2.json` is the answer of the official server for two conversations (red-dwarf's fixtures, fetched with
``GET https://pol.is/api/v3/math/pca2?conversation_id=…``). Each step is fed the official result of the step before it.
Tolerance 1e-9: the server computes in double precision. Only ``repness-test`` is kept in single precision: 1e-6.
The server codes agree as -1, hence the minus signs.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lofte_engine.opinions import opinion_groups
from lofte_engine.opinions.clusters import (
    distances,
    group_clusters,
    nearest,
    rand_index,
    silhouette,
)
from lofte_engine.opinions.projection import (
    centre,
    components,
    extremity,
    in_conversation,
    project,
    ratings,
    statement_places,
)
from lofte_engine.opinions.reading import read_comments, read_votes
from lofte_engine.opinions.representative import Representative, majority, representative
from lofte_engine.opinions.tallies import Tally, priorities, shared_ground, tally
from lofte_engine.opinions.votes import Comments, VoteMatrix

CONVERSATIONS = ["25ptpt-3gp-no-strict-with-meta", "150ptpt-3gp-no-strict-no-meta"]
EXACT = 1e-9
SINGLE = 1e-6


@dataclass
class Official:
    """What went into the server, and what came out."""

    votes: VoteMatrix
    comments: Comments
    math: dict[str, Any]

    @property
    def hidden(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.isin([int(name) for name in self.votes.statements], self.math["mod-out"])

    @property
    def rating(self) -> np.ndarray[Any, np.dtype[np.int8]]:
        return ratings(self.votes.votes, self.hidden)

    @property
    def mean(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        return -np.array(self.math["pca"]["center"])

    @property
    def directions(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        return -np.array(self.math["pca"]["comps"])

    @property
    def base_centres(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.array([self.math["base-clusters"]["x"], self.math["base-clusters"]["y"]]).T

    def base_labels(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        return np.array([self._base.get(int(name), -1) for name in self.votes.participants])

    @property
    def _base(self) -> dict[int, int]:
        members = self.math["base-clusters"]["members"]
        return {person: i for i, people in enumerate(members) for person in people}

    def group_of_base(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        group = {base: found["id"] for found in self.math["group-clusters"] for base in found["members"]}
        return np.array([group[base] for base in self.math["base-clusters"]["id"]])

    def groups(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        labels = self.base_labels()
        return np.where(labels < 0, -1, self.group_of_base()[labels])

    def tally(self) -> Tally:
        """The official counts by group."""
        found = [self.math["group-votes"][str(g)]["votes"] for g in range(len(self.math["group-clusters"]))]
        names = self.votes.statements
        return Tally(*(np.array([[votes[t][key] for t in names] for votes in found]) for key in "ADS"))

    def by_statement(self, key: str) -> list[float]:
        return [self.math[key][name] for name in self.votes.statements]


@pytest.fixture(params=CONVERSATIONS)
def official(request: pytest.FixtureRequest, shared: Path) -> Official:
    folder = shared / "data" / "opinion_groups" / request.param
    comments = read_comments(folder / "comments.json")
    votes = read_votes(folder / "votes.json", comments).votes
    return Official(votes, comments, json.loads((folder / "math-pca2.json").read_text(encoding="utf-8")))


def test_input_is_read_as_the_server_read_it(official: Official) -> None:
    assert len(official.votes.participants) == official.math["n"]
    assert [int(name) for name in official.votes.statements] == official.math["tids"]
    counts = dict(zip(official.votes.participants, official.votes.counts.tolist(), strict=True))
    assert counts == official.math["user-vote-counts"]
    assert {int(name) for name in official.comments.hidden()} == set(official.math["mod-out"])


def test_centre(official: Official) -> None:
    np.testing.assert_allclose(centre(official.rating), official.mean, rtol=0, atol=EXACT)


def test_components_up_to_sign(official: Official) -> None:
    found = components(official.rating, official.mean)

    sign = np.sign((found * official.directions).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(found * sign, official.directions, rtol=0, atol=EXACT)


def test_statement_places_and_extremity(official: Official) -> None:
    places = statement_places(official.mean, official.directions)

    pca = official.math["pca"]
    np.testing.assert_allclose(places, pca["comment-projection"], rtol=0, atol=EXACT)
    np.testing.assert_allclose(extremity(places), pca["comment-extremity"], rtol=0, atol=EXACT)


def test_in_conversation(official: Official) -> None:
    """Those with few votes came in when the conversation was young; the server never lets anyone go."""
    counts, inside = (
        official.votes.counts,
        [int(name) in official.math["in-conv"] for name in official.votes.participants],
    )
    early = [i for i, was_in in enumerate(inside) if was_in and counts[i] < 7]

    assert in_conversation(counts, len(official.votes.statements), early).tolist() == inside
    assert len(early) <= 4


def test_base_clusters_hold_the_projected_participants(official: Official) -> None:
    places = project(official.rating, official.mean, official.directions)
    labels = official.base_labels()
    inside = labels >= 0

    means = np.array([places[labels == i].mean(axis=0) for i in range(labels.max() + 1)])
    np.testing.assert_allclose(means, official.base_centres, rtol=0, atol=EXACT)
    assert nearest(places[inside], official.base_centres).tolist() == labels[inside].tolist()


def test_group_clusters(official: Official) -> None:
    counts = np.array(official.math["base-clusters"]["count"], dtype=float)
    found = group_clusters(official.base_centres, counts)

    groups = official.group_of_base()
    assert rand_index(found.labels, groups) == 1.0
    assert silhouette(distances(official.base_centres), found.labels) == pytest.approx(
        silhouette(distances(official.base_centres), groups), abs=EXACT
    )
    for group in official.math["group-clusters"]:
        label = found.labels[groups == group["id"]][0]
        np.testing.assert_allclose(found.centres[label], group["center"], rtol=0, atol=EXACT)


def test_group_votes(official: Official) -> None:
    found, expected = tally(official.votes.votes, official.groups()), official.tally()

    for mine, theirs in (
        (found.agrees, expected.agrees),
        (found.disagrees, expected.disagrees),
        (found.seen, expected.seen),
    ):
        np.testing.assert_array_equal(mine, theirs)


def test_group_informed_consensus(official: Official) -> None:
    expected = official.by_statement("group-aware-consensus")
    np.testing.assert_allclose(shared_ground(official.tally()).product, expected, rtol=0, atol=EXACT)


def test_priorities(official: Official) -> None:
    meta = np.isin([int(name) for name in official.votes.statements], official.math["meta-tids"])
    found = priorities(official.tally(), np.array(official.math["pca"]["comment-extremity"]), meta)
    np.testing.assert_allclose(found, official.by_statement("comment-priorities"), rtol=0, atol=EXACT)


def test_representative_statements(official: Official) -> None:
    hidden = frozenset(np.flatnonzero(official.hidden).tolist())
    for group, found in enumerate(representative(official.tally(), hidden)):
        expected = official.math["repness"][str(group)]
        assert [f.statement for f in found] == [e["tid"] for e in expected]
        assert [f.direction for f in found] == [e["repful-for"] for e in expected]
        assert [f.best_agree for f in found] == [e.get("best-agree", False) for e in expected]
        for mine, theirs in zip(found, expected, strict=True):
            assert_same(mine, theirs)
            assert mine.ratio == pytest.approx(theirs["repness"], abs=EXACT)
            assert mine.ratio_test == pytest.approx(theirs["repness-test"], abs=SINGLE)


def test_majority(official: Official) -> None:
    hidden = frozenset(np.flatnonzero(official.hidden).tolist())
    everyone = tally(official.votes.votes, np.zeros(len(official.votes.participants), dtype=np.intp))
    for direction, found in majority(everyone, hidden).items():
        expected = official.math["consensus"][direction]
        assert [f.statement for f in found] == [e["tid"] for e in expected]
        for mine, theirs in zip(found, expected, strict=True):
            assert_same(mine, theirs)


def assert_same(mine: Representative, theirs: dict[str, Any]) -> None:
    assert (mine.successes, mine.trials) == (theirs["n-success"], theirs["n-trials"])
    assert mine.share == pytest.approx(theirs["p-success"], abs=EXACT)
    assert mine.share_test == pytest.approx(theirs["p-test"], abs=EXACT)


def test_priorities_and_counts_come_out_of_the_whole_way(shared: Path) -> None:
    """Where all participants are in the conversation, priorities do not depend on the groups: votes in, figures out."""
    folder = shared / "data" / "opinion_groups" / CONVERSATIONS[0]
    comments = read_comments(folder / "comments.json")
    votes = read_votes(folder / "votes.json", comments).votes

    found = opinion_groups(votes, comments, mode="polis-compat", rng=np.random.default_rng(1))

    expected = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))["comment-priorities"]
    np.testing.assert_allclose(found.priorities, [expected[name] for name in votes.statements], rtol=0, atol=EXACT)


def test_cold_start_finds_the_official_groups_of_150_participants(shared: Path) -> None:
    """The four whom the server let in early, with fewer than seven votes, are left out of a cold start."""
    folder = shared / "data" / "opinion_groups" / CONVERSATIONS[1]
    comments = read_comments(folder / "comments.json")
    votes = read_votes(folder / "votes.json", comments).votes
    official = Official(votes, comments, json.loads((folder / "math-pca2.json").read_text(encoding="utf-8")))

    found = opinion_groups(votes, comments, mode="polis-compat", rng=np.random.default_rng(1)).labels

    assert (found >= 0).sum() == 117
    assert rand_index(found[found >= 0], official.groups()[found >= 0]) == 1.0


@pytest.mark.parametrize("name", ["votes.csv", "participants-votes.csv"])
def test_cold_start_finds_the_published_groups_of_biodiversity(shared: Path, name: str) -> None:
    """Scoop HiveMind 2019 (openData, CC BY 4.0): the export gives the group of each of 443 participants."""
    folder = shared / "data" / "opinion_groups" / "scoop-hivemind.biodiversity"
    comments = read_comments(folder / "comments.csv")
    file = read_votes(folder / name, comments)
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as rows:
        published = {row["participant"]: row["group-id"] for row in csv.DictReader(rows)}

    found = opinion_groups(file.votes, comments, mode="polis-compat", rng=np.random.default_rng(1))

    pairs = [
        (label, int(published[person]))
        for person, label in zip(found.participants, found.labels.tolist(), strict=True)
        if label >= 0 and published[person]
    ]
    mine, theirs = (np.array(labels) for labels in zip(*pairs, strict=True))
    assert len(pairs) == 441
    assert rand_index(mine, theirs) >= 0.96
    assert not file.flipped


def test_both_formats_of_one_conversation_hold_the_same_votes(shared: Path) -> None:
    for name in ("scoop-hivemind.biodiversity", "london.youth.policing"):
        folder = shared / "data" / "opinion_groups" / name
        long, wide = (read_votes(folder / file).votes for file in ("votes.csv", "participants-votes.csv"))
        rows = dict(zip(wide.participants, wide.votes, strict=True))

        assert long.statements == wide.statements
        assert all((rows[person] == row).all() for person, row in zip(long.participants, long.votes, strict=True))
