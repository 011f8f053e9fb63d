"""The grid, the line and the short id of which all tables are made; it knows nothing of what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from vaka.frames.wording import clean
from vaka.reports.wording import excerpt

SHORT = 8
"""Digits of an id that are shown: enough to tell apart a million items in one record."""


def short(key: str | None) -> Text:
    """An id as it is shown; ids that the reports themselves brought stay whole."""
    coded = key is not None and len(key) == 16 and all(digit in "0123456789abcdef" for digit in key)
    return Text((key[:SHORT] if coded else clean(key)) if key else "", style="dim")


def said(head: str, passage: str | None = None, *more: str) -> Text:
    """A line in bold with the passage, and what else there is, in lines below it."""
    text = Text(head, style="")
    text.stylize("bold")
    if passage:
        text.append(f"\n“{passage}”", style="not bold dim italic")
    for line in more:
        if line:
            text.append(f"\n{line}", style="not bold")
    return text


def grid(console: Console, columns: Sequence[str], rows: Iterable[Sequence[RenderableType]]) -> Table:
    """A table with a rule below its head on a terminal, and with aligned words alone elsewhere.

    A column `>name` is set to the right; one named `*name` takes the room that the others leave.
    """
    terminal = console.is_terminal
    table = Table(
        box=box.SIMPLE_HEAD if terminal else None,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0) if terminal else (0, 2, 0, 0),
        header_style="bold" if terminal else "",
        expand=terminal,
    )
    for name in columns:
        wide = name.startswith("*")
        table.add_column(
            name.lstrip(">*"),
            justify="right" if name.startswith(">") else "left",
            ratio=1 if wide and terminal else None,
            no_wrap=False,
            overflow="fold",
            min_width=None if wide else min(len(name), 6),
        )
    for row in rows:
        table.add_row(*row)
    return table


def excerpt_of(text: str) -> str:
    """The beginning of a passage, as far as a table has room."""
    return excerpt(text, 160)
