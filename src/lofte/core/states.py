"""The one place for states: every axis, its values and the Swedish words people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Delivery(TextChoices):
    """Did we do it? Overdue is never stored: it is computed from the calendar."""

    NOT_REPORTED = "not_reported", _("inget rapporterat än")
    NOT_STARTED = "not_started", _("inte börjat")
    ON_TRACK = "on_track", _("enligt plan")
    DELAYED = "delayed", _("försenat")
    PAUSED = "paused", _("pausat")
    KEPT = "kept", _("hållet")
    PARTLY_KEPT = "partly_kept", _("delvis hållet")
    NOT_KEPT = "not_kept", _("inte hållet")
    STOPPED = "stopped", _("avbrutet")
    NOT_ASSESSABLE = "not_assessable", _("går inte att bedöma")


class ActivityStatus(TextChoices):
    """What an owner says of an activity. The same axis as Delivery, but an activity is *done*."""

    NOT_STARTED = "not_started", _("inte börjat")
    ON_TRACK = "on_track", _("enligt plan")
    DELAYED = "delayed", _("försenat")
    PAUSED = "paused", _("pausat")
    DONE = "done", _("genomförd")
    PARTLY_DONE = "partly_kept", _("delvis genomförd")
    NOT_DONE = "not_kept", _("inte genomförd")
    STOPPED = "stopped", _("avbrutet")
    NOT_ASSESSABLE = "not_assessable", _("går inte att bedöma")


class Effect(TextChoices):
    """Did the problem change?"""

    BETTER = "better", _("bättre")
    UNCHANGED = "unchanged", _("ungefär som förut")
    WORSE = "worse", _("sämre")
    NOT_ASSESSABLE = "not_assessable", _("går inte att bedöma")
    PENDING = "pending", _("svaret kommer")


class CausalClaim(TextChoices):
    """Can we say why? The scale also points down."""

    NOT_EXAMINED = "not_examined", _("inte undersökt")
    COINCIDED = "coincided", _("hände samtidigt")
    PROBABLE_CONTRIBUTION = "probable_contribution", _("troligt bidrag")
    SHOWN_EFFECT = "shown_effect", _("visad effekt")
    NO_EFFECT_SEEN = "no_effect_seen", _("ingen effekt syntes")
    WORSE_THAN_COMPARISON = "worse_than_comparison", _("sämre än jämförelsen")
    NOT_ASSESSABLE = "not_assessable", _("går inte att bedöma")
    PENDING = "pending", _("svaret kommer")


class PromiseState(TextChoices):
    DRAFT = "draft", _("utkast")
    JOINT_REVIEW = "joint_review", _("gemensam granskning")
    READY = "ready", _("klart att skriva under")
    PARTLY_SIGNED = "partly_signed", _("väntar på underskrift")
    SIGNED = "signed", _("undertecknat")
    PUBLISHED = "published", _("publicerat")
    ACTIVE = "active", _("pågår")
    FINAL_REPORT = "final_report", _("slutredovisning")
    CLOSED = "closed", _("avslutat")
    EXTENDED = "extended", _("förlängt")
    REVISED = "revised", _("ändrat")
    STOPPED = "stopped", _("avbrutet")


PUBLIC_PROMISE_STATES = (
    PromiseState.PUBLISHED,
    PromiseState.ACTIVE,
    PromiseState.FINAL_REPORT,
    PromiseState.CLOSED,
    PromiseState.EXTENDED,
    PromiseState.REVISED,
    PromiseState.STOPPED,
)


class PeriodState(TextChoices):
    """How far a period's report has come. Only the stages a person sets are stored; the rest follow the date."""

    UPCOMING = "upcoming", _("kommer")
    COLLECTING = "collecting", _("samlas in")
    LATE = "late", _("dröjer")
    MISSING = "missing", _("saknas")
    IN_REVIEW = "in_review", _("granskas")
    LOCKED = "locked", _("låst")
    PUBLISHED = "published", _("publicerad")
    NEVER_CAME = "never_came", _("kom inte")
    NONE_FOUND = "none_found", _("ingen rapport hittad")


class Visibility(TextChoices):
    """Secret content is never stored: HELD_BY_OWNER is a pointer without content."""

    OPEN = "open", _("öppet för alla")
    INTERNAL = "internal", _("bara vi")
    HELD_BY_OWNER = "held_by_owner", _("finns hos ägaren")


class DeviationReason(TextChoices):
    """Why a result differs from the plan, in coded form (so that it can be counted)."""

    RESOURCE = "resource", _("för lite tid eller personal")
    PRIORITY_EVENT = "priority_event", _("något annat måste gå före")
    PANDEMIC = "pandemic", _("pandemi")
    WEATHER = "weather", _("väder")
    STAFF_VACANCY = "staff_vacancy", _("tjänsten var inte tillsatt")
    LAW_HINDER = "law_hinder", _("lagen hindrade")
    PARTNER = "partner", _("en samarbetspart kunde inte")
    OTHER = "other", _("annat skäl")


class Because(TextChoices):
    """Why something cannot be judged."""

    NO_AMOUNT = "no_amount", _("löftet säger inte hur mycket eller hur ofta")
    NO_INDICATOR = "no_indicator", _("inget mått på problemet valdes")
    NO_BASELINE = "no_baseline", _("vi mätte inte läget innan")
    TOO_FEW = "too_few", _("händelserna är för få. En så liten skillnad kan vara en slump")
    EFFORT_DRIVEN = "effort_driven", _("antalet beror mest på hur mycket polisen kontrollerar")
    NOT_MEASURED = "not_measured", _("undersökningen blev inte gjord")
    QUESTION_CHANGED = "question_changed", _("frågan ställdes på ett nytt sätt")
    MUCH_ELSE_CHANGED = "much_else_changed", _("mycket annat ändrades samtidigt")
    NO_BREAKDOWN = "no_breakdown", _("rapporten säger inte var det gjordes")
    NO_REPORT = "no_report", _("det finns ingen rapport om det")
    NO_MARGIN = "no_margin", _("vi bestämde inte i förväg vad som räknas som oförändrat")
