"""The words of promising, expecting and demanding, as compiled from `data/lexicon/pledges.yml`."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines

USES = frozenset(
    {
        "promise-verb", "promise-adjective", "promise-noun", "given-noun", "plan-noun", "plan-verb", "expect-verb",
        "expect-adjective", "kept", "broken", "withdrawn", "deal", "deed", "term", "order-verb", "penalty-verb",
        "threat-verb", "not-promised", "vague-verb", "doubt-verb", "forecast-noun", "weather-word", "sport-word",
        "outpost", "decided-deed", "bound-verb", "set-down", "spoken-plan", "offer-phrase",
    }
)  # fmt: skip
TAKES = frozenset({"to", "that", "ing", "thing", "sum", "deed", "on"})


@dataclass(frozen=True, slots=True)
class Promising:
    """What each verb of promising takes, and the words of every other use."""

    verbs: dict[str, frozenset[str]]
    lists: dict[str, frozenset[str]]

    def has(self, use: str, word: str) -> bool:
        return word in self.lists[use]

    def after(self, use: str, verb: str) -> frozenset[str]:
        """The words that phrases of this use have behind the verb."""
        phrases = (phrase.split() for phrase in self.lists[use])
        return frozenset(word for first, word in phrases if first == verb)

    def any(self, use: str, words: Iterable[str]) -> bool:
        return not self.lists[use].isdisjoint(words)


def compile_promising(data: Path, whole: bool = True) -> list[dict[str, Any]]:
    """The rows of `pledges.yml`, one a word, sorted.

    Raises KnowledgeError on an unknown use or frame, a word that stands twice, or, in a `whole` file, a use without
    words.
    """
    path = data / "lexicon" / "pledges.yml"
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows_of(path, "words"):
        check_keys(path, row, {"use", "takes", "words"}, {"use", "words"})
        plain, line = without_lines(row), row[LINE]
        takes = plain.get("takes", [])
        if plain["use"] not in USES:
            raise KnowledgeError(str(path), line, f"{plain['use']!r} is not one of {', '.join(sorted(USES))}")
        if (plain["use"] == "promise-verb") != bool(takes) or not TAKES.issuperset(takes):
            raise KnowledgeError(str(path), line, f"takes of a promise-verb are among {', '.join(sorted(TAKES))}")
        for word in plain["words"]:
            if (plain["use"], word) in found:
                raise KnowledgeError(str(path), line, f"{word!r} stands twice under {plain['use']}")
            found[plain["use"], word] = {"use": plain["use"], "word": word, "takes": sorted(takes)}
    if whole and (missing := sorted(USES - {use for use, _ in found})):
        raise KnowledgeError(str(path), None, f"has no words for {missing[0]!r}")
    return [found[key] for key in sorted(found)]


@functools.cache
def promising() -> Promising:
    """The compiled words."""
    verbs: dict[str, frozenset[str]] = {}
    lists: dict[str, set[str]] = {use: set() for use in USES}
    for row in knowledge_rows("pledges"):
        lists[row["use"]].add(row["word"])
        if row["use"] == "promise-verb":
            verbs[row["word"]] = frozenset(row["takes"])
    return Promising(verbs, {use: frozenset(words) for use, words in lists.items()})
