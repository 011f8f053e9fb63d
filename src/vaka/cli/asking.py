"""The commands that ask a record: the same filters everywhere, the answer as a table, as JSON or as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaka.cli.options import (
    ASK,
    RECORD,
    Actor,
    AnswerFormat,
    Country,
    Format,
    Genre,
    Limit,
    MinScore,
    Output,
    RecordPath,
    Since,
    Source,
    Status,
    Type,
    Until,
    filters_of,
)
from vaka.cli.output import results, say

if TYPE_CHECKING:
    from vaka.record.shapes import Row
    from vaka.record.store import Record

QUESTIONS = {
    "reports": "The reports, with how much was coded in each.",
    "timeline": "What happened, in order of time, each happening once.",
    "incidents": "Happenings with all their tellings and the numbers that disagree.",
    "threads": "Crises: incidents joined by causes, promises, towns and parties, from the trigger to the outcome.",
    "actors": "Who acts and who is acted upon, the most frequent first.",
}


def register(app: typer.Typer) -> None:
    for name in ("reports", "timeline", "incidents", "threads"):
        _register_question(app, name)
    app.command(rich_help_panel=ASK)(pledges)
    _register_question(app, "actors")
    app.command(rich_help_panel=ASK)(memory)
    app.command(rich_help_panel=ASK)(search)
    app.command(rich_help_panel=ASK)(show)


def _register_question(app: typer.Typer, name: str) -> None:
    """A command for a question that takes all filters and nothing else."""

    @app.command(name, help=QUESTIONS[name], rich_help_panel=ASK)
    def ask(
        record: RecordPath = RECORD,
        format: Format = AnswerFormat.table,
        since: Since = None,
        until: Until = None,
        country: Country = None,
        actor: Actor = None,
        type: Type = None,
        status: Status = None,
        source: Source = None,
        genre: Genre = None,
        min_score: MinScore = None,
        limit: Limit = None,
        output: Output = None,
    ) -> None:
        from vaka.record import query
        from vaka.record.threads import threads

        question = threads if name == "threads" else getattr(query, name)
        filters = filters_of(since, until, country, actor, type, status, source, genre, min_score, limit)
        with questioned(record) as held:
            write_answer(question(held, filters), format, output)


def pledges(
    record: RecordPath = RECORD,
    format: Format = AnswerFormat.table,
    due_before: Annotated[str | None, typer.Option(help="Due by this day, month or year.", metavar="DATE")] = None,
    open: Annotated[bool, typer.Option("--open", help="Neither kept nor broken nor taken back.")] = False,
    by: Annotated[str | None, typer.Option(help="Who promised: name, organization or country.", metavar="NAME")] = None,
    on: Annotated[str | None, typer.Option(help="As they stood on this day.", metavar="YYYY-MM-DD")] = None,
    since: Since = None,
    until: Until = None,
    country: Country = None,
    actor: Actor = None,
    type: Type = None,
    status: Status = None,
    source: Source = None,
    genre: Genre = None,
    min_score: MinScore = None,
    limit: Limit = None,
    output: Output = None,
) -> None:
    """What was promised, by when, and what came of it."""
    from vaka.record import query

    filters = filters_of(since, until, country, actor, type, status, source, genre, min_score, limit)
    with questioned(record) as held:
        answer = query.pledges(held, filters, due_before=due_before, open_only=open, by=by, on=on)
        write_answer(answer, format, output)


def memory(
    record: RecordPath = RECORD,
    format: Format = AnswerFormat.table,
    since: Since = None,
    until: Until = None,
    country: Country = None,
    actor: Actor = None,
    source: Source = None,
    genre: Genre = None,
    limit: Limit = None,
    output: Output = None,
) -> None:
    """Who holds which office as the record's own reports tell it, and how many open mentions that resolves."""
    from vaka.record import query

    filters = filters_of(since, until, country, actor, source=source, genre=genre, limit=limit)
    with questioned(record) as held:
        write_answer(query.memory(held, filters), format, output)


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words that all stand in the report; "several words" together, a* for what begins so.',
            metavar="WORDS…",
            show_default=False,
        ),
    ],
    record: RecordPath = RECORD,
    format: Format = AnswerFormat.table,
    since: Since = None,
    until: Until = None,
    country: Country = None,
    actor: Actor = None,
    type: Type = None,
    status: Status = None,
    source: Source = None,
    genre: Genre = None,
    min_score: MinScore = None,
    limit: Limit = None,
    output: Output = None,
) -> None:
    """Reports that hold all the words, best first, with the passages."""
    from vaka.record.search import search as find

    filters = filters_of(since, until, country, actor, type, status, source, genre, min_score, limit)
    asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with questioned(record) as held:
        write_answer(find(held, asked, filters), format, output)


def show(
    id: Annotated[str, typer.Argument(help="The id of anything in the record, or its first digits.", metavar="ID")],
    record: RecordPath = RECORD,
    format: Format = AnswerFormat.table,
    output: Output = None,
) -> None:
    """One report, incident or coded row in full."""
    from vaka.record.find import whole_id
    from vaka.record.query import show as look_up

    with questioned(record) as held:
        write_answer(look_up(held, whole_id(held, id)), format, output)


def opened(record: Path) -> Record:
    """The record, which must be there.

    Raises RecordError.
    """
    from vaka.record.store import Record

    return Record(record, create=False, notice=say)


@contextmanager
def questioned(record: Path) -> Iterator[Record]:
    """The record as it is at this moment, whatever another program writes to it while the question is answered."""
    with opened(record) as held, held.reading():
        yield held


def write_answer(answer: Row, format: AnswerFormat, output: Path | None) -> None:
    with results(output) as sink:
        match format:
            case AnswerFormat.json:
                import orjson

                sink.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            case AnswerFormat.csv:
                from vaka.reports.exports import answer_table, csv_lines

                for line in csv_lines(answer_table(answer)):
                    sink.write(line)
            case AnswerFormat.table:
                from vaka.reports.tables import answer_tables

                for part in answer_tables(sink.console, answer):
                    sink.console.print(part)
