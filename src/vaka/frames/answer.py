"""An answer of a record: the contract's JSON as a plain dict that also becomes a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaka.frames.answers import answer_table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Answer(dict[str, Any]):
    """`{"schema", "count", "rows"}`; the columns of its tables are those of the answer as CSV."""

    def to_arrow(self) -> pyarrow.Table:
        """Raises ExtraError when pyarrow is not installed."""
        return answer_table(self).to_arrow()

    def to_pandas(self) -> pandas.DataFrame:
        """Raises ExtraError when pandas is not installed."""
        return answer_table(self).to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Raises ExtraError when polars is not installed."""
        return answer_table(self).to_polars()

    def _repr_html_(self) -> str:
        return answer_table(self)._repr_html_()
