"""A coded page as a notebook shows it: the text with its evidence marked, and the events below it; no script.

Every character of a report is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from vaka.frames.tables import Row

COLOURS = {"event": "#ffe08a", "quote": "#cfe8ff", "pledge": "#cdeccd", "cause": "#eed6f5"}
"""Marks from the strongest to the weakest: where two cover a word, the first shows."""
EVENTS = 40
"""Events listed below the text."""


def page_html(page: Row) -> str:
    """The page (`Page.to_dict`) as a piece of HTML."""
    article = page["article"]
    told = " · ".join(escape(article[name]) for name in ("published", "source", "genre") if article[name])
    title = escape(article["title"] or article["id"])
    text = "".join(_pieces(article["text"], list(_marks(page))))
    key = " ".join(f'<mark style="background:{colour}">{name}</mark>' for name, colour in COLOURS.items())
    rows = "".join(_event(event) for event in page["events"][:EVENTS])
    more = f"<p>{len(page['events']) - EVENTS} more events</p>" if len(page["events"]) > EVENTS else ""
    head = "<tr><th>type</th><th>status</th><th>actors</th><th>recipients</th><th>when</th><th>where</th></tr>"
    return (
        f"<div><p><b>{title}</b><br><small>{told}</small></p>"
        f'<div style="white-space:pre-wrap">{text}</div><p><small>{key}</small></p>'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}</div>"
    )


def _marks(page: Row) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, what a pointer shows) of every cited word."""
    for event in page["events"]:
        says = f"{event['type']} {event['mode'] or ''}".strip() + f", {event['status']}"
        yield event["trigger"]["start"], event["trigger"]["end"], "event", says
    for quote in page["quotes"]:
        says = f"{quote['kind']} quote of {(quote['speaker'] or {}).get('name') or 'somebody'}"
        for span in quote["content"]:
            yield span["start"], span["end"], "quote", says
    for pledge in page["pledges"]:
        says = f"{pledge['kind']} of {(pledge['promiser'] or {}).get('name') or 'somebody'}"
        yield pledge["content"]["start"], pledge["content"]["end"], "pledge", says
    for cause in page["causes"]:
        for end in ("cause", "effect"):
            yield cause[end]["start"], cause[end]["end"], "cause", end


def _pieces(text: str, marks: list[tuple[int, int, str, str]]) -> Iterator[str]:
    """The text cut where a mark begins or ends, so that no two marks cross."""
    order = list(COLOURS)
    for start, end in pairwise(sorted({0, len(text), *(at for mark in marks for at in mark[:2])})):
        here = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        words = escape(text[start:end])
        if not here:
            yield words
            continue
        colour = COLOURS[min((mark[2] for mark in here), key=order.index)]
        told = escape("; ".join(dict.fromkeys(mark[3] for mark in here)), quote=True)
        yield f'<mark style="background:{colour}" title="{told}">{words}</mark>'


def _event(event: Row) -> str:
    when, where = event["when"] or {}, event["where"] or {}
    cells = (
        f"{event['type']} {event['mode'] or ''}".strip(),
        event["status"],
        ", ".join(actor["name"] for actor in event["actors"]),
        ", ".join(actor["name"] for actor in event["recipients"]),
        when.get("start") or "",
        where.get("name") or "",
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
