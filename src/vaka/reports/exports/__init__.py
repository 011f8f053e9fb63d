"""The record for other tools: a profile says whose columns or which format, `files` writes what it gives.

`profiles.export` is the one way in; the tables' mappings stand in `data/profiles`, their columns in the modules here.
"""

from collections.abc import Iterable

from vaka.frames.answers import answer_table, flat
from vaka.frames.events import PAGE_COLUMNS
from vaka.frames.layers import page_table
from vaka.frames.tables import Table
from vaka.reports.exports.files import csv_lines, json_lines
from vaka.types import Page

__all__ = ["answer_table", "csv_lines", "events_table", "flat", "json_lines"]


def events_table(pages: Iterable[Page]) -> Table:
    """The events of coded reports, a row each; the pages are read while the rows are."""
    return Table(PAGE_COLUMNS, (row for page in pages for row in page_table(page.to_dict(), "events").rows))
