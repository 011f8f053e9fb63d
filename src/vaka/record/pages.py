"""Pages read back from their JSON: the inverse of `Page.to_dict`; refuses what is not a page of this schema."""

from __future__ import annotations

from typing import Any

from vaka.errors import RecordError
from vaka.types import (
    PAGE_SCHEMA,
    Actor,
    Article,
    Basis,
    Cause,
    EngineInfo,
    Event,
    Issue,
    Model,
    Page,
    Place,
    Pledge,
    Quantity,
    Quote,
    Span,
    Time,
    Zone,
)

Row = dict[str, Any]


def read_page(data: Row, text: str) -> Page:
    """The page of `data`, whose article has `text`.

    Raises RecordError when the JSON is of another schema or misses a field.
    """
    if data.get("schema") != PAGE_SCHEMA:
        raise RecordError(f"a stored page has the schema {data.get('schema')!r}; this version reads {PAGE_SCHEMA!r}")
    try:
        return Page(
            article=_article(data["article"], text),
            events=tuple(map(_event, data["events"])),
            quotes=tuple(map(_quote, data["quotes"])),
            pledges=tuple(map(_pledge, data["pledges"])),
            causes=tuple(map(_cause, data["causes"])),
            times=tuple(_time(row) for row in data["times"]),
            places=tuple(_place(row) for row in data["places"]),
            actors=tuple(_actor(row) for row in data["actors"]),
            issues=tuple(Issue(row["stage"], row["message"], _span(row.get("span"))) for row in data["issues"]),
            engine=_engine(data["engine"]),
        )
    except (KeyError, TypeError) as error:
        raise RecordError(f"a stored page cannot be read: {error!r}") from error


def _article(row: Row, text: str) -> Article:
    names = ("id", "title", "published", "source", "url", "language", "genre", "body_start")
    zones = tuple(Zone(zone["kind"], zone["start"], zone["end"]) for zone in row["zones"])
    return Article(text=text, zones=zones, **{name: row[name] for name in names})


def _engine(row: Row) -> EngineInfo:
    return EngineInfo(row["version"], row["knowledge"], tuple(Model(**model) for model in row["models"]))


def _span(row: Row | None) -> Span | None:
    return Span(row["start"], row["end"], row["text"]) if row else None


def _need(row: Row) -> Span:
    return Span(row["start"], row["end"], row["text"])


def _spans(rows: list[Row]) -> tuple[Span, ...]:
    return tuple(_need(row) for row in rows)


def _item(row: Row) -> dict[str, Any]:
    basis = row["basis"]
    made = Basis(basis["stage"], basis["rule"], basis["version"], basis["score"])
    return {"id": row["id"], "evidence": _spans(row["evidence"]), "basis": made}


def _quantity(row: Row | None) -> Quantity | None:
    return Quantity(row["low"], row["high"], row["text"], _need(row["span"])) if row else None


def _actor(row: Row) -> Actor:
    names = ("name", "country", "kind", "role", "org", "resolved_by")
    return Actor(
        **_item(row), span=_need(row["span"]), sectors=tuple(row["sectors"]), **{name: row[name] for name in names}
    )


def _party(row: Row | None) -> Actor | None:
    return _actor(row) if row else None


def _time(row: Row) -> Time:
    names = ("type", "value", "start", "end", "grain", "mod")
    return Time(**_item(row), span=_span(row["span"]), origin=row.get("from"), **{name: row[name] for name in names})


def _place(row: Row) -> Place:
    names = ("name", "country", "admin1", "lat", "lon", "geonameid", "precision")
    return Place(**_item(row), span=_need(row["span"]), origin=row.get("from"), **{name: row[name] for name in names})


def _event(row: Row) -> Event:
    magnitude = ((kind, _quantity(value)) for kind, value in row["magnitude"].items())
    return Event(
        **_item(row),
        trigger=_need(row["trigger"]),
        modes=tuple(row["modes"]),
        contexts=tuple(row["contexts"]),
        actors=tuple(map(_actor, row["actors"])),
        recipients=tuple(map(_actor, row["recipients"])),
        when=_time(row["when"]) if row["when"] else None,
        where=_place(row["where"]) if row["where"] else None,
        magnitude=tuple((kind, value) for kind, value in magnitude if value is not None),
        **{name: row[name] for name in ("type", "status", "cameo", "quad", "score", "said_by")},
    )


def _quote(row: Row) -> Quote:
    return Quote(
        **_item(row),
        kind=row["kind"],
        speaker=_party(row["speaker"]),
        cue=_span(row["cue"]),
        content=_spans(row["content"]),
        addressee=_party(row["addressee"]),
        parent=row["parent"],
    )


def _pledge(row: Row) -> Pledge:
    return Pledge(
        **_item(row),
        promiser=_party(row["promiser"]),
        beneficiary=_party(row["beneficiary"]),
        content=_need(row["content"]),
        condition=_span(row["condition"]),
        amount=_quantity(row["amount"]),
        due=_time(row["due"]) if row["due"] else None,
        **{name: row[name] for name in ("kind", "act", "event", "said_by", "status")},
    )


def _cause(row: Row) -> Cause:
    return Cause(
        **_item(row),
        cause=_need(row["cause"]),
        effect=_need(row["effect"]),
        signal=_span(row["signal"]),
        **{name: row[name] for name in ("cause_event", "effect_event", "said_by")},
    )
