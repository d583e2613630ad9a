"""Opinion groups from votes on statements.

`opinion_groups` does the whole way from a `VoteMatrix` to an `OpinionGroups`; `read_votes` and `read_comments` read the
open formats of Polis. The steps, with their formulas, are modules of their own. Method: docs/methods/opinion-groups.md.
"""

from lofte_engine.opinions.grouping import MODES, Caution, Mode, OpinionGroups, Stability, opinion_groups
from lofte_engine.opinions.reading import VoteFile, read_comments, read_votes
from lofte_engine.opinions.tallies import draw_statement
from lofte_engine.opinions.votes import UNSEEN, Cast, Comments, VoteMatrix, VotesError, votes_from

__all__ = [
    "MODES",
    "UNSEEN",
    "Cast",
    "Caution",
    "Comments",
    "Mode",
    "OpinionGroups",
    "Stability",
    "VoteFile",
    "VoteMatrix",
    "VotesError",
    "draw_statement",
    "opinion_groups",
    "read_comments",
    "read_votes",
    "votes_from",
]
