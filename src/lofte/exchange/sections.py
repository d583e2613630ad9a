"""medborgarlofte/1: which sections a file has, in the order they are written and read."""

from lofte.core.records import Children
from lofte.evidence.records import DATA_SET, EVIDENCE, INDICATOR
from lofte.followup.records import CAUSE_VERDICT, EFFECT_VERDICT, LESSON, OCCASION, PERIOD, UPDATE
from lofte.parties.records import AGREEMENT
from lofte.picture.records import PICTURE
from lofte.promises.records import ACTION_PLAN, SIGN_OFF, TWIN, VERSION
from lofte.voices.records import DIALOGUE

# What belongs to the cycle; read before the promise, which points to it.
OF_CYCLE = {
    "dialogues": Children("dialogues", "cycle", DIALOGUE),
    "data_sets": Children("data_sets", "cycle", DATA_SET),
    "indicators": Children("indicators", "cycle", INDICATOR),
    "evidence": Children("evidence", "cycle", EVIDENCE),
    "pictures": Children("pictures", "cycle", PICTURE),
    "agreements": Children("agreements", "cycle", AGREEMENT),
    "action_plans": Children("action_plans", "cycle", ACTION_PLAN),
}
# What belongs to the promise; read after it.
OF_PROMISE = {
    "versions": Children("versions", "promise", VERSION),
    "twins": Children("twins", "promise", TWIN),
    "signatures": Children("sign_offs", "promise", SIGN_OFF),
    "periods": Children("periods", "promise", PERIOD),
    "updates": Children("updates", "promise", UPDATE),
    "occasions": Children("occasions", "promise", OCCASION),
    "effect_verdicts": Children("effect_verdicts", "promise", EFFECT_VERDICT),
    "cause_verdicts": Children("cause_verdicts", "promise", CAUSE_VERDICT),
    "lessons": Children("lessons", "promise", LESSON),
}
