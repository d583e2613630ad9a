"""The rows of the room, split by meaning."""

from lofte.promises.models.beside import LONGEST_TWIN, PerspectiveAnswer, PlainTwin
from lofte.promises.models.carried import LONGEST_REASON, ActivityCarried
from lofte.promises.models.plan import ActionPlan, Measure, MeasureCause, MeasureProblem, PlanVersion
from lofte.promises.models.pledge import (
    Activity,
    ActivityParty,
    Goal,
    Pledge,
    PledgeCause,
    PledgeMeasure,
    PledgeParty,
    PledgeProblem,
    Target,
    TargetPlace,
)
from lofte.promises.models.promise import SHORT_LINE_LENGTH, CitizenPromise, PromiseArea, PromiseParty, Rhythm
from lofte.promises.models.signing import Amendment, PromiseStateChange, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.models.wording import WordingAnswer

__all__ = [
    "LONGEST_REASON",
    "LONGEST_TWIN",
    "SHORT_LINE_LENGTH",
    "ActionPlan",
    "Activity",
    "ActivityCarried",
    "ActivityParty",
    "Amendment",
    "CitizenPromise",
    "Goal",
    "Measure",
    "MeasureCause",
    "MeasureProblem",
    "PerspectiveAnswer",
    "PlainTwin",
    "PlanVersion",
    "Pledge",
    "PledgeCause",
    "PledgeMeasure",
    "PledgeParty",
    "PledgeProblem",
    "PromiseArea",
    "PromiseParty",
    "PromiseStateChange",
    "PromiseVersion",
    "Rhythm",
    "SignOff",
    "SignatureRequest",
    "Target",
    "TargetPlace",
    "WordingAnswer",
]
