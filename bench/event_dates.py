"""The date of each event: `tests/cases/event_dates.yml`, where it is told and where nothing may date it.

    python bench/event_dates.py [--misses N]

An event is found by its type and the words of its trigger. Its date is right when start and end are the labelled ones
and, where the label names it, it comes from there. A date where the label has none is a false date.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vaka.engine import Engine
from vaka.types import Article, Page

CASES = Path(__file__).parents[1] / "tests" / "cases" / "event_dates.yml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one labelled event (missed, right, wrong or false), whether its text tells what is asked, and the
    fault."""

    text: str
    came: str
    told: bool
    fault: str = ""


def outcomes() -> list[Outcome]:
    rows: list[dict[str, Any]] = yaml.load(CASES.read_text(encoding="utf-8"), yaml.BaseLoader)["cases"]
    articles = [Article(f"d{at}", row["text"], published=row.get("published")) for at, row in enumerate(rows)]
    pages = Engine().code(articles)
    return [outcome(page, ask) for row, page in zip(rows, pages, strict=True) for ask in row["events"]]


def outcome(page: Page, ask: dict[str, str]) -> Outcome:
    text, asked = page.article.text, tuple(None if ask[end] == "null" else ask[end] for end in ("start", "end"))
    dated = asked != (None, None)
    event = next((e for e in page.events if e.type == ask["type"] and ask["words"] in e.trigger.text), None)
    if event is None:
        found = [(e.type, e.trigger.text) for e in page.events]
        return Outcome(text, "missed", dated, f"{ask['type']} {ask['words']!r} not found among {found}")
    when = event.when
    told = (when.start, when.end) if when else (None, None)
    if told == asked and (when is None or ask.get("from") in {None, when.origin}):
        return Outcome(text, "right", dated)
    fault = f"{ask['words']}: {told} from {when.origin if when else None}, wanted {asked} from {ask.get('from')}"
    return Outcome(text, "wrong" if dated else "false", dated, fault)


def figures(found: list[Outcome]) -> dict[str, float]:
    """Shares: of events found, of dates right among those that have one, of false dates among those without."""
    met = [row for row in found if row.came != "missed"]
    dated, bare = [row for row in met if row.told], [row for row in met if not row.told]
    return {
        "found": len(met) / len(found),
        "date": sum(row.came == "right" for row in dated) / len(dated),
        "false_rate": sum(row.came == "false" for row in bare) / len(bare),
    }


def show(title: str, found: list[Outcome], told: dict[str, float], misses: int) -> None:
    """Prints the figures, and the first of the faults."""
    print(title + "  " + "  ".join(f"{name} {value:.3f}" for name, value in told.items()))
    for row in [row for row in found if row.fault][:misses]:
        print(f"  {row.text}\n      {row.fault}")


def misses_asked(doc: str | None) -> int:
    """How many faults the command line asks for."""
    ask = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    misses: int = ask.parse_args().misses
    return misses


def main() -> None:
    """The command line."""
    misses = misses_asked(__doc__)
    found = outcomes()
    show("event dates", found, figures(found), misses)


if __name__ == "__main__":
    main()
