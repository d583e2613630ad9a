"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash.

Who took part, votes, receipts, decisions and words as they first came are never in a file.
"""

from lofte.core.records import Children, Spec
from lofte.places.models import Area
from lofte.voices.models import Contribution, Dialogue, OpinionPattern, RoundStatement, StatementRound, Theme

CONTRIBUTION = Spec(
    Contribution,
    ("text", "channel", "month", "time_band", "category", "feeling", "visibility"),
    refs={"area": Area, "theme": Theme},
)
THEME = Spec(Theme, ("label", "count", "share", "answer", "answer_text", "answered_on", "visibility", "sources"))
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
    },
)  # fmt: skip
