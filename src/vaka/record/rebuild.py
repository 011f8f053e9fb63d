"""What an engine needs to code a record anew from its stored texts; texts, zones and dates stay as they were read.

A rebuild goes report by report, so one that is interrupted leaves whole reports and goes on where it stopped: what the
present engine has coded is left alone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson

from vaka.record.rows import json_text
from vaka.record.store import Record
from vaka.types import EngineInfo, Page, plain

READ = ("reading", "language")
"""Stages of issues that tell of the reading of a report, and stay; the others are the engine's, which speaks anew."""

_UNFINISHED = "SELECT value FROM meta WHERE key = 'rebuilding'"
_ENGINES = """
SELECT id, engine FROM reports JOIN pages ON report = id ORDER BY published IS NULL, published, id
"""


def pending(record: Record, engine: EngineInfo, *, all: bool = False) -> list[str]:
    """The reports that another engine coded, or all, by date of publication."""
    own = json_text(plain(engine))
    return [row["id"] for row in record.ask(_ENGINES) if all or orjson.loads(row["engine"]) != orjson.loads(own)]


def begin(record: Record) -> Path:
    """Copies the record beside itself as NAME.before-rebuild (-2 …), unless a rebuild that has not ended did so before;
    gives that file."""
    unfinished = record.ask(_UNFINISHED)
    if unfinished and (named := record.path.with_name(unfinished[0]["value"])).exists():
        return named
    beside, number = record.path.with_name(f"{record.path.name}.before-rebuild"), 1
    while beside.exists():
        number += 1
        beside = record.path.with_name(f"{record.path.name}.before-rebuild-{number}")
    record.copy(beside)
    with record.transaction():
        record.db.execute("INSERT OR REPLACE INTO meta VALUES ('rebuilding', ?)", (beside.name,))
    return beside


def end(record: Record) -> None:
    """Notes that the rebuild is complete, and derives the rest from the new pages."""
    with record.transaction():
        record.db.execute("DELETE FROM meta WHERE key = 'rebuilding'")
    record.refresh()


def uncoded(record: Record, report: str) -> Page:
    """The stored report as the reader gave it to the engine."""
    page = record.page(report)
    issues = tuple(issue for issue in page.issues if issue.stage in READ)
    return replace(Page(page.article), issues=issues)
