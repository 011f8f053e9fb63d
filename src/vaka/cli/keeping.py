"""The commands by which a record outlives its engine: `rebuild` codes it anew, `diff` shows what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaka.cli.asking import opened, write_answer
from vaka.cli.options import TRUST, AnswerFormat, Format, Jobs, Knowledge, Output
from vaka.cli.output import say
from vaka.errors import InputError, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaka.reading.articles import Reading
    from vaka.record.store import Record

RecordFile = Annotated[Path, typer.Argument(help="The record, an SQLite file.", metavar="RECORD")]


def register(app: typer.Typer) -> None:
    for command in (diff, rebuild):
        app.command(rich_help_panel=TRUST)(command)


def diff(
    a: Annotated[Path, typer.Argument(help="A record.", metavar="A")],
    b: Annotated[Path, typer.Argument(help="A record of the same reports.", metavar="B")],
    format: Format = AnswerFormat.table,
    output: Output = None,
) -> None:
    """What B says otherwise than A: rows added, removed and changed, layer by layer, each with its words."""
    from vaka.record.diff import diff as compare

    with opened(a) as first, opened(b) as second:
        write_answer(compare(first, second), format, output)


def rebuild(
    record: RecordFile,
    jobs: Jobs = 1,
    all: Annotated[bool, typer.Option("--all", help="Also what this very engine has coded.")] = False,
    _knowledge: Knowledge = None,
) -> None:
    """Code a record anew from its stored texts, beside a copy of it; what people judged stays. May be interrupted."""
    from vaka.api import engine
    from vaka.record import rebuild as rebuilding
    from vaka.reports.wording import counted

    failed = 0
    with opened(record) as held:
        names = rebuilding.pending(held, engine().info, all=all)
        if not names:
            rebuilding.end(held)
            print(f"{record}: this engine has coded every report already; --all codes them again")
            return
        beside = rebuilding.begin(held)
        for name, problem in _recode(held, names, jobs):
            failed += problem is not None
            if problem is not None:
                say(f"{name}: stays as it was coded: {problem}")
        if not failed:
            rebuilding.end(held)
        held.refresh()
        print(f"{record}: {counted(len(names) - failed, 'report')} coded anew; as it was before: {beside}")
        _say_orphans(held)
    raise typer.Exit(1 if failed else 0)


def _recode(held: Record, names: list[str], jobs: int) -> Iterator[tuple[str, Exception | None]]:
    """Each report once its new page is stored, or with what kept it from that."""
    from vaka.cli.coded import coded_items
    from vaka.engine import at_least
    from vaka.errors import LockedError

    for name, item in zip(names, coded_items(_readings(held, names), jobs), strict=True):
        if isinstance(item, InputError):
            yield name, item
            continue
        try:
            held.recode(name, at_least(item))
        except LockedError:
            raise
        except RecordError as error:
            yield name, error
        else:
            yield name, None


def _readings(held: Record, names: list[str]) -> Iterator[Reading]:
    from vaka.reading.articles import Reading
    from vaka.record.rebuild import uncoded

    for name in names:
        page = uncoded(held, name)
        yield Reading(page.article, page.issues)


def _say_orphans(held: Record) -> None:
    from vaka.record.review import orphans
    from vaka.reports.wording import counted

    lost = [row for row in orphans(held) if not row["withdrawn"]]
    if lost:
        say(f"vaka: {counted(len(lost), 'judgement speaks', 'judgements speak')} of rows that are coded no more:")
    for row in lost:
        say(f"  {row['id']} {row['by']}: {row['kind']} {row['type'] or row['layer']} {row['item']} in {row['report']}"
            f" “{row['words']}”; coded there now: {', '.join(row['now']) or 'nothing'}")  # fmt: skip
