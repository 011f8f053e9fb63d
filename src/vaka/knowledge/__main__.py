"""`python -m vaka.knowledge [--check] [DATA]`: checks data/ and compiles it to knowledge/built/.

Refuses the first faulty file with its line; with --check it writes nothing and fails where built/ is out of date.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

from vaka.errors import KnowledgeError
from vaka.knowledge.causal import compile_causal
from vaka.knowledge.compile_actors import compile_actors, compile_agents, compile_titles
from vaka.knowledge.compile_gazetteer import compile_gazetteer, write_gazetteer
from vaka.knowledge.counting import compile_counting
from vaka.knowledge.crosswalks import compile_crosswalks
from vaka.knowledge.cues import compile_cues
from vaka.knowledge.deeds import compile_deeds
from vaka.knowledge.domains import compile_domains
from vaka.knowledge.files import BUILT, write_built
from vaka.knowledge.fixed import compile_fixed
from vaka.knowledge.following import compile_following
from vaka.knowledge.ontology import compile_nouns, compile_ontology
from vaka.knowledge.promising import compile_promising
from vaka.knowledge.statuses import compile_statuses


def compile_all(data: Path, folder: Path) -> dict[str, int]:
    """Writes all compiled files to `folder`; returns how many rows each has.

    Raises KnowledgeError on the first fault.
    """
    types, patterns = compile_ontology(data)
    built = {
        "actors": compile_actors(data),
        "agents": compile_agents(data),
        "titles": compile_titles(data),
        "cues": compile_cues(data),
        "causal": compile_causal(data),
        "numbers": compile_counting(data),
        "crosswalks": compile_crosswalks(data),
        "domains": compile_domains(data),
        "deeds": compile_deeds(data),
        "following": compile_following(data),
        "fixed": compile_fixed(data),
        "pledges": compile_promising(data),
        "statuses": compile_statuses(data),
        "nouns": compile_nouns(data),
        "types": types,
        "patterns": patterns,
    }
    for name, rows in built.items():
        write_built(name, rows, folder)
    places = compile_gazetteer(data)
    write_gazetteer(places, folder)
    return {name: len(rows) for name, rows in built.items()} | {"places": len(places)}


def content_of(path: Path) -> bytes:
    """The file's bytes, unpacked: builds of zlib may pack the same bytes differently."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def differing(data: Path) -> list[str]:
    """Names of compiled files that do not match what `data` gives."""
    with tempfile.TemporaryDirectory() as folder:
        compile_all(data, Path(folder))
        fresh = {path.name: content_of(path) for path in Path(folder).iterdir()}
    stale = [
        name for name, content in fresh.items() if not (BUILT / name).exists() or content_of(BUILT / name) != content
    ]
    return sorted([*stale, *(path.name for path in BUILT.iterdir() if path.name not in fresh)])


def main(words: list[str]) -> None:
    """The command line."""
    check = "--check" in words
    data = Path(next((word for word in words if word != "--check"), "data"))
    if check:
        if stale := differing(data):
            sys.exit(f"built knowledge is out of date ({', '.join(stale)}); run `make data` and commit what it changes")
        return
    for name, count in compile_all(data, BUILT).items():
        sys.stdout.write(f"{name:10} {count:6}\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KnowledgeError as error:
        sys.exit(str(error))
