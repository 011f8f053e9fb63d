"""Placed happenings as GeoJSON (RFC 7946): a point each; what has no place, or only a country, is counted and left out.

A point in the middle of a country would look like a place where something happened.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from vaka.frames.answers import answer_table
from vaka.frames.tables import Row
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports.exports.happenings import Happening, happenings

PLACED = frozenset({"point", "city", "admin1"})
PROPERTIES = (
    "id", "date", "date_end", "type", "mode", "status", "score", "actors", "actor_countries", "recipients",
    "recipient_countries", "place", "country", "dead_low", "dead_high", "injured_low", "injured_high", "tellings",
    "independent_sources", "first_published", "last_published", "reports", "report", "evidence", "evidence_start",
    "evidence_end",
)  # fmt: skip
"""Of the table of incidents; place_precision is added."""


def geojson(record: Record, filters: Filters) -> tuple[bytes, list[str]]:
    """A FeatureCollection in order of time, and how many happenings it leaves out."""
    found = list(happenings(record, filters))
    placed = [happening for happening in found if _point(happening.incident["where"])]
    wide = sum(bool(happening.incident["where"]) for happening in found) - len(placed)
    notes = [f"{wide} happenings placed no closer than a country or region are left out"] if wide else []
    if without := len(found) - len(placed) - wide:
        notes.append(f"{without} happenings without a place are left out")
    collection: Row = {"type": "FeatureCollection", "features": list(_features(placed))}
    if placed:
        lons, lats = zip(*(feature["geometry"]["coordinates"] for feature in collection["features"]), strict=True)
        collection["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return orjson.dumps(collection, option=orjson.OPT_APPEND_NEWLINE), notes


def _point(where: Row | None) -> bool:
    return where is not None and where["precision"] in PLACED and None not in (where["lat"], where["lon"])


def _features(placed: list[Happening]) -> Iterator[Row]:
    rows = answer_table({"schema": "vaka.incidents/1", "rows": [happening.incident for happening in placed]}).rows
    for happening, row in zip(placed, rows, strict=True):
        where = happening.incident["where"]
        told = {name: row[name] for name in PROPERTIES} | {"place_precision": where["precision"]}
        point = {"type": "Point", "coordinates": [where["lon"], where["lat"]]}
        yield {"type": "Feature", "id": row["id"], "geometry": point, "properties": told}
