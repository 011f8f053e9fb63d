"""Read labelled sentences: one block a sentence, its events under it. Refuses a label whose words are not there.

    python bench/sentences.py FILE…      check files, print what they hold

    Police in Conakry arrested 40 marchers after unions called a strike.
    = COERCE arrest | arrested | Police > 40 marchers
    = PROTEST strike | strike | unions >

`training/README.md` says what the parts mean and how to label. The same form serves training and test sentences.
"""

from __future__ import annotations

import collections
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from vaka.knowledge.ontology import ontology
from vaka.types import STATUSES as ALL_STATUSES

STATUSES = frozenset(ALL_STATUSES)
MODES = {name: frozenset(kind.modes) for name, kind in ontology().types.items()}


@dataclass(frozen=True, slots=True)
class Label:
    """One event of a sentence. `trigger` and the parties are half-open character offsets into the sentence."""

    type: str
    mode: str | None
    status: str
    trigger: tuple[int, int]
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence; `twin` tells that it is the positive twin of the one before it."""

    text: str
    labels: tuple[Label, ...]
    where: str
    twin: bool = False
    published: str | None = None


def find(text: str, words: str) -> tuple[int, int]:
    """The offsets of `words`, whole words only; `words#2` means where they stand for the second time."""
    wanted, _, nth = words.partition("#")
    wanted, left = wanted.strip(), int(nth or 1)
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not (_is_word(text[at - 1 : at]) and at) and not _is_word(text[end : end + 1]):
            left -= 1
            if not left:
                return at, end
        at = text.find(wanted, at + 1)
    raise ValueError(f"{words!r} is not in the sentence; copy the words as they stand")


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def read_label(text: str, line: str) -> Label:
    """A label from `= TYPE mode status | trigger | actors > recipients`; ValueError says what is wrong with it."""
    parts = [part.strip() for part in line.lstrip("= ").split("|")]
    if len(parts) != 3 or ">" not in parts[2]:
        raise ValueError("a label reads '= TYPE mode status | trigger | actors > recipients'")
    kind, *words = parts[0].split()
    if kind not in MODES:
        raise ValueError(f"{kind!r} is no event type")
    mode, status = None, "occurred"
    for word in words:
        if word in STATUSES:
            status = word
        elif word in MODES[kind]:
            mode = word
        else:
            raise ValueError(f"{word!r} is neither a mode of {kind} ({', '.join(sorted(MODES[kind]))}) nor a status")
    actors, recipients = (
        tuple(find(text, name) for name in side.split("&") if name.strip()) for side in parts[2].split(">", 1)
    )
    return Label(kind, mode, status, find(text, parts[1]), actors, recipients)


def read(path: Path) -> tuple[list[Sentence], list[str]]:
    """The sentences of a file, and a line for each fault in it (the faulty sentence is left out)."""
    sentences, faults = [], []
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    number = 1
    for block in blocks:
        where = f"{path.name}:{number}"
        number += block.count("\n") + 2
        lines = [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        text, *rows = lines
        twin, published = False, None
        if text.startswith("+ "):
            twin, text = True, text[2:]
        if match := re.match(r"\[(\d{4}-\d\d-\d\d)\] ", text):
            published, text = match[1], text[match.end() :]
        try:
            if not rows or any(not row.startswith("=") for row in rows):
                raise ValueError("labels begin with '='; a sentence without events has '= none'")
            labels = () if rows == ["= none"] else tuple(read_label(text, row) for row in rows)
        except ValueError as fault:
            faults.append(f"{where}: {fault}\n    {text}")
            continue
        sentences.append(Sentence(text, labels, where, twin, published))
    return sentences, faults


def main(paths: list[str]) -> int:
    """Print counts and faults; 1 if there is a fault."""
    counts: collections.Counter[str] = collections.Counter()
    triggers: collections.Counter[str] = collections.Counter()
    total = 0
    bad: list[str] = []
    seen: dict[str, str] = {}
    for path in map(Path, paths):
        sentences, faults = read(path)
        bad += faults
        total += len(sentences)
        for sentence in sentences:
            key = re.sub(r"\W+", " ", sentence.text.lower())
            if key in seen:
                bad.append(f"{sentence.where}: the same sentence stands at {seen[key]}")
            seen[key] = sentence.where
            counts["(none)"] += not sentence.labels
            for label in sentence.labels:
                counts[label.type] += 1
                triggers[f"{label.type} {sentence.text[slice(*label.trigger)].lower()}"] += 1
    print(f"{total} sentences;", ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    print("most used triggers:", ", ".join(f"{name} {count}" for name, count in triggers.most_common(15)))
    for fault in bad:
        print(fault)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
