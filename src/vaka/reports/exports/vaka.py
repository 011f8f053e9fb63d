"""Vaka's own tables: a row an event, a happening, a role of an event, a pledge, a quote, a told cause or a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vaka.errors import UsageError
from vaka.frames.answers import answer_table
from vaka.frames.events import EVENT_COLUMNS, evidence_cells
from vaka.frames.layers import LAYERS, layer_row
from vaka.frames.tables import Column, Row, Table
from vaka.record import query
from vaka.record.items import items
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.record.table import event_table

ROLE_COLUMNS = (
    Column("event", hxl="#event+id", about="id of the event"),
    Column("incident", hxl="#crisis+id", about="the happening that the event tells"),
    Column("date", hxl="#date+start", about="day of the event, else of the report"),
    Column("type", hxl="#event+type", about="PLOVER type, or CONDITION, OFFICE, DISASTER"),
    Column("mode", hxl="#event+type+mode", about="its first mode"),
    Column("status", hxl="#status", about="whether it happened"),
    Column("role", hxl="#org+role", about="actor or recipient"),
    Column("position", "integer", about="place among those of its role, from 0"),
    Column("name", hxl="#org+name", about="whom the mention resolves to"),
    Column("country", hxl="#country+code+org", about="ISO 3166-1 alpha-3, or PLOVER's code for who has no state"),
    Column("sectors", hxl="#org+type", about="PLOVER sectors, the first of them the main one"),
    Column("kind", about="person, government, organization, armed-group, population, other"),
    Column("office", about="as foreign minister"),
    Column("org", hxl="#org+code", about="the organization's key"),
    Column("resolved_by", about="knowledge, title, coreference, descriptor, memory, unresolved"),
    Column("mention", about="the words that name it"),
    Column("mention_start", "integer", about="their first character in the report's text"),
    Column("mention_end", "integer", about="one past their last character"),
    Column("evidence", hxl="#description", about="the passage that tells the event, word for word"),
    Column("evidence_start", "integer", about="its first character in the report's text"),
    Column("evidence_end", "integer", about="one past its last character"),
    Column("report", hxl="#meta+report+id", about="id of the report"),
)


def roles(record: Record, filters: Filters) -> Table:
    """The long table: one row an actor or recipient of an event."""
    events = query.timeline(record, filters, by="events")["rows"]
    return Table(ROLE_COLUMNS, [row for event in events for row in _role_rows(event)])


def _role_rows(event: Row) -> Iterator[Row]:
    told = {name: event[name] for name in ("incident", "date", "type", "mode", "status", "report")}
    told |= {"event": event["id"]} | evidence_cells(event["evidence"])
    for role, parties in (("actor", event["actors"]), ("recipient", event["recipients"])):
        for position, party in enumerate(parties):
            span = party["span"]
            yield (
                told
                | {
                    "role": role,
                    "position": position,
                    "sectors": "; ".join(party["sectors"]) or None,
                    "office": party["role"],
                    "mention": span["text"],
                    "mention_start": span["start"],
                    "mention_end": span["end"],
                }
                | {name: party[name] for name in ("name", "country", "kind", "org", "resolved_by")}
            )


def _layer(layer: str) -> Callable[[Record, Filters], Table]:
    def table(record: Record, filters: Filters) -> Table:
        found = items(record, layer.removesuffix("s"), filters)
        return Table(LAYERS[layer][0], [layer_row(layer, item, report) for item, report in found])

    return table


def _events(record: Record, filters: Filters) -> Table:
    return Table(EVENT_COLUMNS, event_table(record, filters))


TABLES: dict[str, Callable[[Record, Filters], Table]] = {
    "events": _events,
    "incidents": lambda record, filters: answer_table(query.incidents(record, filters)),
    "roles": roles,
    "pledges": lambda record, filters: answer_table(query.pledges(record, filters)),
    "quotes": _layer("quotes"),
    "causes": _layer("causes"),
    "reports": lambda record, filters: answer_table(query.reports(record, filters)),
}
"""What one row is, with the table that has it."""


def vaka_table(record: Record, filters: Filters, rows: str = "events") -> Table:
    """The table of those rows.

    Raises UsageError when there is none such.
    """
    if rows not in TABLES:
        raise UsageError(f"there are no rows {rows!r}; give {', '.join(TABLES)}")
    return TABLES[rows](record, filters)
