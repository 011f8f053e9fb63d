"""A table with named, typed and explained columns, which becomes one of Arrow, pandas or polars; selects nothing."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vaka.errors import ExtraError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Row = dict[str, Any]
SHOWN = 50
"""Rows that a notebook shows of a table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is text, integer, number or boolean, `hxl` its tag (hxlstandard.org), `about` a sentence for the
    codebook; a cell is None where nothing was observed."""

    name: str
    kind: str = "text"
    hxl: str = ""
    about: str = ""


@dataclass(frozen=True)
class Table:
    """Rows that have every column."""

    columns: Sequence[Column]
    rows: Iterable[Row]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def to_arrow(self) -> pyarrow.Table:
        """The table in Arrow: texts, 64-bit integers, doubles and booleans.

        Raises ExtraError when pyarrow is not installed.
        """
        try:
            import pyarrow
        except ImportError as error:
            raise ExtraError("Arrow and Parquet", "tables") from error
        kinds = {
            "text": pyarrow.string(),
            "integer": pyarrow.int64(),
            "number": pyarrow.float64(),
            "boolean": pyarrow.bool_(),
        }
        rows = list(self.rows)
        schema = pyarrow.schema([(column.name, kinds[column.kind]) for column in self.columns])
        cells = {column.name: [_cell(row[column.name], column.kind) for row in rows] for column in self.columns}
        return pyarrow.table(cells, schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The table in pandas; integers keep their empty cells (Int64).

        Raises ExtraError when pandas or pyarrow is not installed.
        """
        try:
            import pandas
            import pyarrow
        except ImportError as error:
            raise ExtraError("pandas tables", "tables") from error
        kinds: Mapping[Any, Any] = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.bool_(): pandas.BooleanDtype()}
        return self.to_arrow().to_pandas(types_mapper=kinds.get)

    def to_polars(self) -> polars.DataFrame:
        """The table in polars.

        Raises ExtraError when polars or pyarrow is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise ExtraError("polars tables", "tables") from error
        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def _repr_html_(self) -> str:
        """The first rows for a notebook, without the columns that are empty in all of them."""
        rows = list(self.rows)
        names = [name for name in self.names if any(row[name] is not None for row in rows[:SHOWN])]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{_marked(name, row[name])}</td>" for name in names) + "</tr>" for row in rows[:SHOWN]
        )
        more = f"<p>{len(rows) - SHOWN:,} more rows</p>" if len(rows) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _marked(name: str, value: Any) -> str:
    words = "" if value is None else html.escape(str(value))
    return f"<mark>{words}</mark>" if name == "evidence" and words else words


def _cell(value: Any, kind: str) -> Any:
    if value is None:
        return None
    return {"text": str, "integer": int, "number": float, "boolean": bool}[kind](value)
