"""POLECAT's columns: one row an event of a report, since POLECAT codes stories; parties joined by semicolons."""

from __future__ import annotations

from vaka.frames.events import joined
from vaka.frames.tables import Column, Row, Table
from vaka.knowledge.crosswalks import countries
from vaka.record import query
from vaka.record.items import reports_of
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.happenings import CITED, cited_event, happened
from vaka.types import EVENT_TYPES

_NEVER = "always empty: "
_WIKIPEDIA = f"{_NEVER}Vaka links actors to its own knowledge, not to Wikipedia"
_STORY = f"{_NEVER}a report's mentions stand in the record's own tables"


def _side(side: str) -> tuple[Column, ...]:
    primary = f"Primary {side} Sector"
    return (
        Column(f"{side} Name", about="canonical English names"),
        Column(f"{side} Country", about="ISO 3166-1 alpha-3 or PLOVER's code for who belongs to no state"),
        Column(f"{side} COW", about="Correlates of War number of that state; empty for other codes"),
        Column(primary, about="PLOVER sector of the first of them"),
        Column(f"{side} Sectors", about="all PLOVER sectors"),
        Column(f"{side} Title", about="the office, as foreign minister"),
        Column(f"{side} Name Raw", about="the words of the report"),
        Column(f"Wikipedia {side} ID", about=_WIKIPEDIA),
    )


COLUMNS = (
    Column("Event ID", about="the event's id in the record"),
    Column("Event Date", about="first day as told, else the day of publication (as in POLECAT)"),
    Column("Event Type", about="PLOVER type"),
    Column("Event Mode", about="first mode"),
    Column("Intensity", "number", about="PLOVER's score of type and mode"),
    Column("Quad Code", about="VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT or MATERIAL CONFLICT"),
    Column("Contexts", about="PLOVER contexts"),
    *_side("Actor"),
    *_side("Recipient"),
    Column("Placename", about="the place's usual English name"),
    Column("City", about="the same where the place is a city"),
    Column("District", about=f"{_NEVER}second-order divisions are not resolved"),
    Column("Province", about="the first-order division"),
    Column("Country", about="ISO 3166-1 alpha-3 of the place"),
    Column("Latitude", "number", about="degrees, WGS 84"),
    Column("Longitude", "number", about="degrees, WGS 84"),
    Column("GeoNames ID", "integer", about="GeoNames id"),
    Column("Raw Placename", about="the words of the report"),
    Column("Feature Type", about="Vaka's precision: point, city, admin1, country, region (not GeoNames' feature code)"),
    Column("Source", about="who published the report"),
    Column("Publication Date", about="day of publication"),
    Column("Story People", about=_STORY),
    Column("Story Organizations", about=_STORY),
    Column("Story Locations", about=_STORY),
    Column("Language", about="BCP 47"),
    Column("Version", about="version of the engine that coded the report"),
    Column("Headline", about="the report's title; not in POLECAT's release"),
    *CITED,
)


def polecat_table(record: Record, filters: Filters) -> tuple[Table, list[str]]:
    """The rows in order of time; extensions of PLOVER are left out, and what did not happen unless asked for."""
    events = query.timeline(record, happened(filters), by="events")["rows"]
    reports = reports_of(record, sorted({event["report"] for event in events}))
    kept = [event for event in events if event["type"] in EVENT_TYPES]
    left = len(events) - len(kept)
    notes = (
        [f"{left} events of the types CONDITION, OFFICE and DISASTER, which PLOVER lacks, are left out"] if left else []
    )
    return Table(COLUMNS, [_row(event, reports[event["report"]]) for event in kept]), notes


def _row(event: Row, report: Row) -> Row:
    where, evidence = event["where"] or {}, event["evidence"]
    found = {
        "Event ID": event["id"],
        "Event Date": (event["date"] or "")[:10] or None,
        "Event Type": event["type"],
        "Event Mode": event["mode"],
        "Intensity": event["score"],
        "Quad Code": event["quad"].upper() if event["quad"] else None,
        "Contexts": joined(event["contexts"]),
        "Placename": where.get("name"),
        "City": where.get("name") if where.get("precision") == "city" else None,
        "District": None,
        "Province": where.get("admin1"),
        "Country": where.get("country"),
        "Latitude": where.get("lat"),
        "Longitude": where.get("lon"),
        "GeoNames ID": where.get("geonameid"),
        "Raw Placename": where["span"]["text"] if where else None,
        "Feature Type": where.get("precision"),
        "Source": report["source"],
        "Publication Date": (report["published"] or "")[:10] or None,
        **dict.fromkeys(("Story People", "Story Organizations", "Story Locations")),
        "Language": report["language"],
        "Version": event["basis"]["version"],
        "Headline": report["title"],
    }
    found |= _party("Actor", event["actors"]) | _party("Recipient", event["recipients"])
    return found | cited_event(event["incident"], event["id"], event["report"], evidence)


def _party(side: str, parties: list[Row]) -> Row:
    known = countries()
    numbers = [known[party["country"]].cow if party["country"] in known else "" for party in parties]
    sectors = dict.fromkeys(sector for party in parties for sector in party["sectors"])

    def told(values: list[str | None]) -> str | None:
        return joined(values) if any(values) else None

    return {
        f"{side} Name": told([party["name"] for party in parties]),
        f"{side} Country": told([party["country"] for party in parties]),
        f"{side} COW": told([*numbers]),
        f"Primary {side} Sector": parties[0]["sector"] if parties else None,
        f"{side} Sectors": "; ".join(sectors) or None,
        f"{side} Title": told([party["role"] for party in parties]),
        f"{side} Name Raw": told([party["span"]["text"] for party in parties]),
        f"Wikipedia {side} ID": None,
    }
