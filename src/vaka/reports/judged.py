"""What people say to the machine's answers, in words and as tables: verdicts, corrections, grades, the log, precision,
judgements without an item, and what differs between two records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from vaka.frames.wording import clean, in_words
from vaka.reports.grids import excerpt_of, grid, said, short
from vaka.reports.wording import Row, counted

STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


def graded(report: Row) -> str:
    """A report's source and own grade as the Admiralty writes them ("B2"), and whether it was withdrawn."""
    grade = f"{report.get('reliability') or ''}{report.get('credibility') or ''}"
    gone = report.get("withdrawn")
    words = f"withdrawn by {gone['by']} on {gone['at'][:10]}: {gone['why']}" if gone else ""
    return clean("; ".join(part for part in (f"graded {grade}" if grade else "", words) if part))


def log(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, (">No", "When", "Who", "*What and why", "On"), (_logged(row) for row in rows))


def _logged(row: Row) -> tuple[RenderableType, ...]:
    head = row["kind"]
    if row["kind"] == "correct":
        head = f"correct {row['field']}: {in_words(row['is'])}, not {in_words(row['was'])}"
        head += f", from {row['on']} on" if row["on"] else ""
    elif row["kind"] == "grade":
        head = f"grade {row['is']}"
    elif row["apart"]:
        head = f"split off {', '.join(item[:8] for item in row['apart'])}"
    undone = row["undone"]
    gone = f"undone by {undone['by']} on {undone['at'][:10]}" if undone else ""
    why = f": {undone['why']}" if undone and undone["why"] else ""
    told = said(clean(head), None, clean(row["why"]), clean(gone + why))
    about = row["items"] or row["reports"]
    shown = Text("\n").join(short(item) for item in about[:4])
    if len(about) > 4:
        shown.append(f"\n+{len(about) - 4}")
    return str(row["id"] or ""), row["at"][:16].replace("T", " "), clean(row["by"]), told, shown


def precision(console: Console, rows: Sequence[Row]) -> Table:
    columns = ("Layer", "*Type", ">Reviewed", ">Accepted", ">Corrected", ">Rejected", ">Precision", "95 %", ">Exact")
    return grid(console, columns, (_share(row) for row in rows))


def _share(row: Row) -> tuple[RenderableType, ...]:
    counts = (str(row[name]) for name in ("reviewed", "accepted", "corrected", "rejected"))
    return (row["layer"], row["type"] or "all", *counts, f"{row['precision']:.3f}",
            f"{row['low']:.3f} – {row['high']:.3f}", f"{row['exact']:.3f}")  # fmt: skip


def orphans(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, (">No", "*Judgement", "Coded there now", "Report"), (_orphan(row) for row in rows))


def _orphan(row: Row) -> tuple[RenderableType, ...]:
    head = f"{row['by']}: {row['kind']} {row['type'] or row['layer']} {row['item'][:8]}"
    head += f", {row['field']} {in_words(row['is'])}" if row["field"] else ""
    told = said(clean(head), excerpt_of(row["words"]), clean(row["why"]))
    now = Text("withdrawn") if row["withdrawn"] else Text("\n").join(short(item) for item in row["now"])
    return str(row["id"]), told, now or Text("nothing"), short(row["report"])


def diff(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, ("Change", "Layer", "*Words", "Id", "Report"), (_difference(row) for row in rows))


def _difference(row: Row) -> tuple[RenderableType, ...]:
    lines = (f"{name}: {_value(field['was'])} → {_value(field['is'])}" for name, field in row["fields"].items())
    told = said(excerpt_of(row["words"]), None, *map(clean, lines))
    kind = Text(row["change"], style=STYLES[row["change"]])
    return kind, row["layer"], told, short(row["id"]), short(row["report"])


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(inner)}" for name, inner in value.items()) or "nothing"
    if isinstance(value, list):
        return "; ".join(map(_value, value)) or "nothing"
    return "nothing" if value is None else str(value)


def difference_totals(answer: Row) -> Iterator[RenderableType]:
    """What stands below the table of differences: how many of each, and reports that only one record holds."""
    for layer, count in answer["totals"].items():
        yield Text(f"{layer}: " + ", ".join(f"{number} {change}" for change, number in sorted(count.items())))
    for side, name in (("a", "first"), ("b", "second")):
        if found := answer["reports_only_in"][side]:
            yield Text(f"only the {name} record holds {counted(len(found), 'report')}: {', '.join(found[:5])}"
                       + (" …" if len(found) > 5 else ""))  # fmt: skip
