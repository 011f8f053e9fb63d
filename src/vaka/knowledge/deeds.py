"""Deeds in families as compiled from `data/lexicon/deeds.yml`: what promises call them, and reports when they are done.

It holds words and judges nothing: whether a deed keeps a promise is the record's to say.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines

PAIRED = frozenset({"deed", "breach"})
LISTED = frozenset({"same", "wished", "leader", "personal"})
_WORDS = re.compile(r"[a-z][a-z'’-]*\*?(?: (?:\.\.\. )?[a-z][a-z'’-]*\*?)*")
GAP = r"(?:\s+[\w'’-]+){0,4}?\s+"
"""Up to four words between the parts of a phrase."""


@dataclass(frozen=True, slots=True)
class Family:
    """`promised` finds what a promise calls the deed; `told` is the pattern of what reports call it."""

    promised: re.Pattern[str]
    told: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """Families of deeds and of breaches; groups of words for one thing; patterns of the other words."""

    deeds: tuple[Family, ...]
    breaches: tuple[Family, ...]
    same: tuple[tuple[str, ...], ...]
    wished: str
    leader: str
    personal: re.Pattern[str]


def compile_deeds(data: Path, whole: bool = True) -> list[dict[str, Any]]:
    """The rows of `deeds.yml`, sorted; the first word of a `same` row stays the first.

    Raises KnowledgeError on an unknown `says`, on missing or empty words, on words that could not be found in a text,
    and, in a `whole` file, on a meaning that no row has.
    """
    path = data / "lexicon" / "deeds.yml"
    rows = []
    for row in rows_of(path, "rows"):
        check_keys(path, row, {"says", "promised", "told", "words"}, {"says"})
        plain, line = without_lines(row), row[LINE]
        if plain["says"] not in PAIRED | LISTED:
            raise KnowledgeError(
                str(path), line, f"{plain['says']!r} is not one of {', '.join(sorted(PAIRED | LISTED))}"
            )
        wanted = {"promised", "told"} if plain["says"] in PAIRED else {"words"}
        if set(plain) - {"says"} != wanted:
            raise KnowledgeError(
                str(path), line, f"a row that says {plain['says']} holds {' and '.join(sorted(wanted))}"
            )
        for key in wanted:
            _check_words(path, line, key, plain[key])
        rows.append(plain)
    if whole and (missing := sorted((PAIRED | LISTED) - {row["says"] for row in rows})):
        raise KnowledgeError(str(path), None, f"no row says {missing[0]!r}")
    return sorted(rows, key=lambda row: (row["says"], row.get("promised") or row["words"]))


def _check_words(path: Path, line: int, key: str, words: Any) -> None:
    if not isinstance(words, list):
        raise KnowledgeError(str(path), line, f"{key} must be a list of words")
    for word in words:
        if not isinstance(word, str) or not _WORDS.fullmatch(word):
            raise KnowledgeError(str(path), line, f'{key}: {word!r} is no phrase in small letters with "*" and "..."')
    if len(set(words)) != len(words):
        raise KnowledgeError(str(path), line, f"{key}: a phrase stands twice")


@functools.cache
def deeds() -> Deeds:
    """The compiled families and words."""
    rows = list(knowledge_rows("deeds"))

    def families(says: str) -> tuple[Family, ...]:
        told = (row for row in rows if row["says"] == says)
        return tuple(
            Family(re.compile(pattern_of(row["promised"]), re.IGNORECASE), pattern_of(row["told"])) for row in told
        )

    def listed(says: str) -> list[str]:
        return [word for row in rows if row["says"] == says for word in row["words"]]

    return Deeds(
        families("deed"),
        families("breach"),
        tuple(tuple(row["words"]) for row in rows if row["says"] == "same"),
        any_of(listed("wished")),
        any_of(listed("leader")),
        re.compile(pattern_of(listed("personal")), re.IGNORECASE),
    )


def any_of(phrases: Iterable[str]) -> str:
    """A pattern of the phrases in the order given, without word limits: "*" any ending, "..." up to four words."""
    parts = (re.escape(phrase).replace(r"\ \.\.\.\ ", GAP).replace(r"\ ", r"\s+") for phrase in phrases)
    return "|".join(part.replace(r"\*", r"\w*") for part in parts)


def pattern_of(phrases: Iterable[str]) -> str:
    """A pattern of the phrases as whole words."""
    return rf"\b(?:{any_of(phrases)})\b"
