"""Cuts a very long report into windows, so that a text of megabytes is read in the memory of a short one.

Within a window everything is read as in a report of its own; pronouns, quotes and repeats do not reach over its edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from vaka.types import Page, Zone

SIZE = 60_000
"""Characters of a window."""
LONG = 300_000
"""Characters from which a report is cut: longer than any report of news, so that only books and dumps are."""
LAYERS = ("events", "quotes", "pledges", "causes", "times", "places", "actors")


def is_long(page: Page) -> bool:
    return len(page.article.text) > LONG


def windows_of(page: Page) -> Iterator[Page]:
    """Pages of the same article, each with the zones of its window only; a zone that is longer is cut at a space."""
    zones: list[Zone] = []
    for zone in page.article.zones:
        for piece in _pieces(zone, page.article.text):
            if zones and piece.end - zones[0].start > SIZE:
                yield replace(page, article=replace(page.article, zones=tuple(zones)), issues=())
                zones = []
            zones.append(piece)
    if zones:
        yield replace(page, article=replace(page.article, zones=tuple(zones)), issues=())


def joined(page: Page, parts: Iterator[Page]) -> Page:
    """The page with the items and issues of its windows, in text order, without their parses."""
    layers: dict[str, list[Any]] = {name: [] for name in LAYERS}
    issues = list(page.issues)
    for part in parts:
        for name, items in layers.items():
            items += getattr(part, name)
        issues += [issue for issue in part.issues if issue not in issues]
    fields: dict[str, Any] = {name: tuple(items) for name, items in layers.items()}
    return replace(page, issues=tuple(issues), sentences=(), signals={}, **fields)


def _pieces(zone: Zone, text: str) -> Iterator[Zone]:
    start = zone.start
    while zone.end - start > SIZE:
        cut = text.rfind(". ", start + SIZE // 2, start + SIZE)
        cut = cut + 1 if cut > 0 else start + SIZE
        yield Zone(zone.kind, start, cut)
        start = cut
    yield Zone(zone.kind, start, zone.end)
