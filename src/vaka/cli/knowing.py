"""The commands that show what Vaka knows of the world: `vaka knowledge check`, `list` and `why`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from vaka.cli.options import TRUST, Knowledge, Output, TextFormat
from vaka.cli.output import Sink, results
from vaka.errors import UsageError

Day = Annotated[str | None, typer.Option("--date", help="As on this day.", metavar="YYYY-MM-DD")]


class Kind(StrEnum):
    states = "states"
    bodies = "bodies"
    organizations = "organizations"
    groups = "groups"
    people = "people"
    gaps = "gaps"


CATEGORY = {"states": "state", "bodies": "body", "organizations": "organization", "groups": "group", "people": "person"}


def register(app: typer.Typer) -> None:
    room = typer.Typer(
        no_args_is_help=True, help="What Vaka knows of states, people, organizations, groups and places."
    )
    for command in (check, list_, why):
        room.command(command.__name__.rstrip("_"))(command)
    app.add_typer(room, name="knowledge", rich_help_panel=TRUST)


def check(
    folder: Annotated[Path, typer.Argument(help="The folder to check.", metavar="DIR", envvar="VAKA_KNOWLEDGE")],
) -> None:
    """Check a folder of your own knowledge: the first mistake is named with its file and line, exit status 2."""
    from vaka.knowledge.overlay import check as checked

    for kind, count in checked(folder).items():
        print(f"{kind:10} {count:6}")


def list_(
    kind: Annotated[Kind | None, typer.Argument(help="What to list; without it, how much there is of each.")] = None,
    country: Annotated[str | None, typer.Option(help="Of this country only, as KAZ.", metavar="CODE")] = None,
    date: Day = None,
    _knowledge: Knowledge = None,
    format: Annotated[TextFormat, typer.Option("--format", "-f", help="How it is written.")] = TextFormat.table,
    output: Output = None,
) -> None:
    """How much Vaka knows of each kind and how sure it is, or all of one kind; `gaps`: offices without a holder."""
    from vaka.reports.known import entries, office_gaps, totals

    if kind is None:
        rows = totals()
    else:
        rows = office_gaps(country) if kind is Kind.gaps else entries(CATEGORY[kind], country, date)
    with results(output) as sink:
        if format is TextFormat.json:
            import orjson

            sink.write(orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            return
        _print(sink, rows)


def why(
    name: Annotated[str, typer.Argument(help="A name as it stands in a report.", metavar="NAME")],
    date: Day = None,
    _knowledge: Knowledge = None,
    format: Annotated[TextFormat, typer.Option("--format", "-f", help="How it is written.")] = TextFormat.table,
    output: Output = None,
) -> None:
    """Whom or what a name may mean, on which day, how sure, and the file and line that says so."""
    from vaka.reports.known import meanings

    found = meanings(name, date)
    if not found:
        raise UsageError(f"{name!r} is no name that Vaka knows; add it to a folder of your own (--knowledge)")
    with results(output) as sink:
        if format is TextFormat.json:
            import orjson

            sink.write(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            return
        _print(sink, found)


def _print(sink: Sink, rows: list[dict[str, Any]]) -> None:
    """The rows as a table with a column a key."""
    from vaka.reports.grids import grid

    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_cell(row.get(key)) for key in columns] for row in rows]
    sink.console.print(grid(sink.console, columns, cells))


def _cell(value: object) -> str:
    return "" if value is None or value is False else "yes" if value is True else str(value)
