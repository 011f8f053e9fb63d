"""Coded reports and answers as flat rows for other tools, in CSV and JSON Lines; empty where nothing was observed.

The columns of the profile vaka are those of `record/table.py`; a page that is in no record lacks what only a record
knows (incidents, copies, sources).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from vaka.errors import UsageError
from vaka.record.fields import in_words
from vaka.record.query import COUNTED, Filters
from vaka.record.store import Record
from vaka.record.table import COLUMNS, MAGNITUDES, RECORD_COLUMNS, engine_columns, event_row, event_table
from vaka.reports.judged import judged
from vaka.reports.wording import Row
from vaka.types import Page, plain

PAGE_COLUMNS = tuple(
    name
    for name in COLUMNS
    if name not in {*RECORD_COLUMNS, "incident", "copy_group", "version_of", "independent_sources"}
)
Table = tuple[Sequence[str], Iterable[Row]]

_INCIDENT = (
    "id", "date", "date_end", "type", "mode", "modes", "status", "score", "actors", "actor_countries", "recipients",
    "recipient_countries", "place", "country", "latitude", "longitude",
    *(f"{kind}_{end}" for kind in MAGNITUDES for end in ("low", "high")),
    "tellings", "independent_sources", "first_published", "last_published", "reports", "evidence",
    "review",
)  # fmt: skip
_THREAD = ("thread", "part", "joined_to", "joined_by", "joined_words", *_INCIDENT)
_PLEDGE = (
    "id", "kind", "promiser", "promiser_country", "promiser_org", "beneficiary", "beneficiary_country", "act",
    "content", "condition", "amount_low", "amount_high", "due_value", "due_start", "due_end", "status", "status_date",
    "status_report", "status_evidence", "event", "said_by", "report", "reports", "evidence",
    "status_by", "review",
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


def page_rows(page: Page) -> Iterator[Row]:
    """One row of PAGE_COLUMNS an event of the page, in its order."""
    article = page.article
    names = ("title", "published", "source", "url", "language", "genre")
    report = {name: getattr(article, name) for name in names} | {"id": article.id, "engine": plain(page.engine)}
    for event in page.events:
        row = event_row(plain(event) | {"incident": None, "report": article.id}, report, None)
        yield {name: row[name] for name in PAGE_COLUMNS}


def export_table(record: Record, profile: str, filters: Filters = COUNTED) -> Table:
    """The record's events by a profile, which names the columns.

    Raises UsageError for a profile that is not known.
    """
    if profile != "vaka":
        raise UsageError(f"there is no profile {profile!r}; give vaka")
    return COLUMNS, event_table(record, filters)


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A header and a line a row, by RFC 4180 but with bare line feeds; None is the empty cell."""
    yield _line(columns)
    for row in rows:
        yield _line([row[name] for name in columns])


def json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """One JSON object a line."""
    for row in rows:
        yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def answer_table(answer: Row) -> Table:
    """An answer to a question as columns and flat rows."""
    name = answer["schema"].split(".")[1].split("/")[0]
    if "rows" not in answer:
        row = flat({key: value for key, value in answer.items() if key not in {"schema", "page"}})
        return tuple(row), [row]
    if name == "timeline" and answer["rows"] and "tellings" not in answer["rows"][0]:
        rows = [flat(row) for row in answer["rows"]]
        return tuple(dict.fromkeys(key for row in rows for key in row)), _filled(rows)
    if name == "diff":
        return _DIFFERENCE, ({key: row[key] for key in _DIFFERENCE} for row in _difference_rows(answer["rows"]))
    if name == "threads":
        return _THREAD, ({key: row[key] for key in _THREAD} for row in _thread_rows(answer["rows"]))
    columns, shape = {
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
    }[name]
    return columns, ({column: shape(row).get(column) for column in columns} for row in answer["rows"])


def flat(row: Row, prefix: str = "") -> Row:
    """Nested fields under joined names: `where.country` as `where_country`; lists as values joined by semicolons."""
    found: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}_")
        else:
            found[prefix + key] = _cell(value)
    return found


def _filled(rows: Sequence[Row]) -> list[Row]:
    columns = dict.fromkeys(key for row in rows for key in row)
    return [{key: row.get(key) for key in columns} for row in rows]


def _cell(value: Any) -> Any:
    """Lists as text: spans by their words, parties by their names."""
    if not isinstance(value, list):
        return value
    words = [(item.get("text") or item.get("name")) if isinstance(item, dict) else item for item in value]
    return "; ".join("" if word is None else str(word) for word in words) or None


def _memory_row(row: Row) -> Row:
    reports = dict.fromkeys(lesson["report"] for lesson in row["learnt_from"])
    return row | {"reports": "; ".join(reports), "evidence": row["learnt_from"][0]["evidence"]["text"]}


def _plain_row(row: Row) -> Row:
    types = {"types": "; ".join(f"{k} {n}" for k, n in row["types"].items())} if "types" in row else {}
    return {key: _cell(value) for key, value in row.items()} | types


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


def _thread_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """One line an incident of a thread."""
    for thread in rows:
        marks = {thread["outcome"]: "outcome", thread["trigger"]: "trigger"}
        for member in thread["incidents"]:
            told = {f"joined_{key}": _cell([join[key] for join in member["joins"]]) for key in ("to", "by", "words")}
            row = _incident_row(member["incident"])
            yield (
                {key: row.get(key) for key in _INCIDENT} | {"thread": thread["id"], "part": marks.get(row["id"])} | told
            )


def _incident_row(row: Row) -> Row:
    when, where = row["when"] or {}, row["where"] or {}
    found = {key: _cell(value) for key, value in row.items() if not isinstance(value, dict)}
    found |= {
        "date": row.get("date") or when.get("start") or row["first_published"],
        "date_end": when.get("end"),
        "actor_countries": _joined(row["actors"], "country"),
        "recipient_countries": _joined(row["recipients"], "country"),
        "place": where.get("name"),
        "country": where.get("country"),
        "latitude": where.get("lat"),
        "longitude": where.get("lon"),
        "tellings": len(row["tellings"]),
        "reports": "; ".join(dict.fromkeys(telling["report"] for telling in row["tellings"])),
        "evidence": row["tellings"][0]["evidence"][0]["text"] if row["tellings"] else None,
        "review": judged(row) or None,
    }
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
    return found | {
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
        "evidence": row["evidence"][0]["text"],
        "status_by": last.get("by"),
        "review": judged(row) or None,
    }


def _joined(parties: Sequence[Row], field: str) -> str | None:
    return "; ".join(str(party[field] or "") for party in parties) if any(party[field] for party in parties) else None


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()
