"""The commands by which a record is trusted and handed on: `explain`, `verify`, `export`, `schema`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from vaka.cli.asking import questioned
from vaka.cli.options import (
    RECORD,
    TRUST,
    Actor,
    Country,
    Genre,
    Knowledge,
    MinScore,
    Output,
    RecordPath,
    Since,
    Source,
    Status,
    TextFormat,
    Type,
    Until,
    filters_of,
)
from vaka.cli.output import results, say


class Profile(StrEnum):
    vaka = "vaka"


class ExportFormat(StrEnum):
    csv = "csv"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    for command in (explain, verify, export, schema):
        app.command(rich_help_panel=TRUST)(command)


def explain(
    id: Annotated[str, typer.Argument(help="The id of a coded row or an incident, or its first digits.", metavar="ID")],
    record: RecordPath = RECORD,
    format: Annotated[TextFormat, typer.Option("--format", "-f", help="How it is written.")] = TextFormat.table,
    output: Output = None,
    _knowledge: Knowledge = None,
) -> None:
    """Why a row says what it says: the rule, the lexicon entry, the words of each role, and the readings left out."""
    from vaka.reports.explain import explain as gather

    with questioned(record) as held:
        told = gather(held, id)
    with results(output) as sink:
        if format is TextFormat.json:
            import orjson

            sink.write(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            return
        from vaka.reports.explain_tables import explanation

        for part in explanation(sink.console, told):
            sink.console.print(part)


def verify(record: RecordPath = RECORD) -> None:
    """Check every citation of a record against the stored texts; exit status 1 when one fails."""
    from vaka.record.store import Record
    from vaka.record.withdraw import withdrawn
    from vaka.reports.wording import clean, counted

    held = Record(record, create=False, notice=say)
    try:
        problems = held.verify()
        gone = 0 if problems else withdrawn(held)
    finally:
        held.close()
    for problem in problems:
        print(clean(problem))
    if problems:
        say(f"vaka: {record}: {counted(len(problems), 'problem')}")
        raise typer.Exit(1)
    left_out = f"; of {counted(gone, 'withdrawn report')} no words are left" if gone else ""
    print(f"{record}: every citation stands in its text{left_out}")


def export(
    record: RecordPath = RECORD,
    profile: Annotated[Profile, typer.Option(help="Whose columns: vaka has all.")] = Profile.vaka,
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="How rows are written.")] = ExportFormat.csv,
    since: Since = None,
    until: Until = None,
    country: Country = None,
    actor: Actor = None,
    type: Type = None,
    status: Status = None,
    source: Source = None,
    genre: Genre = None,
    min_score: MinScore = None,
    output: Output = None,
) -> None:
    """Every event of a record as a wide table for other tools, one row a telling."""
    from vaka.reports.exports import csv_lines, export_table, json_lines

    filters = filters_of(since, until, country, actor, type, status, source, genre, min_score)
    with questioned(record) as held:
        columns, rows = export_table(held, profile.value, filters)
    with results(output) as sink:
        for line in csv_lines(columns, rows) if format is ExportFormat.csv else json_lines(rows):
            sink.write(line)


def schema(
    name: Annotated[str, typer.Argument(help="An answer: page, timeline, incidents, pledges, event …", metavar="NAME")],
    output: Output = None,
) -> None:
    """The JSON Schema (draft 2020-12) of an answer."""
    import orjson

    from vaka.reports.schemas import schema as schema_of

    with results(output) as sink:
        sink.write(orjson.dumps(schema_of(name), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
