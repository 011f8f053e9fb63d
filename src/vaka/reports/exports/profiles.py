"""The profiles of an export: whose columns, or which format; the one way in for the command line and for Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vaka.errors import UsageError
from vaka.frames.tables import Table
from vaka.record.query import COUNTED, Filters
from vaka.record.store import Record
from vaka.reports.exports.acled import acled_table
from vaka.reports.exports.files import csv_lines, json_lines, parquet
from vaka.reports.exports.gdelt import gdelt_table
from vaka.reports.exports.geojson import geojson
from vaka.reports.exports.graphml import graphml
from vaka.reports.exports.ics import ics
from vaka.reports.exports.linked import jsonld
from vaka.reports.exports.polecat import polecat_table
from vaka.reports.exports.vaka import vaka_table

TABLES: dict[str, Callable[[Record, Filters], tuple[Table, list[str]]]] = {
    "polecat": polecat_table,
    "gdelt": gdelt_table,
    "acled": acled_table,
}
DOCUMENTS: dict[str, Callable[[Record, Filters], tuple[bytes, list[str]]]] = {
    "geojson": geojson,
    "graphml": graphml,
    "ics": ics,
    "jsonld": jsonld,
}
PROFILES = ("vaka", *TABLES, *DOCUMENTS)
FORMATS = ("csv", "parquet", "jsonl")


@dataclass(frozen=True, slots=True)
class Exported:
    """What a profile gave: a table, or a whole document; `notes` say what was left out, and how much."""

    table: Table | None
    document: bytes | None
    notes: tuple[str, ...] = ()

    def parts(self, format: str = "csv", hxl: bool = False) -> Iterator[bytes]:
        """The file, piece by piece.

        Raises UsageError for a format that is none of a table's, ExtraError when Parquet needs what is not installed.
        """
        if self.table is None:
            yield self.document or b""
        elif format == "csv":
            yield from (line.encode("utf-8", "replace") for line in csv_lines(self.table, hxl))
        elif format == "jsonl":
            yield from json_lines(self.table)
        elif format == "parquet":
            yield parquet(self.table)
        else:
            raise UsageError(f"there is no format {format!r}; give {', '.join(FORMATS)}")


def export(record: Record, profile: str = "vaka", filters: Filters = COUNTED, rows: str = "events") -> Exported:
    """What the record holds by a profile; `rows` says what one row of the profile vaka is.

    Raises UsageError for a profile or rows that do not exist.
    """
    if profile == "vaka":
        return Exported(vaka_table(record, filters, rows), None)
    if profile in TABLES:
        table, notes = TABLES[profile](record, filters)
        return Exported(table, None, tuple(notes))
    if profile in DOCUMENTS:
        document, notes = DOCUMENTS[profile](record, filters)
        return Exported(None, document, tuple(notes))
    raise UsageError(f"there is no profile {profile!r}; give {', '.join(PROFILES)}")
