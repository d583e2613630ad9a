"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash.

Who took part, votes, receipts, decisions, pictures and words as they first came are never in a file.
"""

from lofte.core.records import Children, Spec
from lofte.parties.models import Organisation
from lofte.places.models import Area
from lofte.voices.models import (
    Contribution,
    Dialogue,
    OpinionPattern,
    RoundStatement,
    SafetyWalk,
    StatementRound,
    Theme,
    WalkPoint,
)

CONTRIBUTION = Spec(
    Contribution,
    ("text", "channel", "month", "time_band", "category", "feeling", "visibility"),
    refs={"area": Area, "theme": Theme},
)
THEME = Spec(
    Theme, ("label", "definition", "count", "share", "answer", "answer_text", "answered_on", "visibility", "sources")
)
PATTERN = Spec(OpinionPattern, ("size",), sets={"agrees": RoundStatement, "disagrees": RoundStatement})
STATEMENT = Spec(RoundStatement, ("text", "agree", "disagree", "passed", "is_shared"))
ROUND = Spec(
    StatementRound,
    ("title", "opens", "closes", "closed_on", "participants"),
    internal=("is_draft", "with_patterns"),
    children={
        "statements": Children("statements", "round", STATEMENT),
        "patterns": Children("patterns", "round", PATTERN),
    },
)
WALK_POINT = Spec(
    WalkPoint,
    ("kind", "text", "answer", "done_on", "revisited_on", "revisit"),
    refs={"area": Area, "owner": Organisation},
)
# How many walked may be few: that number is for us.
WALK = Spec(
    SafetyWalk,
    ("title", "on", "route", "visibility"),
    internal=("participants",),
    children={"points": Children("points", "walk", WALK_POINT)},
)
DIALOGUE = Spec(
    Dialogue,
    (
        "kind", "form", "title", "question", "languages", "audience", "level", "can_influence", "opens", "closes",
        "feedback_on", "participants", "sources",
    ),
    internal=("is_draft",),
    sets={"areas": Area},
    children={
        "themes": Children("themes", "dialogue", THEME),
        "contributions": Children("contributions", "dialogue", CONTRIBUTION),
        "rounds": Children("rounds", "dialogue", ROUND),
        "walks": Children("walks", "dialogue", WALK),
    },
)  # fmt: skip
