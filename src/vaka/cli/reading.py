"""The commands that read reports: `code` keeps nothing, `add` keeps what it codes, `demo` shows the sample crisis."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaka.cli.options import READ, RECORD, Jobs, Knowledge, Output, RecordPath
from vaka.cli.output import Sink, results, say
from vaka.errors import LockedError, RecordError, UsageError

if TYPE_CHECKING:
    from vaka.types import Page

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT…", show_default=False,
        help="Files, folders, globs, or - for stdin: text, HTML, RSS, Atom, JSON Lines, CSV, WARC, and .gz of each.",
    ),
]  # fmt: skip
Date = Annotated[
    str | None, typer.Option(help="The day of publication where a report states none.", metavar="YYYY-MM-DD")
]


class PageFormat(StrEnum):
    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


def register(app: typer.Typer) -> None:
    for command in (code, add, demo):
        app.command(rich_help_panel=READ)(command)


def code(
    inputs: Inputs,
    date: Date = None,
    format: Annotated[PageFormat, typer.Option("--format", "-f", help="How the pages are written.")] = PageFormat.table,
    output: Output = None,
    jobs: Jobs = 1,
    min_score: Annotated[
        float | None, typer.Option(help="Leave out events that score less (0 to 1).", min=0.0, max=1.0)
    ] = None,
    _knowledge: Knowledge = None,
) -> None:
    """Code reports and keep nothing: who did what to whom, who said it, what was promised, what led to what."""
    from vaka.cli.coded import Tally, coded_pages
    from vaka.engine import at_least

    tally = Tally()
    with results(output, inputs) as sink:
        streamed = output is None and sys.stdout.isatty()
        coded = coded_pages(inputs, date, jobs, tally, progress=not streamed)
        pages = (at_least(page, min_score) for page in coded)
        _write_pages(sink, pages, format)
    tally.report()
    raise typer.Exit(tally.exit_status)


def _write_pages(sink: Sink, pages: Iterator[Page], format: PageFormat) -> None:
    match format:
        case PageFormat.jsonl:
            for page in pages:
                for piece in page.json_parts():
                    sink.write(piece)
                sink.write(b"\n")
                sink.flush()
        case PageFormat.csv:
            from vaka.reports.exports import csv_lines, events_table

            for line in csv_lines(events_table(pages)):
                sink.write(line)
        case PageFormat.html:
            from vaka.reports.page_html import render

            if found := list(pages):
                sink.write(render(found))
        case PageFormat.table:
            from vaka.reports.tables import page_tables

            for page in pages:
                for part in page_tables(sink.console, page):
                    sink.console.print(part)


def add(
    inputs: Inputs,
    record: RecordPath = RECORD,
    date: Date = None,
    jobs: Jobs = 1,
    _knowledge: Knowledge = None,
) -> None:
    """Code reports into a record: copies are grouped, events merged into incidents, pledges followed."""
    from vaka.cli.coded import Tally, coded_pages
    from vaka.engine import at_least
    from vaka.record.store import Record
    from vaka.reports.wording import counted

    if not record.parent.is_dir():
        raise UsageError(f"{record}: there is no folder {record.parent}; make it first")
    tally, outcomes = Tally(), Counter[str]()
    with ExitStack() as stack:
        # A record that is there is opened before the work begins; a new one is made only when there is a page to keep.
        held = stack.enter_context(Record(record, notice=say)) if record.exists() else None
        for page in coded_pages(inputs, date, jobs, tally):
            held = held or stack.enter_context(Record(record, notice=say))
            try:
                outcomes[held.add(at_least(page)).outcome] += 1
            except LockedError:
                raise  # The next report would wait as long; what is added stays, and adding again goes on from here.
            except RecordError as error:
                tally.failed += 1
                say(error)
    added, versions = counted(outcomes["added"], "report"), counted(outcomes["version"], "new version")
    print(f"{record}: {added} added, {versions}, {outcomes['same']} known already; coded {_layers(tally.layers)}")
    if gone := outcomes["withdrawn"]:
        say(f"vaka: left out, since withdrawn from this record before: {counted(gone, 'report')}")
    tally.report()
    raise typer.Exit(tally.exit_status)


def _layers(layers: Counter[str]) -> str:
    from vaka.reports.wording import counted

    names = ("events", "quotes", "pledges", "causes")
    return ", ".join(counted(layers[name], name.removesuffix("s")) for name in names)


def demo(
    record: Annotated[
        Path | None, typer.Option("--record", help="Keep the record in this new file.", metavar="FILE")
    ] = None,
) -> None:
    """Code the sample crisis (Kazakhstan, January 2022) and show what a record of it answers."""
    from importlib.resources import as_file, files
    from tempfile import TemporaryDirectory

    from vaka.cli.coded import Tally, coded_pages
    from vaka.engine import at_least
    from vaka.record.store import Record
    from vaka.reports.story import story

    if record is not None and record.exists():
        raise UsageError(f"{record}: is there already; name a new file for the sample record")
    tally = Tally()
    with ExitStack() as stack:
        folder = stack.enter_context(as_file(files("vaka") / "sample" / "reports"))
        path = record or Path(stack.enter_context(TemporaryDirectory())) / "sample.db"
        with Record(path) as held:
            for page in coded_pages([str(folder)], None, 1, tally):
                held.add(at_least(page))
            with results(None) as sink:
                for part in story(held, sink.console, str(record) if record else None):
                    sink.console.print(part)
    raise typer.Exit(tally.exit_status)
