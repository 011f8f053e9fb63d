"""The record held against its own texts: every span, hash and coded row, and nothing left of what was withdrawn."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from anyascii import anyascii

from vaka.errors import RecordError
from vaka.record import rows
from vaka.record.pages import read_page
from vaka.record.withdraw import unscrubbed
from vaka.types import Page

_REPORT = "SELECT * FROM reports JOIN pages ON report = id WHERE n = ?"
_NUMBERS = "SELECT n FROM reports WHERE id NOT IN (SELECT report FROM withdrawals) ORDER BY n"
_LEFT = """
SELECT r.id, r.title IS NULL AND r.text = '' AND r.folded = '' AND r.zones = '[]' AND r.issues = '[]' AS emptied,
  (SELECT count (*) FROM pages p WHERE p.report = r.id) + (SELECT count (*) FROM signatures s WHERE s.report = r.id)
  + (SELECT count (*) FROM items i WHERE i.report = r.id) + (SELECT count (*) FROM evidence v WHERE v.report = r.id)
  AS left
FROM withdrawals w JOIN reports r ON r.id = w.report ORDER BY r.n
"""
_STORED = {
    "evidence": 'SELECT item, layer, field, position, report, "start", "end", text FROM evidence WHERE report = ?',
    "items": "SELECT * FROM items WHERE report = ?",
    "events": "SELECT * FROM events WHERE report = ?",
    # Without what people corrected, and without the mark of what that replaces.
    "event_actors": """
      SELECT a.event, a.role, a.position, a.mention, a.name, a.country, a.sector, a.sectors, a.kind, a.office, a.org,
        a.resolved_by, 0
      FROM event_actors a JOIN events e ON e.id = a.event WHERE e.report = ? AND a.position < 1000""",
    "magnitudes": "SELECT m.* FROM magnitudes m JOIN events e ON e.id = m.event WHERE e.report = ?",
    "quotes": "SELECT * FROM quotes WHERE report = ?",
    # Status and same_as are derived from all reports, so here they stand as the page has them.
    "pledges": """
      SELECT id, report, kind, promiser, promiser_country, promiser_sectors, promiser_kind, promiser_org, beneficiary,
        beneficiary_country, beneficiary_sectors, beneficiary_kind, beneficiary_org, act, content, condition,
        amount_low, amount_high, due_value, due_start, due_end, event, said_by, coded_status, coded_status, NULL
      FROM pledges WHERE report = ?""",
    "causes": "SELECT * FROM causes WHERE report = ?",
}
_HISTORY = """
SELECT h.pledge, h."start", h."end", h.text, r.text AS stored FROM pledge_history h JOIN reports r ON r.id = h.report
"""
Rows = Counter[tuple[Any, ...]]
_COLUMNS = ("title", "published", "source", "url", "genre", "language", "body_start", "sha256")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold; `report`, `item` and `field` say where, as far as that is known."""

    report: str | None
    item: str | None
    field: str | None
    message: str

    def __str__(self) -> str:
        where = " ".join(part for part in (self.report, self.item, self.field) if part)
        return f"{where or 'record'}: {self.message}"


def verify(db: sqlite3.Connection) -> list[Problem]:
    """All problems, in the order of the reports' arrival."""
    try:
        return [*_structure(db), *_reports(db), *_withdrawn(db), *_history(db)]
    except sqlite3.DatabaseError as error:
        return [Problem(None, None, None, f"the file cannot be read through: {error}")]


def _structure(db: sqlite3.Connection) -> Iterator[Problem]:
    for row in db.execute("PRAGMA quick_check").fetchall():
        if row[0] != "ok":
            yield Problem(None, None, None, f"SQLite: {row[0]}")
    for row in db.execute("PRAGMA foreign_key_check").fetchall():
        yield Problem(None, None, None, f"a row of {row[0]} points at a row of {row[2]} that is not there")


def _reports(db: sqlite3.Connection) -> Iterator[Problem]:
    for (number,) in db.execute(_NUMBERS).fetchall():
        try:
            row = db.execute(_REPORT, (number,)).fetchone()
            if row is None:
                yield Problem(None, None, None, f"report number {number} has lost its page")
                continue
            stored = {name: Counter(map(tuple, db.execute(sql, (row["id"],)))) for name, sql in _STORED.items()}
        except sqlite3.OperationalError as error:  # A damaged byte that is no longer UTF-8.
            yield Problem(None, None, None, f"report number {number} cannot be read: {error}")
            continue
        yield from _report(row, stored)


def _withdrawn(db: sqlite3.Connection) -> Iterator[Problem]:
    for row in db.execute(_LEFT).fetchall():
        if not row["emptied"] or row["left"]:
            yield Problem(row["id"], None, None, "was withdrawn, and words of it are still in the record")
    if unscrubbed(db):
        message = "words of a withdrawn report may stand in free pages of the file; run vaka withdraw on it again"
        yield Problem(None, None, None, message)


def _report(row: sqlite3.Row, stored: dict[str, Rows]) -> Iterator[Problem]:
    report, text = row["id"], row["text"]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if digest != row["sha256"]:
        yield Problem(report, None, "text", f"the text has sha256 {digest[:12]}…, not the {row['sha256'][:12]}… added")
    if anyascii(f"{row['title'] or ''}\n{text}") != row["folded"]:
        yield Problem(report, None, "folded", "the searched text differs from the stored text")
    for item, _, field, _, _, start, end, words in stored["evidence"]:
        if text[start:end] != words:
            yield Problem(report, item, field, f"at {start}:{end} stands {text[start:end]!r}, not {words!r}")
    try:
        data = orjson.loads(row["page"])
        page = read_page(data, text)
    except (orjson.JSONDecodeError, RecordError, AttributeError) as error:
        yield Problem(report, None, "page", f"the stored page cannot be read: {error}")
        return
    for name in _COLUMNS:
        if data["article"].get(name) != row[name]:
            yield Problem(report, None, name, f"the page has {data['article'].get(name)!r}, the report {row[name]!r}")
    for start, end, words in _spans(data):
        if text[start:end] != words:
            yield Problem(report, None, "page", f"at {start}:{end} stands {text[start:end]!r}, not {words!r}")
    for table, expected in _expected(page, report).items():
        for found in (expected - stored[table]) + (stored[table] - expected):
            field = str(found[2]) if table == "evidence" else None
            yield Problem(report, str(found[0]), field, f"the page and the table {table} do not say the same")


def _expected(page: Page, report: str) -> dict[str, Rows]:
    """The rows that the page gives, table by table."""
    return {
        "evidence": Counter(rows.evidence_rows(page, report)),
        "items": Counter(rows.item_rows(page, report)),
        "events": Counter(rows.event_row(event, report) for event in page.events),
        "event_actors": Counter(row for event in page.events for row in rows.event_actor_rows(event)),
        "magnitudes": Counter(row for event in page.events for row in rows.magnitude_rows(event)),
        "quotes": Counter(rows.quote_row(quote, report) for quote in page.quotes),
        "pledges": Counter(rows.pledge_row(pledge, report) for pledge in page.pledges),
        "causes": Counter(rows.cause_row(cause, report) for cause in page.causes),
    }


def _spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every span anywhere in the page: what has start, end and text, with start a number."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("text"), str):
            yield value["start"], value["end"], value["text"]
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


def _history(db: sqlite3.Connection) -> Iterator[Problem]:
    """The passages that changed a pledge's status, against the report each names."""
    for row in db.execute(_HISTORY).fetchall():
        if row["stored"][row["start"] : row["end"]] != row["text"]:
            yield Problem(None, row["pledge"], "history", f"a change cites {row['text']!r}, which is not there")
