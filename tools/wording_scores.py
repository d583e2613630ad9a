"""Precision and recall of the wording check on the labelled pledges, per rule.

Usage: wording_scores.py build|aside [--misses]
The half `build` is for making the rules better; the half `aside` is for measuring them, once.
"""

import json
import sys
from pathlib import Path
from typing import Any

from lofte_engine.text.wording import PledgeFields, check_pledge

FILE = Path(__file__).resolve().parent.parent / "tests/data/labelled_pledges.json"
# What the check says beyond the fifteen rules has no label.
UNLABELLED = {"L1-enhet"}


def main(half: str, *, tell_misses: bool) -> None:
    pledges = [each for each in json.loads(FILE.read_text("utf-8")) if each["set"] == half]
    rules = sorted({rule for each in pledges for rule in each["labels"]}, key=order)
    found = {each["id"]: rules_found(each) for each in pledges}
    print("| rule | hits | right | wrong | missed | precision | recall |\n| --- | --: | --: | --: | --: | --: | --: |")
    sums = [0, 0, 0]
    for rule in rules:
        judged = [each for each in pledges if rule != "L7" or "problem_linked" in each.get("fields", {})]
        wanted = {each["id"] for each in judged if rule in each["labels"]}
        said = {each["id"] for each in judged if rule in found[each["id"]]}
        counts = [len(said & wanted), len(said - wanted), len(wanted - said)]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        print(row(rule, counts))
        if tell_misses:
            print("   wrong:", sorted(said - wanted), "missed:", sorted(wanted - said), file=sys.stderr)
    print(row("all", sums))


def rules_found(pledge: dict[str, Any]) -> set[str]:
    fields = pledge.get("fields")
    given = check_pledge(pledge["text"], fields=to_fields(fields) if fields else None)
    return {finding.rule for finding in given} - UNLABELLED


def to_fields(given: dict[str, Any]) -> PledgeFields:
    """Only what the label file gives; the rest is not known and is read from the text."""
    values: dict[str, Any] = {}
    if "problem_linked" in given:
        values["has_problem"] = given["problem_linked"]
    if given.get("indicator"):
        values["indicator"] = given["indicator"]
    if given.get("follow_up"):
        values["reported"] = given["follow_up"]
    if given.get("amount") is not None:
        values["amount"] = float(given["amount"])
    if given.get("earlier_actual") is not None:
        values["earlier_results"] = (float(given["earlier_actual"]),)
    return PledgeFields(**values)


def row(rule: str, counts: list[int]) -> str:
    right, wrong, missed = counts
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "–"
    recall = f"{right / (right + missed):.2f}" if right + missed else "–"
    return f"| {rule} | {right + missed} | {right} | {wrong} | {missed} | {precision} | {recall} |"


def order(rule: str) -> tuple[int, str]:
    number, _dash, rest = rule[1:].partition("-")
    return int(number), rest


if __name__ == "__main__":
    main(sys.argv[1], tell_misses="--misses" in sys.argv)
