"""Numbers of events: `tests/cases/numbers.yml`, how many died, were hurt, arrested, marched, what it cost, who says so.

    python bench/magnitudes.py [--misses N]

A number is right when an event of the sentence holds its kind with the labelled low and high and, where a label names
whose count it is, the quote that the event comes from has that speaker. A kind beyond the labels is wrong.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vaka.engine import Engine
from vaka.types import Article, Event, Page, Quantity

CASES = Path(__file__).parents[1] / "tests" / "cases" / "numbers.yml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence with its count of labels, of right ones, of numbers beyond them, and one line a fault."""

    text: str
    asked: int
    right: int
    beyond: int
    faults: tuple[str, ...]


def outcomes() -> list[Outcome]:
    rows: list[dict[str, Any]] = yaml.load(CASES.read_text(encoding="utf-8"), yaml.BaseLoader)["cases"]
    articles = [
        Article(f"n{at}", row["text"] + "\n" if row.get("title") else row["text"], title=row["text"] if row.get("title")
                else None, published=row["published"])
        for at, row in enumerate(rows)
    ]  # fmt: skip
    return [outcome(row, page) for row, page in zip(rows, Engine().code(articles), strict=True)]


def outcome(row: dict[str, Any], page: Page) -> Outcome:
    told = [(event, kind, quantity) for event in page.events for kind, quantity in event.magnitude]
    faults: list[str] = []
    for asked in row["counts"]:
        ends = [None if asked[end] == "null" else float(asked[end]) for end in ("low", "high")]
        near = [(event, number) for event, kind, number in told if kind == asked["kind"]]
        same = [event for event, number in near if [number.low, number.high] == ends]
        if not same:
            found = "; ".join(sorted({ends_of(number) for _, number in near})) or "nothing"
            faults.append(f"{asked['kind']} {asked['low']}–{asked['high']}: found {found}")
        elif "by" in asked and not any(asked["by"] in speaker(page, event) for event in same):
            faults.append(f"{asked['kind']} by {asked['by']}: found {[speaker(page, event) for event in same]}")
    kinds = {asked["kind"] for asked in row["counts"]}
    beyond = sorted({f"{kind} {ends_of(number)} beyond the labels" for _, kind, number in told if kind not in kinds})
    return Outcome(row["text"], len(row["counts"]), len(row["counts"]) - len(faults), len(beyond), (*faults, *beyond))


def ends_of(number: Quantity) -> str:
    low, high = (f"{end:g}" if end is not None else "null" for end in (number.low, number.high))
    return f"{low}–{high} ({number.text!r})"


def speaker(page: Page, event: Event) -> str:
    """Who says what the event comes from; empty where the report itself tells it."""
    quote = next((quote for quote in page.quotes if quote.id == event.said_by), None)
    return quote.speaker.span.text if quote and quote.speaker else ""


def figures(found: list[Outcome]) -> dict[str, float]:
    """Shares: of labelled numbers found right, of found ones that are right, of traps without a number."""
    asked, right, beyond = (sum(getattr(row, name) for row in found) for name in ("asked", "right", "beyond"))
    traps = [row for row in found if not row.asked]
    wrong = asked - right + beyond
    return {
        "recall": right / asked,
        "precision": right / (right + wrong),
        "traps": sum(not row.beyond for row in traps) / len(traps),
    }


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    args = ask.parse_args()
    found = outcomes()
    print("numbers  " + "  ".join(f"{name} {value:.3f}" for name, value in figures(found).items()))
    for row in [row for row in found if row.faults][: args.misses]:
        print(f"  {row.text}\n      " + "\n      ".join(row.faults))


if __name__ == "__main__":
    main()
