"""The words that tell what became of a thing told before, as compiled from `data/lexicon/following.yml`.

It finds phrases in a text and judges nothing: what a phrase makes of a promise is the record's to say.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines

SAYS = frozenset(
    {
        "begun",
        "ended",
        "kept",
        "partly-kept",
        "broken",
        "withdrawn",
        "running",
        "revised",
        "corrected",
        "again",
        "lasting",
        "denied",
        "plain",
    }
)
REACH = 60
"""Characters within which a phrase's second part must follow: about ten words, and never past the sentence."""

_WORDS = re.compile(r"[a-z0-9'’ -]+")


def compile_following(data: Path, whole: bool = True) -> list[dict[str, Any]]:
    """The rows of `following.yml`, sorted; words of plain rows are single words.

    Raises KnowledgeError on an unknown `says`, on words that could not be found in a text, and, in a
    `whole` file, on a meaning that no row gives.
    """
    path = data / "lexicon" / "following.yml"
    rows = []
    for row in rows_of(path, "rows"):
        check_keys(path, row, {"says", "words", "after"}, {"says", "words"})
        plain = without_lines(row)
        if plain["says"] not in SAYS:
            raise KnowledgeError(str(path), row[LINE], f"{plain['says']!r} is not one of {', '.join(sorted(SAYS))}")
        for key in ("words", "after"):
            _check_words(path, row[LINE], key, row.get(key, ["it"]), single=plain["says"] == "plain")
        rows.append({key: sorted(value) if key != "says" else value for key, value in plain.items()})
    if whole and (missing := sorted(SAYS - {row["says"] for row in rows})):
        raise KnowledgeError(str(path), None, f"no row says {missing[0]!r}")
    return sorted(rows, key=lambda row: (row["says"], row["words"]))


def _check_words(path: Path, line: int, key: str, words: Any, *, single: bool) -> None:
    if not isinstance(words, list) or not words:
        raise KnowledgeError(str(path), line, f"{key} must be a list of words")
    for word in words:
        if not isinstance(word, str) or not _WORDS.fullmatch(word) or (single and " " in word):
            wanted = "word" if single else "phrase"
            raise KnowledgeError(str(path), line, f"{key}: {word!r} is no {wanted} in small letters")
    if len(set(words)) != len(words):
        raise KnowledgeError(str(path), line, f"{key}: a phrase stands twice")


@functools.cache
def following() -> dict[str, re.Pattern[str]]:
    """A pattern for each meaning but `plain`; it finds whole phrases in any case, over line breaks too."""
    parts: dict[str, list[str]] = defaultdict(list)
    for row in knowledge_rows("following"):
        if row["says"] != "plain":
            after = rf"[^.;!?]{{0,{REACH}}}?{_any_of(row['after'])}" if "after" in row else ""
            parts[row["says"]].append(_any_of(row["words"]) + after)
    return {says: re.compile("|".join(found), re.IGNORECASE) for says, found in parts.items()}


@functools.cache
def plain_words() -> frozenset[str]:
    """Words too common to show that two passages speak of one thing."""
    return frozenset(word for row in knowledge_rows("following") if row["says"] == "plain" for word in row["words"])


def _any_of(phrases: Iterable[str]) -> str:
    """The longest first, since a pattern takes the first that fits."""
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=lambda p: (-len(p), p)))
    return rf"\b(?:{'|'.join(escaped)})\b"
