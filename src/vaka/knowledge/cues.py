"""The cues of speech, writing, thought and promise, as compiled from `data/lexicon/cues.yml`."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, rows_of, without_lines

PREPOSITIONS = frozenset({"about", "against", "at", "for", "in", "into", "of", "on", "over", "with"})
"""Prepositions of a cue whose object tells its content: "warned of floods"."""
FRAMES = frozenset({"that", "direct", "object", "to", "ing", "as", "named", "charge"}) | PREPOSITIONS


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or noun that brings somebody's words; `frames` are the shapes of its content."""

    lemma: str
    pos: str
    kind: str
    frames: frozenset[str]


def compile_cues(data: Path) -> list[dict[str, Any]]:
    """The rows of `cues.yml`, sorted.

    Raises KnowledgeError on an unknown frame or a cue that stands twice.
    """
    path = data / "lexicon" / "cues.yml"
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows_of(path, "cues"):
        check_keys(path, row, {"verb", "noun", "kind", "frames"}, {"kind", "frames"})
        plain = without_lines(row)
        pos = "VERB" if "verb" in plain else "NOUN"
        lemma = plain.get("verb") or plain.get("noun")
        if not lemma or (pos, lemma) in rows:
            raise KnowledgeError(str(path), row[LINE], f"the cue {lemma!r} stands twice or has no word")
        if wrong := set(plain["frames"]) - FRAMES:
            raise KnowledgeError(
                str(path), row[LINE], f"{sorted(wrong)[0]!r} is no frame; known are {', '.join(sorted(FRAMES))}"
            )
        rows[pos, lemma] = {"lemma": lemma, "pos": pos, "kind": plain["kind"], "frames": sorted(plain["frames"])}
    return [rows[key] for key in sorted(rows)]


@functools.cache
def cues() -> dict[tuple[str, str], Cue]:
    """Cues by part of speech and lemma."""
    return {
        (row["pos"], row["lemma"]): Cue(row["lemma"], row["pos"], row["kind"], frozenset(row["frames"]))
        for row in knowledge_rows("cues")
    }


@functools.cache
def verb_cue(lemma: str, form: str) -> Cue | None:
    """The cue of a verb; `form` (lower case) helps where the lemmatizer is wrong ("hopes" to "hop")."""
    table = cues()
    for word in (lemma, *_stems(form)):
        if found := table.get(("VERB", word)):
            return found
    return None


def _stems(form: str) -> tuple[str, ...]:
    """What a regular form may come from."""
    for ending in ("ing", "ies", "ied", "es", "ed", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            return (stem + "y",) if ending in {"ies", "ied"} else (stem + "e", stem)
    return ()
