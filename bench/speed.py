"""Prints articles a second, the share of each stage and peak memory, on the bundled sample repeated.

    python bench/speed.py [COPIES]

Absolute speeds vary between machines and runs; `parse` is the NLP library's own cost, so read the others against it.
"""

from __future__ import annotations

import resource
import sys
import time
from importlib.resources import as_file, files
from pathlib import Path

from vaka.engine import BATCH, STAGES, Engine
from vaka.errors import InputError
from vaka.knowledge.actors import actors, agents, titles
from vaka.knowledge.ontology import ontology
from vaka.language.parse import load
from vaka.reading.sources import read
from vaka.types import Article, Page


def sample(copies: int) -> list[Article]:
    """The bundled reports, each `copies` times under its own id."""
    with as_file(files("vaka") / "sample" / "reports") as folder:
        found = [item for item in read([Path(folder)]) if not isinstance(item, InputError)]
    return [
        Article(
            f"{a.id}-{n}", a.text, a.title, a.published, a.source, a.url, a.language, a.genre, a.body_start, a.zones
        )
        for n in range(copies)
        for a in found
    ]


def main(copies: int) -> None:
    began = time.perf_counter()
    load()
    print(f"model      {time.perf_counter() - began:6.2f} s to load")
    began = time.perf_counter()
    actors(), agents(), titles(), ontology()
    print(f"knowledge  {time.perf_counter() - began:6.2f} s to load")
    articles = sample(copies)
    characters = sum(len(article.text) for article in articles)
    list(Engine().code(articles[:BATCH]))
    spent = dict.fromkeys((stage.name for stage in STAGES), 0.0)
    tokens = 0
    for start in range(0, len(articles), BATCH):
        pages = [Page(article) for article in articles[start : start + BATCH]]
        for stage in STAGES:
            began = time.perf_counter()
            pages = stage.run(pages)
            spent[stage.name] += time.perf_counter() - began
        tokens += sum(len(s.tokens) for page in pages for s in page.sentences)
    total = sum(spent.values())
    print(f"{len(articles)} articles, {characters} characters, {tokens} tokens in {total:.2f} s")
    print(f"{len(articles) / total:.1f} articles/s, {tokens / total:.0f} tokens/s, one process")
    for name, seconds in spent.items():
        print(
            f"  {name:10} {seconds:7.2f} s  {100 * seconds / total:5.1f} %  {seconds / spent['parse']:.2f} of the parse"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
