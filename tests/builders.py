"""Pages made by hand for tests: every span is found in the text, so none can be untrue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vaka.types import (
    Actor,
    Article,
    Basis,
    Cause,
    EngineInfo,
    Event,
    Model,
    Page,
    Place,
    Pledge,
    Quantity,
    Quote,
    Span,
    Time,
    Zone,
    item_id,
)

BASIS = Basis("test", "by hand", "1", 0.9)


@dataclass
class PageBuilder:
    """Collects a page's items; words are given as they stand in the text, `nth` picks a later occurrence."""

    article: Article
    events: list[Event] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    pledges: list[Pledge] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)

    def span(self, words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.article.text.index(words, start + 1)
        return self.article.span(start, start + len(words))

    def sentence(self, span: Span) -> Span:
        """The line that holds the span."""
        text = self.article.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        return self.article.span(start, len(text) if end < 0 else end)

    def key(self, layer: str, span: Span, kind: str = "") -> str:
        return item_id(self.article, layer, span.start, span.end, kind)

    def actor(self, words: str, name: str | None = None, country: str | None = None, **more: Any) -> Actor:
        span = self.span(words, more.pop("nth", 0))
        actor = Actor(
            self.key("actor", span), (self.sentence(span),), BASIS, name or words, span, country=country, **more
        )
        if all(known.id != actor.id for known in self.actors):
            self.actors.append(actor)
        return actor

    def time(self, words: str, start: str, end: str | None = None, *, origin: str = "clause", nth: int = 0) -> Time:
        span = self.span(words, nth)
        grain = "day" if end in (None, start) else "week"
        time = Time(
            self.key("time", span), (self.sentence(span),), BASIS, span, "DATE", start, start, end or start, grain,
            None, origin,
        )  # fmt: skip
        if all(known.id != time.id for known in self.times):
            self.times.append(time)
        return time

    def place(self, words: str, country: str, *, precision: str = "city", **more: Any) -> Place:
        span = self.span(words, more.pop("nth", 0))
        origin = more.pop("origin", "clause")
        name = more.pop("name", words)
        place = Place(
            self.key("place", span), (self.sentence(span),), BASIS, span, name, country, precision=precision,
            origin=origin, **more,
        )  # fmt: skip
        if all(known.id != place.id for known in self.places):
            self.places.append(place)
        return place

    def event(self, kind: str, trigger: str, *, status: str = "occurred", nth: int = 0, **more: Any) -> Event:
        span = self.span(trigger, nth)
        numbers = tuple(
            (name, Quantity(low, high, words, self.span(words)))
            for name, (low, high, words) in more.pop("magnitude", {}).items()
        )
        basis = Basis("test", "by hand", "1", more.pop("certainty", 0.9))
        event = Event(
            self.key("event", span, kind), (self.sentence(span),), basis, kind, status, span, magnitude=numbers, **more
        )
        self.events.append(event)
        return event

    def quote(self, content: str, speaker: Actor | None, cue: str | None = None, kind: str = "direct") -> Quote:
        span = self.span(content)
        quote = Quote(
            self.key("quote", span),
            (self.sentence(span),),
            BASIS,
            kind,
            speaker,
            self.span(cue) if cue else None,
            (span,),
        )
        self.quotes.append(quote)
        return quote

    def pledge(self, content: str, promiser: Actor | None, beneficiary: Actor | None = None, **more: Any) -> Pledge:
        span = self.span(content)
        kind = more.pop("kind", "pledge")
        act = more.pop("act", None)
        pledge = Pledge(
            self.key("pledge", span), (self.sentence(span),), BASIS, kind, promiser, beneficiary, act, span, **more
        )
        self.pledges.append(pledge)
        return pledge

    def cause(self, cause: str, effect: str, signal: str | None = None, **more: Any) -> Cause:
        first, second = self.span(cause), self.span(effect)
        found = Cause(
            self.key("cause", first), (self.sentence(first),), BASIS, first, second,
            self.span(signal) if signal else None, **more,
        )  # fmt: skip
        self.causes.append(found)
        return found

    def page(self) -> Page:
        model = Model("parser", "en", "en_core_web_sm", "3.8.0", "e9" * 32)
        return Page(
            self.article,
            tuple(self.events),
            tuple(self.quotes),
            tuple(self.pledges),
            tuple(self.causes),
            tuple(self.times),
            tuple(self.places),
            tuple(self.actors),
            engine=EngineInfo("0.1.0", "abc", (model,)),
        )


def report(name: str, body: str, *, title: str | None = None, published: str | None = None, **more: Any) -> PageBuilder:
    """A builder on a report whose title, where given, stands before the body."""
    text = f"{title}\n\n{body}" if title else body
    start = len(text) - len(body)
    zones = (Zone("title", 0, len(title)),) if title else ()
    zones = (*zones, Zone("body", start, len(text)))
    return PageBuilder(
        Article(name, text, title=title, published=published, body_start=start, zones=zones, language="en", **more)
    )
