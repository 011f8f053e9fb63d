"""A user's own knowledge over the built-in: the same files in a folder of their own, checked the same way, winning.

A row replaces the built-in row of the same identity (an actor's key, a noun, a title, a pattern's id, a cue's word); a
name that an own actor bears means that actor, whoever else bears it. It never changes the built-in files.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from vaka.errors import KnowledgeError
from vaka.knowledge.causal import compile_causal
from vaka.knowledge.compile_actors import compile_actors, compile_agents, compile_titles
from vaka.knowledge.counting import compile_counting
from vaka.knowledge.cues import compile_cues
from vaka.knowledge.deeds import compile_deeds
from vaka.knowledge.domains import compile_domains
from vaka.knowledge.files import read_built
from vaka.knowledge.following import compile_following
from vaka.knowledge.ontology import compile_nouns, compile_patterns
from vaka.knowledge.place_tables import Spot, regions_of, sites_of, table_of
from vaka.knowledge.promising import compile_promising
from vaka.knowledge.statuses import compile_statuses

IDENTITY: dict[str, tuple[str, ...]] = {
    "actors": ("category", "key"),
    "agents": ("noun",),
    "titles": ("text",),
    "cues": ("pos", "lemma"),
    "causal": ("form", "lemma"),
    "domains": ("name",),
    "statuses": ("kind", "word"),
    "pledges": ("use", "word"),
    "following": ("says", "words"),
    "deeds": ("says", "promised", "words"),
    "numbers": ("says", "part", "word"),
    "nouns": ("name",),
    "patterns": ("id",),
}
"""What makes two rows of a kind the same row."""
FILES: dict[str, tuple[str, Callable[[Path], list[dict[str, Any]]]]] = {
    "agents": ("agents", compile_agents),
    "titles": ("titles", compile_titles),
    "cues": ("cues", compile_cues),
    "causal": ("causal", compile_causal),
    "domains": ("domains", compile_domains),
    "statuses": ("status", compile_statuses),
    "pledges": ("pledges", functools.partial(compile_promising, whole=False)),
    "following": ("following", functools.partial(compile_following, whole=False)),
    "deeds": ("deeds", functools.partial(compile_deeds, whole=False)),
    "numbers": ("numbers", functools.partial(compile_counting, whole=False)),
    "nouns": ("nouns", compile_nouns),
}
"""Kinds of row to their file under lexicon/ and its compiler."""
PLACE_TABLES = ("sites", "regions", "overrides")
FOLDERS = {"actors": "*.yml", "lexicon": "*.yml", "ontology": "*.yml", "places": "*.tsv"}


@functools.cache
def overlay(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of the folder by kind, each with `overlay` set.

    Raises KnowledgeError on the first fault: a file nobody would read, or a row that breaks the rules.
    """
    _check_files(folder)
    found: dict[str, list[dict[str, Any]]] = {}
    if (folder / "actors").is_dir():
        found["actors"] = compile_actors(folder)
    for kind, (name, compiled) in FILES.items():
        if (folder / "lexicon" / f"{name}.yml").exists():
            found[kind] = compiled(folder)
    if (folder / "ontology").is_dir():
        classes = {row["name"]: row["lemmas"] for row in [*read_built("nouns"), *found.get("nouns", ())]}
        modes = {row["type"]: row.get("modes", {}) for row in read_built("types")}
        found["patterns"] = compile_patterns(folder, classes, modes)
    return {kind: [row | {"overlay": True} for row in rows] for kind, rows in found.items()}


def _check_files(folder: Path) -> None:
    """Refuses a missing folder, one without knowledge, and files that would be passed over in silence."""
    if not folder.is_dir():
        raise KnowledgeError(str(folder), None, "is no folder; name one with actors/, lexicon/, ontology/ or places/")
    known = {f"{name}.yml" for name, _ in FILES.values()}
    found = [path for room in FOLDERS if (folder / room).is_dir() for path in sorted((folder / room).iterdir())]
    if not found:
        raise KnowledgeError(str(folder), None, f"holds none of the folders {', '.join(FOLDERS)}")
    for path in found:
        room = path.parent.name
        if room == "lexicon" and path.name not in known:
            raise KnowledgeError(str(path), None, f"is not read; the files of lexicon/ are {', '.join(sorted(known))}")
        if room == "places" and path.stem not in PLACE_TABLES:
            raise KnowledgeError(str(path), None, f"is not read; the tables of places/ are {', '.join(PLACE_TABLES)}")
        if not path.match(FOLDERS[room]):
            raise KnowledgeError(str(path), None, f"is not read; files of {room}/ are {FOLDERS[room]}")


def merged(name: str, built: Iterable[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """Built-in rows that the overlay leaves alone, then the overlay's own."""
    own = overlay(folder).get(name, [])
    replaced = {_identity(name, row) for row in own}
    for row in built:
        if not own or _identity(name, row) not in replaced:
            yield row
    yield from own


def _identity(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(key)) for key in IDENTITY[name]) if name in IDENTITY else ()


@functools.cache
def own_places(folder: Path) -> tuple[tuple[Spot, ...], tuple[tuple[str, str], ...]]:
    """The overlay's spots, and its (alias, target) overrides.

    Raises KnowledgeError on the first fault.
    """
    room = folder / "places"
    spots: list[Spot] = []
    if (room / "regions.tsv").exists():
        spots += regions_of(folder, least=False)
    if (room / "sites.tsv").exists():
        spots += sites_of(folder, least=False)
    overrides = table_of(folder, "overrides", least=False) if (room / "overrides.tsv").exists() else []
    return tuple(spots), tuple((row["alias"], row["target"]) for row in overrides)


def check(folder: Path) -> dict[str, int]:
    """How many rows of each kind the overlay has, after all of it was checked.

    Raises KnowledgeError on the first fault.
    """
    counts = {kind: len(rows) for kind, rows in overlay(folder).items()}
    spots, overrides = own_places(folder)
    if spots or overrides:
        from vaka.knowledge.gazetteer import with_own

        with_own(folder)
        counts |= {"places": len(spots), "overrides": len(overrides)}
    return counts
