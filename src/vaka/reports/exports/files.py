"""Tables as CSV, JSON Lines and Parquet; empty where nothing was observed.

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it, in CSV alone: reports are
written by strangers (OWASP, CSV injection). The other formats hold every cell as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from vaka.errors import ExtraError, UsageError
from vaka.frames.tables import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
ROWS_A_GROUP = 100_000


def csv_lines(table: Table, hxl: bool = False) -> Iterator[str]:
    """A header and a line a row, by RFC 4180; with `hxl` a second line holds the tags.

    Raises UsageError where `hxl` is asked of a table whose columns have none.
    """
    yield _line(table.names)
    if hxl:
        if not any(column.hxl for column in table.columns):
            raise UsageError("these columns have no HXL tags; leave out --hxl, or give --profile vaka or acled")
        yield _line(column.hxl for column in table.columns)
    names = table.names
    for row in table.rows:
        yield _line(row[name] for name in names)


def json_lines(table: Table) -> Iterator[bytes]:
    """One JSON object a line."""
    names = table.names
    for row in table.rows:
        yield orjson.dumps({name: row[name] for name in names}, option=orjson.OPT_APPEND_NEWLINE)


def parquet(table: Table) -> bytes:
    """The table as one Parquet file; the same rows give the same bytes with the same version of pyarrow.

    Raises ExtraError when pyarrow is not installed.
    """
    try:
        from pyarrow.parquet import write_table
    except ImportError as error:
        raise ExtraError("Parquet", "tables") from error
    out = io.BytesIO()
    write_table(table.to_arrow(), out, compression="zstd", row_group_size=ROWS_A_GROUP)
    return out.getvalue()


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(cell: Any) -> Any:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
