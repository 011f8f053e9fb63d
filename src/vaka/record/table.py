"""The wide event table of the profile vaka: one row an event, empty where nothing was observed; never a guess."""

from __future__ import annotations

from typing import Any

from vaka.record.fields import in_words
from vaka.record.query import COUNTED, Filters, timeline
from vaka.record.shapes import Row, judged_reports, report_shape
from vaka.record.store import Record

MAGNITUDES = ("dead", "injured", "arrested", "size", "money", "percent")
COLUMNS = (
    "id", "incident", "date", "date_end", "date_grain", "date_from", "type", "mode", "modes", "contexts", "cameo",
    "quad", "score", "status", "actor_names", "actor_countries", "actor_sectors", "actor_orgs", "recipient_names",
    "recipient_countries", "recipient_sectors", "recipient_orgs", "place", "country", "admin1", "latitude",
    "longitude", "geonameid", "place_precision", "place_from",
    *(f"{kind}_{end}" for kind in MAGNITUDES for end in ("low", "high")),
    "trigger", "evidence", "evidence_start", "evidence_end", "said_by", "certainty", "rule", "report", "title",
    "published", "source", "url", "language", "genre", "copy_group", "version_of", "independent_sources",
    "engine", "knowledge", "models", "verdict", "corrected", "credibility", "reliability",
)  # fmt: skip
RECORD_COLUMNS = ("verdict", "corrected", "credibility", "reliability")
"""What only people know of a row; `corrected` is as they wrote it: type=PROTEST; place=Aktau, KAZ."""
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


def event_row(event: Row, report: Row, sources: int | None) -> Row:
    """The row of an event as an answer gives it; `sources` counts the independent ones that tell its incident."""
    when, where, evidence = event["when"] or {}, event["where"] or {}, event["evidence"][0]
    row: Row = dict.fromkeys(COLUMNS)
    row |= {name: event[name] for name in ("id", "incident", "type", "mode", "cameo", "quad", "score", "status")}
    row |= {name: report[name] for name in COLUMNS if name in report and name != "id"}
    row |= engine_columns(report) | _judged(event.get("review"))
    row |= {
        "date": when.get("start"),
        "date_end": when.get("end"),
        "date_grain": when.get("grain"),
        "date_from": when.get("from"),
        "modes": _joined(event["modes"]),
        "contexts": _joined(event["contexts"]),
        "place": where.get("name"),
        "country": where.get("country"),
        "admin1": where.get("admin1"),
        "latitude": where.get("lat"),
        "longitude": where.get("lon"),
        "geonameid": where.get("geonameid"),
        "place_precision": where.get("precision"),
        "place_from": where.get("from"),
        "trigger": event["trigger"]["text"],
        "evidence": evidence["text"],
        "evidence_start": evidence["start"],
        "evidence_end": evidence["end"],
        "said_by": event["said_by"],
        "certainty": event["basis"]["score"],
        "rule": event["basis"]["rule"],
        "report": event["report"],
        "independent_sources": sources,
    }
    for side, parties in (("actor", event["actors"]), ("recipient", event["recipients"])):
        row |= _parties(side, parties)
    for kind, quantity in event["magnitude"].items():
        if kind in MAGNITUDES:
            row |= {f"{kind}_low": quantity["low"], f"{kind}_high": quantity["high"]}
    return row


def engine_columns(report: Row) -> Row:
    """What made the report's rows: engine, hash of the knowledge, and models."""
    engine = report["engine"]
    models = "; ".join(f"{model['name']} {model['version']}" for model in engine["models"])
    return {"engine": engine["version"], "knowledge": engine["knowledge"], "models": models or None}


def _judged(review: Row | None) -> Row:
    if review is None:
        return {}
    corrected = "; ".join(f"{made['field']}={in_words(made['is'])}" for made in review["corrections"])
    return {"verdict": review["verdict"], "corrected": corrected or None, "credibility": review["credibility"]}


def _parties(side: str, parties: list[Row]) -> Row:
    fields = {"names": "name", "countries": "country", "sectors": "sector", "orgs": "org"}
    return {
        f"{side}_{column}": _joined([party[field] for party in parties]) if any(p[field] for p in parties) else None
        for column, field in fields.items()
    }


def _joined(values: list[Any]) -> str | None:
    return "; ".join(str(value or "") for value in values) if values else None
