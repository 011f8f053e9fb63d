"""The place of each event: `tests/cases/event_places.yml`, two hundred sentences, sixty of which tell no place of it.

    python bench/event_places.py [--misses N]

The event is the one whose trigger overlaps the marked word. Its place is right when its words overlap a labelled name
(one of them, where the act has several places); a place where none is labelled is a false one. Found tells how many of
the marked words are events at all, at any score; the other figures are of those.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from event_dates import Outcome, misses_asked, show

from vaka.engine import Engine
from vaka.types import Article, Page

CASES = Path(__file__).parents[1] / "tests" / "cases" / "event_places.yml"


def outcomes() -> list[Outcome]:
    rows: list[dict[str, Any]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    pages = Engine().code([Article(f"p{at}", row["text"]) for at, row in enumerate(rows)])
    return [outcome(page, row) for row, page in zip(rows, pages, strict=True)]


def place_of(text: str, words: str) -> tuple[int, int]:
    """Offsets of the words; `word#2` is the second time that they stand there."""
    words, _, number = words.partition("#")
    start = -1
    for _ in range(int(number or 1)):
        start = text.index(words, start + 1)
    return start, start + len(words)


def outcome(page: Page, row: dict[str, Any]) -> Outcome:
    text, asked = page.article.text, row["places"]
    start, end = place_of(text, row["event"])
    events = [e for e in page.events if e.trigger.start < end and start < e.trigger.end]
    if not events:
        return Outcome(text, "missed", bool(asked), f"{row['event']}: no event")
    spans = [event.where.span for event in events if event.where]
    wanted = [place_of(text, name) for name in asked]
    if not spans:
        return Outcome(
            text, "none" if asked else "right", bool(asked), f"{row['event']}: none, wanted {asked}" * bool(asked)
        )
    right = any(span.start < stop and begin < span.end for span in spans for begin, stop in wanted)
    came = "right" if right else "wrong" if asked else "false"
    fault = "" if right else f"{row['event']}: {[span.text for span in spans]}, wanted {asked}"
    return Outcome(text, came, bool(asked), fault)


def figures(found: list[Outcome]) -> dict[str, float]:
    """Shares: of events found, of places right, wrong and missing among those that have one, of false ones."""
    met = [row for row in found if row.came != "missed"]
    placed, bare = [row for row in met if row.told], [row for row in met if not row.told]
    shares = {name: sum(row.came == name for row in placed) / len(placed) for name in ("right", "wrong", "none")}
    return {
        "found": round(len(met) / len(found), 3),
        **{name: round(share, 3) for name, share in shares.items()},
        "false_rate": round(sum(row.came == "false" for row in bare) / len(bare), 3),
    }


def main() -> None:
    """The command line."""
    misses = misses_asked(__doc__)
    found = outcomes()
    show("event places", found, figures(found), misses)


if __name__ == "__main__":
    main()
