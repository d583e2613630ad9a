"""What the act (2023:196) asks of a kommun, in our own words: thirty requirements, one a line. Never a percentage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """How a requirement is answered."""

    DERIVED = "derived"
    AUTOMATIC = "automatic"
    ATTEST = "attest"
    CLOCK = "clock"


@dataclass(frozen=True)
class StatuteRequirement:
    id: str
    section: str
    words: str | Promise
    kind: Kind
    asks_for: str | Promise

    @property
    def is_attestable(self) -> bool:
        """Whether a person's word can answer it. What only the rows can show is mended there, not confirmed here."""
        return self.kind != Kind.DERIVED and self.id not in SHOWN_BY_ROWS


SHOWN_BY_ROWS = frozenset(("BFL-03", "BFL-04", "BFL-05", "BFL-06", "BFL-08", "BFL-11", "BFL-13"))
D, A, H, C = Kind.DERIVED, Kind.AUTOMATIC, Kind.ATTEST, Kind.CLOCK
ROWS = (
    ("2 §", _("Kommunen bidrar till att förebygga brott genom att göra det som lagen säger."), D,
     _("Svaras av kraven nedan.")),
    ("3 §", _("Vilka åtgärder som behövs bestäms utifrån kunskap."), A,
     _("Varje åtgärd har ett problem, och problemet har underlag.")),
    ("4 §", _("Det finns en lägesbild över brottsligheten."), A, _("En antagen lägesbild med datum.")),
    ("4 §", _("Lägesbilden täcker hela kommunen."), A, _("Underlag för varje kommundel.")),
    ("4 § 1", _("Brottsligheten är kartlagd."), A, _("Minst ett underlag om anmälda brott, med tid.")),
    ("4 § 1", _("Kartläggningen visar hur omfattande brottsligheten är."), A, _("Ett antal, med tid och källa.")),
    ("4 § 1", _("Kartläggningen visar vad brotten leder till."), H, _("Följder står vid varje problem.")),
    ("4 § 2", _("Annat av betydelse är med."), A, _("Minst ett underlag som inte är anmälda brott.")),
    ("4 § 3", _("Kartläggningen och det andra är analyserat."), H,
     _("Orsaker, en samlad bedömning, och underlag av båda slagen.")),
    ("5 §", _("En åtgärdsplan är beslutad."), H, _("Beslut med organ, dag, paragraf och diarienummer.")),
    ("5 §", _("Planen bygger på lägesbilden."), A, _("Planen pekar på en lägesbild, och varje åtgärd på ett problem.")),
    ("5 §", _("Planen säger vad kommunen själv tänker göra."), A, _("Minst en åtgärd där kommunen ansvarar.")),
    ("6 §", _("Lägesbilden uppdateras minst vartannat år."), C, _("Senast antagen för mindre än två år sedan.")),
    ("6 §", _("Åtgärdsplanen följs upp minst vartannat år."), C,
     _("En uppföljning av själva planen, inte bara löftet.")),
    ("7 §", _("Arbetet hänger ihop med annan planering där det passar."), H, _("Vilka planer, eller varför inte.")),
    ("8 §", _("Kommunen tar ansvar för att samordna."), D, _("Svaras av 9 och 10 §§.")),
    ("9 §", _("Kommunen verkar för skriftliga överenskommelser."), A, _("En överenskommelse, eller försök med datum.")),
    ("9 §", _("Varje överenskommelse har ett syfte."), A, _("Syftet är ifyllt.")),
    ("9 §", _("Varje överenskommelse säger vad man samverkar om."), A, _("Områdena är ifyllda.")),
    ("10 §", _("Kommunen verkar för ett strategiskt råd."), A, _("Rådet och dess möten det senaste året.")),
    ("10 §", _("Kommunen leder rådet."), A, _("Vem som är ordförande.")),
    ("10 §", _("Kommunen och andra aktörer är med i rådet."), A, _("Minst en ledamot utifrån.")),
    ("10 §", _("Kommunen verkar för att andra skickar personer i ledande ställning."), H,
     _("Ledamöternas funktioner.")),
    ("11 §", _("Det finns en samordningsfunktion."), A, _("Vem som har uppdraget, och från när.")),
    ("12 § 1", _("Funktionen samordnar och stödjer arbetet."), H, _("En uppdragsbeskrivning.")),
    ("12 § 2", _("Funktionen är kontaktpunkt utåt."), A, _("En öppen kontaktväg.")),
    ("12 § 3", _("Funktionen sprider kunskap och information."), A, _("Vad som har publicerats.")),
    ("13 §", _("Kommunstyrelsen, eller den nämnd som fullmäktige bestämmer, leder arbetet."), H,
     _("Organ och beslut.")),
    ("13 §", _("Organet berättar fortlöpande för fullmäktige."), H, _("Rapporter med dag och paragraf.")),
    ("14 §", _("Kommunen får kamerabevaka för att förebygga brott. Det är en rätt, ingen skyldighet."), H,
     _("Frivilligt. Dataskyddet gäller ändå.")),
)  # fmt: skip

REQUIREMENTS = tuple(
    StatuteRequirement(f"BFL-{number:02}", section, words, kind, asks_for)
    for number, (section, words, kind, asks_for) in enumerate(ROWS, start=1)
)
BY_ID = {each.id: each for each in REQUIREMENTS}
