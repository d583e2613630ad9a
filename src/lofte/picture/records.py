"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Children, Links, Spec
from lofte.evidence.models import EvidenceItem, Indicator
from lofte.parties.models import Organisation
from lofte.picture.models import Cause, Criterion, Problem, Score, SituationPicture, Statement, StatementFigure
from lofte.places.models import Area

CAUSE = Spec(
    Cause,
    ("text", "level", "factor", "sources"),
    refs={"parent": Cause},
    links={"evidence": Links("evidence_links", "evidence", EvidenceItem)},
)
CRITERION = Spec(Criterion, ("name", "description"))
SCORE = Spec(Score, ("value",), refs={"criterion": Criterion, "organisation": Organisation})
PROBLEM = Spec(
    Problem,
    ("title", "description", "who", "when", "how", "how_many", "consequences", "priority", "sources"),
    sets={"areas": Area},
    links={"evidence": Links("evidence_links", "evidence", EvidenceItem)},
    children={"causes": Children("causes", "problem", CAUSE), "scores": Children("scores", "problem", SCORE)},
)
FIGURE = Spec(StatementFigure, (), refs={"indicator": Indicator, "area": Area})
STATEMENT = Spec(
    Statement,
    ("sentence", "period", "comparison", "trend", "strength", "sources"),
    internal=("internal_sentence",),
    sets={"areas": Area},
    links={"evidence": Links("evidence_links", "evidence", EvidenceItem)},
    children={"figures": Children("figures", "statement", FIGURE)},
)
PICTURE = Spec(
    SituationPicture,
    (
        "version", "year", "state", "is_joint", "summary", "joint_assessment", "adopted_by", "adopted_on",
        "minutes_reference", "registry_number", "sources",
    ),
    # Criteria first: the scores of the problems name them.
    children={
        "statements": Children("statements", "picture", STATEMENT),
        "criteria": Children("criteria", "picture", CRITERION),
        "problems": Children("problems", "picture", PROBLEM),
    },
)  # fmt: skip
