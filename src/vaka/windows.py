"""Cuts the page of a very long report into windows, so that no stage has to hold megabytes of items side by side.

Within a window everything is read as in a short report; pronouns, quotes and repeats do not reach over its edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from vaka.syntax import Sentence
from vaka.types import Actor, Cause, Event, Page, Place, Pledge, Quote, Time

SIZE = 800
"""Sentences of a window: longer than any report of news, so that only books and dumps are cut."""
LAYERS = ("events", "quotes", "pledges", "causes", "times", "places", "actors")
Item = Event | Quote | Pledge | Cause | Time | Place | Actor


def is_long(page: Page) -> bool:
    return len(page.sentences) > SIZE


def windows_of(page: Page) -> Iterator[Page]:
    """Pages of the same article, each with the sentences, zones and items of its window."""
    ends = [chunk[-1].end for chunk in _chunks(page.sentences)]
    ends[-1] = len(page.article.text)
    layers = {name: _dealt(getattr(page, name), ends) for name in LAYERS}
    start = 0
    for number, (end, chunk) in enumerate(zip(ends, _chunks(page.sentences), strict=True)):
        zones = tuple(zone for zone in page.article.zones if zone.start < end and start < zone.end)
        fields: dict[str, Any] = {name: tuple(rows[number]) for name, rows in layers.items()}
        yield replace(page, article=replace(page.article, zones=zones), sentences=chunk, issues=(), **fields)
        start = end


def joined(page: Page, parts: Sequence[Page]) -> Page:
    """The page with the items of its windows, in text order."""
    fields: dict[str, Any] = {name: tuple(item for part in parts for item in getattr(part, name)) for name in LAYERS}
    return replace(page, issues=page.issues + tuple(issue for part in parts for issue in part.issues), **fields)


def _chunks(sentences: tuple[Sentence, ...]) -> list[tuple[Sentence, ...]]:
    """Runs of about `SIZE` sentences that end where a paragraph ends, or at twice the size."""
    found: list[tuple[Sentence, ...]] = []
    first = 0
    for i in range(1, len(sentences)):
        turns = sentences[i].paragraph != sentences[i - 1].paragraph
        if i - first >= SIZE and (turns or i - first >= 2 * SIZE):
            found.append(sentences[first:i])
            first = i
    return [*found, sentences[first:]]


def _dealt(items: tuple[Item, ...], ends: list[int]) -> list[list[Item]]:
    rows: list[list[Item]] = [[] for _ in ends]
    number = 0
    for item in sorted(items, key=_start):
        while _start(item) >= ends[number] and number + 1 < len(ends):
            number += 1
        rows[number].append(item)
    return rows


def _start(item: Item) -> int:
    if isinstance(item, Event):
        return item.trigger.start
    if isinstance(item, Quote):
        return item.content[0].start
    if isinstance(item, Pledge):
        return item.content.start
    if isinstance(item, Cause):
        return item.cause.start
    return item.span.start if item.span is not None else 0
