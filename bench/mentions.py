"""Score the countries of mentions on `tests/cases/mentions`: right country or none, wrong country, missed.

    python bench/mentions.py [--misses N]

Rules and data are mended by reading the misses of one half of the sentences only (chosen by the hash of the text);
the other half is scored and never shown, so that it tells what the rules are worth on sentences nobody looked at.
A mention is right when the page gives its words the labelled country, or none where the label is `~`. A country where
the label says none, or another one than the label, is wrong; no country where the label has one is missed.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vaka.engine import Engine
from vaka.knowledge.territories import sovereign
from vaka.types import Article, Page, Zone

CASES = Path(__file__).parents[1] / "tests" / "cases" / "mentions"


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled mention and the country that the page gives it; `text` is the sentence."""

    text: str
    words: str
    wanted: str | None
    given: str | None
    how: str
    file: str

    @property
    def shown(self) -> bool:
        """Whether the sentence is of the half whose misses may be read."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0

    @property
    def verdict(self) -> str:
        if self.given == self.wanted:
            return "right"
        return "missed" if self.given is None else "wrong"


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.yml")):
        for row in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
            yield path.name, row


def answers() -> list[Answer]:
    """An answer a labelled mention, in the order of the files."""
    told = list(rows())
    articles = [
        Article(
            f"m{n}", row["text"], published=row["published"], language="en", zones=(Zone("body", 0, len(row["text"])),)
        )
        for n, (_, row) in enumerate(told)
    ]
    found: list[Answer] = []
    for (file, row), page in zip(told, Engine().code(articles), strict=True):
        for mention in row["mentions"]:
            wanted = mention["country"] if mention["country"] not in {"~", "", "null"} else None
            given, how = country_of(page, row["text"].index(mention["words"]), len(mention["words"]))
            found.append(Answer(row["text"], mention["words"], wanted, given, how, file))
    return found


def country_of(page: Page, start: int, length: int) -> tuple[str | None, str]:
    """The country of the mention that covers most of the words, actors before places, and the rule that gave it."""
    best: tuple[float, str | None, str] = (0.0, None, "nothing found")
    for rank, items in ((0.01, page.actors), (0.0, page.places)):
        for item in items:
            shared = min(item.span.end, start + length) - max(item.span.start, start)
            union = max(item.span.end, start + length) - min(item.span.start, start)
            # An adjective inside "Kazakh riot police" counts for the whole only where nothing larger stands.
            weight = shared / union + rank + (0.5 if item.country else 0.0) if shared > 0 else 0.0
            if weight > best[0]:
                best = (weight, sovereign(item.country), f"{item.basis.stage} {item.basis.rule}")
    return best[1], best[2]


def score(found: list[Answer]) -> dict[str, float]:
    """Shares of all mentions."""
    counts = Counter(answer.verdict for answer in found)
    names = {"right": "right", "wrong": "wrong_rate", "missed": "missed_rate"}
    return {name: counts[verdict] / len(found) for verdict, name in names.items()}


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0, help="print this many mentions that went wrong")
    args = ask.parse_args()
    found = answers()
    print(f"{len(found)} mentions  " + "  ".join(f"{name} {share:.3f}" for name, share in score(found).items()))
    for name, half in (("shown half", True), ("unseen half", False)):
        part = [a for a in found if a.shown is half]
        print(f"  {name} {len(part)}  " + "  ".join(f"{key} {share:.3f}" for key, share in score(part).items()))
    for answer in [a for a in found if a.verdict != "right" and a.shown][: args.misses]:
        got = f"{answer.words} = {answer.wanted} got {answer.given} ({answer.how})"
        print(f"{answer.verdict:6} {got} | {answer.file} | {answer.text}")


if __name__ == "__main__":
    main()
