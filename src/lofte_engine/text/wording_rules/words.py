"""Words that several rules look for."""

import re

from lofte_engine.text.wording_rules.lists import word_set

_ERA = re.compile(r"\w{3,}era[rs]?|\w{3,}ering(?:en|ar|arna)?")
_NOT_VERBS = frozenset({"flera", "kamera", "opera", "riviera", "litera", "sfera", "trygg", "öppen", "ren"})

# What pledges say that someone does, in the infinitive.
_VERBS = word_set(
    """
    agera anlita anordna anpassa anställa ansvara anvisa anvita arbeta arrangera avlasta avsluta bedriva beivra
    belysa bemanna besiktiga besikta besluta besöka bevaka bilda bjuda bygga byta delta dela erbjuda ersätta filma
    finansiera flytta fotpatrullera fånga följa förbjuda förbättra förebygga förhindra förstärka förtydliga förändra
    ge gallra genomföra genomlysa göra hantera hindra hitta hjälpa hålla höja inbjuda informera ingripa införa
    inkludera inleda inrätta inspektera installera intensifiera intervjua inventera jobba kalla kartlägga klippa
    kontakta kontrollera köpa köra laga lagföra leda lotsa lägga lämna lära lösa mattas minska montera motverka mäta
    måla möta nattvandra ordna patrullera planera plantera prata prioritera prova pröva rensa reparera rikta ringa
    ronda röja rusta samla samordna samtala sanera se sänka skapa skicka skriva skydda skylta snabba sprida stoppa
    stänga städa stärka stödja stötta störa starta svara synas synliggöra ställa säkra sätta söka ta tillhandahålla
    tillsätta tipsa träffa trygga tvätta tydliggöra tända upprätta upprätthålla upptäcka utbilda utarbeta utforma
    utföra utreda utse utveckla utöka verka visa visitera vidta värna åka åtgärda ägna öka öppna öva övervaka
    bekämpa beslagta bötfälla omhänderta avvisa rapportera redovisa återkoppla utvärdera publicera presentera
    berätta avrapportera återrapportera
    avskaffa bistå dra etablera fylla förlänga förse granska gripa hyra hämta inviga knacka knyta koppla
    larma leta lova låna låsa läsa märka möblera nå odla packa passa plocka påbörja påminna
    rekrytera renovera ropa räkna sluta slå sopa spana spela spärra stanna stryka stå sälja tala tappa tömma
    undervisa uppmana utlysa vaka varna vattna vägleda välja väcka värva växla
    """
)
_IRREGULAR = {"ger": "ge", "tar": "ta", "ser": "se", "gör": "göra", "får": "få", "går": "gå", "ges": "ge", "tas": "ta"}
REPORTING = word_set(
    "redovisa rapportera återrapportera avrapportera återkoppla utvärdera publicera presentera berätta"
)
_MODAL = r"(?:ska|skall|kommer|lovar|bör|måste)"
MODAL = re.compile(rf"\b{_MODAL}\b", re.IGNORECASE)

# Stems of what is wrong in a place: a pledge that holds one says what it is against.
PROBLEM = re.compile(
    r"narkoti|\bdrog|\blang(?:ning|a\b|ar\b)|(?<!mörkrets\s)inbrott|stöld|snatteri|skadegör|vandalis|"
    r"klott(?:er|r)|våld\w*|misshandel|"
    r"\brån|rån(?:en)?\b|\bhot(?:et|en|fulla?)?\b|ofred|trakasseri|kränk|mobb|busk[öo]r|bus-?åk|fortkör|"
    r"hastighetsöver|"
    r"(?:för\shöga?|höga)\s(?:hastighet|fart)|höga\shastigheter|\bfarten\b|\bhastighet(?:en|erna)\b|"
    r"rattfyll|onykter|"
    r"otrygg|\boro(?:n|liga?)?\b|rädsla|ordningsstör|stör(?:ning|ande)|bråk|stök|fyll(?:eri|a)\b|berus|"
    r"\balkohol(?!servering)|olov|trafikoly|olycko|trafikfar|nedskräp|skräp|mörk(?:er|ret|a\s)|bedräg|bluff|gäng|"
    r"kriminal|kriminell|brott(?!s?förebygg|s?of)|\bbränder|anlagda|bilbränd|\w+brand\b|mordbr|missbruk|sexköp|vapen|"
    r"skjutning|"
    r"spräng|utanför(?:skap)|skolfrånvaro|häleri|olagliga?|svartjobb|langare|problem(?!orient|lös)|trasig|"
    r"felparker|köra?\smoped|moped(?:trafik|körning)|hatbrott|ungdomsbråk|tillgrepp|trimma|\ba-trakt|"
    r"\bepa-?trakt|\b(?:insats|kontroll|åtgärd|kampanj|aktion|arbet)\w*\smot\s\w|åverkan|sabotage|utnyttj",
    re.IGNORECASE,
)
CRIME = re.compile(
    r"narkoti|drog|lang(?:ar|ning|a)\b|inbrott|stöld|stjäl|stulit|snatt|skadegör|klottr|våld|misshandl|slagsmål|"
    r"\brån|hotar?\b|hotfull|trakasser|kriminell|kriminalitet|\w*brott(?!s?förebygg|sof)|brottslig|"
    r"busk[öo]r|säljer|"
    r"bråk|stök|stör(?:\b|ning|ande)|gäng|\bligor|\blig(?:an|orna)\b|bedräg|vapen|skjut|tigg|prostitu|missbruk",
    re.IGNORECASE,
)
# An activity that can be counted, without and with its plural.
ACTIVITY = re.compile(
    r"\b\w*(?:kontroll|patrull|patrullering|fotpatrullering|vandring|besök|möte|träff|utbildning|kampanj|föreläsning|"
    r"tillsyn|(?<!för)sök|sökning|mätning|insats|inspektion|besiktning|rondering|rond|aktion|lektion|"
    r"samtal|övervakning|"
    r"information|övning|tillfälle)(?:er|ar|or|en|n|s)?\b",
    re.IGNORECASE,
)


def infinitive(word: str) -> str | None:
    """The infinitive of a verb that pledges use.

    Parameters
    ----------
    word : str
        Infinitive, present or their passives.

    Returns
    -------
    str or None
        None when the word is no verb that is known here.

    Notes
    -----
    No tagger: a list of verbs and the ending *-era*, with the regular endings of the present and the passive.

    Examples
    --------
    >>> [infinitive(word) for word in ("genomför", "hålls", "patrullerar", "kontrolleras", "flera", "skola")]
    ['genomföra', 'hålla', 'patrullera', 'kontrollera', None, None]
    """
    bare = word.casefold()
    if bare in _NOT_VERBS:
        return None
    if bare in _VERBS:
        return bare
    if bare in _IRREGULAR:
        return _IRREGULAR[bare]
    stems = {bare[:-1]} if bare[-1:] in "rs" else set()
    stems |= {f"{bare}a", f"{bare.removesuffix('s')}a"}
    stems |= {f"{bare[:-2]}a"} if bare.endswith("er") else set()
    known = sorted(stems & _VERBS)
    if known:
        return known[0]
    if _ERA.fullmatch(bare) and "ering" not in bare:
        return bare.rstrip("rs")
    return None
