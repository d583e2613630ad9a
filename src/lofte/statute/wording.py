"""Words of the states and kinds of a requirement."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lofte.statute.checking import CHECKS
from lofte.statute.clocks import State
from lofte.statute.requirements import Kind, StatuteRequirement

STATE_WORDS = {
    State.MET: _("finns"),
    State.ATTESTED: _("bekräftat"),
    State.GAP: _("saknas"),
    State.DUE_SOON: _("dags snart"),
    State.OVERDUE: _("för sent"),
    State.NOT_APPLICABLE: _("gäller inte"),
}
KIND_WORDS = {
    Kind.DERIVED: _("följer av de andra"),
    Kind.AUTOMATIC: _("läses ur det som finns här"),
    Kind.ATTEST: _("någon måste bekräfta"),
    Kind.CLOCK: _("har ett sista datum"),
}


def word_of_kind(requirement: StatuteRequirement) -> str | Promise:
    """What answers it here. Where no register holds the answer yet, a person does, whatever kind it is in the act."""
    if requirement.kind == Kind.AUTOMATIC and requirement.id not in CHECKS:
        return KIND_WORDS[Kind.ATTEST]
    return KIND_WORDS[requirement.kind]
