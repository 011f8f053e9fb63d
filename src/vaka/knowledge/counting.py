"""Words of counting as compiled from `data/lexicon/numbers.yml`: vague numbers, scales, what stands before a number,
currencies, and the words of dying, being hurt and being arrested that a number belongs to.

It holds words and values; what a number counts in a sentence is the coder's to say.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines

COUNTED = ("dead", "injured", "arrested")
"""Kinds of magnitude that are told with words of their own."""
PARTS = frozenset({"verb", "fate", "state", "noun", "deed", "toll"})
VALUED = frozenset({"vague", "scale", "times"})
SAYS = frozenset({*COUNTED, *VALUED, "least", "most", "about", "past", "currency", "taking", "person"})


@dataclass(frozen=True, slots=True)
class Counting:
    """`vague` maps words to low and high, `scales` to a factor, `rises` to percent; `words` are those of all else, by
    what they say and, for what is counted, by part ("dead verb")."""

    vague: dict[str, tuple[float, float | None]]
    scales: dict[str, float]
    rises: dict[str, float]
    words: dict[str, frozenset[str]]


def compile_counting(data: Path, whole: bool = True) -> list[dict[str, Any]]:
    """The rows of `numbers.yml`, one a word, sorted.

    Raises KnowledgeError on an unknown `says` or `part`, on a value that is no number or is missing, on a word that
    stands twice, and, in a `whole` file, on a meaning without words.
    """
    path = data / "lexicon" / "numbers.yml"
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows_of(path, "rows"):
        check_keys(path, row, {"says", "words", "part", "low", "high"}, {"says", "words"})
        plain, line = without_lines(row), row[LINE]
        if plain["says"] not in SAYS:
            raise KnowledgeError(str(path), line, f"{plain['says']!r} is not one of {', '.join(sorted(SAYS))}")
        if (plain["says"] in COUNTED) != (plain.get("part") in PARTS):
            raise KnowledgeError(str(path), line, f"part, one of {', '.join(sorted(PARTS))}, goes with what is counted")
        if (plain["says"] in VALUED) != ("low" in plain):
            raise KnowledgeError(str(path), line, f"low goes with {', '.join(sorted(VALUED))}, and with nothing else")
        values = {key: _value(path, line, plain[key]) for key in ("low", "high") if key in plain}
        for word in plain["words"]:
            key = (plain["says"], plain.get("part", ""), word)
            if key in found:
                raise KnowledgeError(str(path), line, f"{word!r} stands twice under {plain['says']}")
            found[key] = {"says": plain["says"], "part": plain.get("part", ""), "word": word} | values
    if whole and (missing := sorted(SAYS - {says for says, _, _ in found})):
        raise KnowledgeError(str(path), None, f"no row says {missing[0]!r}")
    return [found[key] for key in sorted(found)]


def _value(path: Path, line: int, told: str) -> float:
    try:
        return float(told)
    except ValueError:
        raise KnowledgeError(str(path), line, f"{told!r} is no number") from None


@functools.cache
def counting() -> Counting:
    """The compiled words."""
    vague: dict[str, tuple[float, float | None]] = {}
    scales: dict[str, float] = {}
    rises: dict[str, float] = {}
    words: dict[str, set[str]] = defaultdict(set)
    for row in knowledge_rows("numbers"):
        if row["says"] == "vague":
            vague[row["word"]] = (row["low"], row.get("high"))
        elif row["says"] in VALUED:
            (scales if row["says"] == "scale" else rises)[row["word"]] = row["low"]
        else:
            words[f"{row['says']} {row['part']}".strip()].add(row["word"])
    return Counting(vague, scales, rises, {key: frozenset(found) for key, found in words.items()})
