"""The one list of stages, and the engine that runs pages through it; a stage that fails costs a page that layer only.

Read `STAGES` top to bottom: each stage states what it needs and what it gives, and an order that cannot work is
refused when the engine is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from vaka.coding.causes import CausesStage
from vaka.coding.events import EventsStage
from vaka.coding.pledges import PledgesStage
from vaka.coding.quotes import QuotesStage
from vaka.coding.said import SaidByStage
from vaka.coding.weigh import RULE
from vaka.errors import EngineError, VakaError
from vaka.knowledge.files import knowledge_hash
from vaka.language.actors import ActorsStage
from vaka.language.classifier import SignalsStage, model
from vaka.language.parse import ParseStage, check_model
from vaka.language.place import PlacesStage
from vaka.language.time import TimesStage
from vaka.reading.zones import ZonesStage
from vaka.types import Article, EngineInfo, Event, Issue, Page
from vaka.windows import is_long, joined, windows_of

VERSION = "0.1.0"
MIN_SCORE, MIN_ALONE = 0.5, 0.7
"""Events below are left out unless told otherwise: of those just above, about one in two is right (scores are
calibrated); what only the network saw must be surer, since nobody can look up why. `bench/negatives.py` prints the
cost."""
BATCH = 32
"""Pages worked on at once: enough to keep the parser busy, few enough to bound memory."""


VERY_LONG = "the report is very long: it was read in windows, and pronouns, quotes and repeats do not reach over them"
FAULTS = (
    VakaError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError, MemoryError,
)  # fmt: skip
"""What a stage may stumble over in a text; anything else is a fault of the machine and ends the run."""


class Stage(Protocol):
    """What the engine asks of a stage: batches of pages in, new pages out, nothing mutated."""

    name: str
    needs: frozenset[str]
    gives: frozenset[str]

    def run(self, pages: Sequence[Page]) -> list[Page]: ...


STAGES: tuple[Stage, ...] = (
    ZonesStage(),
    ParseStage(),
    SignalsStage(),
    TimesStage(),
    PlacesStage(),
    ActorsStage(),
    QuotesStage(),
    EventsStage(),
    SaidByStage(),
    PledgesStage(),
    CausesStage(),
)


class Engine:
    """Codes articles into pages. Build one and use it for many reports: the model loads at first use."""

    def __init__(self, stages: Sequence[Stage] = STAGES) -> None:
        given: set[str] = set()
        for stage in stages:
            if missing := sorted(stage.needs - given):
                raise EngineError(f"the stage {stage.name!r} needs {missing[0]!r}, which no stage before it gives")
            given |= stage.gives
        self.stages = tuple(stages)
        self.info = EngineInfo(VERSION, knowledge_hash(), (check_model(), model()))

    def code(self, articles: Iterable[Article | Page]) -> Iterator[Page]:
        """A page for each article (or page that carries issues of its reading), in their order."""
        todo = iter(articles)
        while batch := list(islice(todo, BATCH)):
            pages = [item if isinstance(item, Page) else Page(item) for item in batch]
            done = self._coded(_run(self.stages[0], pages))
            while done:
                # Handed over one by one and forgotten here: a long page is large.
                yield replace(done.pop(0), engine=self.info, signals={})

    def _coded(self, pages: list[Page]) -> list[Page]:
        """Pages with their zones through all further stages; what is not English stays as it is."""
        short = [page for page in pages if is_english(page.article) and not is_long(page)]
        coded = {id(page): result for page, result in zip(short, self._through(short), strict=True)}
        return [
            coded[id(page)] if id(page) in coded else self._long(page) if is_english(page.article) else page
            for page in pages
        ]

    def _through(self, pages: list[Page]) -> list[Page]:
        for stage in self.stages[1:]:
            pages = _run(stage, pages) if pages else []
        return pages

    def _long(self, page: Page) -> Page:
        """A page of megabytes, window by window."""
        noted = replace(page, issues=(*page.issues, Issue("engine", VERY_LONG)))
        return joined(noted, (self._through([part])[0] for part in windows_of(page)))


def is_english(article: Article) -> bool:
    """Whether the stages may read it: English, or of no stated language."""
    return article.language is None or article.language.lower().split("-")[0] == "en"


def _run(stage: Stage, pages: list[Page]) -> list[Page]:
    """The stage over the batch; on a failure one by one, so that the fault becomes an issue of the page that has it."""
    try:
        return stage.run(pages)
    except EngineError:
        raise
    except FAULTS:
        return [_alone(stage, page) for page in pages]


def _alone(stage: Stage, page: Page) -> Page:
    try:
        return stage.run([page])[0]
    except FAULTS as error:
        issue = Issue(stage.name, f"this layer is missing: {type(error).__name__}: {error}")
        return replace(page, issues=(*page.issues, issue))


def at_least(page: Page, score: float | None = None) -> Page:
    """The page without events below the score (None: the default), and without references to them."""
    kept = tuple(event for event in page.events if event.basis.score >= (_default(event) if score is None else score))
    if len(kept) == len(page.events):
        return page
    ids = {event.id for event in kept} | {None}
    return replace(
        page,
        events=kept,
        pledges=tuple(p if p.event in ids else replace(p, event=None) for p in page.pledges),
        causes=tuple(
            replace(
                c,
                cause_event=c.cause_event if c.cause_event in ids else None,
                effect_event=c.effect_event if c.effect_event in ids else None,
            )
            for c in page.causes
        ),
    )


def _default(event: Event) -> float:
    return MIN_ALONE if event.basis.rule == RULE else MIN_SCORE
