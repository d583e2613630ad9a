"""What the picture is made of, and what stands beside it while it is written."""

from lofte.picture.models.picture import (
    Cause,
    CauseEvidence,
    Criterion,
    PictureVersion,
    Problem,
    ProblemEvidence,
    Score,
    SituationPicture,
    Statement,
    StatementEvidence,
    StatementFigure,
)
from lofte.picture.models.writing import (
    GapAnswer,
    PartComment,
    ProblemCarried,
    RemovedPart,
    WordTemplate,
    WrittenDraft,
)

__all__ = [
    "Cause",
    "CauseEvidence",
    "Criterion",
    "GapAnswer",
    "PartComment",
    "PictureVersion",
    "Problem",
    "ProblemCarried",
    "ProblemEvidence",
    "RemovedPart",
    "Score",
    "SituationPicture",
    "Statement",
    "StatementEvidence",
    "StatementFigure",
    "WordTemplate",
    "WrittenDraft",
]
