"""Answers and coded pages as tables for a terminal; plain aligned text where the reader is no terminal.

Rows are never cut silently: a long passage ends with an ellipsis, and ids are the first digits that `vaka show` takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vaka.frames.wording import clean
from vaka.frames.wording import judged as judged_in_words
from vaka.reports import judged, wording
from vaka.reports.grids import grid, said, short
from vaka.reports.wording import Row, counted, excerpt
from vaka.types import Page

STATUS_STYLES = {
    "occurred": "green",
    "ongoing": "green",
    "kept": "green",
    "planned": "cyan",
    "expected": "cyan",
    "open": "cyan",
    "partly-kept": "yellow",
    "threatened": "yellow",
    "demanded": "yellow",
    "overdue": "yellow",
    "hypothetical": "magenta",
    "unverifiable": "magenta",
    "negated": "red",
    "broken": "red",
    "withdrawn": "red",
    "historical": "dim",
}
EMPTY = {
    "reports": "No report of the record answers to that.",
    "timeline": "Nothing in the record answers to that.",
    "incidents": "No incident of the record answers to that.",
    "pledges": "No pledge of the record answers to that.",
    "threads": "No three incidents of the record are joined.",
    "actors": "No actor of the record answers to that.",
    "search": "No report holds all of these words.",
    "review": "Nobody has judged that.",
    "precision": "Nothing was reviewed yet.",
    "orphans": "Every judgement has the item that it speaks of.",
    "diff": "Both records say the same.",
}


def status(name: str) -> Text:
    return Text(name, style=STATUS_STYLES.get(name, ""))


def answer_tables(console: Console, answer: Row) -> Iterator[RenderableType]:
    """What to print for an answer of any question."""
    name = answer["schema"].split(".")[1].split("/")[0]
    if "rows" not in answer:
        yield from shown(console, name, answer)
        return
    if not answer["rows"] and not any(answer.get("reports_only_in", {}).values()):
        yield Text(EMPTY.get(name, "Nothing."))
        return
    if name == "threads":
        for row in answer["rows"]:
            yield from thread(console, row)
        return
    yield {
        "reports": reports,
        "timeline": timeline,
        "incidents": incidents,
        "pledges": pledges,
        "actors": actors,
        "memory": memory,
        "search": search,
        "review": judged.log,
        "precision": judged.precision,
        "orphans": judged.orphans,
        "diff": judged.diff,
    }[name](console, answer["rows"])
    if name == "diff":
        yield from judged.difference_totals(answer)


def reports(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, ("Published", "*Report", "Source", "Id"), (_report(row) for row in rows))


def _report(row: Row) -> tuple[RenderableType, ...]:
    found = [
        counted(row[name], name.removesuffix("s")) for name in ("events", "quotes", "pledges", "causes") if row[name]
    ]
    head = excerpt(row["title"] or "(no title)")
    coded = "" if row["withdrawn"] else ", ".join(found) or "nothing coded"
    told = said(head, None, coded, _copy_words(row), judged.graded(row))
    return clean(row["published"] or "")[:10], told, clean(row["source"] or ""), short(row["id"])


def _copy_words(row: Row) -> str:
    if row["version_of"]:
        return f"updates {short(row['version_of'])}"
    return f"copy of {short(row['copy_group'])}" if row["copy_group"] and row["copy_group"] != row["id"] else ""


def timeline(console: Console, rows: Sequence[Row]) -> Table:
    """Happenings, or tellings where the rows are events."""
    if "tellings" in rows[0]:
        return incidents(console, rows)
    return events(console, rows)


def incidents(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, ("Date", "*What", "Status", "Id"), (_incident(row) for row in rows))


def _incident(row: Row) -> tuple[RenderableType, ...]:
    day = wording.when(row["when"]) or row.get("date") or row["first_published"] or ""
    return in_lines(clean(day)), happening(row), standing(row), short(row["id"])


def thread(console: Console, row: Row) -> Iterator[RenderableType]:
    """A crisis: a heading, and its incidents in order of time with why each belongs to it."""
    head = f"{row['start']} – {row['end']} {' '.join(row['countries'][:5])}"
    yield Text(
        f"{head}, {counted(len(row['incidents']), 'incident')}, {counted(len(row['pledges']), 'pledge')}", "bold cyan"
    )
    marks = {row["outcome"]: "outcome", row["trigger"]: "trigger"}
    yield grid(console, ("Date", "*What", "*Joined by", "Id"), (
        (member["date"], happening(member["incident"]), _joins(member["joins"], marks.get(member["incident"]["id"])),
         short(member["incident"]["id"]))
        for member in row["incidents"]
    ))  # fmt: skip
    yield Text("")


def _joins(joins: Sequence[Row], mark: str | None) -> str:
    told = [f"{join['by']}: {excerpt(join['words'], 60)}" for join in joins[:3]]
    return "\n".join([mark, *told] if mark else told)


def happening(row: Row) -> Text:
    """An incident: what and where, its first passage, its numbers."""
    passage = excerpt(row["tellings"][0]["evidence"][0]["text"]) if row["tellings"] else None
    return said(with_place(row), passage, wording.values(row), judged_in_words(row))


def standing(row: Row) -> Text:
    """The status of an incident, and how many independent sources tell it."""
    return status(row["status"]).append(f"\n{counted(row['independent_sources'], 'source')}", style="not bold dim")


def in_lines(days: str) -> str:
    """The end of a range below its beginning, so that the column stays narrow."""
    return days.replace(" – ", "\n– ")


def with_place(row: Row) -> str:
    """What happened and where, in a line; a place that stands among the parties is not said again."""
    place = wording.where(row["where"])
    named = {party["name"] for party in (*row["actors"], *row["recipients"])}
    return f"{wording.what(row)} ({place})" if place and row["where"]["name"] not in named else wording.what(row)


def events(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, ("Date", "*What", "Type, status", "Id"), (_event(row) for row in rows))


def _event(row: Row) -> tuple[RenderableType, ...]:
    kind = Text(f"{row['type']}\n{row['mode']}\n" if row["mode"] else f"{row['type']}\n")
    kind.append(row["status"], style=STATUS_STYLES.get(row["status"], ""))
    kind.append(f" {row['basis']['score']:.2f}", style="dim")
    return (
        in_lines(wording.when(row["when"]) or clean(row.get("date") or "")),
        said(with_place(row), excerpt(row["evidence"][0]["text"]), wording.magnitudes(row), judged_in_words(row)),
        kind,
        short(row["id"]),
    )


def pledges(console: Console, rows: Sequence[Row]) -> Table:
    columns = ("Due", "*Pledge", "Status", "Id")
    return grid(console, columns, (_pledge(row) for row in rows))


def _pledge(row: Row) -> tuple[RenderableType, ...]:
    to = f" {wording.MARK_MOVED} {wording.party(row['beneficiary'])}" if row["beneficiary"] else ""
    condition = f"if: {excerpt(row['condition']['text'], 90)}" if row["condition"] else ""
    kind = "" if row["kind"] == "pledge" else f" ({row['kind']})"
    head = f"{wording.party(row['promiser'])}{to}{kind}"
    due = wording.due(row["due"]) or (clean(row["due"]["span"]["text"]) if row["due"] and row["due"]["span"] else "")
    told = said(head, excerpt(row["content"]["text"]), condition, outcome(row), judged_in_words(row))
    return in_lines(due), told, status(row["status"]), short(row["id"])


def outcome(row: Row) -> str:
    """The passage of the last change of status, where one came after the promise."""
    changes = list(row.get("history", ()))
    if not changes or (len(changes) == 1 and changes[0]["status"] == "open"):
        return ""
    last = changes[-1]
    if last["by"] != "engine":
        return clean(f"{last['status']} {last['date'] or ''}".rstrip() + f", says {last['by']}: {last['why']}")
    passage = next((excerpt(span["text"], 120) for span in last["evidence"] if span), "")
    words = f": “{passage}”" if passage else ""
    return f"{last['status']} {last['date'] or ''}".rstrip() + words


def actors(console: Console, rows: Sequence[Row]) -> Table:
    columns = ("*Actor", "Country", "Sectors", ">Acts", ">Is acted on", ">Reports", "*Types")
    return grid(
        console,
        columns,
        (
            (
                said(clean(row["name"]), None, ", ".join(clean(role) for role in row["roles"][:3])),
                row["country"] or "",
                " ".join(row["sectors"]),
                *(str(row[name]) for name in ("as_actor", "as_recipient", "reports")),
                _frequent(row["types"]),
            )
            for row in rows
        ),
    )


def memory(console: Console, rows: Sequence[Row]) -> Table:
    return grid(console, ("Told", "*Who is what", "Resolves", "Id"), (_lesson(row) for row in rows))


def _lesson(row: Row) -> tuple[RenderableType, ...]:
    first = row["learnt_from"][0]
    days = row["first_told"] if row["first_told"] == row["last_told"] else f"{row['first_told']} – {row['last_told']}"
    head = clean(f"{row['name']}: {row['office']} ({row['country']})")
    told = said(head, excerpt(first["evidence"]["text"]), f"report {short(first['report'])}")
    return in_lines(days), told, str(row["resolves"]), short(row["id"])


def _frequent(types: dict[str, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(types.items(), key=lambda pair: (-pair[1], pair[0])))


def search(console: Console, rows: Sequence[Row]) -> Table:
    return grid(
        console,
        ("Published", "*Report", "Source", "Id"),
        (
            (clean(row["published"] or "")[:10], _found(row), clean(row["source"] or ""), short(row["id"]))
            for row in rows
        ),
    )


def _found(row: Row) -> Text:
    text = Text(excerpt(row["title"] or "(no title)"), style="bold")
    for passage in row["passages"]:
        at, to = (passage["match"][end] - passage["start"] for end in ("start", "end"))
        words = passage["text"]
        text.append("\n… " + clean(words[:at]) + (" " if words[:at].endswith(" ") else ""), style="not bold")
        text.append(clean(words[at:to]), style="bold yellow")
        text.append((" " if words[to:].startswith(" ") else "") + clean(words[to:]) + " …", style="not bold")
    return text


def shown(console: Console, name: str, item: Row) -> Iterator[RenderableType]:
    """One thing in full."""
    if name == "report":
        if item["page"] is None:
            yield Text(f"report {clean(item['id'])}: {judged.graded(item)}; its words are gone")
        else:
            yield from page(console, item["page"])
            if item["changes"]:
                yield _part(f"What it changed of {short(item['changes']['from'])}", _changed(console, item["changes"]))
        return
    if name in {"incident", "event", "pledge"}:
        table = {"incident": incidents, "event": events, "pledge": pledges}[name]
        yield table(console, [item])
    if name == "incident":
        yield Text("Told by", style="bold")
        yield grid(console, ("Report", "*Passage", "Event", "Merged since"), (
            (short(t["report"]), excerpt(t["evidence"][0]["text"], 300), short(t["event"]), clean(t["why"] or ""))
            for t in item["tellings"]
        ))  # fmt: skip
    elif name == "pledge" and item["history"]:
        yield Text("History", style="bold")
        yield grid(console, ("Date", "Status", "*Passage", "Report"), (
            (c["date"] or "", status(c["status"]),
             "; ".join(excerpt(span["text"], 300) for span in c["evidence"] if span), short(c["report"]))
            for c in item["history"]
        ))  # fmt: skip
    yield facts(console, item)


def for_review(console: Console, item: Row) -> Iterator[RenderableType]:
    """One row as far as one must see it to judge it: what it says, its whole passages and their report."""
    name = item["schema"].split(".")[1].split("/")[0]
    source = item["source"]
    head = " · ".join(clean(fact) for fact in (source["title"], source["published"], source["source"]) if fact)
    yield Text(head, style="dim")
    for span in item["evidence"]:
        yield Text(f"“{clean(span['text'])}”", style="italic")
    if name in {"event", "pledge"}:
        yield {"event": events, "pledge": pledges}[name](console, [item])
    else:
        yield facts(console, {key: value for key, value in item.items() if key not in ("source", "evidence", "basis")})


def facts(console: Console, item: Row) -> Table:
    """All fields of an item that hold something, one a line."""
    from vaka.reports.exports import flat

    hidden = {"schema", "tellings", "history"}
    rows = flat({key: value for key, value in item.items() if key not in hidden})
    kept = [(Text(key, style="dim"), clean(value)) for key, value in rows.items() if value not in (None, "")]
    return grid(console, ("Field", "*Value"), kept)


def page(console: Console, data: Row) -> Iterator[RenderableType]:
    """A coded report: what it is, and a table for each layer that has rows."""
    article = data["article"]
    head = Text(excerpt(article["title"] or "(no title)"), style="bold")
    facts_told = (article["published"], article["source"], article["genre"], article["url"])
    head.append("\n" + " · ".join(clean(fact) for fact in facts_told if fact), style="not bold dim")
    head.append(("\n" if any(facts_told) else "") + f"report {clean(article['id'])}", style="not bold dim")
    yield head
    if data["events"]:
        yield _part("Events", events(console, data["events"]))
    if data["quotes"]:
        yield _part("Quotes", grid(console, ("*Who said what", "Kind", "Id"), map(_quote, data["quotes"])))
    if data["pledges"]:
        yield _part("Pledges", pledges(console, data["pledges"]))
    if data["causes"]:
        yield _part("Causes", grid(console, ("*Cause", "*Effect", "Word", "Id"), map(_cause, data["causes"])))
    if not any(data[layer] for layer in ("events", "quotes", "pledges", "causes")):
        yield Text("Nothing was coded in this report.")
    for issue in data["issues"]:
        yield Text(f"issue ({issue['stage']}): {excerpt(issue['message'], 300)}", style="yellow")
    yield Text("")


def page_tables(console: Console, coded: Page) -> Iterator[RenderableType]:
    yield from page(console, coded.to_dict())


def _changed(console: Console, changes: Row) -> Table:
    rows: list[tuple[RenderableType, ...]] = [
        (number["kind"], Text(f" {wording.MARK_MOVED} ".join(_told(number[side]) for side in ("was", "is"))))
        for number in changes["values"]
    ]
    rows += [(name, Text(excerpt(span["text"], 300))) for name in ("added", "removed") for span in changes[name]]
    return grid(console, ("Change", "*Words"), rows)


def _told(spans: Sequence[Row]) -> str:
    return ", ".join(clean(span["text"]) for span in spans) or "none"


def _part(name: str, table: Table) -> RenderableType:
    return Padding(Group(Text(name, style="bold cyan"), table), (1, 0, 0, 0))


def _quote(row: Row) -> tuple[RenderableType, ...]:
    content = excerpt(" … ".join(span["text"] for span in row["content"]), 200)
    return said(wording.party(row["speaker"]), content), row["kind"], short(row["id"])


def _cause(row: Row) -> tuple[RenderableType, ...]:
    word = clean(row["signal"]["text"]) if row["signal"] else ""
    return excerpt(row["cause"]["text"]), excerpt(row["effect"]["text"]), word, short(row["id"])


def totals(pages: int, layers: Row) -> str:
    """ "3 reports: 7 events, 4 quotes, 1 pledge, 0 causes"."""
    parts = [counted(layers[name], name.removesuffix("s")) for name in ("events", "quotes", "pledges", "causes")]
    return f"{counted(pages, 'report')}: {', '.join(parts)}"
