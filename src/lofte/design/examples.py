"""What the gallery shows: facts of Strängnäs 2018 and 2019 (polisen.se, strangnas.se) in the shape that pages use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lofte.core import states
from lofte.design.pieces import (
    Answer,
    Bead,
    Fact,
    FirstScreen,
    Knot,
    Link,
    Place,
    Pledge,
    Report,
    Signature,
    Strand,
    Update,
    Verdict,
)

FIRST = FirstScreen(
    eyebrow="Medborgarlöfte 2019 · Strängnäs kommun",
    line="Fler som håller uppsikt och lugnare trafik",
    note="Kort version, gjord i efterhand.",
    note_link=Link("Läs löftet ordagrant", "#ordagrant"),
    facts=(
        Fact("Lovar", "Polisen och Strängnäs kommun"),
        Fact("Gäller", "2019, hela kommunen"),
        Fact("Så gick det", "3 löften hölls, 1 delvis, 1 hölls inte och 1 går inte att bedöma", is_main=True),
        Fact("Nästa besked", "Löftet är avslutat.", link=Link("Se löftet för 2020", "#folj")),
    ),
    ways=(Link("Se löftena", "#loften"), Link("Varför just det här?", "#darfor")),
)

OVERALL = (
    "Polisen lovar tillsammans med Strängnäs kommun att under 2018 arbeta förebyggande och repressivt för att "
    "förhindra att unga tjejer och killar – unga vuxna etableras i kriminella grupperingar och begår brott och i "
    "synnerhet narkotikabrott",
)

PLEDGES = (
    Pledge(
        key="grannsamverkan",
        text="Fler områden med grannsamverkan",
        promised=("minst 8 nya områden",),
        done=("20 nya områden",),
        verdict=Verdict("kept", "hållet", "Lovat: minst 8. Gjort: 20."),
        summary="Så följdes det upp",
        next_step="Inget nästa steg är berättat.",
        strand=(
            Bead("Underlag", "finns inte att visa", is_gap=True),
            Bead("Löfte", "minst 8 nya områden under 2019", is_here=True),
            Bead("Rapport", "till och med augusti: 16 områden", url="#rapporter"),
            Bead("Slutredovisning", "hela året: 20 områden", url="#rapporter"),
            Bead("Så gick det", "hållet"),
        ),
    ),
    Pledge(
        key="batsamverkan",
        text="Båtsamverkan på nya platser",
        promised=("2 platser",),
        done=("3 platser",),
        verdict=Verdict("kept", "hållet", "Lovat: 2. Gjort: 3."),
    ),
    Pledge(
        key="vandringar",
        text="Trygghetsvandringar, bland annat vid resecentrum och i Läggesta",
        promised=("minst 4 vandringar", "bland annat vid Strängnäs resecentrum och i Läggesta"),
        done=("4 vandringar", "den vid resecentrum ställdes in, enligt lokalpressen"),
        verdict=Verdict("partly_kept", "delvis hållet", "Antalet nåddes. En utlovad plats blev utan."),
        reason="Inget skäl är lämnat.",
    ),
    Pledge(
        key="mopeder",
        text="Insatser mot mopeder och A-traktorer",
        promised=("minst 2 insatser",),
        done=("1 insats, redovisad till och med augusti",),
        verdict=Verdict("not_kept", "inte hållet", "Så långt det är redovisat. Slutredovisningen nämner inte löftet."),
        reason="Inget skäl är lämnat.",
        gaps=("För september–december finns ingen uppgift.",),
    ),
    Pledge(
        key="trafikkontroller",
        text="Trafikkontroller i alla kommundelar",
        promised=("i alla kommundelar",),
        done=("303 kontroller, 0,8 om dagen",),
        verdict=Verdict("not_assessable", "går inte att bedöma", "Rapporten säger inte var kontrollerna gjordes."),
        summary="Varför går det inte att bedöma?",
        next_step="Kontrollerna räknas för varje kommundel.",
    ),
    Pledge(
        key="trafikrad",
        text="Ett råd för trafiksäkerhet",
        promised=("att rådet ska finnas",),
        done=("rådet höll möte",),
        verdict=Verdict("kept", "hållet"),
    ),
)

ANSWERS = (
    Answer(
        "Har det blivit bättre?",
        Verdict("not_assessable", "går inte att bedöma", "Inget mått på problemet valdes innan arbetet började."),
        next_time="Ett mått väljs innan löftet skrivs under.",
        gap="Löftet har inget mått.",
    ),
    Answer("Vet vi varför?", Verdict("not_examined", "inte undersökt")),
)

REPORTS = (
    Report(
        "januari–april 2019",
        "maj 2019",
        Verdict("none_found", "ingen rapport hittad"),
        "Det kan finnas en rapport som vi inte känner till.",
        Link("Tipsa oss", "#fragor"),
    ),
    Report(
        "maj–augusti 2019", "september 2019", Verdict("published", "publicerad"), link=Link("Läs rapporten", "#mopeder")
    ),
    Report(
        "september–december 2019",
        "januari 2020",
        Verdict("published", "publicerad"),
        "28 januari 2020",
        Link("Läs slutredovisningen", "#vandringar"),
    ),
)

UPDATES = (
    Update(date(2020, 1, 28), "Slutredovisningen är publicerad."),
    Update(date(2019, 8, 31), "16 nya områden hittills i år.", about="Grannsamverkan"),
)

KNOTS = (
    Knot("Röster", gap="Inget svar från dialogen är kopplat till det här löftet."),
    Knot("Underlag", gap="Här finns inget underlag att visa."),
    Knot("Problem", (Strand("Oro för inbrott och för trafiken", "Så som löftet beskriver det."),)),
    Knot("Orsak", gap="Problemet är beskrivet, ingen orsak är undersökt."),
    Knot("Mål", gap="Löftet har inget mått."),
    Knot("Löfte", (Strand("Fler områden med grannsamverkan", "minst 8 nya områden", "#grannsamverkan"),), is_here=True),
    Knot("Aktivitet", (Strand("Starta områden tillsammans med boende", "januari–december 2019"),)),
    Knot(
        "Rapport",
        (
            Strand("maj–augusti 2019", "16 nya områden", "#rapporter"),
            Strand("september–december 2019", "20 nya områden", "#rapporter"),
        ),
    ),
    Knot("Så gick det", (Strand("Gjorde vi det vi lovade?", verdict=Verdict("kept", "hållet")),)),
    Knot("Lärdom", gap="Ingen lärdom är nedskriven."),
)

SIGNATURES = (
    Signature(
        "Undertecknat i Strängnäs den 5 februari 2018 av kommundirektören för Strängnäs kommun.",
        "Underskrivet på papper. Originalet finns hos kommunen.",
    ),
    Signature(
        "Undertecknat i Strängnäs den 5 februari 2018 av lokalpolisområdeschefen för Polisen.",
        "Underskrivet på papper. Originalet finns hos kommunen.",
    ),
)


class ExampleForm(forms.Form):
    """Every kind of control once."""

    place = forms.CharField(label=_("Plats"), max_length=80, help_text=_("Till exempel Läggesta station."))
    count = forms.IntegerField(label=_("Antal"), min_value=0)
    on = forms.DateField(label=_("Datum"))
    status = forms.ChoiceField(
        label=_("Hur gick det?"), choices=states.ActivityStatus.choices[:4], widget=forms.RadioSelect
    )
    who = forms.MultipleChoiceField(
        label=_("Vilka var med?"),
        choices=[("police", _("Polisen")), ("municipality", _("Kommunen"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("Skäl"), choices=[("", _("Välj ett skäl")), *states.DeviationReason.choices], required=False
    )
    text = forms.CharField(label=_("Berätta kort"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label=_("Fil"), required=False)
    sure = forms.BooleanField(label=_("Det här får visas för alla"))


def everything() -> dict[str, Any]:
    return {
        "place": Place("Strängnäs kommun", "#innehall", "#loften"),
        "first": FIRST,
        "paragraphs": OVERALL,
        "pledges": PLEDGES,
        "answers": ANSWERS,
        "reports": REPORTS,
        "updates": UPDATES,
        "knots": KNOTS,
        "signatures": SIGNATURES,
        "sha256": "3f1c0d5e7a9b2c4d6e8f00112233445566778899aabbccddeeff0011223344aa",
        "check": Link("Kontrollera själv", "#underskrifter"),
        "ways": (Link("E-post", "#folj"), Link("Kalender", "#folj"), Link("Flöde (Atom)", "#folj")),
        "axes": (
            ("Gjorde vi det vi lovade?", [*states.Delivery, "overdue"]),
            ("Har det blivit bättre?", list(states.Effect)),
            ("Vet vi varför?", list(states.CausalClaim)),
            ("Hur långt har rapporten kommit?", list(states.PeriodState)),
        ),
        "numbers": (Decimal("1234.5"), 303, Decimal("0.80"), -12, 1589000),
        "periods": (
            (date(2018, 1, 1), date(2018, 4, 30)),
            (date(2020, 3, 16), date(2020, 4, 30)),
            (date(2022, 1, 1), date(2023, 12, 31)),
            (date(2022, 6, 1), date(2023, 12, 31)),
        ),
        "form": ExampleForm(),
        "faulty": ExampleForm({"fel-count": "många", "fel-on": "2019-02-31"}, prefix="fel"),
    }
