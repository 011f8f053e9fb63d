"""The words of cause and effect, as compiled from `data/lexicon/causal.yml`."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines

FORMS = frozenset({"VERB", "PREP", "MARK"})


@dataclass(frozen=True, slots=True)
class CausalWord:
    """One link; the fields are those of the file."""

    form: str
    lemma: str
    score: float
    prepositions: tuple[str, ...]
    turned: bool
    needs_event: bool
    effects: frozenset[str]


def compile_causal(data: Path) -> list[dict[str, Any]]:
    """The rows of `causal.yml`, sorted.

    Raises KnowledgeError on an unknown form.
    """
    path = data / "lexicon" / "causal.yml"
    rows = []
    for row in rows_of(path, "words"):
        check_keys(
            path,
            row,
            {"form", "lemma", "score", "prepositions", "turned", "needs_event", "effects"},
            {"form", "lemma", "score"},
        )
        plain = without_lines(row)
        if plain["form"] not in FORMS:
            raise KnowledgeError(str(path), row[LINE], f"{plain['form']!r} is not one of {', '.join(sorted(FORMS))}")
        rows.append(plain)
    return sorted(rows, key=lambda row: (row["form"], row["lemma"], row.get("prepositions", [])))


@functools.cache
def causal() -> dict[str, CausalWord]:
    """Links by "FORM lemma"; a verb with several frames keeps the one with a preposition apart under its own key."""
    found: dict[str, CausalWord] = {}
    for row in knowledge_rows("causal"):
        word = CausalWord(
            row["form"], row["lemma"], float(row["score"]), tuple(row.get("prepositions", ())),
            row.get("turned") == "yes", row.get("needs_event") == "yes", frozenset(row.get("effects", ())),
        )  # fmt: skip
        found.setdefault(f"{word.form} {word.lemma}", word)
    return found
