"""Quotes and told causes of a record as their pages have them, with their reports; the filters are those on reports."""

from __future__ import annotations

import orjson

from vaka.record.query import COUNTED, REPORT_FILTER, Filters
from vaka.record.rows import json_text
from vaka.record.shapes import Row, items_by_id, report_shape
from vaka.record.store import Record

_ITEMS = f"""
SELECT i.id, i.score, i.report FROM items i JOIN reports r ON r.id = i.report
WHERE i.layer = :layer
  AND {REPORT_FILTER}
  AND NOT EXISTS (SELECT 1 FROM reviewed v WHERE v.item = i.id AND v.verdict = 'rejected')
  AND (:since IS NULL OR r.published >= :since)
  AND (:until IS NULL OR substr (r.published, 1, length (:until)) <= :until)
  AND (:min_score IS NULL OR i.score >= :min_score)
ORDER BY r.published IS NULL, r.published, r.id, i.position LIMIT :limit
"""
_REPORTS = "SELECT * FROM reports WHERE id IN (SELECT value FROM json_each (?))"


def items(record: Record, layer: str, filters: Filters = COUNTED) -> list[tuple[Row, Row]]:
    """(item, report) of one layer (quote, cause …), in the order of publication, without what people
    rejected; filters on events do not count."""
    rows = record.ask(_ITEMS, filters.values() | {"layer": layer})
    found = items_by_id(record, [row["id"] for row in rows])
    reports = reports_of(record, sorted({row["report"] for row in rows}))
    return [(found[row["id"]], reports[row["report"]]) for row in rows]


def reports_of(record: Record, ids: list[str]) -> dict[str, Row]:
    """The facts of those reports by id."""
    return {row["id"]: report_shape(row) for row in record.ask(_REPORTS, (json_text(ids),))}


def engines_of(record: Record, ids: list[str]) -> dict[str, Row]:
    """What coded each of those reports: version, knowledge, models."""
    return {row["id"]: orjson.loads(row["engine"]) for row in record.ask(_REPORTS, (json_text(ids),))}


def passages_around(record: Record, spans: list[tuple[str, int, int]], size: int) -> list[tuple[str, str]]:
    """Up to `size` characters before and after each (report, start, end), in the order given."""
    found: list[tuple[str, str]] = []
    text, last = "", None
    for report, start, end in spans:
        if report != last:
            [row] = record.ask("SELECT text FROM reports WHERE id = ?", (report,))
            text, last = row["text"], report
        found.append((text[max(0, start - size) : start], text[end : end + size]))
    return found
