"""Measure the personal-data screen on made-up Swedish texts: recall and precision for each kind.

    .venv/bin/python tools/screen_scores.py            # a table
    .venv/bin/python tools/screen_scores.py --missed   # and what was missed or marked in vain
    .venv/bin/python tools/screen_scores.py ../shared/data   # and on the Police's notices, which name nobody

Numbers are drawn anew from a seed and written in every form people use, each in a sentence. Names are measured on
`tests/data/informal_voices.txt`, with names of which half stand in no list of the tagger.
"""

import random  # texts drawn from a seed, nothing secret
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from lofte_engine.text.screen import Finding, screen  # noqa: E402
from lofte_engine.text.screen.identity import has_right_check_digit  # noqa: E402

VOICES = ROOT / "tests" / "data" / "informal_voices.txt"
SEED = 20180101
TEXTS = 2000

AROUND = (
    ("Hans personnummer är ", "."), ("hon har ", " tror jag"), ("", ""), ("Se ", ", han kör för fort."), ("(", ")"),
    ("Det är ", " som det gäller"), ("nr ", "\ndet är allt"), ("Skriv ner ", "! Tack"), ("jag såg ", " igår kväll"),
    ("kontakt: ", ""), ("\"", "\" stod det på lappen"), ("Han sa ", " och gick"),
)  # fmt: skip
DIGITS_LAST = "0123456789"
PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUWXYZ"
PLATE_LAST = "ABCDEFGHJKLMNPRSTUWXYZ0123456789"
STREETS = (
    "Storgatan", "Björkvägen", "Norra Kyrkogatan", "Lärkstigen", "Kung Karls väg", "Ekbacken", "Slottsallén",
    "Östra gatan", "Tegelgränd", "Hamnplan",
)  # fmt: skip
HOSTS = ("example.se", "mail.example.com", "exempel.nu", "kommun.example.se")
UNLISTED_FIRST = (
    "Tarik", "Leart", "Dzenana", "Nawal", "Eyvor", "Jarl", "Svante", "Tuulikki", "Bahareh", "Kidist", "Oluwaseun",
    "Yevheniia", "Tamanna", "Ruzgar", "Ailo", "Sunniva", "Dorothea", "Bartek", "Qutaiba", "Ylvali",
)  # fmt: skip
LISTED_FIRST = (
    "Anna", "Erik", "Fatima", "Mohammed", "Lars", "Kerstin", "Ahmed", "Linnea", "Oskar",
    "Amina", "Gunnar", "Sofia", "Omar", "Ingrid", "Kalle", "Leyla",
)  # fmt: skip
UNLISTED_LAST = (
    "Hedqvist", "Brännlund", "Stenkvist", "Kvarnström", "Tjärnberg", "Al-Jubouri", "Weldegebriel", "Szczepanski",
    "Haapaniemi", "Durmaz", "Vejseli", "Rönnbäck", "Ottosdotter", "Mbeki", "Phommachanh",
)  # fmt: skip
LISTED_LAST = (
    "Andersson", "Lindgren", "Hassan", "Karlsson", "Ali", "Berglund", "Nilsson",
    "Ibrahim", "Eriksson", "Sandberg", "Yilmaz", "Ahmadi",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    text: str
    start: int
    end: int
    kinds: frozenset[str]

    @property
    def wanted(self) -> str:
        return self.text[self.start : self.end]


def luhn(nine: str) -> str:
    return next(nine + last for last in DIGITS_LAST if has_right_check_digit(nine + last))


def identity(rng: random.Random, form: str, *, coordination: bool, right: bool) -> str:
    """A number that belongs to nobody in particular, in one written form."""
    born = date(1920, 1, 1) + timedelta(days=rng.randrange(38_000))
    day = born.day + 60 * coordination
    stem = f"{born:%y%m}{day:02}"
    whole = luhn(f"{stem}{rng.randrange(1000):03}")
    last = whole[6:] if right else f"{whole[6:9]}{(int(whole[9]) + rng.randrange(1, 10)) % 10}"
    century, year, month = f"{born:%Y}"[:2], stem[:2], stem[2:4]
    apart = {"s": " ".join(century), "t": " ".join(stem), "u": " ".join(last)}
    return form.format(c=century, y=year, m=month, d=stem[4:], n=last, p=last[:2], q=last[2:], **apart)


# c century, y year, m month, d day, n the last four, p and q its halves; s, t, u the same with each digit apart.
FORMS = (
    "{y}{m}{d}-{n}", "{y}{m}{d}{n}", "{c}{y}{m}{d}-{n}", "{c}{y}{m}{d}{n}", "{y}{m}{d}+{n}", "{c}{y}{m}{d}+{n}",
    "{y}{m}{d} {n}", "{c}{y}{m}{d} {n}", "{y}{m}{d}–{n}", "{y}{m}{d} - {n}", "{c} {y}{m}{d}-{n}", "{y}{m}{d}\u2212{n}",
    "{y}-{m}-{d}-{n}", "{c}{y}-{m}-{d}-{n}", "{c}{y}-{m}-{d} {n}", "{y} {m} {d} {n}", "{c}{y} {m} {d} {n}",
    "{y} {m} {d} - {p} {q}", "{c}{y}.{m}.{d}-{n}", "{y}{m}{d}\u00a0{n}", "{y}{m}{d} -{n}", "{y}{m}{d}/{n}",
    "{y}{m}{d}.{n}", "{t} {u}", "{s} {t} {u}", "{t} - {u}", "{c}{y} {m}{d} {n}", "{y}{m}{d}\u2011{n}", "{y}{m}{d}~{n}",
    "{y}{m}{d}_{n}",
)  # fmt: skip


def identities(rng: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    for number in range(TEXTS):
        coordination = number % 3 == 0
        form = FORMS[number % len(FORMS)]
        kind = "samordningsnummer" if coordination else "personnummer"
        yield identity(rng, form, coordination=coordination, right=number % 5 != 0), frozenset({kind})


def phones(rng: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    kinds = frozenset({"phone"})
    mobile = (
        "{a}-{b} {c} {d}", "{a}{b}{c}{d}", "{a} {b} {c} {d}", "{a}-{b}{c}{d}", "{a}/{b} {c} {d}", "{a}.{b}.{c}.{d}",
        "{a} - {b} {c} {d}", "({a}) {b} {c} {d}", "{a}-{b}-{c}-{d}", "{a} {b}{c}{d}",
    )  # fmt: skip
    abroad = (
        "+46 {a} {b} {c} {d}", "+46{a}{b}{c}{d}", "+46 (0){a}-{b} {c} {d}", "0046{a}{b}{c}{d}", "0046 {a} {b} {c} {d}",
        "+46(0){a}{b}{c}{d}", "+46-{a}-{b} {c} {d}", "+46 {a}-{b} {c} {d}", "+46 {a}{b}{c}{d}", "00 46 {a} {b} {c} {d}",
    )  # fmt: skip
    areas = (
        ("08", (2, 3, 2)),
        ("08", (3, 3, 2)),
        ("031", (2, 2, 2)),
        ("0152", (3, 2)),
        ("040", (3, 2, 2)),
        ("016", (2, 2, 2)),
    )
    for number in range(TEXTS):
        b, c, d = f"{rng.randrange(100, 1000)}", f"{rng.randrange(100):02}", f"{rng.randrange(100):02}"
        prefix = rng.choice(("070", "072", "073", "076", "079"))
        if number % 3 == 0:
            yield mobile[number // 3 % len(mobile)].format(a=prefix, b=b, c=c, d=d), kinds
        elif number % 3 == 1:
            yield abroad[number // 3 % len(abroad)].format(a=prefix[1:], b=b, c=c, d=d), kinds
        else:
            area, groups = areas[number // 3 % len(areas)]
            parts = [f"{rng.randrange(10 ** (size - 1), 10**size)}" for size in groups]
            joined = rng.choice((" ", "", " ")).join(parts)
            mark = rng.choice(("-", " ", " - ", "/", ""))
            start = rng.choice((area, area, f"+46 {area[1:]}", f"+46 (0){area[1:]}"))
            yield f"{start}{mark}{joined}", kinds


def emails(rng: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    forms = (
        "{a}@{h}", "{a}.{b}@{h}", "{a}_{b}@{h}", "{a}{n}@{h}", "{a}+{b}@{h}", "{A}.{B}@{h}", "{a} @ {h}", "{a}(at){h}",
        "{a} (at) {h}", "{a}[at]{h}", "{a} snabel-a {h}", "{a}.{b}@gmail.com", "{a}-{b}@{h}",
    )  # fmt: skip
    for number in range(TEXTS):
        a, b = rng.choice(LISTED_FIRST).lower(), rng.choice(LISTED_LAST).lower()
        filled = forms[number % len(forms)].format(
            a=a, b=b, A=a.title(), B=b.title(), n=rng.randrange(100), h=rng.choice(HOSTS)
        )
        yield filled, frozenset({"email"})


def plates(rng: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    for number in range(TEXTS):
        letters = "".join(rng.choice(PLATE_LETTERS) for _ in range(3))
        last = rng.choice(PLATE_LAST) if number % 2 else rng.choice(DIGITS_LAST)
        plate = letters + ("", " ", " ", "-")[number % 4] + f"{rng.randrange(100):02}{last}"
        yield (plate.lower() if number % 3 == 0 else plate), frozenset({"plate"})


def addresses(rng: random.Random) -> Iterator[tuple[str, frozenset[str]]]:
    forms = ("{s} {n}", "{s} {n} B", "{s} {n}b", "{s} {n}, lgh 1203", "{s} nr {n}", "{s} {n}, 2 tr")
    for number in range(TEXTS):
        written = forms[number % len(forms)].format(s=rng.choice(STREETS), n=rng.randrange(1, 120))
        yield (written.lower() if number % 3 == 0 else written), frozenset({"address"})


def samples(made: Iterator[tuple[str, frozenset[str]]], rng: random.Random) -> Iterator[Sample]:
    for written, kinds in made:
        before, after = rng.choice(AROUND)
        yield Sample(f"{before}{written}{after}", len(before), len(before) + len(written), kinds)


def voices() -> list[str]:
    lines = VOICES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def filled(line: str, rng: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """A text with invented names, and where they stand. A line in small letters has its names in small letters."""
    first = lambda: rng.choice(UNLISTED_FIRST if rng.random() < 0.5 else LISTED_FIRST)  # noqa: E731
    last = lambda: rng.choice(UNLISTED_LAST if rng.random() < 0.5 else LISTED_LAST)  # noqa: E731
    small = line == line.lower()
    text, spans = "", []
    for piece in line.replace("{whole}", "{first} {last}").replace("{first} {last}", "{both}").split("{"):
        slot, mark, rest = piece.partition("}")
        if not mark:
            text += piece
            continue
        name = {"first": first, "last": last, "both": lambda: f"{first()} {last()}"}[slot]()
        spans.append((len(text), len(text) + len(name)))
        text += (name.lower() if small else name) + rest
    return text, spans


def touches(found: Finding, start: int, end: int) -> bool:
    return found.start < end and start < found.end


def numbers_table(missed: list[str]) -> Iterator[str]:
    groups = {
        "identity numbers": identities, "phone": phones, "email": emails, "plate": plates, "address": addresses,
    }  # fmt: skip
    quiet = [line for line in voices() if "{" not in line]
    for name, maker in groups.items():
        rng = random.Random(SEED)  # noqa: S311
        tally: Counter[str] = Counter()
        for sample in samples(maker(rng), rng):
            found = [each for each in screen(sample.text) if each.kind != "name"]
            covered = [each for each in found if each.start <= sample.start and sample.end <= each.end]
            right = [each for each in found if each.kind in sample.kinds and touches(each, sample.start, sample.end)]
            tally.update(wanted=1, whole=bool(covered), kind=bool(right), marked=len(found), right=len(right))
            if not covered or not right:
                missed.append(f"{name}: {sample.wanted!r} in {sample.text!r}: {found}")
        vain = sum(each.kind in {"phone", "email", "plate", "address"} for line in quiet for each in screen(line))
        yield f"{name:18} {shares(tally)}, in {len(quiet)} quiet texts {vain}"


def shares(tally: Counter[str]) -> str:
    found, whole = tally["kind"] / tally["wanted"], tally["whole"] / tally["wanted"]
    precision = tally["right"] / max(1, tally["marked"])
    return f"found {found:.4f}, whole {whole:.4f}, precision {precision:.4f}, n {tally['wanted']}"


def is_whole(text: str, found: list[Finding], start: int, end: int) -> bool:
    return all(text[at].isspace() or any(each.start <= at < each.end for each in found) for at in range(start, end))


def names_line(missed: list[str], *, small: bool | None, rounds: int = 20) -> str:
    rng = random.Random(SEED)  # noqa: S311
    tally: Counter[str] = Counter()
    lines = [line for line in voices() if small is None or (line == line.lower()) == small]
    for line in lines * rounds:
        text, spans = filled(line, rng)
        found = [each for each in screen(text) if each.kind == "name"]
        met = [span for span in spans if any(touches(each, *span) for each in found)]
        whole = [span for span in spans if is_whole(text, found, *span)]
        right = [each for each in found if any(touches(each, *span) for span in spans)]
        tally.update(wanted=len(spans), kind=len(met), whole=len(whole), marked=len(found), right=len(right))
        missed += [f"missed: {text[a:b]!r} in {text!r}" for a, b in spans if (a, b) not in met]
        missed += [f"in vain: {text[e.start : e.end]!r} in {text!r}" for e in found if e not in right]
    return f"{shares(tally)} in {len(lines)} texts x {rounds}"


def in_notices(data: Path, count: int = 10_000) -> str:
    """What is marked in real texts without personal data, and how long it takes."""
    from screen_lists import police_texts

    texts = random.Random(SEED).sample(sorted(police_texts(data)), count)  # noqa: S311
    began = time.perf_counter()
    marked = Counter(found.kind for text in texts for found in screen(text))
    took = time.perf_counter() - began
    letters = sum(map(len, texts))
    return f"{count} notices ({letters} characters, {took:.1f} s): {dict(marked.most_common())}"


def main() -> int:
    missed: list[str] = []
    for line in numbers_table(missed):
        print(line)
    print("names, small letters:  ", names_line(missed, small=True))
    print("names, with capitals:  ", names_line(missed, small=False))
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    for data in folders:
        print(in_notices(data))
    if "--missed" in sys.argv:
        print("\n".join(dict.fromkeys(missed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
