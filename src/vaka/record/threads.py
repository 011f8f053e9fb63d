"""Crisis threads: incidents joined over time into the story of a crisis, from what set it off to how it stands.

Five things join two incidents, each with its reason: a report tells that the one led to the other; what became of a
promise; the same town within days; the same named party in the same country within days; one report that tells of both,
where both are turmoil in one country. Nothing is kept: the answer
follows from the derived layer, so it is the same whatever the order in which reports came.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from vaka.record.fitting import POINTS, VERBAL
from vaka.record.groups import Groups
from vaka.record.parties import NON_STATES, Party
from vaka.record.query import COUNTED, Filters, answer, incidents
from vaka.record.shapes import Row, span_shape
from vaka.record.store import Record

WINDOW = 7
"""Days between two incidents of one thread that only a town or a party joins: a crisis is told at least weekly."""
SMALLEST = 3
"""Incidents from which there is a story: something, what followed, and what came of it."""
HAPPENED = ("occurred", "ongoing")
TURMOIL = frozenset({"PROTEST", "ASSAULT", "COERCE", "CONDITION"})
"""What a report on one country's unrest tells together: a price doubles, crowds march, police fire, a curfew falls."""
STATES = ("CONDITION", "DISASTER")
"""What befalls a country without anybody's act, and sets others off."""

_CAUSES = """
SELECT c.id, c.report, a.incident AS first, b.incident AS second, v."start", v."end", v.text
FROM causes c JOIN incident_events a ON a.event = c.cause_event JOIN incident_events b ON b.event = c.effect_event
JOIN evidence v ON v.item = c.id AND v.field = 'evidence' AND v.position = 0
WHERE a.incident != b.incident
  AND NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.item = c.id AND r.verdict = 'rejected') ORDER BY c.id
"""
_OUTCOMES = """
SELECT p.id, h.report, a.incident AS first, b.incident AS second, h."start", h."end", h.text
FROM pledge_history h JOIN pledges p ON p.id = h.pledge
JOIN incident_events a ON a.event = p.event JOIN incident_events b ON b.event = h.event
WHERE a.incident != b.incident
  AND NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.item = p.id AND r.verdict = 'rejected') ORDER BY p.id, h.position
"""
_PLEDGED = """
SELECT p.id, ie.incident FROM pledges p JOIN incident_events ie ON ie.event = p.event WHERE p.same_as IS NULL
"""


@dataclass(frozen=True, slots=True)
class Join:
    """Why two incidents are of one thread; `by` is cause, pledge, place, party or report, and `words` name what they
    share."""

    first: str
    second: str
    by: str
    words: str
    report: str | None = None
    item: str | None = None
    evidence: tuple[Row, ...] = field(default=())


def threads(record: Record, filters: Filters = COUNTED) -> Row:
    """The threads of at least three incidents, the earliest first.

    The filters choose the incidents that are joined. A row has `id`, `start`, `end`, `countries`, `trigger` and
    `outcome` (ids of incidents), `incidents` in order of time, each with the joins that tie it to earlier ones, and
    `pledges` made in it.
    """
    asked = replace(filters, status=filters.status or HAPPENED, limit=None)
    rows = [row for row in incidents(record, asked)["rows"] if _day(row)]
    told = [*_told(record, _CAUSES, "cause"), *_told(record, _OUTCOMES, "pledge")]
    pledged: dict[str, list[str]] = defaultdict(list)
    for row in record.ask(_PLEDGED):
        pledged[row["incident"]].append(row["id"])
    rows.sort(key=lambda row: (_day(row), row["id"]))
    known = {row["id"] for row in rows}
    joins = [join for join in told if join.first in known and join.second in known]
    joins += _shared(rows)
    found = [_thread(group, joins, pledged) for group in _groups(rows, joins)]
    return answer("threads", found[: filters.limit])


def _told(record: Record, question: str, by: str) -> list[Join]:
    return [
        Join(row["first"], row["second"], by, row["text"], row["report"], row["id"], (span_shape(row) or {},))
        for row in record.ask(question)
    ]


def _shared(rows: Sequence[Row]) -> Iterator[Join]:
    """Each incident with the last one before it of the same town, of each named party in the same country, and of each
    report that tells of the country's turmoil."""
    last: dict[tuple[str, ...], tuple[int, str]] = {}
    for row in rows:
        day = date.fromisoformat(_day(row)).toordinal()
        joined: set[str] = set()
        for key, words in _marks(row):
            before = last.get(key)
            if before and day - before[0] <= WINDOW and before[1] not in joined:
                joined.add(before[1])
                yield Join(before[1], row["id"], key[0], words, key[1] if key[0] == "report" else None)
            last[key] = (day, row["id"])


def _marks(row: Row) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the incident shares with others of its crisis: its town, the named parties in its country, and of turmoil
    the reports that tell of it. A state itself joins nothing, for it does much else in a week."""
    where = row["where"]
    if where and where["geonameid"] is not None and where["precision"] in POINTS:
        yield ("place", str(where["geonameid"])), where["name"]
    for shape in (*row["actors"], *row["recipients"]):
        party = Party(shape["name"], shape["country"], tuple(shape["sectors"]), shape["kind"], shape["org"])
        if party.unnamed or party.town or (party.kind == "government" and party.org is None):
            continue
        for country in _home(row):
            yield ("party", *party.key, country), f"{party.name}, {country}"
    if row["type"] in TURMOIL and where and where["country"]:
        for report in dict.fromkeys(telling["report"] for telling in row["tellings"]):
            yield ("report", report, where["country"]), where["country"]


def _home(row: Row) -> list[str]:
    """The country where it happened; without one, those of its parties."""
    if row["where"] and row["where"]["country"]:
        return [row["where"]["country"]]
    countries = {party["country"] for party in (*row["recipients"], *row["actors"]) if party["country"]}
    return sorted(countries - NON_STATES)


def _groups(rows: Sequence[Row], joins: Sequence[Join]) -> list[list[Row]]:
    """The rows that joins connect, each group in order of time."""
    order = {row["id"]: at for at, row in enumerate(rows)}
    sets = Groups(len(rows))
    for join in joins:
        sets.join(order[join.first], order[join.second])
    groups: dict[int, list[Row]] = defaultdict(list)
    for at, row in enumerate(rows):
        groups[sets.first(at)].append(row)
    return sorted(
        (group for group in groups.values() if len(group) >= SMALLEST), key=lambda g: (_day(g[0]), g[0]["id"])
    )


def _thread(group: Sequence[Row], joins: Sequence[Join], pledged: dict[str, list[str]]) -> Row:
    order = {row["id"]: at for at, row in enumerate(group)}
    mine = [join for join in joins if join.first in order and join.second in order]
    ties: dict[str, list[Row]] = defaultdict(list)
    for join in mine:
        earlier, later = sorted((join.first, join.second), key=order.__getitem__)
        ties[later].append(_tie(join, earlier))
    countries = Counter(country for row in group for country in _home(row))
    return {
        "id": hashlib.sha256(f"thread\x1f{group[0]['id']}".encode()).hexdigest()[:16],
        "start": _day(group[0]),
        "end": _day(group[-1]),
        "countries": sorted(countries, key=lambda name: (-countries[name], name)),
        "trigger": _trigger(group, mine),
        "outcome": max(_deeds(group), key=lambda row: (_day(row), row["independent_sources"], row["id"]))["id"],
        "incidents": [{"date": _day(row), "incident": row, "joins": ties[row["id"]]} for row in group],
        "pledges": sorted(pledge for row in group for pledge in pledged[row["id"]]),
    }


def _trigger(group: Sequence[Row], joins: Sequence[Join]) -> str:
    """Of the first day's deeds the one that is told to have led to others, else a condition or a disaster (prices, a
    flood), else the one that most sources tell."""
    causes = {join.first for join in joins if join.by == "cause"}
    ranked = min(
        _deeds(group),
        key=lambda row: (
            _day(row),
            row["id"] not in causes,
            row["type"] not in STATES,
            -row["independent_sources"],
            row["id"],
        ),
    )
    return str(ranked["id"])


def _deeds(group: Sequence[Row]) -> list[Row]:
    """What was done or befell; words alone neither set off a crisis nor end it, where anything else is told."""
    return [row for row in group if row["type"] not in VERBAL] or list(group)


def _tie(join: Join, earlier: str) -> Row:
    told: dict[str, Any] = {"to": earlier, "by": join.by, "words": join.words}
    return told | {"item": join.item, "report": join.report, "evidence": list(join.evidence)}


def _day(row: Row) -> str:
    when = row["when"] or {}
    return str(when.get("start") or row["first_published"] or "")[:10]
