"""Does the coder cry wolf? Scores `tests/cases/negatives`: sentences in which an act did not happen, and their twins.

    python bench/negatives.py [--misses N] [--min-score S]

A negative is wrong when an event comes out as happened (occurred, ongoing) whose type no label of the sentence has as
happened. A twin is right when its first label is found: type, happened, and the actors by their words (or none).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sentences import Label, Sentence, read

from vaka.engine import Engine, at_least
from vaka.types import Actor, Article, Event, Page, Zone

CASES = Path(__file__).parents[1] / "tests" / "cases" / "negatives"
HAPPENED = frozenset({"occurred", "ongoing"})
TOLD = HAPPENED | {"historical"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out for one sentence; `wrong` holds the events that cried wolf, `right` is asked of twins only."""

    sentence: Sentence
    page: Page
    wrong: tuple[Event, ...]
    right: bool


def load() -> list[Sentence]:
    """The sentences of all files, in order; a file with a fault is refused."""
    found: list[Sentence] = []
    for path in sorted(CASES.glob("*.txt")):
        sentences, faults = read(path)
        if faults:
            raise SystemExit("\n".join(faults))
        found += sentences
    return found


def coded(sentences: Sequence[Sentence]) -> list[Page]:
    """A page for each sentence; its text is one body zone."""
    articles = [
        Article(f"s{n}", s.text, published=s.published, language="en", zones=(Zone("body", 0, len(s.text)),))
        for n, s in enumerate(sentences)
    ]
    return list(Engine().code(articles))


def words_fit(spans: Sequence[tuple[int, int]], got: Sequence[Actor]) -> bool:
    """Whether one of the labelled parties is among the actors by position, or both sides are empty."""
    if not spans:
        return not got
    return any(actor.span.start < end and start < actor.span.end for actor in got for start, end in spans)


def is_found(label: Label, page: Page) -> bool:
    """Whether the label's act came out as happened, with its actors."""
    return any(
        event.type == label.type and event.status in TOLD and words_fit(label.actors, event.actors)
        for event in page.events
    )


def outcomes(least: float | None = None) -> list[Outcome]:
    """An outcome a sentence; events below `least` (None: the default) do not count."""
    sentences = load()
    found: list[Outcome] = []
    for sentence, whole in zip(sentences, coded(sentences), strict=True):
        page = at_least(whole, least)
        real = {label.type for label in sentence.labels if label.status in TOLD}
        wrong = tuple(event for event in page.events if event.status in HAPPENED and event.type not in real)
        right = bool(sentence.labels) and is_found(sentence.labels[0], page)
        found.append(Outcome(sentence, page, wrong, right))
    return found


def figures(found: Sequence[Outcome]) -> dict[str, float]:
    """Share of negatives with a wrong event, and of twins coded right."""
    negatives = [outcome for outcome in found if not outcome.sentence.twin]
    twins = [outcome for outcome in found if outcome.sentence.twin]
    return {
        "false_rate": sum(bool(outcome.wrong) for outcome in negatives) / len(negatives),
        "twins_right": sum(outcome.right for outcome in twins) / len(twins),
        "twins_false_rate": sum(bool(outcome.wrong) for outcome in twins) / len(twins),
    }


def told(event: Event) -> str:
    actors = ", ".join(actor.span.text for actor in event.actors)
    recipients = ", ".join(actor.span.text for actor in event.recipients)
    basis = f"{event.basis.rule} {event.basis.score}"
    return f"{event.type} {event.status} {event.trigger.text!r} [{actors}] > [{recipients}] {basis}"


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--misses", type=int, default=0)
    ask.add_argument("--min-score", type=float, default=None)
    args = ask.parse_args()
    found = outcomes(args.min_score)
    for name in ("all", "unreal", "elsewhere"):
        part = [o for o in found if name == "all" or o.sentence.where.startswith(name)]
        print(f"{name:10} {len(part)}  " + "  ".join(f"{key} {value:.3f}" for key, value in figures(part).items()))
    shown = 0
    for outcome in found:
        bad = not outcome.right if outcome.sentence.twin else bool(outcome.wrong)
        if bad and shown < args.misses:
            shown += 1
            labels = "; ".join(f"{label.type} {label.status}" for label in outcome.sentence.labels)
            print(f"{'twin' if outcome.sentence.twin else 'negative'} {outcome.sentence.text}\n    labels {labels}")
            print("".join(f"    {told(event)}\n" for event in outcome.page.events), end="")


if __name__ == "__main__":
    main()
