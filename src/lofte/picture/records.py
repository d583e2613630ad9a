"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Children, Links, Spec
from lofte.evidence.models import EvidenceItem
from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.places.models import Area

CAUSE = Spec(
    Cause,
    ("text", "level", "factor", "sources"),
    refs={"parent": Cause},
    links={"evidence": Links("evidence_links", "evidence", EvidenceItem)},
)
PROBLEM = Spec(
    Problem,
    ("title", "description", "who", "when", "consequences", "priority", "sources"),
    sets={"areas": Area},
    links={"evidence": Links("evidence_links", "evidence", EvidenceItem)},
    children={"causes": Children("causes", "problem", CAUSE)},
)
PICTURE = Spec(
    SituationPicture,
    (
        "version", "year", "state", "is_joint", "summary", "joint_assessment", "adopted_by", "adopted_on",
        "minutes_reference", "registry_number", "sources",
    ),
    children={"problems": Children("problems", "picture", PROBLEM)},
)  # fmt: skip
