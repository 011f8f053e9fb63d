"""Answers to questions as flat tables: one row a report, happening, pledge, actor; empty where nothing was observed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import orjson

from vaka.frames.events import MAGNITUDES, engine_columns, evidence_cells, joined_field
from vaka.frames.tables import Column, Row, Table
from vaka.frames.wording import in_words, judged

_INCIDENT = (
    "id", "date", "date_end", "type", "mode", "modes", "status", "score", "actors", "actor_countries", "recipients",
    "recipient_countries", "place", "country", "latitude", "longitude",
    *(f"{kind}_{end}" for kind in MAGNITUDES for end in ("low", "high")),
    "tellings", "independent_sources", "first_published", "last_published", "reports", "report", "evidence",
    "evidence_start", "evidence_end", "review",
)  # fmt: skip
_THREAD = ("thread", "part", "joined_to", "joined_by", "joined_words", *_INCIDENT)
_PLEDGE = (
    "id", "kind", "promiser", "promiser_country", "promiser_org", "beneficiary", "beneficiary_country", "act",
    "content", "condition", "amount_low", "amount_high", "due_value", "due_start", "due_end", "status", "status_date",
    "status_report", "status_evidence", "event", "said_by", "report", "reports", "evidence", "evidence_start",
    "evidence_end", "status_by", "review",
)  # fmt: skip
_REPORT = (
    "id", "title", "published", "source", "url", "language", "genre", "agency", "copy_group", "version_of", "events",
    "quotes", "pledges", "causes", "reliability", "credibility", "withdrawn", "engine", "knowledge", "models",
)  # fmt: skip
_ACTOR = ("name", "country", "org", "kind", "sectors", "roles", "as_actor", "as_recipient", "reports", "types")
_MEMORY = (
    "id", "name", "office", "country", "org", "first_told", "last_told", "resolves", "reports", "evidence",
)  # fmt: skip
_JUDGEMENT = (
    "id", "at", "by", "kind", "items", "layer", "reports", "field", "was", "is", "on", "apart", "why", "undone_at",
    "undone_by", "undone_why",
)  # fmt: skip
_PRECISION = ("layer", "type", "reviewed", "accepted", "corrected", "rejected", "precision", "low", "high", "exact")
_ORPHAN = (
    "id", "at", "by", "kind", "item", "layer", "type", "field", "is", "report", "words", "withdrawn", "now", "why",
)  # fmt: skip
_DIFFERENCE = ("change", "layer", "id", "was_id", "report", "words", "field", "was", "is")
_SEARCH = ("id", "title", "published", "source", "url", "genre", "rank", "passages")

_COUNTS = {
    "incidents": ("tellings", "independent_sources"),
    "reports": ("events", "quotes", "pledges", "causes"),
    "actors": ("as_actor", "as_recipient", "reports"),
    "memory": ("resolves",),
    "precision": ("reviewed", "accepted", "corrected", "rejected"),
}
_HXL = {
    "id": "#crisis+id", "date": "#date+start", "date_end": "#date+end", "type": "#event+type", "status": "#status",
    "actors": "#org+name+actor", "actor_countries": "#country+code+actor", "recipients": "#org+name+recipient",
    "recipient_countries": "#country+code+recipient", "place": "#loc+name", "country": "#country+code+v_iso3",
    "latitude": "#geo+lat", "longitude": "#geo+lon", "dead_low": "#affected+killed+min",
    "dead_high": "#affected+killed+max", "injured_low": "#affected+injured+min",
    "injured_high": "#affected+injured+max", "independent_sources": "#meta+sources+num", "evidence": "#description",
    "report": "#meta+report+id", "due_end": "#date+due", "promiser": "#org+name+promiser", "source": "#meta+source",
    "beneficiary": "#org+name+beneficiary", "published": "#date+reported", "title": "#meta+title", "url": "#meta+url",
}  # fmt: skip
ABOUT = {
    "id": "the row's id",
    "date": "first day as the most exact telling has it, else the first day of publication",
    "date_end": "last day",
    "type": "PLOVER type, or CONDITION, OFFICE, DISASTER",
    "mode": "the mode that most tellings have",
    "modes": "all modes",
    "status": "occurred as soon as one telling has it, else that of the first; of a pledge what came of it",
    "score": "how sure the surest telling is, 0 to 1",
    "actors": "who acts",
    "actor_countries": "their countries, in the same order",
    "recipients": "who is acted upon",
    "recipient_countries": "their countries, in the same order",
    "place": "where, by its usual English name",
    "country": "ISO 3166-1 alpha-3",
    "latitude": "degrees, WGS 84",
    "longitude": "degrees, WGS 84",
    "tellings": "events of reports that tell it",
    "independent_sources": "groups of copies that tell it, each counted once",
    "first_published": "day of the first report that tells it",
    "last_published": "day of the last report that tells it",
    "reports": "ids of all reports that tell it",
    "report": "id of the report that holds the passage",
    "evidence": "the first passage that tells it, word for word",
    "evidence_start": "its first character in the report's text",
    "evidence_end": "one past its last character",
    "promiser": "who promises",
    "beneficiary": "to whom",
    "act": "the PLOVER type of what is promised",
    "content": "what is promised, word for word",
    "condition": "on what condition",
    "due_value": "TIMEX3 value of the date on which it is due",
    "due_start": "first day on which it is due",
    "due_end": "last day on which it is due",
    "status_date": "day of the last change of status",
    "status_report": "the report that tells it",
    "status_evidence": "its passage",
    "kind": "pledge, expectation or ultimatum; of an actor: person, government, organization, armed-group, population",
    "title": "the report's title",
    "published": "when it was published",
    "source": "who published it",
    "url": "where it stands",
    "language": "BCP 47",
    "genre": "news, opinion, analysis, live, sport, other",
    "agency": "the wire service that it credits",
    "copy_group": "reports that copy or update one another share it",
    "version_of": "the report that this one replaces",
    "event": "id of the event of promising",
    "said_by": "id of the quote that says so",
}


def _columns(names: Iterable[str], counts: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns by their names: counts are whole numbers, measures are numbers, all else is text."""
    whole = {*counts, "evidence_start", "evidence_end"}
    found: list[Column] = []
    for name in names:
        measured = name in {"latitude", "longitude", "score", "rank"} or name.endswith(("_low", "_high"))
        kind = "integer" if name in whole else "number" if measured else "text"
        found.append(Column(name, kind, _HXL.get(name, ""), _about(name)))
    return tuple(found)


def _about(name: str) -> str:
    kind, _, end = name.rpartition("_")
    if end in {"low", "high"}:
        word = "lowest" if end == "low" else "highest"
        return f"the {word} number told of {kind}; empty where open" if kind in MAGNITUDES else f"how much, {word}"
    return ABOUT.get(name, "")


def answer_table(answer: Row) -> Table:
    """An answer to a question as a flat table; one of another shape has its fields under joined names."""
    name = answer["schema"].split(".")[1].split("/")[0]
    if "rows" not in answer:
        row = flat({key: value for key, value in answer.items() if key not in {"schema", "page"}})
        return _untyped([row])
    if name == "timeline" and answer["rows"] and "tellings" not in answer["rows"][0]:
        return _untyped([flat(row) for row in answer["rows"]])
    if name == "diff":
        lines = [{key: row[key] for key in _DIFFERENCE} for row in _difference_rows(answer["rows"])]
        return Table(_columns(_DIFFERENCE), lines)
    if name == "threads":
        return Table(_columns(_THREAD, _COUNTS["incidents"]), list(_thread_rows(answer["rows"])))
    shapes: dict[str, tuple[Sequence[str], Callable[[Row], Row]]] = {
        "reports": (_REPORT, _report_row),
        "timeline": (_INCIDENT, _incident_row),
        "incidents": (_INCIDENT, _incident_row),
        "pledges": (_PLEDGE, _pledge_row),
        "actors": (_ACTOR, _plain_row),
        "memory": (_MEMORY, _memory_row),
        "search": (_SEARCH, _plain_row),
        "review": (_JUDGEMENT, _judgement_row),
        "precision": (_PRECISION, _plain_row),
        "orphans": (_ORPHAN, _judgement_row),
    }
    names, shape = shapes.get(name, ((), _plain_row))
    if not names:
        return _untyped([flat(row) for row in answer["rows"]])
    counts = _COUNTS.get("incidents" if name == "timeline" else name, ())
    found = ({column: cells.get(column) for column in names} for cells in map(shape, answer["rows"]))
    return Table(_columns(names, counts), list(found))


def flat(row: Row, prefix: str = "") -> Row:
    """Nested fields under joined names: `where.country` as `where_country`; lists as values joined by semicolons."""
    found: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}_")
        else:
            found[prefix + key] = _cell(value)
    return found


def _untyped(rows: Sequence[Row]) -> Table:
    """A table of rows of any shape: a column is a number where all its cells are."""
    names = dict.fromkeys(key for row in rows for key in row)
    filled = [{name: row.get(name) for name in names} for row in rows]
    return Table([Column(name, _kind([row[name] for row in filled])) for name in names], filled)


def _kind(cells: Sequence[Any]) -> str:
    told = [cell for cell in cells if cell is not None]
    for kind, type_ in (("boolean", bool), ("integer", int), ("number", (int, float))):
        if told and all(isinstance(cell, type_) for cell in told):
            return kind
    return "text"


def _cell(value: Any) -> Any:
    """Lists as text: spans by their words, parties by their names."""
    if not isinstance(value, list):
        return value
    words = [(item.get("text") or item.get("name")) if isinstance(item, dict) else item for item in value]
    return "; ".join("" if word is None else str(word) for word in words) or None


def _memory_row(row: Row) -> Row:
    reports = dict.fromkeys(lesson["report"] for lesson in row["learnt_from"])
    return row | {"reports": "; ".join(reports), "evidence": row["learnt_from"][0]["evidence"]["text"]}


def _report_row(row: Row) -> Row:
    return _plain_row(row) | engine_columns(row) | {"withdrawn": row["withdrawn"]["why"] if row["withdrawn"] else None}


def _judgement_row(row: Row) -> Row:
    told = {key: in_words(row[key]) if row[key] is not None else None for key in ("was", "is") if key in row}
    undone = {f"undone_{key}": value for key, value in (row.get("undone") or {}).items()}
    return {key: _cell(value) for key, value in row.items()} | told | undone


def _difference_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """One line a field that changed, and one for what was added or removed."""
    for row in rows:
        for name, field in row["fields"].items() or [(None, {"was": None, "is": None})]:
            told = {key: value if value is None else orjson.dumps(value).decode() for key, value in field.items()}
            yield row | {"field": name} | told


def _plain_row(row: Row) -> Row:
    types = {"types": "; ".join(f"{k} {n}" for k, n in row["types"].items())} if "types" in row else {}
    return {key: _cell(value) for key, value in row.items()} | types


def _thread_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """One line an incident of a thread."""
    for thread in rows:
        marks = {thread["outcome"]: "outcome", thread["trigger"]: "trigger"}
        for member in thread["incidents"]:
            told = {f"joined_{key}": _cell([join[key] for join in member["joins"]]) for key in ("to", "by", "words")}
            row = _incident_row(member["incident"])
            own = {"thread": thread["id"], "part": marks.get(row["id"])} | told
            yield own | {key: row.get(key) for key in _INCIDENT}


def _incident_row(row: Row) -> Row:
    when, where = row["when"] or {}, row["where"] or {}
    found = {key: _cell(value) for key, value in row.items() if not isinstance(value, dict)}
    found |= {
        "date": row.get("date") or when.get("start") or row["first_published"],
        "date_end": when.get("end"),
        "actor_countries": joined_field(row["actors"], "country"),
        "recipient_countries": joined_field(row["recipients"], "country"),
        "place": where.get("name"),
        "country": where.get("country"),
        "latitude": where.get("lat"),
        "longitude": where.get("lon"),
        "tellings": len(row["tellings"]),
        "reports": "; ".join(dict.fromkeys(telling["report"] for telling in row["tellings"])),
        "review": judged(row) or None,
    }
    if row["tellings"]:
        first = row["tellings"][0]
        found |= evidence_cells(first["evidence"]) | {"report": first["report"]}
    for kind, values in row["values"].items():
        told = [value for value in values if not value["superseded"]]
        lows = [value["low"] for value in told if value["low"] is not None]
        highs = [value["high"] for value in told if value["high"] is not None]
        found |= {f"{kind}_low": min(lows, default=None), f"{kind}_high": max(highs, default=None)}
    return found


def _pledge_row(row: Row) -> Row:
    due, amount, last = row["due"] or {}, row["amount"] or {}, row["history"][-1] if row["history"] else {}
    found = {key: row[key] for key in ("id", "kind", "act", "status", "event", "said_by", "report")}
    for side in ("promiser", "beneficiary"):
        actor = row[side] or {}
        found |= {side: actor.get("name"), f"{side}_country": actor.get("country"), f"{side}_org": actor.get("org")}
    return (
        found
        | {
            "content": row["content"]["text"],
            "condition": row["condition"]["text"] if row["condition"] else None,
            "amount_low": amount.get("low"),
            "amount_high": amount.get("high"),
            "due_value": due.get("value"),
            "due_start": due.get("start"),
            "due_end": due.get("end"),
            "status_date": last.get("date"),
            "status_report": last.get("report"),
            "status_evidence": _cell([span for span in last.get("evidence", []) if span]),
            "reports": _cell(row["reports"]),
            "status_by": last.get("by"),
            "review": judged(row) or None,
        }
        | evidence_cells(row["evidence"])
    )
