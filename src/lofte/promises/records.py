"""What the rows of this room look like in a file (medborgarlofte/1) and in a hash."""

from lofte.core.records import Children, Links, Spec
from lofte.evidence.models import Indicator
from lofte.parties.models import CooperationAgreement, Organisation
from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.places.models import Area
from lofte.promises.models import (
    ActionPlan,
    Activity,
    CitizenPromise,
    Goal,
    Measure,
    PlainTwin,
    Pledge,
    PromiseVersion,
    SignOff,
    Target,
    TargetPlace,
)

MEASURE = Spec(
    Measure,
    ("text", "cost_sek", "sources"),
    refs={"organisation": Organisation},
    links={
        "problems": Links("problem_links", "problem", Problem),
        "causes": Links("cause_links", "cause", Cause),
    },
)
ACTION_PLAN = Spec(
    ActionPlan,
    ("version", "title", "decided_by", "decided_on", "minutes_reference", "registry_number", "sources"),
    refs={"picture": SituationPicture},
    children={"measures": Children("measures", "plan", MEASURE)},
)
TARGET_PLACE = Spec(TargetPlace, ("amount",), refs={"area": Area})
TARGET = Spec(
    Target,
    ("kind", "comparison", "amount", "unit", "per", "is_average", "in_each_area", "min_minutes", "options"),
    refs={"share_of": Target},
    children={"places": Children("places", "target", TARGET_PLACE)},
)
ACTIVITY = Spec(
    Activity,
    ("kind", "text", "shown_when_done", "starts", "ends", "cost_sek", "planned_occasions", "sources"),
    internal=("owner", "planned_hours"),
    refs={"measure": Measure},
    links={"parties": Links("party_links", "organisation", Organisation, is_ordered=True)},
    children={"targets": Children("targets", "activity", TARGET)},
)
GOAL = Spec(
    Goal,
    (
        "kind", "text", "baseline_value", "baseline_period", "target_value", "margin", "answer_on", "design",
        "comparison", "smallest_change", "smallest_change_basis", "no_answer_because", "no_answer_text", "sources",
    ),
    refs={"pledge": Pledge, "problem": Problem, "indicator": Indicator},
)  # fmt: skip
PLEDGE = Spec(
    Pledge,
    ("theme", "text", "is_summary", "approach", "with_others", "group", "age_from", "age_to", "sex", "sources"),
    links={
        "parties": Links("party_links", "organisation", Organisation, is_ordered=True),
        "problems": Links("problem_links", "problem", Problem),
        "causes": Links("cause_links", "cause", Cause),
        "measures": Links("measure_links", "measure", Measure),
    },
    children={"activities": Children("activities", "pledge", ACTIVITY)},
)
PROMISE = Spec(
    CitizenPromise,
    (
        "slug", "title", "short_line", "short_line_is_later", "starts", "ends", "audience", "covers_municipality",
        "intro", "overall_pledge", "overall_pledge_is_summary", "desired_outcome", "rhythm", "report_days",
        "channels", "adoption", "proposed_by", "decided_by", "decided_on", "extends_slug", "renewal", "sources",
    ),
    refs={"picture": SituationPicture, "agreement": CooperationAgreement},
    sets={"followed_up_by": Organisation},
    links={
        "parties": Links("party_links", "organisation", Organisation, is_ordered=True),
        "areas": Links("area_links", "area", Area, is_ordered=True),
    },
    children={
        "pledges": Children("pledges", "promise", PLEDGE),
        "goals": Children("goals", "promise", GOAL),
    },
)  # fmt: skip
VERSION = Spec(
    PromiseVersion,
    ("number", "kind", "reason", "content", "sha256", "masked_sha256", "masking_reason"),
)
TWIN = Spec(PlainTwin, ("language", "line", "text", "source_sha256"))
SIGN_OFF = Spec(
    SignOff,
    (
        "role", "on_behalf_of", "delegation_reference", "is_acting", "place", "signed_on", "method",
        "registry_number", "sha256", "sources",
    ),
    internal=("printed_name",),
    refs={"organisation": Organisation},
)  # fmt: skip
