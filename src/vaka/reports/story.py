"""What a record tells on a few screens: days, promises, accounts that disagree; it leaves out what few sources tell.

Everything shown is an answer of the record; nothing is worded here beyond headings and the names of acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console, RenderableType
from rich.text import Text

from vaka.frames.wording import clean
from vaka.record import query
from vaka.record.query import Filters
from vaka.record.store import Record
from vaka.reports import wording
from vaka.reports.grids import SHORT, grid, said, short
from vaka.reports.tables import happening, in_lines, outcome, standing, status, with_place
from vaka.reports.wording import Row, counted, excerpt

A_DAY = 5
"""Happenings shown a day, those with the most independent sources first."""
PROMISES = 12
HAPPENED = ("occurred", "ongoing")


def story(record: Record, console: Console, path: str | None) -> Iterator[RenderableType]:
    """Summary, timeline, promises, disagreements and what to try next; `path` is the record's file where it is kept."""
    reports = query.reports(record, Filters(genre=("all",)))["rows"]
    incidents = query.timeline(record, Filters(status=HAPPENED))["rows"]
    # An expectation that nobody stands for (the weather) is no promise.
    promised = [row for row in query.pledges(record)["rows"] if row["promiser"]]
    disagreeing = query.disagreements(record)["rows"]
    yield _summary(reports, query.incidents(record)["count"])
    yield _heading(console, "What happened, day by day")
    yield from _days(console, incidents, _first_day(reports))
    yield _heading(console, "What was promised, and what came of it")
    yield from _promises(console, promised)
    yield _heading(console, "Where accounts disagree")
    yield from _disagreements(console, disagreeing, {row["id"]: row for row in reports})
    yield _heading(console, "Try next")
    yield from _next(path, incidents)


def _summary(reports: Sequence[Row], incidents: int) -> Text:
    counts = {name: sum(row[name] for row in reports) for name in ("events", "quotes", "pledges", "causes")}
    days = sorted(row["published"][:10] for row in reports if row["published"])
    text = Text(f"{counted(len(reports), 'report')}", style="bold")
    text.append(f" from {days[0]} to {days[-1]}: " if days else ": ", style="not bold")
    told = [counted(counts["events"], "event"), counted(incidents, "incident"), counted(counts["quotes"], "quote")]
    told += [counted(counts["pledges"], "pledge"), counted(counts["causes"], "cause")]
    text.append(", ".join(told))
    return text


def _heading(console: Console, words: str) -> Text:
    text = Text(f"\n{words}", style="bold cyan")
    return text if console.is_terminal else text.append("\n" + "-" * len(words))


def _first_day(reports: Sequence[Row]) -> str:
    """A week before the first report: what is told of earlier days is the story's past."""
    days = sorted(row["published"][:10] for row in reports if row["published"])
    return date.fromordinal(date.fromisoformat(days[0]).toordinal() - 7).isoformat() if days else ""


def _days(console: Console, incidents: Sequence[Row], first: str) -> Iterator[RenderableType]:
    dated = [row for row in incidents if row["date"] and row["date"][:10] >= first]
    if not dated:
        yield Text("Nothing was told of a day.")
        return
    yield grid(console, ("Day", "*What", "Status", "Id"), _day_rows(dated))


def _day_rows(dated: Sequence[Row]) -> Iterator[tuple[RenderableType, ...]]:
    """The rows of all days, the day named once and an empty row between two days."""
    for number, (day, rows) in enumerate(groupby(dated, key=lambda row: str(row["date"])[:10])):
        happened = list(rows)
        ids = {row["id"] for row in sorted(happened, key=_weight)[:A_DAY]}
        heading: RenderableType = Text(f"{day}\n{_weekday(day)}", style="bold")
        if number:
            yield ("",) * 4
        for row in happened:
            if row["id"] in ids:
                yield heading, happening(row), standing(row), short(row["id"])
                heading = ""
        if len(happened) > A_DAY:
            yield "", Text(f"and {len(happened) - A_DAY} more that day", style="dim"), "", ""


def _weight(row: Row) -> tuple[int, int, float, str]:
    """Best told first, and among those told alike the gravest by PLOVER's scale."""
    return -row["independent_sources"], -len(row["tellings"]), -abs(row["score"] or 0), row["id"]


def _weekday(day: str) -> str:
    try:
        return date.fromisoformat(day).strftime("%A")
    except ValueError:  # A month or a year.
        return ""


def _promises(console: Console, rows: Sequence[Row]) -> Iterator[RenderableType]:
    if not rows:
        yield Text("Nothing was promised.")
        return
    settled = sorted(rows, key=lambda row: (row["status"] == "open", row["due"] is None))[:PROMISES]
    ids = {row["id"] for row in settled}
    yield grid(console, ("*Who promised what", "Due", "Status", "Id"), (
        (said(_promiser(row), excerpt(row["content"]["text"], 140), outcome(row)),
         in_lines(wording.due(row["due"])), status(row["status"]), short(row["id"]))
        for row in rows if row["id"] in ids
    ))  # fmt: skip
    if len(rows) > PROMISES:
        yield Text(f"and {len(rows) - PROMISES} more; `vaka pledges` has all", style="dim")


def _promiser(row: Row) -> str:
    to = f" {wording.MARK_MOVED} {clean(row['beneficiary']['name'])}" if row["beneficiary"] else ""
    return f"{wording.party(row['promiser'])}{to}"


def _disagreements(console: Console, rows: Sequence[Row], reports: dict[str, Row]) -> Iterator[RenderableType]:
    if not rows:
        yield Text("No two accounts differ in a number.")
    for row in sorted(rows, key=lambda row: not row["exclusive"]):
        day = wording.when(row["when"])
        head = Text("\n" + (f"{day} " if day else ""), style="dim")
        head.append(with_place(row), style="bold not dim")
        yield head
        for kind in row["differing"]:
            told = row["values"][kind]
            yield grid(console, (kind.capitalize(), "*Told by"), (
                (Text(wording.told_as(kind, value), style="bold"), _sources(value["reports"], reports))
                for value in told
            ))  # fmt: skip
            if kind in row["exclusive"]:
                yield Text("They cannot all be true.", style="yellow")
            else:
                yield Text("All of them can be true.", style="dim")


def _sources(ids: Sequence[str], reports: dict[str, Row]) -> str:
    """The reports by source and day: "Steppe Wire 01-09, Almaty Lantern 01-09"."""
    found = [reports[key] for key in ids if key in reports]
    named = [f"{clean(row['source'] or row['id'])} {clean(row['published'] or '')[:10]}".rstrip() for row in found]
    return ", ".join(dict.fromkeys(named))


def _next(path: str | None, incidents: Sequence[Row]) -> Iterator[RenderableType]:
    record = f" --record {path or 'sample.db'}"
    best = min(incidents, key=_weight, default=None)
    example = str(best["tellings"][0]["event"])[:SHORT] if best else "ID"
    lines = [
        (f"vaka explain {example}{record}", "why a row says what it says"),
        (f"vaka timeline --country KAZ --since 2022-01-09{record}", "a part of it"),
        (f"vaka pledges --open{record}", "what is still to be done"),
        ("vaka code REPORT.txt --format html --output page.html", "your own report, with its evidence"),
    ]
    if path is None:
        lines.insert(0, ("vaka demo --record sample.db", "keep this record, to ask it more"))
    for command, meaning in lines:
        yield Text.assemble((clean(command), "bold"), "\n    ", (meaning, "dim"))
