"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Children, Spec
from lofte.followup.models import (
    ActivityReport,
    CauseVerdict,
    EffectVerdict,
    Figure,
    Lesson,
    Occasion,
    Period,
    Update,
)
from lofte.parties.models import Organisation
from lofte.places.models import Area
from lofte.promises.models import Activity, Goal, Pledge, Target

FIGURE = Spec(Figure, ("option", "number", "happened", "note"), refs={"target": Target, "area": Area})
REPORT = Spec(
    ActivityReport,
    (
        "covers_from", "covers_to", "status", "done", "reason_code", "reason", "occasions_spent", "noticed",
        "next_step", "evidence_url", "sources",
    ),
    internal=("hours_spent",),
    refs={"activity": Activity, "reported_for": Organisation},
    children={"figures": Children("figures", "report", FIGURE)},
)  # fmt: skip
PERIOD = Spec(
    Period,
    (
        "label", "starts", "ends", "due", "stage", "published_on", "late_reason", "late_until", "summary", "is_final",
        "sources",
    ),
    children={"reports": Children("reports", "period", REPORT)},
)  # fmt: skip
UPDATE = Spec(Update, ("on", "text", "sources"), refs={"pledge": Pledge})
OCCASION = Spec(
    Occasion,
    (
        "title", "on", "starts", "ends", "place", "how", "is_cancelled", "cancelled_because", "sequence", "sources",
    ),
    internal=("is_waiting",),
    refs={"activity": Activity, "area": Area},
)  # fmt: skip
EFFECT_VERDICT = Spec(
    EffectVerdict,
    ("value", "because", "text", "next_time", "answer_on", "decided_on", "sources"),
    refs={"goal": Goal},
)
CAUSE_VERDICT = Spec(CauseVerdict, ("value", "because", "design", "text", "decided_on", "sources"), refs={"goal": Goal})
LESSON = Spec(Lesson, ("kind", "text", "sources"), refs={"pledge": Pledge})
