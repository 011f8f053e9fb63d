"""Promises and ultimatums as a calendar (RFC 5545): an all-day entry on the last day on which each is due.

What has no due date is counted and left out. Nothing in the file depends on the day on which it is written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from vaka.frames.tables import Row
from vaka.record import query
from vaka.record.items import reports_of
from vaka.record.query import Filters
from vaka.record.store import Record

STATUSES = {"open": "TENTATIVE", "withdrawn": "CANCELLED"}
"""What calendars know: a promise still open is tentative, one taken back is cancelled, all else is settled."""
SHORT = 70
"""Letters of a promise in the title of its entry."""


def ics(record: Record, filters: Filters) -> tuple[bytes, list[str]]:
    """The calendar, the soonest due first, and how many promises have no day."""
    rows = query.pledges(record, filters)["rows"]
    due = [row for row in rows if row["due"] and (row["due"]["end"] or row["due"]["start"])]
    reports = reports_of(record, sorted({row["report"] for row in due}))
    calendar = Calendar()
    calendar.add("prodid", "-//Vaka//pledges//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Promises and ultimatums")
    for row in due:
        calendar.add_component(_entry(row, reports[row["report"]]))
    left = len(rows) - len(due)
    notes = [f"{left} promises without a due date are left out"] if left else []
    return calendar.to_ical(), notes


def _entry(row: Row, report: Row) -> Event:
    last = date.fromisoformat((row["due"]["end"] or row["due"]["start"])[:10])
    promiser = row["promiser"]["name"] if row["promiser"] else "somebody"
    content = " ".join(row["content"]["text"].split())
    entry = Event()
    entry.add("uid", f"{row['id']}@vaka.invalid")
    entry.add("dtstamp", _published(report, last))
    entry.add("dtstart", last)
    entry.add("dtend", last + timedelta(1))
    entry.add(
        "summary", f"{row['kind']}, {promiser}: {content if len(content) <= SHORT else content[: SHORT - 1] + '…'}"
    )
    entry.add("description", _description(row, report))
    entry.add("categories", [row["kind"], row["status"]])
    entry.add("status", STATUSES.get(row["status"], "CONFIRMED"))
    entry.add("transp", "TRANSPARENT")  # A deadline takes nobody's time.
    entry.add("x-vaka-report", row["report"])
    if report["url"]:
        entry.add("url", report["url"])
    return entry


def _published(report: Row, otherwise: date) -> datetime:
    """RFC 5545 wants a stamp; the report's day is the one that a second export gives again."""
    day = date.fromisoformat(report["published"][:10]) if report["published"] else otherwise
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _description(row: Row, report: Row) -> str:
    span, due = row["content"], row["due"]
    lines = [f"“{span['text']}”"]
    if row["beneficiary"]:
        lines.append(f"to: {row['beneficiary']['name']}")
    if row["condition"]:
        lines.append(f"if: {row['condition']['text']}")
    lines.append(f"due: {due['start'] or ''} – {due['end'] or due['start']}")
    lines += [
        f"{change['date'] or ''} {change['status']}: “{change['evidence'][0]['text']}”"
        for change in row["history"]
        if change["evidence"] and change["evidence"][0]
    ]
    told = ", ".join(word for word in (report["source"], report["title"], report["published"]) if word)
    return "\n".join([*lines, told, f"report {row['report']}, characters {span['start']} to {span['end']}"])
