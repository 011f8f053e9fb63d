"""A report taken out of a record: its row, id and hash stay, its words go, from the tables, the index and the file.

This is for a retraction, a wrong file, a takedown. It cannot be undone, and the same text is not let in again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vaka.errors import LockedError, RecordError, UsageError
from vaka.record.derive import clear, derive

if TYPE_CHECKING:
    from vaka.record.store import Record

_ITEM_TABLES = ("magnitudes", "event_actors")
_REPORT_TABLES = ("events", "quotes", "pledges", "causes", "times", "places", "actors", "evidence", "items")
_WAS = """
UPDATE judgements SET value = json_remove (value, '$.was')
WHERE kind = 'correct' AND EXISTS (SELECT 1 FROM json_each (items) e JOIN items i ON i.id = e.value WHERE i.report = ?)
"""
_OTHERS = """
SELECT id FROM reports WHERE article = (SELECT article FROM reports WHERE id = :key) AND id != :key
AND id NOT IN (SELECT report FROM withdrawals) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What became of it: `scrubbed` is False while another program keeps the words in the file's journal; `versions`
    are the article's other texts, which stay; `copies` are files beside the record that still hold the words."""

    report: str
    scrubbed: bool
    versions: tuple[str, ...]
    copies: tuple[Path, ...]


def forget(db: sqlite3.Connection, report: str) -> None:
    """Deletes all that was coded in a report; the caller holds the transaction and marks the record stale."""
    clear(db)
    of_report = "SELECT id FROM pledges WHERE report = ?"
    db.execute(f"UPDATE pledges SET same_as = NULL WHERE report = ? OR same_as IN ({of_report})", (report, report))
    for table in _ITEM_TABLES:
        db.execute(f"DELETE FROM {table} WHERE event IN (SELECT id FROM events WHERE report = ?)", (report,))
    for table in _REPORT_TABLES:
        db.execute(f"DELETE FROM {table} WHERE report = ?", (report,))


def withdraw(record: Record, report: str, *, by: str, why: str) -> Withdrawal:
    """Takes the words out and derives everything else again.

    Called again on a withdrawn report it finishes what another program kept from being finished. Raises RecordError
    for a report that the record does not hold, or that is withdrawn altogether; UsageError without a name or a reason.
    """
    if not by.strip() or not why.strip():
        raise UsageError("to withdraw a report, say who does it and why")
    with record.transaction():
        row = record.db.execute(
            "SELECT r.n, w.who, w.made_at FROM reports r LEFT JOIN withdrawals w ON w.report = r.id WHERE r.id = ?",
            (report,),
        ).fetchone()
        if row is None:
            raise RecordError(f"{report}: the record holds no report of this id")
        if row["who"] is None:
            _take_out(record, report, by, why)
        elif not unscrubbed(record.db):
            raise RecordError(f"{report}: was withdrawn by {row['who']} on {row['made_at'][:10]} already")
    versions = tuple(other["id"] for other in record.ask(_OTHERS, {"key": report}))
    return Withdrawal(report, _scrub(record), versions, _copies(record.path))


def _take_out(record: Record, report: str, by: str, why: str) -> None:
    db = record.db
    db.execute("INSERT INTO withdrawals VALUES (?,?,?,?)", (report, by, record.now(), why))
    db.execute(_WAS, (report,))
    forget(db, report)
    for table in ("pages", "signatures"):
        db.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
    db.execute(
        """UPDATE reports SET title = NULL, text = '', folded = '', body_start = 0, zones = '[]', issues = '[]',
        agency = NULL, copy_group = NULL WHERE id = ?""",
        (report,),
    )
    # A deleted row leaves its words in the index until segments are merged; built anew, it never had them.
    db.execute("INSERT INTO reports_fts (reports_fts) VALUES ('rebuild')")
    derive(db)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('stale', '0'), ('unscrubbed', '1')")


def withdrawn(record: Record) -> int:
    """How many reports were withdrawn."""
    return int(record.db.execute("SELECT count (*) FROM withdrawals").fetchone()[0])


def unscrubbed(db: sqlite3.Connection) -> bool:
    """Whether words of a withdrawn report may still stand in free pages of the file or in its journal."""
    return db.execute("SELECT 1 FROM meta WHERE key = 'unscrubbed'").fetchone() is not None


def _scrub(record: Record) -> bool:
    """Writes the file anew without its free pages, and empties the journal; False where another program prevents it."""
    db = record.db
    try:
        db.execute("VACUUM")
        if db.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()[0]:
            return False
        with record.transaction():
            db.execute("DELETE FROM meta WHERE key = 'unscrubbed'")
    except (sqlite3.OperationalError, LockedError):
        return False
    return True


def _copies(path: Path) -> tuple[Path, ...]:
    """Copies that this program has put beside the record."""
    return tuple(sorted((*path.parent.glob(f"{path.name}.schema-*"), *path.parent.glob(f"{path.name}.before-*"))))
