"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Children, Links, Spec
from lofte.evidence.models import DataSet, EvidenceItem, Indicator, IndicatorValue
from lofte.parties.models import Organisation
from lofte.places.models import Area
from lofte.voices.models import Dialogue, Theme

DATA_SET = Spec(
    DataSet,
    (
        "title", "publisher", "edition", "starts", "ends", "licence", "definition", "attribution", "known_from",
        "is_preliminary", "series", "sources",
    ),
)  # fmt: skip
INDICATOR_VALUE = Spec(IndicatorValue, ("starts", "ends", "value", "low", "high", "n", "sources"), refs={"area": Area})
INDICATOR = Spec(
    Indicator,
    ("name", "kind", "unit", "definition", "crime_codes", "lower_is_better", "is_effort_driven", "sources"),
    refs={"data_set": DataSet},
    children={"values": Children("values", "indicator", INDICATOR_VALUE)},
)
EVIDENCE = Spec(
    EvidenceItem,
    ("kind", "title", "sentence", "visibility", "on", "period", "n", "grade", "limits", "sources"),
    internal=("internal_sentence",),
    refs={"owner": Organisation, "dialogue": Dialogue, "data_set": DataSet},
    sets={"areas": Area},
    links={"themes": Links("theme_links", "theme", Theme)},
)
