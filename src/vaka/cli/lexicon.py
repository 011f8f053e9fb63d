"""The command that tries a lexicon entry on a record: `vaka lexicon try`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vaka.cli.asking import opened
from vaka.cli.options import TRUST, Knowledge, MinScore, Output, TextFormat
from vaka.cli.output import results

COLUMNS = ("change", "type", "status", "trigger", "sentence", "report")


def register(app: typer.Typer) -> None:
    room = typer.Typer(no_args_is_help=True, help="The patterns by which events are found.")
    room.command("try")(try_)
    app.add_typer(room, name="lexicon", rich_help_panel=TRUST)


def try_(
    pattern: Annotated[
        str, typer.Argument(help="One entry as YAML, or @FILE that holds it.", metavar="PATTERN", show_default=False)
    ],
    record: Annotated[Path, typer.Argument(help="The record.", metavar="RECORD")],
    min_score: MinScore = None,
    _knowledge: Knowledge = None,
    format: Annotated[TextFormat, typer.Option("--format", "-f", help="How it is written.")] = TextFormat.table,
    output: Output = None,
) -> None:
    """List what a new or changed lexicon entry would add to a record, remove from it and change; nothing is saved."""
    from vaka.errors import InputError
    from vaka.frames.wording import clean
    from vaka.knowledge.ontology import trial
    from vaka.reports.trial import try_pattern

    name, text = "the pattern", pattern
    if pattern.startswith("@"):
        name = pattern[1:]
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(name, f"cannot be read as UTF-8 text: {error}") from error
    with opened(record) as held:
        told = try_pattern(held, trial(text, name), min_score or 0.0)
    with results(output) as sink:
        if format is TextFormat.json:
            import orjson

            sink.write(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            return
        from vaka.reports.grids import grid

        counts = ", ".join(f"{told[what]} {what}" for what in ("added", "removed", "changed"))
        sink.console.print(f"{told['pattern']} on {told['reports']} reports: {counts}")
        rows = [[clean(str(row[column])) for column in COLUMNS] for row in told["events"]]
        if rows:
            sink.console.print(grid(sink.console, COLUMNS, rows))
