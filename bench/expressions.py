"""Time expressions in sentences: `tests/cases/expressions`, told ones and traps.

    python bench/expressions.py [--misses N]

An expression is right when it is found by its words (a preposition or article more or less does not matter) with the
labelled value and every other labelled field. A trap is wrong when any time is found in it. Misses are shown of one
half of the sentences only, chosen by the hash of the text; the other half tells what the grammar is worth unseen.
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vaka.language.parse import ParseStage
from vaka.language.time import TimesStage
from vaka.types import Article, Page, Time, Zone

CASES = Path(__file__).parents[1] / "tests" / "cases" / "expressions"
FIELDS = ("value", "start", "end", "grain", "mod", "type")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence with what was asked and found; `faults` has one line a wrong expression."""

    text: str
    asked: int
    faults: tuple[str, ...]

    @property
    def shown(self) -> bool:
        """Whether the sentence is of the half whose misses may be read."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0


def cases(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load((CASES / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)[
        "cases"
    ]
    return rows


def read(rows: list[dict[str, Any]]) -> list[Page]:
    """A page with times for each case."""
    pages = []
    for number, row in enumerate(rows):
        zone = Zone("title" if row.get("title") else "body", 0, len(row["text"]))
        pages.append(Page(Article(f"t{number}", row["text"], published=row.get("published"), zones=(zone,))))
    return TimesStage().run(ParseStage().run(pages))


def outcomes(name: str) -> list[Outcome]:
    rows = cases(name)
    return [outcome(row, page) for row, page in zip(rows, read(rows), strict=True)]


def outcome(row: dict[str, Any], page: Page) -> Outcome:
    if not row["times"]:
        found = tuple(f"a time in a trap: {time.span.text!r} {time.value}" for time in page.times if time.span)
        return Outcome(row["text"], 1, found[:1])
    left = list(page.times)
    faults: list[str] = []
    for asked in row["times"]:
        near = [time for time in left if time.span and overlaps(row["text"], asked["words"], time)]
        if not near:
            faults.append(f"missed {asked['words']!r} = {asked['value']}")
            continue
        left.remove(near[0])
        wrong = [
            f"{name} {getattr(near[0], name)}, wanted {asked[name]}"
            for name in FIELDS
            if name in asked and getattr(near[0], name) != (None if asked[name] == "null" else asked[name])
        ]
        if wrong:
            faults.append(f"{asked['words']!r}: {'; '.join(wrong)}")
    return Outcome(row["text"], len(row["times"]), tuple(faults))


def overlaps(text: str, words: str, time: Time) -> bool:
    start = text.find(words)
    assert time.span is not None
    return time.span.start < start + len(words) and start < time.span.end


def right(found: list[Outcome]) -> float:
    return 1 - sum(len(outcome.faults) for outcome in found) / sum(outcome.asked for outcome in found)


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    args = ask.parse_args()
    for name in ("told", "traps"):
        found = outcomes(name)
        halves = {half: [o for o in found if o.shown is half] for half in (True, False)}
        print(f"{name}: {sum(o.asked for o in found)} asked, right {right(found):.3f}; "
              f"shown half {right(halves[True]):.3f}, unseen half {right(halves[False]):.3f}")  # fmt: skip
        for outcome in [o for o in halves[True] if o.faults][: args.misses]:
            print(f"  {outcome.text}\n      " + "\n      ".join(outcome.faults))


if __name__ == "__main__":
    main()
