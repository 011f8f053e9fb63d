"""Records of older schemas: `schemas/` holds those schemas as they were; one opened comes out as if made today."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from record_pages import clock, crisis, fill

from vaka.errors import RecordError
from vaka.record import Record, query
from vaka.record.store import APPLICATION_ID, SCHEMA_VERSION

SCHEMAS = Path(__file__).parent / "schemas"
WRITTEN = (
    "reports", "pages", "signatures", "items", "evidence", "events", "event_actors", "magnitudes", "quotes", "pledges",
    "causes", "times", "places", "actors",
)  # fmt: skip


def old_record(path: Path, version: int) -> Path:
    """A record as that schema's version would have left it: written by today's, moved over column by column."""
    with Record(path.with_name("new.db"), clock=clock) as made:
        fill(made, crisis())
        made.db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript((SCHEMAS / f"schema-{version}.sql").read_text(encoding="utf-8"))
    db.execute("ATTACH ? AS new", (str(path.with_name("new.db")),))
    db.execute("BEGIN")
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in WRITTEN:
        columns = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info ({table})"))
        db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    db.execute("UPDATE main.pledges SET same_as = NULL")
    db.execute("INSERT INTO main.meta VALUES ('schema_version', ?), ('stale', '1')", (str(version),))
    event = db.execute("SELECT json_group_array (id) FROM (SELECT id FROM main.events LIMIT 2)").fetchone()[0]
    db.execute(
        "INSERT INTO main.judgements (kind, items, who, made_at, why) VALUES ('split', ?, 'R. Okafor', '2026', 'two')",
        (event,),
    )
    db.execute("COMMIT")
    db.execute("DETACH new")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    return path


def shape(db: sqlite3.Connection) -> dict[str, Any]:
    """Every object: a table by its columns, everything else by its statement."""
    found: dict[str, Any] = {}
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"):
        columns = [tuple(row)[1:] for row in db.execute(f"PRAGMA table_info ({name})")]
        found[name] = columns if kind == "table" else sql
    return found


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_an_old_record_comes_out_as_if_made_today(tmp_path: Path, version: int) -> None:
    path = old_record(tmp_path / "old.db", version)
    with Record(path) as record, Record(tmp_path / "today.db") as today:
        assert shape(record.db) == shape(today.db)
        assert record.ask("SELECT value FROM meta WHERE key = 'schema_version'")[0]["value"] == str(SCHEMA_VERSION)
        fill(today, crisis())
        assert query.incidents(record)["count"] == query.incidents(today)["count"]
        assert query.pledges(record) == query.pledges(today)
        assert record.verify() == []
    with sqlite3.connect(tmp_path / f"old.db.schema-{version}") as copy:
        assert copy.execute("PRAGMA user_version").fetchone()[0] == version
        assert copy.execute("SELECT count(*) FROM reports").fetchone()[0] == len(crisis())
    copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = old_record(tmp_path / "old.db", SCHEMA_VERSION - 1)
    db = sqlite3.connect(path)
    db.execute("CREATE VIEW actor_counts AS SELECT 1")  # another's view under a name of the next schema
    db.execute("DROP INDEX event_actors_name")
    db.commit()
    before = list(db.iterdump())
    with pytest.raises(RecordError, match="event_actors_name"):
        Record(path)
    assert list(db.iterdump()) == before
    db.close()
