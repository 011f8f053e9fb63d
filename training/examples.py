"""Write the lexicon's own examples as labelled sentences: `training/sentences/lexicon.txt`.

    python training/examples.py

An example of a pattern tells its event by the words that the pattern names, so that the network learns the breadth of
the lexicon; a counter-example in which the lexicon finds nothing tells none. Needs the installed project, not torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vaka.coding.patterns import Reading
from vaka.coding.roles import Cast
from vaka.coding.select import tellings
from vaka.engine import STAGES, Engine
from vaka.knowledge.files import read_yaml, without_lines
from vaka.knowledge.ontology import ontology
from vaka.syntax import Sentence
from vaka.types import Article, Event, Page, Zone

ROOT = Path(__file__).parents[1]
OUT = ROOT / "training" / "sentences" / "lexicon.txt"
DAY = "2015-06-10"
"""The day of examples that name none, as the lexicon's own test has it."""
WIDEST = 4
"""Words of a trigger that is written out with what stands between them ("imposed a night curfew")."""
SURE = 0.7
"""Score from which another pattern's event in an example is labelled too; below it the example is left out."""


class NoSignals:
    """Stands in for the network: an example is labelled by the lexicon alone."""

    name = "signals"
    needs = frozenset({"sentences"})
    gives = frozenset({"signals"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return list(pages)


def examples() -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Pattern id, example, and whether its event must be found."""
    for path in sorted((ROOT / "data" / "ontology").glob("*.yml")):
        for pattern in without_lines(read_yaml(path))["patterns"]:
            yield from ((pattern["id"], example, True) for example in pattern["examples"])
            yield from ((pattern["id"], {"text": text}, False) for text in pattern.get("not", ()))


def page_of(number: int, text: str, day: str) -> Article:
    return Article(f"e{number}", text, published=day, language="en", zones=(Zone("body", 0, len(text)),))


def block(page: Page, pattern: str, fires: bool) -> str | None:
    """The labelled sentence, or None where the lexicon does not tell its labels for sure."""
    events = list(page.events)
    own = any(event.basis.rule == pattern for event in events)
    if (
        fires != own
        or len(page.sentences) != 1
        or any(e.basis.rule != pattern and e.basis.score < SURE for e in events)
    ):
        return None
    words = triggers(page)
    rows = [label(page, event, words.get(event.trigger.start)) for event in events]
    return "\n".join([page.article.text, *(rows or ["= none"])]) if None not in rows else None


def triggers(page: Page) -> dict[int, str]:
    """The words of each reading's frame by the offset of its trigger, where they stand close together; parties are no
    part of what tells the act."""
    cast, text = Cast.of(page), page.article.text
    found = {}
    for sentence in page.sentences:
        for telling in tellings(sentence, cast, ontology())[0]:
            parties = [actor.span for actor in (*telling.actors, *telling.recipients)]
            named = {t.i for span in parties for t in sentence.within(span.start, span.end)}
            found[telling.reading.trigger.start] = told_words(sentence, telling.reading, named, text)
    return found


def told_words(sentence: Sentence, reading: Reading, named: set[int], text: str) -> str:
    anchor = {reading.light.i} if reading.light is not None else set()
    inside = sorted({*anchor, *reading.uses} - named | {reading.trigger.i})
    if inside[-1] - inside[0] >= WIDEST:
        inside = [reading.trigger.i]
    return text[sentence.tokens[inside[0]].start : sentence.tokens[inside[-1]].end]


def label(page: Page, event: Event, words: str | None) -> str | None:
    """A line of the form that training/README.md describes; None where a word stands twice in the sentence."""
    text = page.article.text
    trigger = words or event.trigger.text
    sides = [[actor.span.text for actor in side] for side in (event.actors, event.recipients)]
    if any(len(re.findall(rf"(?<!\w){re.escape(w)}(?!\w)", text)) != 1 for w in (trigger, *sides[0], *sides[1])):
        return None
    status = [] if event.status == "occurred" else [event.status]
    kind = " ".join(["=", event.type, *event.modes[:1], *status])
    return f"{kind} | {trigger} | {' & '.join(sides[0])} > {' & '.join(sides[1])}".rstrip()


def main() -> None:
    """Write the file anew."""
    rows = list(examples())
    engine = Engine([NoSignals() if stage.name == "signals" else stage for stage in STAGES])
    articles = [page_of(n, example["text"], example.get("published", DAY)) for n, (_, example, _) in enumerate(rows)]
    blocks: dict[str, str] = {}
    for (pattern, example, fires), page in zip(rows, engine.code(articles), strict=True):
        told = block(page, pattern, fires)
        if told is not None:
            blocks.setdefault(example["text"], told)
    OUT.write_text(
        "# the examples of the lexicon; written by training/examples.py\n\n" + "\n\n".join(blocks.values()) + "\n"
    )
    print(f"{len(blocks)} of {len(rows)} examples written to {OUT.name}")


if __name__ == "__main__":
    main()
