"""`python -m vaka.knowledge [DATA]`: checks data/ and compiles it to knowledge/built/; refuses the first faulty file."""

from __future__ import annotations

import sys
from pathlib import Path

from vaka.errors import KnowledgeError
from vaka.knowledge.causal import compile_causal
from vaka.knowledge.compile_actors import compile_actors, compile_agents, compile_titles
from vaka.knowledge.cues import compile_cues
from vaka.knowledge.files import write_built
from vaka.knowledge.ontology import compile_ontology


def main(data: Path) -> None:
    types, patterns = compile_ontology(data)
    built = {
        "actors": compile_actors(data),
        "agents": compile_agents(data),
        "titles": compile_titles(data),
        "cues": compile_cues(data),
        "causal": compile_causal(data),
        "types": types,
        "patterns": patterns,
    }
    for name, rows in built.items():
        write_built(name, rows)
        sys.stdout.write(f"{name:10} {len(rows):6}\n")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data"))
    except KnowledgeError as error:
        sys.exit(str(error))
