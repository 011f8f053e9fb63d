"""Scores the coder on the project's own labelled sets and prints the figures that bench/floors.json guards.

    python bench/cases.py               the figures of each layer
    python bench/cases.py --misses 30   sentences that went wrong, to read
    python bench/cases.py --raise       writes better figures to bench/floors.json

The sets stand in tests/ and were labelled before the code that they measure: sentences with all their events (events,
and the traps among them), negatives and their twins (negatives.py), ten whole reports (reports.py), mentions and their
countries (mentions.py), stories of several reports with their copies and incidents (stories.py). An event counts as
found when type, and status as happened or not, agree with a label of its sentence; parties by country or, without one,
by words. Events below the default score are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mentions
import negatives
import reports
import stories
import yaml

from vaka.engine import Engine, at_least
from vaka.types import Actor, Article, Event, Page, Zone

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "events"
FLOORS = ROOT / "bench" / "floors.json"
HAPPENED = frozenset({"occurred", "ongoing"})
SLACK = 0.012
"""The int8 network rounds otherwise on processors of another kind, which moves a figure by up to a hundredth."""


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """File stem and case, in the order of files and rows."""
    for path in sorted(CASES.glob("*.yml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            row["published"] = str(row["published"])
            yield path.stem, row


def corpus_hash() -> str:
    """sha256 over the labelled files: figures of different corpora cannot be compared."""
    digest = hashlib.sha256()
    folders = (CASES, negatives.CASES, reports.FOLDER, mentions.CASES, stories.CASES)
    for path in sorted(path for folder in folders for path in folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def coded(rows: list[dict[str, Any]]) -> list[Page]:
    """A page for each case; the text is one body zone."""
    articles = [
        Article(f"case-{number}", row["text"], published=row["published"], language="en",
                zones=(Zone("body", 0, len(row["text"])),))
        for number, row in enumerate(rows)
    ]  # fmt: skip
    return [at_least(page) for page in Engine().code(articles)]


def same_status(gold: str, got: str) -> bool:
    return gold == got or (gold in HAPPENED and got in HAPPENED)


def party_fits(gold: list[dict[str, Any]], got: tuple[Actor, ...]) -> bool:
    """Both sides empty, or a label that the answer names by country or by its words."""
    if not gold:
        return not got
    for label in gold:
        for actor in got:
            if label.get("country") and label["country"] == actor.country:
                return True
            if not label.get("country") and set(label["words"].lower().split()) & set(actor.span.text.lower().split()):
                return True
    return False


def score_case(row: dict[str, Any], page: Page, count: Counter[str]) -> list[str]:
    """Adds one case to the counts; returns what went wrong, in words."""
    left = list(page.events)
    wrong: list[str] = []
    count["gold"] += len(row["events"])
    count["got"] += len(left)
    count["happened"] += sum(event.status in HAPPENED for event in left)
    for gold in row["events"]:
        fits = [e for e in left if e.type == gold["type"]]
        fits.sort(key=lambda e: (not same_status(gold["status"], e.status), e.trigger.text not in gold["trigger"]))
        if not fits:
            wrong.append(f"missed {gold['type']} {gold['trigger']!r}")
            continue
        event = fits[0]
        left.remove(event)
        count["type"] += 1
        status = same_status(gold["status"], event.status)
        actor, recipient = (
            party_fits(gold.get("actors", []), event.actors),
            party_fits(gold.get("recipients", []), event.recipients),
        )
        count["status"] += status
        count["mode"] += gold.get("mode") == event.mode
        count["actor"] += actor
        count["recipient"] += recipient
        count["whole"] += status and actor and recipient
        if not (status and actor and recipient):
            wrong.append(f"{gold['type']} {gold['trigger']!r} came as {describe(event)}")
    real = {g["type"] for g in row["events"] if g["status"] in HAPPENED}
    false = [event for event in left if event.status in HAPPENED and event.type not in real]
    count["false"] += len(false)
    count["alarmed"] += bool(false)
    return wrong + [f"extra {describe(event)}" for event in left]


def describe(event: Event) -> str:
    actors = ", ".join(f"{a.span.text}={a.country}" for a in event.actors)
    recipients = ", ".join(f"{a.span.text}={a.country}" for a in event.recipients)
    return f"{event.type}/{event.mode}/{event.status} [{actors}] > [{recipients}] by {event.basis.rule}"


def figures(count: Counter[str], sentences: int) -> dict[str, float]:
    """F1 of the type, of whole events, and how often the rest of a found event is right."""
    found = max(1, count["type"])

    def f1(hits: int) -> float:
        return 2 * hits / max(1, count["gold"] + count["got"])

    return {
        "type_F1": round(f1(count["type"]), 3),
        "whole_F1": round(f1(count["whole"]), 3),
        "status_acc": round(count["status"] / found, 3),
        "mode_acc": round(count["mode"] / found, 3),
        "actor_acc": round(count["actor"] / found, 3),
        "recipient_acc": round(count["recipient"] / found, 3),
        "false_alarm_rate": round(count["alarmed"] / max(1, sentences), 3),
    }


def measure(misses: int = 0) -> dict[str, dict[str, float]]:
    """The figures of all sentences and of the traps alone; prints `misses` sentences that went wrong."""
    named = list(cases())
    pages = coded([row for _, row in named])
    whole, traps = Counter[str](), Counter[str]()
    for (stem, row), page in zip(named, pages, strict=True):
        wrong = score_case(row, page, whole)
        if stem == "traps":
            score_case(row, page, traps)
        if wrong and misses > 0:
            misses -= 1
            print(f"{stem}: {row['text']}\n    " + "\n    ".join(wrong))
    trap_rows = sum(stem == "traps" for stem, _ in named)
    return {
        "events": figures(whole, len(named)),
        "traps": figures(traps, trap_rows),
        "negatives": rounded(negatives.figures(negatives.outcomes())),
        "reports": rounded(reports.figures(reports.reports())),
        "mentions": rounded(mentions.score(mentions.answers())),
        "stories": rounded(stories.figures(stories.outcomes())),
    }


def rounded(found: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in found.items()}


def worse(new: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Figures that fell below their floor; a rate of false alarms may only fall."""
    found = []
    for layer, names in floors.items():
        for name, floor in names.items():
            value = new[layer][name]
            fell = value > floor + SLACK if name.endswith("_rate") else value < floor - SLACK
            if fell:
                found.append(f"{layer} {name}: {value} was {floor}")
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    ask.add_argument("--raise", dest="lift", action="store_true")
    args = ask.parse_args()
    new = measure(args.misses)
    for layer, names in new.items():
        print(f"{layer:10}" + "  ".join(f"{name} {value:.3f}" for name, value in names.items()))
    kept: dict[str, Any] = (
        json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"corpus": "", "floors": {}}
    )
    for layer, first in kept.get("first", {}).items():
        print(f"first run, {layer}: " + "  ".join(f"{name} {value:.3f}" for name, value in first.items()))
    if args.lift:
        kept |= {"corpus": corpus_hash(), "floors": new}
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    elif kept["corpus"] == corpus_hash() and (fell := worse(new, kept["floors"])):
        sys.exit("below the floor:\n" + "\n".join(fell))


if __name__ == "__main__":
    main()
