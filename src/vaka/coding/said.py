"""Whose word an event stands on: the innermost quote that holds its trigger, unless the event is the saying itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vaka.types import Event, Page, Quote


class SaidByStage:
    """Needs quotes and events; gives the events' `said_by`."""

    name = "said-by"
    needs = frozenset({"quotes", "events"})
    gives = frozenset({"said_by"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return [replace(page, events=tuple(_attributed(event, page.quotes) for event in page.events)) for page in pages]


def _attributed(event: Event, quotes: tuple[Quote, ...]) -> Event:
    if any(
        span.start <= event.trigger.start < span.end for quote in quotes for span in ([quote.cue] if quote.cue else [])
    ):
        return event
    holding = [
        (sum(span.end - span.start for span in quote.content), quote)
        for quote in quotes
        if quote.speaker is not None
        and any(s.start <= event.trigger.start and event.trigger.end <= s.end for s in quote.content)
    ]
    if not holding:
        return event
    return replace(event, said_by=min(holding, key=lambda row: (row[0], row[1].id))[1].id)
