"""`python -m tests.golden`: writes the golden pages, what is coded in five sample reports, in words for review.

A page here is short on purpose: names, dates and words, no ids or offsets, so that a review reads what changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import vaka
from vaka.engine import Engine
from vaka.types import Actor, Cause, Event, Page, Place, Pledge, Quantity, Quote, Span, Time

Row = dict[str, Any]
REPORTS = Path(vaka.__file__).parent / "sample" / "reports"
FOLDER = Path(__file__).parent / "golden"
CHOSEN = (
    "2022-01-02-caspian-herald-zhanaozen.txt",
    "2022-01-06-meridian-dispatch-csto.html",
    "2022-01-09-steppe-wire-toll.txt",
    "2022-01-11-bosphorus-ledger-turkic-states.txt",
    "2022-01-19-steppe-wire-last-troops.txt",
)
"""A first report, a web page with menus, a toll, a meeting with promises, and promises that come true."""


def golden_pages() -> dict[str, Row]:
    """The pages by the name of their golden file, coded now."""
    articles = [article for name in CHOSEN for article in vaka.read(REPORTS / name)]
    names = [Path(name).stem for name in CHOSEN]
    return {name: in_words(page) for name, page in zip(names, Engine().code(articles), strict=True)}


def in_words(page: Page) -> Row:
    quotes = {quote.id: quote for quote in page.quotes}
    return {
        "title": page.article.title,
        "published": page.article.published,
        "events": [_event(event, quotes) for event in page.events],
        "quotes": [_quote(quote) for quote in page.quotes],
        "pledges": [_pledge(pledge) for pledge in page.pledges],
        "causes": [_cause(cause) for cause in page.causes],
        "issues": [issue.message for issue in page.issues],
    }


def as_text(page: Row) -> str:
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _event(event: Event, quotes: dict[str, Quote]) -> Row:
    said = quotes.get(event.said_by or "")
    return _told(
        {
            "type": " ".join([event.type, *event.modes]),
            "status": event.status,
            "trigger": _words(event.trigger),
            "actors": [_actor(actor) for actor in event.actors],
            "recipients": [_actor(actor) for actor in event.recipients],
            "when": _time(event.when),
            "where": _place(event.where),
            "magnitude": {kind: _quantity(quantity) for kind, quantity in event.magnitude},
            "said by": said.speaker.name if said and said.speaker else None,
            "evidence": [_words(span) for span in event.evidence],
        }
    )


def _quote(quote: Quote) -> Row:
    return _told(
        {
            "kind": quote.kind,
            "speaker": _actor(quote.speaker),
            "addressee": _actor(quote.addressee),
            "cue": _words(quote.cue),
            "content": [_words(span) for span in quote.content],
        }
    )


def _pledge(pledge: Pledge) -> Row:
    return _told(
        {
            "kind": pledge.kind,
            "promiser": _actor(pledge.promiser),
            "beneficiary": _actor(pledge.beneficiary),
            "act": pledge.act,
            "content": _words(pledge.content),
            "condition": _words(pledge.condition),
            "amount": _quantity(pledge.amount),
            "due": _time(pledge.due),
        }
    )


def _cause(cause: Cause) -> Row:
    return _told({"cause": _words(cause.cause), "signal": _words(cause.signal), "effect": _words(cause.effect)})


def _told(row: Row) -> Row:
    """Without what was not observed."""
    return {key: value for key, value in row.items() if value not in (None, [], {})}


def _words(span: Span | None) -> str | None:
    return " ".join(span.text.split()) if span else None


def _actor(actor: Actor | None) -> str | None:
    if actor is None:
        return None
    known = ", ".join(part for part in (actor.country, "/".join(actor.sectors), actor.org) if part)
    return f"{actor.name} ({known})" if known else actor.name


def _time(time: Time | None) -> str | None:
    if time is None or time.start is None:
        return time.value if time else None
    days = time.start if time.end in (None, time.start) else f"{time.start} to {time.end}"
    return f"{days} ({time.origin})" if time.origin else days


def _place(place: Place | None) -> str | None:
    return f"{place.name}, {place.country} ({place.precision}, {place.origin})" if place else None


def _quantity(quantity: Quantity | None) -> str | None:
    if quantity is None:
        return None
    ends = ["" if end is None else f"{end:g}" for end in (quantity.low, quantity.high)]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def write() -> list[Path]:
    """Writes all golden pages; a file that no chosen report gives is removed."""
    FOLDER.mkdir(exist_ok=True)
    pages = golden_pages()
    for stale in set(FOLDER.glob("*.json")) - {FOLDER / f"{name}.json" for name in pages}:
        stale.unlink()
    paths = []
    for name, page in pages.items():
        path = FOLDER / f"{name}.json"
        path.write_text(as_text(page), encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write():
        print(written)  # noqa: T201
