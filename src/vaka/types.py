"""The types of a coded report: frozen, checked against the text that they cite; nothing here reads or guesses.

Offsets are half-open Unicode code points of `Article.text`. Dates are ISO strings, both ends inclusive. Countries
are ISO 3166-1 alpha-3 or PLOVER's non-state codes (IGO UNO EUR NGO ISM IMG MNC). Empty means not observed.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import orjson

from vaka.errors import SpanError
from vaka.frames.layers import page_table
from vaka.frames.notebook import page_html

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from vaka.syntax import Sentence, Signal

PAGE_SCHEMA = "vaka.page/1"
EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
EXTENSION_TYPES = ("CONDITION", "OFFICE", "DISASTER")
STATUSES = (
    "occurred", "ongoing", "planned", "expected", "threatened", "demanded", "hypothetical", "negated", "historical",
)  # fmt: skip
ZONE_KINDS = (
    "title", "header", "dateline", "byline", "caption", "heading", "body", "promo", "credit", "boilerplate",
)  # fmt: skip
CODED_ZONES = ("title", "caption", "body")
"""Zones whose words tell events (contract: promo, credit and boilerplate never do)."""


@dataclass(frozen=True, slots=True)
class Span:
    """`text` is `article.text[start:end]`; made by `Article.span`, which checks it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Which stage and rule made an item, and how sure it is (score 0 to 1)."""

    stage: str
    rule: str
    version: str
    score: float


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text and what it is (`ZONE_KINDS`)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One report as it was given. `published` is an ISO date (or date and time) or None; `body_start` says where the
    given text begins when a separate title was put before it."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    genre: str | None = None
    body_start: int = 0
    zones: tuple[Zone, ...] = ()
    sha256: str = ""

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    def span(self, start: int, end: int) -> Span:
        """The span of those code points.

        Raises SpanError when the offsets are empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise SpanError(f"{self.id}: no words at {start}:{end} in a text of {len(self.text)} characters")
        return _span(self.text, start, end)

    def zone_at(self, offset: int) -> str:
        """The kind of the zone that holds `offset`; body where none does."""
        at = bisect.bisect_right(self.zones, offset, key=lambda zone: zone.start) - 1
        return self.zones[at].kind if at >= 0 and offset < self.zones[at].end else "body"

    @property
    def day(self) -> str | None:
        """The day of publication, `YYYY-MM-DD`, or None."""
        return self.published[:10] if self.published else None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a reader of the page should know: a missing date, damaged characters, a stage that failed."""

    stage: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of an actor and whom it resolves to. `sector` is the first of `sectors`."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    name: str
    span: Span
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "other"
    role: str | None = None
    org: str | None = None
    resolved_by: str = "unresolved"

    @property
    def sector(self) -> str | None:
        return self.sectors[0] if self.sectors else None


@dataclass(frozen=True, slots=True)
class Time:
    """A TIMEX3-like time. In an event, `origin` (JSON `from`) says where it was taken from: clause, sentence, story,
    dateline or published; for published there is no span."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    span: Span | None
    type: str
    value: str | None
    start: str | None = None
    end: str | None = None
    grain: str | None = None
    mod: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place name on the map. `precision` is point, city, admin1, country or region; `origin` as in Time."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    span: Span
    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as told: `low` and `high` are None where open ("at least 5" has no high)."""

    low: float | None
    high: float | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. `magnitude` maps dead, injured, arrested, size, money or percent to a Quantity."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    type: str
    status: str
    trigger: Span
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: str | None = None
    score: float | None = None
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    when: Time | None = None
    where: Place | None = None
    magnitude: tuple[tuple[str, Quantity], ...] = ()
    said_by: str | None = None

    @property
    def mode(self) -> str | None:
        return self.modes[0] if self.modes else None


@dataclass(frozen=True, slots=True)
class Quote:
    """Whose words: direct, indirect or mixed; `content` has one span a stretch of an interrupted quote."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    kind: str
    speaker: Actor | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Actor | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise, an expectation or an ultimatum; `act` is the PLOVER type of what is promised."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    kind: str
    promiser: Actor | None
    beneficiary: Actor | None
    act: str | None
    content: Span
    condition: Span | None = None
    amount: Quantity | None = None
    due: Time | None = None
    event: str | None = None
    said_by: str | None = None
    status: str = "open"


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing told as leading to another; events are ids of the page's events where both were coded."""

    id: str
    evidence: tuple[Span, ...]
    basis: Basis
    cause: Span
    effect: Span
    signal: Span | None = None
    cause_event: str | None = None
    effect_event: str | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A model that an engine used."""

    role: str
    language: str
    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What made a page; `knowledge` is the hash of lexicon and ontology."""

    version: str = ""
    knowledge: str = ""
    models: tuple[Model, ...] = ()


UNPRINTED = frozenset({"sentences", "signals"})
"""Fields of a page that only the stages see."""


@dataclass(frozen=True, slots=True)
class Page:
    """One coded report. `sentences` is the parse and `signals` what the network says to some of them, by their index:
    kept in memory for the stages, never printed."""

    article: Article
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    causes: tuple[Cause, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    engine: EngineInfo = field(default_factory=EngineInfo)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False, compare=False)
    signals: Mapping[int, Signal] = field(default_factory=dict, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The page of the contract (`vaka.page/1`) as plain data."""
        return {"schema": PAGE_SCHEMA} | {
            f.name: plain(getattr(self, f.name)) for f in fields(self) if f.name not in UNPRINTED
        }

    def to_json(self) -> bytes:
        """The same as one line of JSON."""
        return b"".join(self.json_parts())

    def json_parts(self) -> Iterator[bytes]:
        """The JSON in pieces, an item at a time: a page of megabytes is never held as plain data."""
        yield b'{"schema":' + orjson.dumps(PAGE_SCHEMA) + b',"article":' + orjson.dumps(plain(self.article))
        for name in ("events", "quotes", "pledges", "causes", "times", "places", "actors", "issues"):
            yield f',"{name}":['.encode()
            for number, item in enumerate(getattr(self, name)):
                yield (b"," if number else b"") + orjson.dumps(plain(item))
            yield b"]"
        yield b',"engine":' + orjson.dumps(plain(self.engine)) + b"}"

    def to_arrow(self, layer: str = "events") -> pyarrow.Table:
        """One layer as an Arrow table: events, quotes, pledges, causes, times, places or actors, a row each.

        Raises ExtraError when pyarrow is not installed, UsageError for another layer.
        """
        return page_table(self.to_dict(), layer).to_arrow()

    def to_pandas(self, layer: str = "events") -> pandas.DataFrame:
        """The same in pandas."""
        return page_table(self.to_dict(), layer).to_pandas()

    def to_polars(self, layer: str = "events") -> polars.DataFrame:
        """The same in polars."""
        return page_table(self.to_dict(), layer).to_polars()

    def _repr_html_(self) -> str:
        """The text with its evidence marked, for a notebook."""
        return page_html(self.to_dict())


@functools.lru_cache(maxsize=2048)
def _span(text: str, start: int, end: int) -> Span:
    """One span for all items of a sentence, which cite the same words as their evidence."""
    return Span(start, end, text[start:end])


def item_id(article: Article, layer: str, start: int, end: int, kind: str = "", ordinal: int = 0) -> str:
    """An id of 16 hexadecimal digits that a newer engine gives again to the same words (contract, `id`)."""
    words = "\x1f".join((article.id, article.sha256, layer, str(start), str(end), kind, str(ordinal)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def plain(value: Any) -> Any:
    """Frozen types as dicts and lists with the contract's names."""
    if isinstance(value, Event):
        return _fields(value) | {"mode": value.mode, "magnitude": {k: plain(q) for k, q in value.magnitude}}
    if isinstance(value, Actor):
        return _fields(value) | {"sector": value.sector}
    if isinstance(value, Time | Place):
        row = _fields(value)
        origin = row.pop("origin")
        return row | ({"from": origin} if origin else {})
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def _fields(value: Any) -> dict[str, Any]:
    return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
