"""The event types, their modes and the patterns that tell them, as compiled from `data/ontology`.

A pattern is a set of trigger words and the frame they stand in (docs/reference/lexicon.md). It says nothing of
status or time: that is read from the sentence.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.files import LINE, check_keys, knowledge_rows, parse_yaml, read_yaml, rows_of, without_lines
from vaka.types import EVENT_TYPES, EXTENSION_TYPES, STATUSES

CONTENTS = frozenset({"request", "reject", "threaten", "agree", "accuse"})
TYPE_KEYS = frozenset(
    ["type", "quad", "score", "cameo", "recipient_needed", "sense", "modes", "mode_words", "contexts", "patterns"]
)
LISTS = [
    "verbs",
    "nouns",
    "adjectives",
    "actor",
    "recipient",
    "object",
    "object_class",
    "not_object",
    "not_object_class",
    "subject",
    "subject_class",
    "not_subject",
    "contexts",
    "lights",
    "complement",
    "needs",
    "act",
    "not_prep",
]
WORDS = ["mode", "content", "passive", "status", "cameo"]
FLAGS = ["object_actor", "object_none", "reciprocal", "bare", "future", "obliged"]
PATTERN_KEYS = frozenset([*LISTS, *WORDS, *FLAGS, "id", "prep", "score", "examples", "not", "note"])
EXAMPLE_KEYS = frozenset(["text", "actors", "recipients", "mode", "status", "type", "published"])


@dataclass(frozen=True, slots=True)
class Pattern:
    """One lexicon entry; the fields are those of `data/ontology/*.yml`."""

    id: str
    type: str
    file: str
    line: int
    triggers: tuple[tuple[str, ...], ...]
    pos: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    object: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    prep: tuple[tuple[str, frozenset[str]], ...] = ()
    not_prep: frozenset[str] = frozenset()
    lights: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    contexts: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    act: frozenset[str] = frozenset()
    mode: str | None = None
    content: str | None = None
    passive: str | None = None
    status: str | None = None
    cameo: str | None = None
    object_actor: bool = False
    object_none: bool = False
    reciprocal: bool = False
    bare: bool = False
    future: bool = False
    obliged: bool = False
    score: float = 0.8

    @property
    def constraints(self) -> int:
        """How many things the frame demands: the more, the surer its reading."""
        return (
            3 * bool(self.object) + 2 * bool(self.subject) + 3 * len(self.prep) + 2 * bool(self.complement)
            + bool(self.act) + self.obliged
            + self.object_actor + self.object_none + bool(self.passive) + len(self.needs)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventType:
    """A type: quad class and Goldstein-like score, with those of its modes."""

    type: str
    quad: str | None
    score: float | None
    cameo: str | None
    recipient_needed: bool
    contexts: tuple[str, ...]
    modes: dict[str, float | None] = field(default_factory=dict)
    mode_cameo: dict[str, str] = field(default_factory=dict)
    mode_words: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types, and the patterns by the lemma of their first trigger word and part of speech."""

    types: dict[str, EventType]
    patterns: tuple[Pattern, ...]
    index: dict[tuple[str, str], tuple[Pattern, ...]]

    def candidates(self, lemma: str, pos: str) -> tuple[Pattern, ...]:
        """Patterns triggered by that lemma as VERB, NOUN or ADJ."""
        return self.index.get((lemma, pos), ())


def compile_nouns(data: Path) -> list[dict[str, Any]]:
    """The noun classes as rows, sorted."""
    classes = noun_classes(data / "lexicon" / "nouns.yml")
    return [{"name": name, "lemmas": classes[name]} for name in sorted(classes)]


def compile_ontology(data: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of types and rows of patterns.

    Raises KnowledgeError on the first fault, with its line.
    """
    return _compiled(data, noun_classes(data / "lexicon" / "nouns.yml"), {}, {"type", "sense", "patterns"})


def compile_patterns(
    folder: Path, classes: dict[str, list[str]], modes: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Patterns of an overlay, whose files need only `type` and `patterns`; `modes` are those of the known types.

    Raises KnowledgeError on the first fault, with its line.
    """
    return _compiled(folder, classes, modes, {"type", "patterns"})[1]


def _compiled(
    data: Path, classes: dict[str, list[str]], modes: dict[str, dict[str, Any]], needed: set[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    types: list[dict[str, Any]] = []
    patterns: list[dict[str, Any]] = []
    seen: set[str] = set()
    for path in sorted((data / "ontology").glob("*.yml")):
        raw = read_yaml(path)
        check_keys(path, raw, TYPE_KEYS, needed)
        plain = without_lines(raw)
        if plain["type"] not in EVENT_TYPES + EXTENSION_TYPES:
            raise KnowledgeError(str(path), raw[LINE], f"{plain['type']!r} is no event type")
        plain.setdefault("modes", modes.get(plain["type"], {}))
        types.append({k: v for k, v in plain.items() if k != "patterns" and v != {}})
        for row in raw["patterns"]:
            made = _pattern(path, row, plain, classes)
            if made["id"] in seen:
                raise KnowledgeError(str(path), row[LINE], f"the id {made['id']!r} stands twice")
            seen.add(made["id"])
            patterns.append(made)
    return types, sorted(patterns, key=lambda row: str(row["id"]))


def noun_classes(path: Path) -> dict[str, list[str]]:
    """Classes of nouns by name, from `nouns.yml`."""
    classes: dict[str, list[str]] = {}
    for row in rows_of(path, "classes"):
        check_keys(path, row, {"name", "sense", "lemmas"}, {"name", "lemmas"})
        if row["name"] in classes:
            raise KnowledgeError(str(path), row[LINE], f"the class {row['name']!r} stands twice")
        classes[row["name"]] = [str(lemma) for lemma in row["lemmas"]]
    return classes


def trial(text: str, name: str = "the pattern") -> Pattern:
    """One entry written as YAML, as it would stand in a file of data/ontology; its type is that of its id
    (`protest.march`), and examples may still be missing. `name` stands for the file in errors.

    Raises KnowledgeError on the first fault, with its line.
    """
    path = Path("ontology") / name
    raw = parse_yaml(text, path)
    row = raw[0] if isinstance(raw, list) and len(raw) == 1 else raw
    if not isinstance(row, dict):
        raise KnowledgeError(name, None, "must be one entry, like {id: protest.honk, verbs: [honk], subject: [driver]}")
    kind = str(row.get("id", "")).split(".")[0].upper()
    of = next((of for of in knowledge_rows("types") if of["type"] == kind), None)
    if of is None:
        raise KnowledgeError(name, row.get(LINE), "needs an id that opens with its event type, like protest.honk")
    classes = {row["name"]: row["lemmas"] for row in knowledge_rows("nouns")}
    return _runtime(_pattern(path, row, of, classes, finished=False))


def _pattern(
    path: Path, row: dict[str, Any], of: dict[str, Any], classes: dict[str, list[str]], *, finished: bool = True
) -> dict[str, Any]:
    check_keys(path, row, PATTERN_KEYS, {"id"})
    line = row[LINE]
    plain = without_lines(row)
    for key in LISTS:
        if key in plain and not isinstance(plain[key], list):
            raise KnowledgeError(str(path), line, f"{key!r} must be a list, like [{plain[key]}]")
    kinds = [kind for kind in ("verbs", "nouns", "adjectives") if plain.get(kind)]
    if len(kinds) != 1:
        raise KnowledgeError(str(path), line, "a pattern has one of verbs, nouns, adjectives")
    if plain.get("mode") and plain["mode"] not in of.get("modes", {}):
        raise KnowledgeError(str(path), line, f"{of['type']} has no mode {plain['mode']!r}")
    if plain.get("status") and plain["status"] not in STATUSES:
        raise KnowledgeError(str(path), line, f"{plain['status']!r} is no status")
    if plain.get("content") and plain["content"] not in CONTENTS:
        raise KnowledgeError(
            str(path), line, f"content {plain['content']!r} is not one of {', '.join(sorted(CONTENTS))}"
        )
    made = {k: v for k, v in plain.items() if k not in {"examples", "not", "note", *kinds}}
    for key in ("object", "not_object", "subject"):
        for name in made.pop(f"{key}_class", ()):
            if name not in classes:
                raise KnowledgeError(str(path), line, f"there is no noun class {name!r} in nouns.yml")
            made[key] = [*made.get(key, ()), *classes[name]]
        if key in made:
            made[key] = sorted({str(word).lower() for word in made[key]})
    prep = made.pop("prep", {})
    if not isinstance(prep, dict):
        raise KnowledgeError(str(path), line, "'prep' must map prepositions to nouns, like {under: [arrest]}")
    made["prep"] = [[k, v if isinstance(v, list) else [v]] for k, v in prep.items()]
    for flag in FLAGS:
        if flag in made:
            made[flag] = made[flag] in {"yes", "true"}
    if finished:
        check_examples(path, row)
    return made | {
        "type": of["type"],
        "pos": {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}[kinds[0]],
        "triggers": [words.lower().split() for words in plain[kinds[0]]],
        "file": f"{path.parents[1].name}/ontology/{path.name}",
        "line": line,
    }


def check_examples(path: Path, row: dict[str, Any]) -> None:
    """A pattern without an example cannot be trusted.

    Raises KnowledgeError.
    """
    if not row.get("examples"):
        raise KnowledgeError(str(path), row[LINE], f"the pattern {row.get('id')!r} has no examples")
    for example in row["examples"]:
        if not isinstance(example, dict):
            raise KnowledgeError(str(path), row[LINE], f"an example of {row['id']!r} is no mapping with text")
        check_keys(path, example, EXAMPLE_KEYS, {"text"})


def load_ontology(types: Iterable[dict[str, Any]], rows: Iterable[dict[str, Any]]) -> Ontology:
    """The ontology of compiled rows."""
    return _indexed({row["type"]: _type(row) for row in types}, tuple(_runtime(row) for row in rows))


def with_pattern(known: Ontology, pattern: Pattern) -> Ontology:
    """The ontology with that pattern in the place of the one of its id, or beside the others."""
    return _indexed(known.types, (*(one for one in known.patterns if one.id != pattern.id), pattern))


def _indexed(types: dict[str, EventType], patterns: tuple[Pattern, ...]) -> Ontology:
    index: dict[tuple[str, str], list[Pattern]] = {}
    for pattern in patterns:
        words = [w[0] for w in pattern.triggers] + [w[-1] for w in pattern.triggers if pattern.pos == "NOUN"]
        for word in dict.fromkeys(words):
            index.setdefault((word, pattern.pos), []).append(pattern)
    return Ontology(types, patterns, {key: tuple(value) for key, value in index.items()})


def _type(row: dict[str, Any]) -> EventType:
    modes = row.get("modes", {})
    return EventType(
        type=row["type"],
        quad=row.get("quad"),
        score=float(row["score"]) if "score" in row else None,
        cameo=row.get("cameo"),
        recipient_needed=row.get("recipient_needed") == "yes",
        contexts=tuple(row.get("contexts", ())),
        modes={k: float(v["score"]) if "score" in v else None for k, v in modes.items()},
        mode_cameo={k: v["cameo"] for k, v in modes.items() if "cameo" in v},
        mode_words=tuple((mode, frozenset(words)) for mode, words in row.get("mode_words", {}).items()),
    )


def _runtime(row: dict[str, Any]) -> Pattern:
    noun = row["pos"] == "NOUN"
    return Pattern(
        id=row["id"], type=row["type"], file=row["file"], line=row["line"], pos=row["pos"],
        triggers=tuple(tuple(words) for words in row["triggers"]),
        actor=tuple(row.get("actor", ("poss", "by", "modifier") if noun else ("subject",))),
        recipient=tuple(row.get("recipient", ("against", "on", "of") if noun else ("object",))),
        prep=tuple((k, frozenset(v)) for k, v in row.get("prep", ())),
        contexts=tuple(row.get("contexts", ())),
        mode=row.get("mode"), content=row.get("content"), passive=row.get("passive"),
        status=row.get("status"), cameo=row.get("cameo"), score=float(row.get("score", 0.8)),
        object_actor=row.get("object_actor", False), object_none=row.get("object_none", False),
        reciprocal=row.get("reciprocal", False), bare=row.get("bare", False), future=row.get("future", False),
        obliged=row.get("obliged", False),
        **{k: frozenset(row.get(k, ())) for k in
           ("object", "not_object", "subject", "not_subject", "not_prep", "lights", "complement", "needs", "act")},
    )  # fmt: skip


@functools.cache
def ontology() -> Ontology:
    """The built-in ontology, loaded once."""
    return load_ontology(knowledge_rows("types"), knowledge_rows("patterns"))
