"""Names that name nothing: fixed phrases, words of food or phones, ships and people's names (`fixed.yml`, `given.yml`).

It only knows the words; whether a name in a sentence is one of them is for `vaka.language.naming` to judge.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, read_yaml, rows_of, without_lines

PEOPLE = ("given", "women", "either", "places", "surnames")
LISTS = ("vessels", "things", "pacts", "styles")


def compile_fixed(data: Path) -> list[dict[str, Any]]:
    """Rows of one kind each: `phrase`, `homonym`, and the lists of words (`LISTS`, `PEOPLE`).

    Raises KnowledgeError on an unknown key or a list that is missing.
    """
    path = data / "lexicon" / "fixed.yml"
    phrases: set[str] = set()
    for row in rows_of(path, "fixed"):
        check_keys(path, row, {"kind", "phrases"}, {"kind", "phrases"})
        for phrase in row["phrases"]:
            phrases |= {form + ending for form in (phrase, _capitals(phrase)) for ending in ("", "s")}
    made: list[dict[str, Any]] = [{"use": "phrase", "words": sorted(phrases)}]
    for row in rows_of(path, "homonyms"):
        check_keys(path, row, {"names", "beside"}, {"names", "beside"})
        plain = without_lines(row)
        made += [{"use": "homonym", "name": name, "words": sorted(plain["beside"])} for name in plain["names"]]
    made += [{"use": use, "words": _listed(path, use)} for use in LISTS]
    people = data / "lexicon" / "given.yml"
    made += [{"use": use, "words": _listed(people, use)} for use in PEOPLE]
    return sorted(made, key=lambda row: (str(row["use"]), str(row.get("name", ""))))


def _capitals(phrase: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in phrase.split())


def _listed(path: Path, key: str) -> list[str]:
    content = read_yaml(path)
    words = content.get(key) if isinstance(content, dict) else None
    if not isinstance(words, list) or not words:
        raise KnowledgeError(str(path), content.get(LINE), f"must hold a list of words under {key!r}")
    return sorted(set(words))


@functools.cache
def _matcher() -> AhoCorasick:
    return AhoCorasick([word for row in knowledge_rows("fixed") if row["use"] == "phrase" for word in row["words"]])


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Where fixed phrases stand in the text, in text order; they may overlap."""
    return [
        (start, end)
        for _, start, end in _matcher().find_matches_as_indexes(text, overlapping=True)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()
    ]


@functools.cache
def homonyms() -> dict[str, frozenset[str]]:
    """A name to the lower-case words beside which it is no name of a place."""
    return {row["name"]: frozenset(row["words"]) for row in knowledge_rows("fixed") if row["use"] == "homonym"}


@functools.cache
def listed(use: str) -> frozenset[str]:
    """The words of one list: of `LISTS`, or given and places (given names that are none, or are, places), women and
    either (given names that women bear, or both), surnames."""
    return frozenset(word for row in knowledge_rows("fixed") if row["use"] == use for word in row["words"])
