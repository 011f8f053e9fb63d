"""Words of sport, markets, culture and medicine, from `data/lexicon/domains.yml`: what not to code beside them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines
from vaka.types import EVENT_TYPES, EXTENSION_TYPES


def compile_domains(data: Path) -> list[dict[str, Any]]:
    """The rows of `domains.yml`.

    Raises KnowledgeError on an unknown event type.
    """
    path = data / "lexicon" / "domains.yml"
    rows = []
    for row in rows_of(path, "domains"):
        check_keys(path, row, {"name", "not", "words"}, {"name", "not", "words"})
        plain = without_lines(row)
        for kind in plain["not"]:
            if kind not in EVENT_TYPES + EXTENSION_TYPES:
                raise KnowledgeError(str(path), row[LINE], f"{kind!r} is no event type")
        rows.append(plain | {"words": sorted({" ".join(word.lower().split()) for word in plain["words"]})})
    return sorted(rows, key=lambda row: str(row["name"]))


@functools.cache
def uncoded() -> dict[str, tuple[str, frozenset[str]]]:
    """Word or pair of words to the domain and the event types that it rules out in its sentence."""
    return {word: (row["name"], frozenset(row["not"])) for row in knowledge_rows("domains") for word in row["words"]}
