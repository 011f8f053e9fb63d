"""One self-contained HTML page of coded reports: the text with its evidence in lanes beside the coded rows.

No script and nothing from elsewhere; `:target` and `:hover` connect a row with its words. Every character of a report
is escaped, and only http and https addresses become links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from jinja2 import Environment, PackageLoader, select_autoescape

from vaka.frames.wording import clean
from vaka.reports import wording
from vaka.reports.wording import Row
from vaka.types import Page, Span

LANES = ("events", "quotes", "pledges", "causes", "times", "places", "actors")
"""The layers in the order of their lines below the words, top to bottom."""
QUIET = frozenset({"header", "byline", "promo", "credit", "boilerplate"})
"""Zones that are set small: no event is ever read from them."""
REFERENCES = {
    "said by": "said_by",
    "event": "event",
    "in": "parent",
    "cause": "cause_event",
    "effect": "effect_event",
}
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that an item cites: `part` says as what (trigger, content, cue …)."""

    start: int
    end: int
    item: str
    lane: str
    part: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two boundaries. `anchors` are the items whose first words begin here, and `link` is the
    item with the shortest mark over it."""

    text: str
    zone: str
    classes: str
    anchors: tuple[str, ...]
    link: str | None
    told: str


@dataclass(frozen=True, slots=True)
class Item:
    """A coded row: `key` is unique on the HTML page, `head` the line in bold, `facts` name and value."""

    key: str
    id: str
    lane: str
    label: str
    head: str
    status: str
    facts: tuple[tuple[str, str], ...]
    score: str
    refers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One report as the template shows it."""

    key: str
    title: str
    facts: tuple[str, ...]
    address: str | None
    pieces: tuple[Piece, ...]
    layers: tuple[tuple[str, tuple[Item, ...]], ...]
    issues: tuple[str, ...]
    engine: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def heads(self) -> dict[str, str]:
        """Every row's line in bold, by its key."""
        return {item.key: item.head for _, items in self.layers for item in items}


def render(pages: Iterable[Page]) -> str:
    """The HTML page, one section a report in the order given."""
    sections = [section(page, f"r{number}") for number, page in enumerate(pages, 1)]
    environment = Environment(
        loader=PackageLoader("vaka.reports"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    totals = Counter[str]()
    for one in sections:
        totals.update(one.counts)
    return environment.get_template("page.html").render(sections=sections, lanes=LANES, totals=totals)


def section(page: Page, key: str) -> Section:
    """The report with its pieces and rows; `key` begins every id of the section."""
    article = page.article
    keys: dict[str, str] = {}
    for layer in LANES:
        for item in getattr(page, layer):
            keys[item.id] = f"{key}-{len(keys) + 1}"
    data = page.to_dict()
    layers = tuple((layer, tuple(_item(layer, row, keys) for row in data[layer])) for layer in LANES)
    told = (article.published, article.source, article.genre, article.language)
    marks = [mark for mark in marks_of(page) if mark.item in keys]
    address = article.url if article.url and _ADDRESS.fullmatch(article.url) else None
    return Section(
        key=key,
        title=clean(article.title or article.id),
        facts=tuple(clean(fact) for fact in told if fact),
        address=address,
        pieces=tuple(pieces(page, marks, keys)),
        layers=layers,
        issues=tuple(f"{issue.stage}: {clean(issue.message)}" for issue in page.issues),
        engine=_engine(page),
        counts={layer: len(items) for layer, items in layers},
    )


def marks_of(page: Page) -> Iterator[Mark]:
    """Every span that an item of the page cites, evidence sentences as marks of their own part."""
    for event in page.events:
        yield from _marks(event.id, "events", {"trigger": (event.trigger,), "evidence": event.evidence})
        yield from _marks(event.id, "events", {kind: (quantity.span,) for kind, quantity in event.magnitude})
    for quote in page.quotes:
        cue = (quote.cue,) if quote.cue else ()
        yield from _marks(quote.id, "quotes", {"content": quote.content, "cue": cue})
    for pledge in page.pledges:
        condition = (pledge.condition,) if pledge.condition else ()
        yield from _marks(pledge.id, "pledges", {"content": (pledge.content,), "condition": condition})
    for cause in page.causes:
        signal = (cause.signal,) if cause.signal else ()
        yield from _marks(cause.id, "causes", {"cause": (cause.cause,), "effect": (cause.effect,), "signal": signal})
    for time in page.times:
        yield from _marks(time.id, "times", {"time": (time.span,) if time.span else ()})
    for place in page.places:
        yield from _marks(place.id, "places", {"place": (place.span,)})
    for actor in page.actors:
        yield from _marks(actor.id, "actors", {"actor": (actor.span,)})


def _marks(item: str, lane: str, parts: dict[str, tuple[Span, ...]]) -> Iterator[Mark]:
    for part, spans in parts.items():
        for span in spans:
            yield Mark(span.start, span.end, item, lane, part)


def pieces(page: Page, marks: Sequence[Mark], keys: dict[str, str]) -> Iterator[Piece]:
    """The whole text, cut wherever a mark or a zone begins or ends, so that no two marks ever cross."""
    text, zones = page.article.text, page.article.zones
    cuts = {0, len(text)}
    for zone in zones:
        cuts |= {zone.start, zone.end}
    for mark in marks:
        cuts |= {mark.start, mark.end}
    ordered = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    starting: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.part == "evidence"):
        starting.setdefault(mark.start, []).append(mark)
    anchored: set[str] = set()
    first = {mark.item: mark.start for mark in sorted(marks, key=_prominence, reverse=True)}
    active: list[Mark] = []
    for start, end in pairwise(ordered):
        active = [mark for mark in active if mark.end > start] + starting.get(start, [])
        here = [mark.item for mark in active if first[mark.item] == start and mark.item not in anchored]
        anchored.update(here)
        anchors = tuple(keys[key] for key in dict.fromkeys(here))
        yield _piece(text[start:end], page.article.zone_at(start), active, anchors, keys)


def _prominence(mark: Mark) -> tuple[bool, int]:
    """An item's link leads to its trigger or content rather than to the sentence around it."""
    return mark.part in {"evidence", "cue"}, mark.start


def _piece(text: str, zone: str, active: Sequence[Mark], anchors: tuple[str, ...], keys: dict[str, str]) -> Piece:
    words = [mark for mark in active if mark.part != "evidence"]
    classes = [f"lane-{lane}" for lane in LANES if any(mark.lane == lane for mark in words)]
    classes += sorted({mark.part for mark in words if mark.part in {"trigger", "cue", "signal", "condition"}})
    classes += [f"i-{keys[item]}" for item in dict.fromkeys(mark.item for mark in active)]
    classes += [f"zone-{zone}"] if zone != "body" else []
    classes += ["quiet"] if zone in QUIET else []
    nearest = min(words, key=lambda mark: (mark.end - mark.start, LANES.index(mark.lane)), default=None)
    told = ", ".join(dict.fromkeys(_told(mark) for mark in words))
    return Piece(text, zone, " ".join(classes), anchors, keys[nearest.item] if nearest else None, told)


def _told(mark: Mark) -> str:
    layer = mark.lane.removesuffix("s")
    return layer if mark.part == layer else f"{layer}: {mark.part}"


def _item(layer: str, row: Row, keys: dict[str, str]) -> Item:
    label, head, status, facts = _SHAPES[layer](row)
    refers = tuple((name, keys[row[of]]) for name, of in REFERENCES.items() if row.get(of) in keys)
    kept = tuple((name, value) for name, value in facts if value)
    return Item(keys[row["id"]], row["id"], layer, label, head, status, kept, f"{row['basis']['score']:.2f}", refers)


Shape = tuple[str, str, str, list[tuple[str, str]]]


def _event(row: Row) -> Shape:
    kind = f"{row['type']} {row['mode']}" if row["mode"] else row["type"]
    when = row["when"] or {}
    facts = [
        ("when", _from(wording.when(row["when"]), when)),
        ("where", _from(wording.where(row["where"]), row["where"] or {})),
        ("numbers", wording.magnitudes(row)),
        ("contexts", ", ".join(row["contexts"])),
        ("rule", row["basis"]["rule"]),
    ]
    return kind, wording.what(row), row["status"], facts


def _from(words: str, taken: Row) -> str:
    return f"{words} (from the {taken['from']})" if words and taken.get("from") else words


def _quote(row: Row) -> Shape:
    facts = [("to", wording.party(row["addressee"]) if row["addressee"] else "")]
    content = wording.excerpt(" … ".join(span["text"] for span in row["content"]), 220)
    return row["kind"], wording.party(row["speaker"]), "", [("words", content), *facts]


def _pledge(row: Row) -> Shape:
    facts = [
        ("content", wording.excerpt(row["content"]["text"], 220)),
        ("to", wording.party(row["beneficiary"]) if row["beneficiary"] else ""),
        ("act", row["act"] or ""),
        ("amount", wording.span_of(row["amount"]) if row["amount"] else ""),
        ("condition", wording.excerpt(row["condition"]["text"], 160) if row["condition"] else ""),
        ("due", wording.due(row["due"])),
    ]
    return row["kind"], wording.party(row["promiser"]), row["status"], facts


def _cause(row: Row) -> Shape:
    effect = wording.excerpt(row["effect"]["text"], 160)
    head = f"{wording.excerpt(row['cause']['text'], 160)} {wording.MARK_MOVED} {effect}"
    return clean(row["signal"]["text"]) if row["signal"] else "cause", head, "", []


def _time(row: Row) -> Shape:
    head = clean(row["span"]["text"]) if row["span"] else ""
    return row["type"].lower(), head, "", [("value", row["value"] or "not resolved"), ("days", wording.when(row))]


def _place(row: Row) -> Shape:
    at = f"{row['lat']:.2f}, {row['lon']:.2f}" if row["lat"] is not None and row["lon"] is not None else ""
    facts = [("as", clean(row["span"]["text"])), ("admin1", row["admin1"] or ""), ("at", at)]
    return row["precision"] or "place", wording.where(row), "", facts


def _actor(row: Row) -> Shape:
    words = clean(row["span"]["text"])
    facts = [
        ("as", words if words != row["name"] else ""),
        ("sectors", " ".join(row["sectors"])),
        ("organization", row["org"] or ""),
        ("found by", row["resolved_by"]),
    ]
    return row["kind"], wording.party(row), "", facts


_SHAPES = {
    "events": _event,
    "quotes": _quote,
    "pledges": _pledge,
    "causes": _cause,
    "times": _time,
    "places": _place,
    "actors": _actor,
}


def _engine(page: Page) -> str:
    engine = page.engine
    models = ", ".join(f"{model.name} {model.version}" for model in engine.models)
    version = f"Vaka {engine.version}" if engine.version else ""
    parts = (version, models, f"knowledge {engine.knowledge[:12]}" if engine.knowledge else "")
    return " · ".join(part for part in parts if part)
