"""Questions to a record, answered as the contract's JSON; a filter is always a bound value, never part of SQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vaka.errors import RecordError, UsageError
from vaka.frames.answer import Answer
from vaka.record.changes import changes
from vaka.record.counts import tallied
from vaka.record.fields import whole_day
from vaka.record.judge import vanished
from vaka.record.parties import fold
from vaka.record.plans import first, narrowed, narrows
from vaka.record.pledges import on_day
from vaka.record.rows import json_text
from vaka.record.shapes import (
    Row,
    incidents_by_id,
    items_by_id,
    judged_reports,
    pledges_by_id,
    report_shape,
    span_shape,
)
from vaka.record.store import Record
from vaka.types import Page

COUNTED_GENRES = ("news", "analysis", "live", "none")
"""What questions count unless told otherwise; none is a report whose genre is not known."""
WALK = 2_000
"""So many events that pass are quicker to meet on the way through all happenings than to look up one by one."""
UNSETTLED = ("open", "partly-kept", "overdue")

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to count. Dates may be a year, a month or a day; several values of one filter mean any of them; `genre` all
    takes every report."""

    since: str | None = None
    until: str | None = None
    country: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    genre: tuple[str, ...] = COUNTED_GENRES
    min_score: float | None = None
    limit: int | None = None

    def values(self) -> dict[str, object]:
        """The bound values of every statement here.

        Raises UsageError for a date that is none, or a limit below 1.
        """
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"limit {self.limit}: give 1 or more")
        return {
            "since": iso_day(self.since, "since"),
            "until": iso_day(self.until, "until"),
            "country": _any_of(name.upper() for name in self.country),
            "actor": _any_of(fold(name) for name in self.actor),
            "type": _any_of(name.upper() for name in self.type),
            "status": _any_of(name.lower() for name in self.status),
            "source": _any_of(fold(name) for name in self.source),
            "genre": None if "all" in self.genre else _any_of(name.lower() for name in self.genre),
            "min_score": self.min_score,
            "limit": -1 if self.limit is None else self.limit,
        }


COUNTED = Filters()
"""What a question counts when nothing is asked for: all of the genres of fact."""
ALL = Filters(genre=("all",))
"""Every report of the record."""


def iso_day(text: str | None, name: str) -> str | None:
    """A year, month or day as given, or None.

    Raises UsageError for anything else.
    """
    if text is None:
        return None
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise UsageError(f"{name} {text!r}: give a date as 2022-01-11, 2022-01 or 2022") from None
    return text


def _any_of(values: Any) -> str | None:
    found = list(values)
    return json_text(found) if found else None


def answer(name: str, rows: Sequence[Row]) -> Answer:
    return Answer({"schema": f"vaka.{name}/1", "count": len(rows), "rows": list(rows)})


REPORT_FILTER = """
  (:genre IS NULL OR coalesce (r.genre, 'none') IN (SELECT value FROM json_each (:genre)))
  AND (:source IS NULL OR fold (r.source) IN (SELECT value FROM json_each (:source)))
"""
_EVENT_FILTER = f"""{REPORT_FILTER}
  AND NOT EXISTS (SELECT 1 FROM reviewed v WHERE v.item = e.id AND v.verdict = 'rejected')
  AND (:since IS NULL OR coalesce (e.when_end, e.when_start, r.published) >= :since)
  AND (:until IS NULL OR substr (coalesce (e.when_start, r.published), 1, length (:until)) <= :until)
  AND (:type IS NULL OR e.type IN (SELECT value FROM json_each (:type)))
  AND (:status IS NULL OR e.status IN (SELECT value FROM json_each (:status)))
  AND (:min_score IS NULL OR i.score >= :min_score)
  AND (:country IS NULL OR e.where_country IN (SELECT value FROM json_each (:country))
    OR EXISTS (SELECT 1 FROM event_parties a WHERE a.event = e.id
               AND a.country IN (SELECT value FROM json_each (:country))))
  AND (:actor IS NULL OR EXISTS (SELECT 1 FROM event_parties a, json_each (:actor) w
    WHERE a.event = e.id AND names (w.value, a.name, a.org, a.country)))
"""
TELLS = """
  ((:country IS NULL AND :actor IS NULL AND :type IS NULL AND :status IS NULL AND :min_score IS NULL)
    OR EXISTS (SELECT 1 FROM judged_events e JOIN items i ON i.id = e.id WHERE e.report = r.id
      AND NOT EXISTS (SELECT 1 FROM reviewed v WHERE v.item = e.id AND v.verdict = 'rejected')
      AND (:type IS NULL OR e.type IN (SELECT value FROM json_each (:type)))
      AND (:status IS NULL OR e.status IN (SELECT value FROM json_each (:status)))
      AND (:min_score IS NULL OR i.score >= :min_score)
      AND (:country IS NULL OR e.where_country IN (SELECT value FROM json_each (:country))
        OR EXISTS (SELECT 1 FROM event_parties a WHERE a.event = e.id
                   AND a.country IN (SELECT value FROM json_each (:country))))
      AND (:actor IS NULL OR EXISTS (SELECT 1 FROM event_parties a, json_each (:actor) w
        WHERE a.event = e.id AND names (w.value, a.name, a.org, a.country)))))
"""
"""Whether a report tells an event that passes the filters on events."""
_FROM_EVENTS = "FROM judged_events e JOIN items i ON i.id = e.id JOIN reports r ON r.id = e.report"
_REPORTS = f"""
SELECT r.*, (SELECT count (*) FROM events e WHERE e.report = r.id) AS events,
  (SELECT count (*) FROM quotes q WHERE q.report = r.id) AS quotes,
  (SELECT count (*) FROM pledges p WHERE p.report = r.id) AS pledges,
  (SELECT count (*) FROM causes c WHERE c.report = r.id) AS causes
FROM reports r WHERE {REPORT_FILTER}
  AND (:since IS NULL OR r.published >= :since)
  AND (:until IS NULL OR substr (r.published, 1, length (:until)) <= :until)
  AND {TELLS}
ORDER BY r.published IS NULL, r.published, r.id LIMIT :limit
"""
_EVENTS = f"""
SELECT e.id, ie.incident, coalesce (e.when_start, substr (r.published, 1, 10)) AS date
{_FROM_EVENTS} LEFT JOIN incident_events ie ON ie.event = e.id
WHERE {_EVENT_FILTER} {{first}} ORDER BY date IS NULL, date, r.published, r.id, i.position LIMIT :limit
"""
_INCIDENTS = f"""
SELECT n.id, coalesce (n.when_start, n.first_published) AS date FROM incidents n
WHERE n.id IN (SELECT ie.incident FROM incident_events ie JOIN judged_events e ON e.id = ie.event
  JOIN items i ON i.id = e.id JOIN reports r ON r.id = e.report WHERE {_EVENT_FILTER} {{first}})
ORDER BY date IS NULL, date, n.first_published, n.id LIMIT :limit
"""
_INCIDENTS_IN_ORDER = f"""
SELECT n.id, coalesce (n.when_start, n.first_published) AS date FROM incidents n
WHERE EXISTS (SELECT 1 FROM incident_events ie JOIN judged_events e ON e.id = ie.event
  JOIN items i ON i.id = e.id JOIN reports r ON r.id = e.report WHERE ie.incident = n.id AND {_EVENT_FILTER} {{first}})
ORDER BY coalesce (n.when_start, n.first_published) IS NULL, coalesce (n.when_start, n.first_published),
  n.first_published, n.id LIMIT :limit
"""
_DISAGREE = f"""
SELECT n.id FROM incidents n
WHERE n.id IN (SELECT incident FROM incident_values GROUP BY incident, kind
    HAVING count (DISTINCT coalesce (low, '') || '/' || coalesce (high, '')) > 1)
  AND n.id IN (SELECT ie.incident FROM incident_events ie JOIN judged_events e ON e.id = ie.event
    JOIN items i ON i.id = e.id JOIN reports r ON r.id = e.report WHERE {_EVENT_FILTER} {{first}})
ORDER BY n.when_start IS NULL, n.when_start, n.id LIMIT :limit
"""
_PLEDGES = f"""
SELECT p.id FROM judged_pledges p JOIN items i ON i.id = p.id JOIN reports r ON r.id = p.report
WHERE p.same_as IS NULL AND {REPORT_FILTER}
  AND NOT EXISTS (SELECT 1 FROM reviewed v WHERE v.item = p.id AND v.verdict = 'rejected')
  AND (:since IS NULL OR r.published >= :since)
  AND (:until IS NULL OR substr (r.published, 1, length (:until)) <= :until)
  AND (:type IS NULL OR p.act IN (SELECT value FROM json_each (:type)))
  AND (:status IS NULL OR p.status IN (SELECT value FROM json_each (:status)))
  AND (:unsettled IS NULL OR p.status IN (SELECT value FROM json_each (:unsettled)))
  AND (:due_before IS NULL OR substr (p.due_end, 1, length (:due_before)) <= :due_before)
  AND (:min_score IS NULL OR i.score >= :min_score)
  AND (:country IS NULL OR p.promiser_country IN (SELECT value FROM json_each (:country))
    OR p.beneficiary_country IN (SELECT value FROM json_each (:country)))
  AND (:actor IS NULL OR EXISTS (SELECT 1 FROM json_each (:actor) w WHERE
    names (w.value, p.promiser, p.promiser_org, p.promiser_country)
    OR names (w.value, p.beneficiary, p.beneficiary_org, p.beneficiary_country)))
  AND (:by IS NULL OR names (:by, p.promiser, p.promiser_org, p.promiser_country))
ORDER BY p.due_end IS NULL, p.due_end, r.published, p.id LIMIT :limit
"""
_ACTORS = f"""
SELECT a.name, a.country, a.org, a.kind, a.office, a.sectors, a.role AS side, e.type, e.id AS event, e.report
{_FROM_EVENTS} JOIN event_parties a ON a.event = e.id
WHERE {_EVENT_FILTER} {{first}}
  AND (:actor IS NULL OR EXISTS (SELECT 1 FROM json_each (:actor) w WHERE names (w.value, a.name, a.org, a.country)))
ORDER BY a.name, a.country, a.org, e.id, a.role, a.position
"""
_MEMORY = f"""
SELECT m.*, (SELECT count (*) FROM remembered r WHERE r.memory = m.id) AS resolves FROM memory m
WHERE (:country IS NULL OR m.country IN (SELECT value FROM json_each (:country)))
  AND (:actor IS NULL OR EXISTS (SELECT 1 FROM json_each (:actor) w WHERE names (w.value, m.name, m.org, m.country)))
  AND EXISTS (SELECT 1 FROM memory_passages p JOIN reports r ON r.id = p.report
    WHERE p.memory = m.id AND {REPORT_FILTER})
  AND (:since IS NULL OR m.last_told >= :since)
  AND (:until IS NULL OR substr (m.first_told, 1, length (:until)) <= :until)
ORDER BY m.country, m.name, m.first_told, m.office LIMIT :limit
"""
_LESSONS = """
SELECT p.report, substr (r.published, 1, 10) AS day, v."start", v."end", v.text
FROM memory_passages p JOIN reports r ON r.id = p.report
JOIN evidence v ON v.item = p.mention AND v.field = 'mention'
WHERE p.memory = ? ORDER BY day, p.report, v."start"
"""
_MEANT = """
SELECT name FROM (SELECT DISTINCT name, country, org FROM event_actors
  UNION SELECT DISTINCT name, country, org FROM remembered) p
WHERE EXISTS (SELECT 1 FROM json_each (:actor) w WHERE names (w.value, p.name, p.org, p.country))
"""
_FIND_ITEM = "SELECT layer, report FROM items WHERE id = ?"
_FIND_INCIDENT = "SELECT incident FROM incident_events WHERE alias = ?"


def reports(record: Record, filters: Filters = COUNTED) -> Answer:
    """The reports by date of publication; filters on events keep reports that tell such an event."""
    names = ("events", "quotes", "pledges", "causes")
    rows = _ask(record, _REPORTS, filters.values())
    shapes = [report_shape(row) | {name: row[name] for name in names} for row in rows]
    return answer("reports", judged_reports(record, shapes))


def timeline(record: Record, filters: Filters = COUNTED, *, by: str = "incidents") -> Answer:
    """What happened in order of time: one row a happening (`by` incidents) or one a telling (events)."""
    if by not in ("incidents", "events"):
        raise UsageError(f"by {by!r}: give incidents or events")
    rows = _ask(record, _EVENTS, filters.values()) if by == "events" else _incidents(record, filters)
    ids = [row["id"] for row in rows]
    if by == "incidents":
        found = incidents_by_id(record, ids)
        return answer("timeline", [{"date": row["date"]} | item for row, item in zip(rows, found, strict=True)])
    items = items_by_id(record, ids)
    return answer("timeline", [{"date": r["date"], "incident": r["incident"]} | items[r["id"]] for r in rows])


def _ask(record: Record, sql: str, values: dict[str, object]) -> list[sqlite3.Row]:
    """The rows of a statement in which only the filters that are set stand."""
    if values["actor"] is not None:
        values = values | {"named": json_text(_named(record, values["actor"]))}
    return record.ask(narrowed(sql.replace("{first}", first(values)), values), values)


def _named(record: Record, wanted: object) -> list[str]:
    """The names of parties that the filter on actors may mean; far fewer than the rows that bear them."""
    rows = record.ask(_MEANT, {"actor": wanted})
    return sorted({row["name"] for row in rows})


def _incidents(record: Record, filters: Filters) -> list[sqlite3.Row]:
    """Walks in the order shown where many pass and only some are wanted, else begins with those that pass."""
    values = filters.values()
    if filters.limit is not None and (not first(values) or _many(record, values)):
        return _ask(record, _INCIDENTS_IN_ORDER, values)
    return _ask(record, _INCIDENTS, values)


def _many(record: Record, values: dict[str, object]) -> bool:
    counted = f"SELECT count (*) AS n FROM (SELECT 1 FROM events e WHERE 1 {{first}} LIMIT {WALK})"
    return bool(_ask(record, counted, values)[0]["n"] == WALK)


def incidents(record: Record, filters: Filters = COUNTED) -> Answer:
    """Incidents of which at least one telling passes the filters, with all their tellings."""
    rows = _incidents(record, filters)
    return answer("incidents", incidents_by_id(record, [row["id"] for row in rows]))


def disagreements(record: Record, filters: Filters = COUNTED) -> Answer:
    """Incidents whose numbers differ from telling to telling; `differing` names the kinds, and `exclusive` those whose
    ranges cannot all be true ("at least 5" and 7 can)."""
    rows = _ask(record, _DISAGREE, filters.values())
    found: list[Row] = []
    for incident in incidents_by_id(record, [row["id"] for row in rows]):
        differing = {kind: told for kind, told in incident["values"].items() if len(told) > 1}
        exclusive = [kind for kind, told in differing.items() if _exclusive(told)]
        found.append(incident | {"differing": sorted(differing), "exclusive": sorted(exclusive)})
    return answer("disagreements", found)


def _exclusive(told: Sequence[Row]) -> bool:
    lows = [value["low"] for value in told if value["low"] is not None]
    highs = [value["high"] for value in told if value["high"] is not None]
    return bool(lows and highs) and max(lows) > min(highs)


def pledges(
    record: Record,
    filters: Filters = COUNTED,
    *,
    due_before: str | None = None,
    open_only: bool = False,
    by: str | None = None,
    on: str | None = None,
) -> Answer:
    """Pledges with their history, the soonest due first; `by` is the promiser's name, organization or country, and
    `open_only` keeps what is neither kept nor broken nor taken back.

    `on` is a day, YYYY-MM-DD, and gives the pledges made by then as they stood that evening.
    """
    values = filters.values() | {
        "due_before": iso_day(due_before, "due_before"),
        "unsettled": json_text(UNSETTLED) if open_only else None,
        "by": fold(by) if by else None,
    }
    if on is None:
        rows = _ask(record, _PLEDGES, values)
        return answer("pledges", pledges_by_id(record, [row["id"] for row in rows]))
    on = whole_day(on) or ""
    wanted = {status.lower() for status in filters.status}
    # What stood on that day is not what stands now, so the status is looked at when the day is known.
    rows = _ask(record, _PLEDGES, values | {"status": None, "unsettled": None, "limit": -1})
    told = [on_day(row, on) for row in pledges_by_id(record, [row["id"] for row in rows])]
    stood = [
        row
        for row in told
        if (row["history"][0]["date"] or "") <= on
        and (not wanted or row["status"] in wanted)
        and (not open_only or row["status"] in UNSETTLED)
    ]
    return answer("pledges", stood[: filters.limit])


def actors(record: Record, filters: Filters = COUNTED) -> Answer:
    """Who acts and who is acted upon, the most frequent first."""
    values = filters.values()
    if not narrows(values):
        return answer("actors", record.counted(values["genre"], values["limit"]))
    return answer("actors", tallied(_ask(record, _ACTORS, values))[: filters.limit])


def remembered(record: Record, mention: str) -> Row | None:
    """What the record's memory says to a mention that its page left open, with the passages that taught it; or None."""
    rows = record.ask("SELECT * FROM remembered WHERE mention = ?", (mention,))
    if not rows:
        return None
    row = rows[0]
    names = ("memory", "name", "country", "office", "org", "why")
    return {name: row[name] for name in names} | {"learnt_from": _lessons(record, row["memory"])}


def _lessons(record: Record, memory: str) -> list[Row]:
    return [
        {"report": row["report"], "date": row["day"], "evidence": span_shape(row)}
        for row in record.ask(_LESSONS, (memory,))
    ]


def memory(record: Record, filters: Filters = COUNTED) -> Answer:
    """What the record has learnt of who holds which office, with the passages that tell it, by country and name."""
    rows = _ask(record, _MEMORY, filters.values())
    names = ("id", "name", "office", "country", "org", "first_told", "last_told", "resolves")
    found = [{name: row[name] for name in names} | {"learnt_from": _lessons(record, row["id"])} for row in rows]
    return answer("memory", found)


def _changes(record: Record, page: Page, before: str | None) -> Row | None:
    """What the report changed of the version before; None where there is none, or none whose words are left."""
    if before is None or record.ask("SELECT 1 FROM withdrawals WHERE report = ?", (before,)):
        return None
    return changes(record.page(before).article, page.article) | {"from": before}


def show(record: Record, key: str) -> Row:
    """Whatever has this id: a report, an incident (also by an id it once had), or any coded item.

    Raises RecordError when nothing has.
    """
    if row := record.ask("SELECT * FROM reports WHERE id = ?", (key,)):
        [shape] = judged_reports(record, [report_shape(row[0])])
        page = None if shape["withdrawn"] else record.page(key)
        changed = page and _changes(record, page, shape["version_of"])
        return {"schema": "vaka.report/1"} | shape | {"page": page and page.to_dict(), "changes": changed}
    if row := record.ask(_FIND_INCIDENT, (key,)):
        return {"schema": "vaka.incident/1"} | incidents_by_id(record, [row[0]["incident"]])[0]
    if not (row := record.ask(_FIND_ITEM, (key,))):
        if rejected := vanished(record, key):
            raise RecordError(f"{key}: all that told this incident was rejected; `vaka show {rejected[0]}` shows it")
        raise RecordError(f"{key}: the record holds nothing of this id")
    layer, report = row[0]["layer"], row[0]["report"]
    item = pledges_by_id(record, [key])[0] if layer == "pledge" else items_by_id(record, [key])[key]
    if layer == "actor":
        item |= {"remembered": remembered(record, key)}
    if layer == "event":
        told = record.ask("SELECT incident FROM incident_events WHERE event = ?", (key,))
        item |= {"incident": told[0]["incident"] if told else None}
    [source] = judged_reports(record, [report_shape(record.ask("SELECT * FROM reports WHERE id = ?", (report,))[0])])
    return {"schema": f"vaka.{layer}/1"} | item | {"source": source}
