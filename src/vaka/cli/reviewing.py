"""The commands by which people judge what a record says: `review`, `grade`, `withdraw`; each says who, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vaka.cli.asking import opened, questioned, write_answer
from vaka.cli.options import RECORD, REVIEW, AnswerFormat, Format, Limit, Output, RecordPath
from vaka.cli.output import results, say
from vaka.errors import UsageError, VakaError

if TYPE_CHECKING:
    from vaka.record.store import Record

By = Annotated[str | None, typer.Option("--by", envvar="VAKA_REVIEWER", help="Who judges.", metavar="NAME")]
Why = Annotated[str, typer.Option("--why", help="The reason, for whoever reads it in ten years.", metavar="TEXT")]
KEYS = "a accept   x reject   space skip   u undo the last   q quit"


def register(app: typer.Typer) -> None:
    for command in (review, grade, withdraw):
        app.command(rich_help_panel=REVIEW)(command)


def review(
    id: Annotated[str | None, typer.Argument(help="What is judged: an id, or its first digits.", metavar="ID")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is wrong, and leaves incidents and answers.")] = False,
    correct: Annotated[
        list[str] | None,
        typer.Option(help="What it should say, as type=PROTEST; may be repeated.", metavar="FIELD=VALUE"),
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day from which a corrected status holds.", metavar="DAY")] = None,
    merge: Annotated[
        list[str] | None, typer.Option(help="It is one with this incident or event.", metavar="ID")
    ] = None,
    split: Annotated[list[str] | None, typer.Option(help="This telling is none of the incident.", metavar="ID")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the latest judgement on it back.")] = False,
    judgement: Annotated[int | None, typer.Option(help="With --undo: this one instead.", metavar="NO")] = None,
    by: By = None,
    why: Why = "",
    next: Annotated[
        bool, typer.Option("--next", help="Show what comes next; on a terminal, one after another.")
    ] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Precision on what was reviewed.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Every judgement, of ID or of all.")] = False,
    orphans: Annotated[bool, typer.Option("--orphans", help="Judgements whose item is coded no more.")] = False,
    layer: Annotated[str, typer.Option(help="With --next: event, quote, pledge, cause …", metavar="LAYER")] = "event",
    type: Annotated[str | None, typer.Option(help="With --next: events of this type.", metavar="TYPE")] = None,
    limit: Limit = None,
    record: RecordPath = RECORD,
    format: Format = AnswerFormat.table,
    output: Output = None,
) -> None:
    """Accept, reject, correct, merge or split what a record says, beside the machine's answer; undo, log, precision."""
    wishes: dict[str, Any] = {
        "accept": accept, "reject": reject, "correct": correct, "merge": merge, "split": split, "undo": undo,
        "next": next, "stats": stats, "log": log, "orphans": orphans,
    }  # fmt: skip
    wish = _one_wish(wishes)
    if judgement is not None and wish != "undo":
        raise UsageError("--judgement goes with --undo")
    if wish == "next":
        _next(record, layer, type, by, why, format, output)
    elif wish in ("stats", "log", "orphans"):
        with questioned(record) as held:
            write_answer(_told(held, wish, id, limit), format, output)
    else:
        with opened(record) as held:
            made = _judge(held, wish, wishes[wish], id, judgement, _name(by), why, on)
            write_answer(_made(held, made), format, output)


def _one_wish(wishes: dict[str, Any]) -> str:
    given = [name for name, value in wishes.items() if value]
    if len(given) != 1:
        names = ", ".join(f"--{name}" for name in wishes)
        said = f"{' and '.join(f'--{name}' for name in given)} are given" if given else "none is given"
        raise UsageError(f"give one of {names}; {said}")
    return given[0]


def _name(by: str | None) -> str:
    if not by or not by.strip():
        raise UsageError("say who judges: --by NAME, or set VAKA_REVIEWER")
    return by.strip()


def _judge(
    held: Record, wish: str, value: Any, id: str | None, judgement: int | None, by: str, why: str, on: str | None
) -> list[int]:
    """The numbers of the judgements that were made or undone."""
    from vaka.record.find import whole_id
    from vaka.record.judge import latest_on

    if wish == "undo" and judgement is not None:
        held.undo(judgement, by=by, why=why)
        return [judgement]
    if id is None:
        raise UsageError(f"--{wish} needs the id of what is judged; `vaka timeline` and `vaka show` give ids")
    key = whole_id(held, id)
    if on is not None and wish != "correct":
        raise UsageError("--on goes with --correct status=…")
    match wish:
        case "accept":
            return [held.accept(key, by=by, why=why)]
        case "reject":
            return [held.reject(key, by=by, why=why)]
        case "correct":
            return held.correct(key, *value, by=by, why=why, on=on)
        case "merge":
            return [held.merge([key, *(whole_id(held, other) for other in value)], by=by, why=why)]
        case "split":
            return [held.split(key, [whole_id(held, other) for other in value], by=by, why=why)]
        case _:
            number = latest_on(held, key)
            held.undo(number, by=by, why=why)
            return [number]


def _told(held: Record, wish: str, id: str | None, limit: int | None) -> dict[str, Any]:
    from vaka.record import review as reviews
    from vaka.record.find import whole_id
    from vaka.record.query import answer

    if wish == "stats":
        return answer("precision", reviews.stats(held))
    if wish == "orphans":
        return answer("orphans", reviews.orphans(held)[:limit])
    return answer("review", reviews.log(held, key=whole_id(held, id) if id else None, limit=limit))


def _made(held: Record, numbers: list[int]) -> dict[str, Any]:
    from vaka.record import review as reviews
    from vaka.record.query import answer

    return answer("review", [row for row in reversed(reviews.log(held)) if row["id"] in numbers])


def _next(
    record: Path, layer: str, type: str | None, by: str | None, why: str, format: AnswerFormat, output: Path | None
) -> None:
    from vaka.record.query import show
    from vaka.record.review import next_item

    if output is None and format is AnswerFormat.table and on_terminal():
        name = _name(by)
        with opened(record) as held:
            _one_by_one(held, layer, type, name, why)
        return
    with questioned(record) as held:
        key = next_item(held, layer=layer, type=type)
        if key is None:
            say(f"vaka: every {layer} of the record has been reviewed")
            return
        if format is AnswerFormat.table:
            _show(show(held, key), output)
        else:
            write_answer(show(held, key), format, output)


def on_terminal() -> bool:
    """Whether somebody sits there who can press keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _show(item: dict[str, Any], output: Path | None = None) -> None:
    from vaka.reports.tables import for_review

    with results(output) as sink:
        for part in for_review(sink.console, item):
            sink.console.print(part)


def _one_by_one(held: Record, layer: str, type: str | None, by: str, why: str) -> None:
    """Item after item with one key each; what is judged stands at once, and the rest is derived at the end."""
    from vaka.record.query import show
    from vaka.record.review import next_item

    after, made = "", list[int]()
    while key := next_item(held, layer=layer, type=type, after=after):
        _show(show(held, key))
        print(KEYS)
        match pressed := typer.getchar():
            case "a":
                made.append(held.accept(key, by=by, why=why))
            case "x":
                made.append(held.reject(key, by=by, why=why or typer.prompt("why")))
            case "u" if made:
                held.undo(made.pop(), by=by)
                after = ""
                continue
            case "q" | "\x03" | "\x04":
                break
        if pressed in ("a", "x", " "):
            after = key
    else:
        print(f"Nothing of the layer {layer} is left to review.")


def grade(
    what: Annotated[
        str, typer.Argument(help="A source's name, or the id of a report, incident or row.", metavar="WHAT")
    ],
    given: Annotated[str, typer.Argument(help="A–F for a source, 1–6 for what was said.", metavar="GRADE")],
    by: By = None,
    why: Why = "",
    record: RecordPath = RECORD,
    format: Format = AnswerFormat.table,
    output: Output = None,
) -> None:
    """Grade as the Admiralty does: sources A (reliable) to E, F unknown; what is said 1 (confirmed) to 5, 6 unknown."""
    from vaka.record.find import whole_id

    with opened(record) as held:
        number = held.grade(whole_id(held, what), given, by=_name(by), why=why)
        write_answer(_made(held, [number]), format, output)


def withdraw(
    report: Annotated[str, typer.Argument(help="The report's id.", metavar="REPORT")],
    by: By = None,
    why: Why = "",
    record: RecordPath = RECORD,
) -> None:
    """Take a report's words out of the record for good; its row, id and hash stay. This cannot be undone."""
    from vaka.record.find import whole_id

    with opened(record) as held:
        made = held.withdraw(whole_id(held, report), by=_name(by), why=why)
    print(f"{record}: the words of {made.report} are withdrawn, and incidents derived again; this cannot be undone")
    if made.versions:
        say(f"vaka: other versions of it stay in the record: {', '.join(made.versions)}")
    for copy in made.copies:
        say(f"vaka: {copy} still holds its words; delete that file if they must go there, too")
    if not made.scrubbed:
        raise VakaError(
            f"{record}: another program reads the record, so the words still stand in its journal; close it and run "
            "the same command again"
        )
