"""Happenings with what the profiles of other data sets ask of them: the event that tells each first, its reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vaka.frames.tables import Column, Row
from vaka.record import query
from vaka.record.items import reports_of
from vaka.record.query import Filters
from vaka.record.shapes import items_by_id
from vaka.record.store import Record

HAPPENED = ("occurred", "ongoing")
"""What a data set without a column for the status takes a row to be."""
CITED = (
    Column("vaka_incident", about="id of the happening in the record"),
    Column("vaka_event", about="id of the event of the first report that tells it"),
    Column("vaka_report", about="id of that report"),
    Column("vaka_evidence", about="the passage there, word for word"),
    Column("vaka_evidence_start", "integer", about="its first character in the report's text"),
    Column("vaka_evidence_end", "integer", about="one past its last character"),
)
"""The columns that every profile adds at the end, so that each row can be checked."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident of an answer, the event that tells it first as its page has it, and the reports of all tellings."""

    incident: Row
    event: Row
    reports: tuple[Row, ...]

    @property
    def day(self) -> str | None:
        """The first day: as told, else that of the first report."""
        when = self.incident["when"] or {}
        found = when.get("start") or self.incident["first_published"]
        return found[:10] if found else None

    def lowest(self, kind: str) -> int | None:
        """The lowest number told, as careful counts take it; of a range told in one place its lower end."""
        return int(min(told)) if (told := self._told(kind, "low", "high")) else None

    def highest(self, kind: str) -> int | None:
        return int(max(told)) if (told := self._told(kind, "high", "low")) else None

    def _told(self, kind: str, end: str, other: str) -> list[float]:
        """One end of each number that still stands, the other where that is open."""
        standing = [value for value in self.incident["values"].get(kind, ()) if not value["superseded"]]
        return [value[end] if value[end] is not None else value[other] for value in standing]


def happened(filters: Filters) -> Filters:
    """The filters with only what happened, unless they ask for statuses themselves."""
    return filters if filters.status else replace(filters, status=HAPPENED)


def happenings(record: Record, filters: Filters) -> Iterator[Happening]:
    """The incidents that pass, in order of time; a status that is asked for is also the incident's own."""
    rows = query.incidents(record, filters)["rows"]
    wanted = {status.lower() for status in filters.status}
    rows = [row for row in rows if not wanted or row["status"] in wanted]
    events = items_by_id(record, [row["tellings"][0]["event"] for row in rows])
    reports = reports_of(record, sorted({telling["report"] for row in rows for telling in row["tellings"]}))
    for row in rows:
        told = dict.fromkeys(telling["report"] for telling in row["tellings"])
        yield Happening(row, events[row["tellings"][0]["event"]], tuple(reports[key] for key in told))


def cited(happening: Happening) -> Row:
    first = happening.incident["tellings"][0]
    return cited_event(happening.incident["id"], first["event"], first["report"], first["evidence"])


def cited_event(incident: str | None, event: str, report: str, evidence: Sequence[Row]) -> Row:
    span = evidence[0]
    return {
        "vaka_incident": incident,
        "vaka_event": event,
        "vaka_report": report,
        "vaka_evidence": span["text"],
        "vaka_evidence_start": span["start"],
        "vaka_evidence_end": span["end"],
    }


def whole_number(*words: str) -> int:
    """A positive 63-bit number made of words: an id for tools that want numbers."""
    return int(hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16], 16) >> 1
