"""Rows as the contract's JSON: reports, incidents and pledges with their passages; it selects nothing by itself."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from vaka.record.review import Board
from vaka.record.rows import json_text
from vaka.record.store import Record

Row = dict[str, Any]

_LISTS = {
    "event": "events",
    "quote": "quotes",
    "pledge": "pledges",
    "cause": "causes",
    "time": "times",
    "place": "places",
    "actor": "actors",
}
_INCIDENTS = "SELECT * FROM incidents WHERE id IN (SELECT value FROM json_each (?))"
_TELLINGS = """
SELECT ie.incident, ie.event, ie."by", ie.why, e.report, v."start", v."end", v.text
FROM incident_events ie JOIN events e ON e.id = ie.event
JOIN evidence v ON v.item = ie.event AND v.field = 'evidence'
WHERE ie.incident IN (SELECT value FROM json_each (?)) ORDER BY ie.incident, ie.position, v.position
"""
_PARTIES = """
SELECT p.incident, p.role AS side, a.*, e.report, v."start", v."end", v.text
FROM incident_parties p
JOIN event_parties a ON a.event = p.event AND a.role = p.role AND a.position = p.event_position
JOIN events e ON e.id = p.event
LEFT JOIN evidence v ON v.item = p.event AND v.field = p.role AND v.position = p.event_position
WHERE p.incident IN (SELECT value FROM json_each (?)) ORDER BY p.incident, p.role, p.position
"""
_VALUES = """
SELECT * FROM incident_values WHERE incident IN (SELECT value FROM json_each (?))
ORDER BY incident, kind, low IS NULL, low, high IS NULL, high, report
"""
_LINES = """
WITH RECURSIVE line (report, before) AS (
  SELECT id, version_of FROM reports WHERE version_of IS NOT NULL AND id IN
    (SELECT report FROM incident_values WHERE incident IN (SELECT value FROM json_each (?)))
  UNION SELECT line.report, r.version_of FROM line JOIN reports r ON r.id = line.before WHERE r.version_of IS NOT NULL)
SELECT * FROM line
"""
_SITUATIONS = """
SELECT e.*, w."start" AS when_at, w."end" AS when_to, w.text AS when_text,
  p."start" AS where_at, p."end" AS where_to, p.text AS where_text, c.fields, c.when_start AS start, c.when_end AS end,
  c.where_name AS name, c.where_country AS country
FROM events e
LEFT JOIN corrected_events c ON c.id = e.id
LEFT JOIN evidence w ON w.item = e.id AND w.field = 'when' AND w.position = 0
LEFT JOIN evidence p ON p.item = e.id AND p.field = 'where' AND p.position = 0
WHERE e.id IN (SELECT when_event FROM incidents WHERE id IN (SELECT value FROM json_each (:ids))
  UNION SELECT where_event FROM incidents WHERE id IN (SELECT value FROM json_each (:ids)))
"""
_HISTORY = "SELECT * FROM pledge_history WHERE pledge IN (SELECT value FROM json_each (?)) ORDER BY pledge, position"
_COPIES = """
SELECT p.id AS copy, p.report, coalesce (p.same_as, p.id) AS pledge FROM pledges p
WHERE coalesce (p.same_as, p.id) IN (SELECT value FROM json_each (?)) ORDER BY p.report
"""
_WITHDRAWALS = "SELECT * FROM withdrawals WHERE report IN (SELECT value FROM json_each (?))"
_PAGES = """
SELECT i.id, i.layer, i.position, i.report FROM items i WHERE i.id IN (SELECT value FROM json_each (?))
ORDER BY i.report, i.layer, i.position
"""


def report_shape(row: sqlite3.Row) -> Row:
    names = ("id", "title", "published", "source", "url", "language", "genre", "agency", "copy_group", "version_of")
    return {name: row[name] for name in names} | {"engine": orjson.loads(row["engine"])}


def judged_reports(record: Record, shapes: Sequence[Row]) -> list[Row]:
    """Reports with the grades of their sources (A to F) and of themselves (1 to 6), and whether they were withdrawn."""
    board = Board(record)
    wanted = json_text([shape["id"] for shape in shapes])
    withdrawn = {row["report"]: row for row in record.ask(_WITHDRAWALS, (wanted,))}
    found: list[Row] = []
    for shape in shapes:
        lost = withdrawn.get(shape["id"])
        grades = {"reliability": board.source(shape["source"]), "credibility": board.credibility(shape["id"])}
        gone = {"at": lost["made_at"], "by": lost["who"], "why": lost["why"]} if lost else None
        found.append(shape | grades | {"withdrawn": gone})
    return found


def span_shape(row: sqlite3.Row) -> Row | None:
    return {"start": row["start"], "end": row["end"], "text": row["text"]} if row["text"] is not None else None


def incidents_by_id(record: Record, ids: Sequence[str]) -> list[Row]:
    """The incidents of those ids, in their order."""
    wanted = json_text(list(ids))
    board = Board(record)
    tellings = _tellings(record, wanted, board)
    parties = _parties(record, wanted)
    values = _values(record, wanted)
    situations = {row["id"]: row for row in record.ask(_SITUATIONS, {"ids": wanted})}
    rows = {row["id"]: row for row in record.ask(_INCIDENTS, (wanted,))}
    found: list[Row] = []
    for key in ids:
        row = rows[key]
        found.append(
            {
                "id": key,
                "type": row["type"],
                "mode": row["mode"],
                "modes": orjson.loads(row["modes"]),
                "actors": parties[key, "actor"],
                "recipients": parties[key, "recipient"],
                "when": _when(situations[row["when_event"]]) if row["when_event"] else None,
                "where": _where(situations[row["where_event"]]) if row["where_event"] else None,
                "status": row["status"],
                "score": row["score"],
                "first_published": row["first_published"],
                "last_published": row["last_published"],
                "tellings": tellings[key],
                "independent_sources": row["independent_sources"],
                "values": values[key],
                "review": board.incident(key, [telling["event"] for telling in tellings[key]]),
            }
        )
    return found


def _tellings(record: Record, wanted: str, board: Board) -> dict[str, list[Row]]:
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in record.ask(_TELLINGS, (wanted,)):
        telling = found[row["incident"]].setdefault(
            row["event"],
            {"report": row["report"], "event": row["event"], "evidence": [], "by": row["by"], "why": row["why"],
             "review": board.item(row["event"])},
        )  # fmt: skip
        telling["evidence"].append(span_shape(row))
    return defaultdict(list, {incident: list(rows.values()) for incident, rows in found.items()})


def _parties(record: Record, wanted: str) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in record.ask(_PARTIES, (wanted,)):
        found[row["incident"], row["side"]].append(
            {
                "id": row["mention"],
                "name": row["name"],
                "span": span_shape(row),
                "country": row["country"],
                "sector": row["sector"],
                "sectors": orjson.loads(row["sectors"]),
                "kind": row["kind"],
                "role": row["office"],
                "org": row["org"],
                "resolved_by": row["resolved_by"],
                "report": row["report"],
                "event": row["event"],
            }
        )
    return found


def _values(record: Record, wanted: str) -> dict[str, dict[str, list[Row]]]:
    """By incident and kind, each distinct value once with the reports that tell it; a value is superseded where each
    of them has a later version that gives another."""
    later: dict[str, set[str]] = defaultdict(set)
    for row in record.ask(_LINES, (wanted,)):
        later[row["before"]].add(row["report"])
    found: dict[str, dict[str, list[Row]]] = defaultdict(dict)
    for row in record.ask(_VALUES, (wanted,)):
        told = found[row["incident"]].setdefault(row["kind"], [])
        if not told or (told[-1]["low"], told[-1]["high"]) != (row["low"], row["high"]):
            told.append({"low": row["low"], "high": row["high"], "reports": [], "text": row["text"]})
        if row["report"] not in told[-1]["reports"]:
            told[-1]["reports"].append(row["report"])
    for kinds in found.values():
        for told in kinds.values():
            telling = {report for value in told for report in value["reports"]}
            for value in told:
                value["superseded"] = all(later[name] & telling - {*value["reports"]} for name in value["reports"])
    return found


def _corrected(row: sqlite3.Row, field: str) -> bool:
    return row["fields"] is not None and field in orjson.loads(row["fields"])


def _when(row: sqlite3.Row) -> Row:
    names = ("type", "value", "start", "end", "grain", "mod", "from")
    if _corrected(row, "date"):
        one = row["start"] == row["end"]
        value = row["start"] if one else f"{row['start']}/{row['end']}"
        told = {"type": "DATE", "value": value, "start": row["start"], "end": row["end"]}
        return {"span": None} | dict.fromkeys(names) | told | {"report": row["report"]}
    words = row["when_text"]
    span = {"start": row["when_at"], "end": row["when_to"], "text": words} if words is not None else None
    return {"span": span} | {name: row[f"when_{name}"] for name in names} | {"report": row["report"]}


def _where(row: sqlite3.Row) -> Row:
    names = ("name", "country", "admin1", "lat", "lon", "geonameid", "precision", "from")
    if _corrected(row, "place"):
        told = {"name": row["name"], "country": row["country"]}
        return {"span": None} | dict.fromkeys(names) | told | {"report": row["report"]}
    words = row["where_text"]
    span = {"start": row["where_at"], "end": row["where_to"], "text": words} if words is not None else None
    return {"span": span} | {name: row[f"where_{name}"] for name in names} | {"report": row["report"]}


def items_by_id(record: Record, ids: Iterable[str]) -> dict[str, Row]:
    """The items as their pages have them, each with the id of its report and what people say to it."""
    found: dict[str, Row] = {}
    board = Board(record)
    page: Row = {}
    last: str | None = None
    for row in record.ask(_PAGES, (json_text(list(ids)),)):
        if row["report"] != last:
            last = row["report"]
            stored = record.ask("SELECT page FROM pages WHERE report = ?", (last,))
            page = orjson.loads(stored[0]["page"])
        item = page[_LISTS[row["layer"]]][row["position"]]
        found[row["id"]] = item | {"report": row["report"], "review": board.item(row["id"])}
    return found


def pledges_by_id(record: Record, ids: Sequence[str]) -> list[Row]:
    """Pledges with status and history as the whole record has them, and the reports that repeat them word for word."""
    wanted = json_text(list(ids))
    items = items_by_id(record, ids)
    history: dict[str, list[Row]] = defaultdict(list)
    for row in record.ask(_HISTORY, (wanted,)):
        change = {"status": row["status"], "date": row["date"], "report": row["report"], "evidence": [span_shape(row)]}
        history[row["pledge"]].append(change | {"event": row["event"], "by": row["by"], "why": row["why"]})
    reports: dict[str, list[str]] = defaultdict(list)
    for row in record.ask(_COPIES, (wanted,)):
        reports[row["pledge"]].append(row["report"])
    found: list[Row] = []
    for key in ids:
        # A writer may have added the pledge after the layer of histories was derived: it stands as it was made.
        status = history[key][-1]["status"] if history[key] else items[key]["status"]
        told = {"status": status, "history": history[key], "reports": reports[key]}
        found.append(items[key] | told)
    return found
