"""The commands by which a record is trusted and handed on: `explain`, `verify`, `export`, `release`, `schema`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
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
from vaka.errors import UsageError


class Profile(StrEnum):
    vaka = "vaka"
    polecat = "polecat"
    gdelt = "gdelt"
    acled = "acled"
    geojson = "geojson"
    graphml = "graphml"
    ics = "ics"
    jsonld = "jsonld"


class Rows(StrEnum):
    events = "events"
    incidents = "incidents"
    roles = "roles"
    pledges = "pledges"
    quotes = "quotes"
    causes = "causes"
    reports = "reports"


class ExportFormat(StrEnum):
    csv = "csv"
    parquet = "parquet"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    for command in (explain, verify, export, release, schema):
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
    from vaka.frames.wording import clean
    from vaka.record.store import Record
    from vaka.record.withdraw import withdrawn
    from vaka.reports.wording import counted

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
    profile: Annotated[Profile, typer.Option(help="Whose columns, or which format.")] = Profile.vaka,
    rows: Annotated[
        Rows | None,
        typer.Option(help="What one row of the profile vaka is (roles: an actor or recipient of an event)."),
    ] = None,
    format: Annotated[
        ExportFormat | None, typer.Option("--format", "-f", help="How the rows of a table are written.")
    ] = None,
    hxl: Annotated[bool, typer.Option("--hxl", help="A second line with HXL tags, in CSV.")] = False,
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
    """The record for other tools: tables, a map, a graph, a calendar, linked data."""
    from vaka.reports.exports.profiles import DOCUMENTS
    from vaka.reports.exports.profiles import export as export_as

    if profile.value in DOCUMENTS and (format or hxl):
        raise UsageError(f"--profile {profile.value} has one format of its own; leave out --format and --hxl")
    if rows and profile is not Profile.vaka:
        raise UsageError(f"--rows chooses among the tables of --profile vaka; {profile.value} has one")
    written = format or ExportFormat.csv
    if hxl and written is not ExportFormat.csv:
        raise UsageError("--hxl adds a line to CSV; leave it out, or give --format csv")
    filters = filters_of(since, until, country, actor, type, status, source, genre, min_score)
    with questioned(record) as held:
        made = export_as(held, profile.value, filters, (rows or Rows.events).value)
    with results(output) as sink:
        for part in made.parts(written.value, hxl):
            sink.write(part)
    for note in made.notes:
        say(f"vaka: {note}")


def release(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder for the bundle.", metavar="OUT")],
    record: RecordPath = RECORD,
    title: Annotated[str | None, typer.Option(help="What the data set is called.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Who made it; may be repeated.", metavar="NAME")] = None,
    licence: Annotated[
        str, typer.Option(help="SPDX id of the licence of the coded data; the reports stay their owners'.")
    ] = "CC-BY-4.0",
) -> None:
    """A bundle for an archive: tables in CSV and Parquet, codebook, checksums, licence, citation; the same record gives
    the same bytes."""
    from vaka.reports.release import release as bundle
    from vaka.reports.wording import counted

    with questioned(record) as held:
        names = bundle(held, folder, title=title, authors=tuple(author or ()), licence=licence)
    print(f"{folder}: {counted(len(names), 'file')}; check them with sha256sum -c SHA256SUMS")


def schema(
    name: Annotated[str, typer.Argument(help="An answer: page, timeline, incidents, pledges, event …", metavar="NAME")],
    output: Output = None,
) -> None:
    """The JSON Schema (draft 2020-12) of an answer."""
    import orjson

    from vaka.reports.schemas import schema as schema_of

    with results(output) as sink:
        sink.write(orjson.dumps(schema_of(name), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
