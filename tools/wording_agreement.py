"""How far the two readings of the labelled pledges agree: Cohen's kappa per rule and over all, as a table."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PLEDGES = Path(__file__).resolve().parent.parent / "tests" / "data" / "labelled_pledges.json"
RULES = ("L1", "L2", "L3", "L4", "L5", "L6", "L6-kommun", *(f"L{number}" for number in range(7, 16)))

Pair = tuple[bool, bool]


def judged(pledge: dict[str, Any], rule: str) -> bool:
    """The problem link can be judged only where the fields say whether there is one."""
    return rule != "L7" or "problem_linked" in pledge.get("fields", {})


def readings(pledges: list[dict[str, Any]], rule: str) -> list[Pair]:
    return [(rule in p["labels_a"], rule in p["labels_b"]) for p in pledges if judged(p, rule)]


def observed(pairs: list[Pair]) -> float:
    return sum(a == b for a, b in pairs) / len(pairs)


def kappa(pairs: list[Pair]) -> float | None:
    """None where chance alone would give full agreement: both readings say the same of every pledge."""
    share_a = sum(a for a, _ in pairs) / len(pairs)
    share_b = sum(b for _, b in pairs) / len(pairs)
    by_chance = share_a * share_b + (1 - share_a) * (1 - share_b)
    return None if by_chance == 1 else (observed(pairs) - by_chance) / (1 - by_chance)


def row(name: str, pairs: list[Pair], final: int, build: int) -> Iterable[str]:
    value = kappa(pairs)
    yield name
    yield str(len(pairs))
    yield str(sum(a for a, _ in pairs))
    yield str(sum(b for _, b in pairs))
    yield str(sum(a and b for a, b in pairs))
    yield str(sum(a != b for a, b in pairs))
    yield f"{observed(pairs):.3f}"
    yield "–" if value is None else f"{value:.2f}"
    yield f"{final} ({build} + {final - build})"


def table(pledges: list[dict[str, Any]]) -> list[str]:
    head = ("rule", "judged", "A", "B", "both", "differ", "agreement", "kappa", "final hits (build + aside)")
    lines = [head, ("---", *["--:"] * (len(head) - 1))]
    together: list[Pair] = []
    finals = builds = 0
    for rule in RULES:
        pairs = readings(pledges, rule)
        final = sum(rule in p["labels"] for p in pledges)
        build = sum(rule in p["labels"] for p in pledges if p["set"] == "build")
        together, finals, builds = together + pairs, finals + final, builds + build
        lines.append(tuple(row(rule, pairs, final, build)))
    lines.append(tuple(row("all", together, finals, builds)))
    return ["| " + " | ".join(line) + " |" for line in lines]


def faults(pledges: list[dict[str, Any]]) -> list[str]:
    """What would make the figures wrong without showing."""
    found = []
    if len({p["id"] for p in pledges}) != len(pledges):
        found.append("two pledges share an id")
    for pledge in pledges:
        for key in ("labels_a", "labels_b", "labels"):
            labels = pledge[key]
            if unknown := set(labels) - set(RULES):
                found.append(f"{pledge['id']} {key}: no such rule {sorted(unknown)}")
            if {"L6", "L6-kommun"} <= set(labels):
                found.append(f"{pledge['id']} {key}: no area and only the whole kommun exclude each other")
            if "L7" in labels and not judged(pledge, "L7"):
                found.append(f"{pledge['id']} {key}: L7 without the field problem_linked")
        agreed, named = set(pledge["labels_a"]) & set(pledge["labels_b"]), set(pledge["labels_a"] + pledge["labels_b"])
        if not agreed <= set(pledge["labels"]) <= named:
            found.append(f"{pledge['id']}: the final labels are not between what both and what either said")
        if named != agreed and not pledge.get("note"):
            found.append(f"{pledge['id']}: the readings differ and no note says why the final label was chosen")
    return found


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PLEDGES
    pledges = json.loads(path.read_text(encoding="utf-8"))
    if wrong := faults(pledges):
        print("\n".join(wrong), file=sys.stderr)
        return 2
    print("\n".join(table(pledges)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
