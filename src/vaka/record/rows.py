"""The rows of a page, table by table; pure, so that a stored page can be held against its rows again."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from vaka.types import Actor, Cause, Event, Page, Place, Pledge, Quote, Span, Time

Value = str | int | float | None
Item = Event | Quote | Pledge | Cause | Time | Place | Actor


def json_text(value: object) -> str:
    return orjson.dumps(value).decode()


def layers(page: Page) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The page's items by layer, in a fixed order."""
    return (
        ("event", page.events),
        ("quote", page.quotes),
        ("pledge", page.pledges),
        ("cause", page.causes),
        ("time", page.times),
        ("place", page.places),
        ("actor", page.actors),
    )


def item_rows(page: Page, report: str) -> Iterator[tuple[Value, ...]]:
    for layer, items in layers(page):
        for position, item in enumerate(items):
            basis = item.basis
            yield (item.id, report, layer, position, basis.stage, basis.rule, basis.version, basis.score)


def evidence_rows(page: Page, report: str) -> Iterator[tuple[Value, ...]]:
    """One row a span of a field: (item, layer, field, position, report, start, end, text)."""
    for layer, items in layers(page):
        for item in items:
            for field, spans in _fields(item):
                for position, span in enumerate(spans):
                    yield (item.id, layer, field, position, report, span.start, span.end, span.text)


def _fields(item: Item) -> Iterator[tuple[str, tuple[Span, ...]]]:
    yield "evidence", item.evidence
    if isinstance(item, Event):
        yield "trigger", (item.trigger,)
        yield "actor", tuple(actor.span for actor in item.actors)
        yield "recipient", tuple(actor.span for actor in item.recipients)
        yield "when", _one(item.when.span if item.when else None)
        yield "where", _one(item.where.span if item.where else None)
        for kind, quantity in item.magnitude:
            yield f"magnitude:{kind}", (quantity.span,)
    elif isinstance(item, Quote):
        yield "quote:content", item.content
        yield "quote:speaker", _one(item.speaker.span if item.speaker else None)
        yield "quote:cue", _one(item.cue)
        yield "quote:addressee", _one(item.addressee.span if item.addressee else None)
    elif isinstance(item, Pledge):
        yield "pledge:content", (item.content,)
        yield "pledge:promiser", _one(item.promiser.span if item.promiser else None)
        yield "pledge:beneficiary", _one(item.beneficiary.span if item.beneficiary else None)
        yield "pledge:condition", _one(item.condition)
        yield "pledge:amount", _one(item.amount.span if item.amount else None)
        yield "pledge:due", _one(item.due.span if item.due else None)
    elif isinstance(item, Cause):
        yield "cause", (item.cause,)
        yield "effect", (item.effect,)
        yield "signal", _one(item.signal)
    else:
        yield "mention", _one(item.span)


def _one(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span else ()


def event_row(event: Event, report: str) -> tuple[Value, ...]:
    when, where = event.when, event.where
    times: tuple[Value, ...] = (None,) * 7
    if when:
        times = (when.type, when.value, when.start, when.end, when.grain, when.mod, when.origin)
    places: tuple[Value, ...] = (None,) * 8
    if where:
        places = (where.name, where.country, where.admin1, where.lat, where.lon, where.geonameid, where.precision,
                  where.origin)  # fmt: skip
    modes, contexts = json_text(list(event.modes)), json_text(list(event.contexts))
    head: tuple[Value, ...] = (event.id, report, event.type, event.mode, modes, contexts, event.cameo, event.quad)
    return (*head, event.score, event.status, event.trigger.text, event.said_by, *times, *places)


def event_actor_rows(event: Event) -> Iterator[tuple[Value, ...]]:
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for position, actor in enumerate(parties):
            sectors = json_text(list(actor.sectors))
            yield (event.id, role, position, actor.id, actor.name, actor.country, actor.sector, sectors, actor.kind,
                   actor.role, actor.org, actor.resolved_by, 0)  # fmt: skip


def magnitude_rows(event: Event) -> Iterator[tuple[Value, ...]]:
    for kind, quantity in event.magnitude:
        yield (event.id, kind, quantity.low, quantity.high, quantity.text)


def quote_row(quote: Quote, report: str) -> tuple[Value, ...]:
    speaker, addressee = quote.speaker, quote.addressee
    return (
        quote.id,
        report,
        quote.kind,
        *((speaker.name, speaker.country, speaker.org, speaker.role) if speaker else (None,) * 4),
        quote.cue.text if quote.cue else None,
        " … ".join(span.text for span in quote.content),
        *((addressee.name, addressee.country) if addressee else (None,) * 2),
        quote.parent,
    )


def pledge_row(pledge: Pledge, report: str) -> tuple[Value, ...]:
    amount, due = pledge.amount, pledge.due
    return (
        pledge.id,
        report,
        pledge.kind,
        *_party(pledge.promiser),
        *_party(pledge.beneficiary),
        pledge.act,
        pledge.content.text,
        pledge.condition.text if pledge.condition else None,
        *((amount.low, amount.high) if amount else (None,) * 2),
        *((due.value, due.start, due.end or due.start) if due else (None,) * 3),
        pledge.event,
        pledge.said_by,
        pledge.status,
        pledge.status,
        None,
    )


def _party(actor: Actor | None) -> tuple[Value, ...]:
    if actor is None:
        return (None,) * 5
    return (actor.name, actor.country, json_text(list(actor.sectors)), actor.kind, actor.org)


def cause_row(cause: Cause, report: str) -> tuple[Value, ...]:
    signal = cause.signal.text if cause.signal else None
    ends = (cause.cause_event, cause.effect_event, cause.said_by)
    return (cause.id, report, cause.cause.text, cause.effect.text, signal, *ends)


def time_row(time: Time, report: str) -> tuple[Value, ...]:
    words = time.span.text if time.span else None
    return (time.id, report, words, time.type, time.value, time.start, time.end, time.grain, time.mod)


def place_row(place: Place, report: str) -> tuple[Value, ...]:
    return (place.id, report, place.span.text, place.name, place.country, place.admin1, place.lat, place.lon,
            place.geonameid, place.precision)  # fmt: skip


def actor_row(actor: Actor, report: str) -> tuple[Value, ...]:
    return (actor.id, report, actor.span.text, actor.name, actor.country, actor.sector, json_text(list(actor.sectors)),
            actor.kind, actor.role, actor.org, actor.resolved_by)  # fmt: skip
