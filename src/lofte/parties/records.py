"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Children, Spec
from lofte.parties.models import CooperationAgreement, Cycle, Organisation, Source

ORGANISATION = Spec(Organisation, ("kind", "name"))
SOURCE = Spec(Source, ("title", "url", "note"))
CYCLE = Spec(
    Cycle,
    ("slug", "starts", "ends", "previous_slug", "mode", "sources"),
    children={"source_list": Children("source_list", "cycle", SOURCE)},
)
AGREEMENT = Spec(
    CooperationAgreement,
    ("title", "starts", "ends", "purposes", "subjects", "registry_number", "sources"),
    sets={"organisations": Organisation},
)
