"""An explanation for a reader at a terminal; it shows what `explain.py` gathered and judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from vaka.frames.wording import clean
from vaka.reports.grids import grid
from vaka.reports.tables import status
from vaka.reports.wording import Row, excerpt

MARKS = ("[", "]")
"""What stands around the trigger where colours cannot show it."""


def explanation(console: Console, told: Row) -> Iterator[RenderableType]:
    """Head, passage, lexicon entry, roles, status, time and place, score, and the readings left out."""
    item, report = told["item"], told["report"]
    kind = f"{item['type']}{' ' + item['mode'] if item.get('mode') else ''} " if told["layer"] == "event" else ""
    head = Text(f"{kind}{told['layer']} {told['id']}", style="bold")
    known = [clean(part) for part in (report["title"], report["source"], report["published"]) if part]
    head.append(f"\nin {clean(report['id'])}: {' · '.join(known)}", style="not bold dim")
    yield head
    yield from _passages(console, told)
    yield from _lexicon(console, told)
    yield from (_event(console, told) if told["layer"] == "event" else _words(console, told))
    if told.get("merged"):
        yield _title(f"Incident {told['incident']}")
        rows = ((row["event"], clean(row["report"]), row["by"], clean(row["why"] or "")) for row in told["merged"])
        yield grid(console, ("Event", "*Report", "By", "*Why"), rows)
    if told["changed"]:
        yield Text("\nThe lexicon has changed since this report was coded: the entry is today's.", style="yellow")


def _words(console: Console, told: Row) -> Iterator[RenderableType]:
    basis = told["basis"]
    yield _title("Words")
    yield grid(
        console, ("Field", "*Words"), ((row["field"], excerpt(row["span"]["text"], 400)) for row in told["fields"])
    )
    yield Text(f"Rule {basis['rule']} of the stage {basis['stage']}, score {basis['score']:.2f}.")
    if recalled := told.get("remembered"):
        yield Text(f"The record remembers {clean(recalled['name'])}: {clean(recalled['why'])}; {_lesson(recalled)}")


def marked(text: str, start: int, end: int, terminal: bool) -> Text:
    """The text on one line with the words from start to end marked."""
    before, words, after = clean(text[:start]), clean(text[start:end]), clean(text[end:])
    gap = " " if text[start - 1 : start].isspace() and start else ""
    rest = " " if text[end : end + 1].isspace() else ""
    found = Text(before + gap)
    if terminal:
        found.append(words, style="bold black on yellow")
    else:
        found.append(f"{MARKS[0]}{words}{MARKS[1]}")
    found.append(rest + after)
    return found


def _title(words: str) -> Text:
    return Text(f"\n{words}", style="bold cyan")


def _passages(console: Console, told: Row) -> Iterator[RenderableType]:
    passages = told["passages"]
    yield _title("Passage" if len(passages) == 1 else "Passages")
    spot = next((told["item"][name] for name in ("trigger", "span", "signal", "cue") if told["item"].get(name)), None)
    for number, passage in enumerate(passages, 1):
        line = Text(clean(passage["text"]))
        if spot is not None and passage["start"] <= spot["start"] and spot["end"] <= passage["end"]:
            at = spot["start"] - passage["start"]
            line = marked(passage["text"], at, at + spot["end"] - spot["start"], console.is_terminal)
        if len(passages) > 1:
            line = Text(f"{number}. ").append_text(line)
        line.append(f"  ({passage['zone']}, {passage['start']}–{passage['end']})", style="dim")
        yield line


def _lexicon(console: Console, told: Row) -> Iterator[RenderableType]:
    pattern = told["pattern"]
    if pattern is None:
        return
    yield _title("Lexicon entry")
    rows: list[tuple[RenderableType, RenderableType]] = [
        ("entry", Text(f"{pattern['id']}  ({pattern['file']}:{pattern['line']})")),
        ("triggers", excerpt(", ".join(pattern["triggers"]), 200)),
        ("actor from", ", ".join(pattern["actor"]) or "nowhere"),
        ("recipient from", ", ".join(pattern["recipient"]) or "nowhere"),
    ]
    for name, words in pattern["demands"].items():
        told_words = ", ".join(words) if isinstance(words, list) else "yes" if words is True else str(words)
        rows.append((name, excerpt(told_words, 200)))
    yield grid(console, ("Field", "*Value"), rows)


def _event(console: Console, told: Row) -> Iterator[RenderableType]:
    yield _title("Roles")
    if told["roles"]:
        yield grid(console, ("Role", "*Who", "*Words", "Found by", "*Looked at"), map(_role, told["roles"]))
    else:
        yield Text("No party is named where the entry looks.")
    yield _title("Status, time, place, score")
    yield grid(console, ("Field", "Value", "*Why"), _reasons(told))
    if len(told["tellings"]) > 1:
        yield _title("Told more than once")
        yield grid(console, ("Passage", "Word", "Type", "*Entry", "Status"), map(_telling, told["tellings"]))
    if told["also"]:
        yield _title("Also told there")
        yield grid(console, ("Passage", "Word", "Type", "*Entry", "Status"), map(_telling, told["also"]))
    if told["rejected"]:
        yield _title("Readings left out")
        yield grid(console, ("Word", "Type", "*Entry", "*Why"), (
            (clean(row["trigger"]["text"]), row["type"], f"{row['pattern']} ({row['file']}:{row['line']})",
             clean(row["reason"]))
            for row in told["rejected"]
        ))  # fmt: skip


def _role(role: Row) -> tuple[RenderableType, ...]:
    who = f"{clean(role['name'])} ({role['country']})" if role["country"] else clean(role["name"])
    # Parties of a later telling are filled in where the first one names nobody.
    words = clean(role["words"]["text"]) + (f" (passage {role['passage']})" if (role["passage"] or 1) > 1 else "")
    if recalled := role.get("remembered"):
        who = f"{clean(recalled['name'])} ({recalled['country']}), as the record remembers: {clean(recalled['why'])}"
        return role["role"], who, words, "memory", _lesson(recalled)
    return role["role"], who, words, role["resolved_by"], ", ".join(role["looked_at"])


def _lesson(recalled: Row) -> str:
    """The first passage that taught it."""
    first = recalled["learnt_from"][0]
    return f"{first['date']} {clean(first['report'])}: “{excerpt(first['evidence']['text'], 120)}”"


def _telling(row: Row) -> tuple[RenderableType, ...]:
    entry = f"{row['pattern']} ({row['file']}:{row['line']})"
    return str(row["passage"]), clean(row["trigger"]), row["type"], entry, status(row["status"])


def _reasons(told: Row) -> Iterator[tuple[RenderableType, ...]]:
    state = told["status"]
    clause = f": “{excerpt(state['clause']['text'], 120)}”" if state["clause"] else ""
    yield "status", status(state["status"]), clean(state["because"]) + clause
    for name in ("when", "where"):
        taken = told[name]
        if taken:
            words = f" “{clean(taken['words']['text'])}”" if taken["words"] else ""
            yield name, clean(taken["value"] or ""), f"{taken['meaning']}{words}"
        else:
            yield name, "", "nothing in reach says it"
    if said := told["network"]:
        types = ", ".join(f"{kind} {chance:.2f}" for kind, chance in said["types"].items())
        instead = f"; the lexicon alone reads {said['instead_of']}" if said["instead_of"] else ""
        yield "network", "", types + (instead or ("; no lexicon entry tells it" if said["alone"] else ""))
    *parts, whole = told["score"]
    reasons = [row["reason"] if row["value"] is None else f"{row['reason']} {row['value']}" for row in parts]
    yield "score", f"{whole['value']:.2f}", "; ".join(reasons)
