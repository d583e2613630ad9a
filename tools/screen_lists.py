"""Make the lists of known words and of places that the tagger of names looks in, from open texts and areas.

    .venv/bin/python tools/screen_lists.py ../shared/data

Known words have been seen in small letters: at least twice in the Police's notices, or once in the news corpus. Places
are the names of SCB's RegSO areas. First and last names are kept by hand in the same folder.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from lofte_engine.text.municipalities import municipalities  # noqa: E402
from lofte_engine.text.screen.words import WORD, lists  # noqa: E402

TARGET = ROOT / "src" / "lofte_engine" / "text" / "data" / "screen"
CORPUS = "names/train_corpus.txt"
NOTICES = "sources/events_2022_2026.parquet"
AREAS = "places/regso_2025_simplified25m_epsg3006.parquet"
SHORTEST_PLACE = 3
# As people write on a phone; neither the Police nor the papers do.
COLLOQUIAL = """
aldrig asbra asså bah bajs blivit bror brorsan brorsor bråkar busigt bänk böter coolt dag dagis dom dumma döda ej elak
elljus epa eplar farsan fattar fet fick fjortisar flum fritids fritidsgård fritt fräcka fult fyllon fyllor förra
gangsters garaget gatlampor gatlyktor grabb grabbar gubbar gubbe gumma gårn gött haft hasch hatar hej hejsan hemsk
hemskt hets hoppas hundar hundbajs hus huset häck häckar häftigt hårda hörn idiot idioter igår imorgon ingenting inget
inte irriterande jackor jag jo jobb jobbar jobbigt joggar jätte jättebra jättebråkiga jättemörkt jävla jävligt kiosk
klagar klotter klottrar knark knarkar knarkare knäppt kolla kompis kompisar kompisarna kul kusligt kväll kvällar käft
käften kör körs lampa lampor larm larmar leker livsfarligt lugnt läbbigt läskigt långtråkigt macken mamma mammor
mobbad mobbar mobbing moppar moppe moppebilar morsan mvh mycke mycket mörkt nåja nån nånting nåra nåt ok okej olagligt
otrygg otryggt otäckt oxå pappa pappor parken parkera pensionär piss pissar plåga poliser prata pratar raggare rastar
rondell rädd rädda rånad rånar röka röker sa sabbar samma schysst sen skejtar skit skitbra skitigt skrik skriker skräp
skräpar skåp slagsmål slänger snut snutar snuten snällt snö soptunna soptunnor sover spottar sprit spräcker spy spyor
stannar stinker stressigt strul stök stöka stökigt stör störande super sur svartmålar sån såna sånt tack tafsar taggad
tjafs tjafsar tjej tjejer tjejerna tomt toppen torrt trist trygg tryggt tråkigt tuffa tunnel tunneln tyst tälta unga
ungar ungarna ungdomar usch usel utsatt vafan vakter vandrar vettigt viktigt villa vuxna väktare väldans ynka äckligt
ägnar äldre åker ånga åt öl överallt
"""


def police_texts(data: Path) -> frozenset[str]:
    table = pq.read_table(data / NOTICES, columns=["summary", "body"])
    return frozenset(text for name in table.column_names for text in table[name].to_pylist() if text)


def police_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that stand in small letters in the notices, more than once."""
    counts = Counter(word for text in texts for word in WORD.findall(text) if word.islower())
    return frozenset(word for word, times in counts.items() if times > 1)


def news_words(data: Path) -> Iterator[str]:
    for line in (data / CORPUS).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield from (word for word in WORD.findall(line.rsplit(None, 1)[0].replace("\xad", "")) if word.islower())


def places(data: Path, names: frozenset[str]) -> Iterator[str]:
    table = pq.read_table(data / AREAS, columns=["regsonamn"])
    words = {word for name in table["regsonamn"].to_pylist() for word in re.findall(r"[^\W\d_]+", name)}
    for word in words:
        if word[0].isupper() and len(word) >= SHORTEST_PLACE and word.lower() not in names:
            yield word.lower()
    yield from municipalities()


def write(name: str, said: str, words: Iterable[str]) -> None:
    lines = [f"# {said}", *sorted(set(words))]
    (TARGET / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1}")


def main(arguments: list[str]) -> int:
    data = Path(arguments[0])
    known = police_words(police_texts(data)) | set(news_words(data)) | set(COLLOQUIAL.split())
    write(
        "known_words", "Seen in small letters: Polismyndigheten, notices 2022-2026; klintan/swedish-ner-corpus", known
    )
    write("places", "SCB, RegSO 2025 and kommuner", places(data, lists().first_names))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
