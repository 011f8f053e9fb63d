"""The wide event table of a record: one row an event, empty where nothing was observed; never a guess."""

from __future__ import annotations

from vaka.frames.events import EVENT_COLUMNS, MAGNITUDES, event_row
from vaka.record.query import COUNTED, Filters, timeline
from vaka.record.shapes import Row, judged_reports, report_shape
from vaka.record.store import Record

__all__ = ["COLUMNS", "MAGNITUDES", "event_row", "event_table"]
COLUMNS = tuple(column.name for column in EVENT_COLUMNS)
"""Several values of one column stand joined by semicolons, actors and their countries in the same order."""

_REPORTS = "SELECT * FROM reports"
_SOURCES = "SELECT ie.event, n.independent_sources FROM incident_events ie JOIN incidents n ON n.id = ie.incident"


def event_table(record: Record, filters: Filters = COUNTED) -> list[Row]:
    """The rows, in order of time; every row has every column of COLUMNS, and None is empty."""
    events = timeline(record, filters, by="events")["rows"]
    shapes = judged_reports(record, [report_shape(row) for row in record.ask(_REPORTS)])
    reports = {shape["id"]: shape for shape in shapes}
    sources = {row["event"]: row["independent_sources"] for row in record.ask(_SOURCES)}
    return [event_row(event, reports[event["report"]], sources.get(event["id"])) for event in events]
