"""What words say of the act that they govern, as compiled from `data/lexicon/status.yml`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines
from vaka.types import STATUSES

KINDS = ("verbs", "nouns", "adjectives")


def compile_statuses(data: Path) -> list[dict[str, Any]]:
    """A row for each word and kind, sorted.

    Raises KnowledgeError on an unknown status or a word with two.
    """
    path = data / "lexicon" / "status.yml"
    found: dict[tuple[str, str], str] = {}
    for row in rows_of(path, "statuses"):
        check_keys(path, row, {"status", *KINDS}, {"status"})
        plain = without_lines(row)
        if plain["status"] not in STATUSES:
            raise KnowledgeError(str(path), row[LINE], f"{plain['status']!r} is no status")
        for kind in KINDS:
            for word in plain.get(kind, ()):
                if found.setdefault((kind, word), plain["status"]) != plain["status"]:
                    raise KnowledgeError(str(path), row[LINE], f"{word!r} has a status among the {kind} already")
    return [{"kind": kind, "word": word, "status": found[kind, word]} for kind, word in sorted(found)]


@functools.cache
def governing(kind: str) -> dict[str, str]:
    """Word to status, for verbs, nouns or adjectives."""
    return {row["word"]: row["status"] for row in knowledge_rows("statuses") if row["kind"] == kind}
