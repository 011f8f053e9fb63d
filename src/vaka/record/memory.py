"""What a record learns from its reports of who holds which office, and the mentions that this resolves.

A layer derived from all reports by their dates: a person whom a report names with office and country ("Gabonese
Interior Minister Hermann Ngoulou") is known from that day on, so that a bare "Ngoulou" in later reports is Gabon's. It
changes no page, never overrules what a page itself resolved, and leaves alone what two people could be.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from vaka.record.parties import fold
from vaka.record.rows import json_text

LASTS = 730
"""Days for which an office told once is taken to last: cabinets change about every two years."""
SINGLE = frozenset(
    ["president", "prime minister", "foreign minister", "defense minister", "interior minister", "finance minister",
     "king", "chancellor", "vice president", "army chief", "speaker"]
)  # fmt: skip
"""Offices of one holder: a later one ends the earlier one's, whose country stays."""

_TOLD = """
SELECT a.id, a.name, a.country, a.office, a.org, a.sectors, a.report, substr (r.published, 1, 10) AS day
FROM actors a JOIN items i ON i.id = a.id JOIN reports r ON r.id = a.report
WHERE a.kind = 'person' AND a.office IS NOT NULL AND a.country IS NOT NULL AND r.published IS NOT NULL
  AND a.resolved_by IN ('title', 'descriptor') AND i.rule IN ('title', 'apposition')
  AND coalesce (r.genre, 'news') IN ('news', 'analysis', 'live')
  AND NOT EXISTS (SELECT 1 FROM reviewed v WHERE v.item = a.id AND v.verdict = 'rejected')
ORDER BY day, a.id
"""
_OPEN = """
SELECT a.id, a.name, a.kind, a.report, substr (r.published, 1, 10) AS day
FROM actors a JOIN reports r ON r.id = a.report
WHERE a.country IS NULL AND a.org IS NULL AND r.published IS NOT NULL AND a.kind IN ('person', 'organization', 'other')
  AND (a.resolved_by = 'unresolved' OR a.resolved_by = 'coreference')
ORDER BY a.id
"""


@dataclass(slots=True)
class Lesson:
    """One person in one office, as the record's reports tell it; `told` holds (day, mention, report)."""

    name: str
    office: str
    country: str
    org: str | None
    sectors: str
    told: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        words = "\x1f".join(("memory", fold(self.name), self.office, self.country, self.org or ""))
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def last_told(self, day: str) -> str | None:
        """The latest day, up to `day`, on which a report told it; None where none had."""
        return max((told for told, _, _ in self.told if told <= day), default=None)


def remember(db: sqlite3.Connection) -> None:
    """Writes what the record has learnt; the caller holds the transaction and has emptied the tables."""
    lessons = learnt(db.execute(_TOLD).fetchall())
    for lesson in lessons:
        days = [day for day, _, _ in lesson.told]
        row = (lesson.id, lesson.name, lesson.office, lesson.country, lesson.org, lesson.sectors, min(days), max(days))
        db.execute("INSERT INTO memory VALUES (?,?,?,?,?,?,?,?)", row)
        for _, mention, report in lesson.told:
            db.execute("INSERT INTO memory_passages VALUES (?,?,?)", (lesson.id, mention, report))
    memory = Memory(lessons)
    for row in db.execute(_OPEN).fetchall():
        found = memory.recall(row["name"], row["kind"], row["day"])
        if found is not None:
            lesson, office, why = found
            held = (row["id"], lesson.id, lesson.name, lesson.country, office, lesson.org, lesson.sectors, why)
            db.execute("INSERT INTO remembered VALUES (?,?,?,?,?,?,?,?)", held)


def learnt(rows: Iterable[sqlite3.Row]) -> list[Lesson]:
    """A lesson for each person, office and country, in the order of the days on which they were first told."""
    found: dict[str, Lesson] = {}
    for row in rows:
        if len(row["name"].split()) < 2:
            continue  # a surname alone may be anybody's
        lesson = Lesson(row["name"], row["office"], row["country"], row["org"], row["sectors"] or json_text([]))
        kept = found.setdefault(lesson.id, lesson)
        kept.told.append((row["day"], row["id"], row["report"]))
    return list(found.values())


class Memory:
    """Lessons by name and by office."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self._names: dict[str, list[Lesson]] = defaultdict(list)
        self._offices: dict[tuple[str, str, str | None], list[Lesson]] = defaultdict(list)
        for lesson in lessons:
            self._offices[lesson.office, lesson.country, lesson.org].append(lesson)
            words = fold(lesson.name).split()
            for at in range(len(words)):  # "Ngoulou Bata" and "Bata" stand for "Hermann Ngoulou Bata"
                self._names[" ".join(words[at:])].append(lesson)

    def recall(self, name: str, kind: str, day: str) -> tuple[Lesson, str | None, str] | None:
        """The lesson that a name means on that day, the office as far as it still holds, and why; None where nobody, or
        more than one person, was told to be so named."""
        key = fold(name)
        if kind != "person" and " " not in key:
            return None  # a single word that is no person's name to the reader of the page
        told = [(last, lesson) for lesson in self._names.get(key, ()) if (last := lesson.last_told(day))]
        known = [(last, lesson) for last, lesson in told if days_between(last, day) <= LASTS]
        if len({fold(lesson.name) for _, lesson in known}) != 1:
            return None
        latest = max(last for last, _ in known)
        best = [lesson for last, lesson in known if last == latest]
        if len({lesson.country for lesson in best}) != 1:
            return None
        lesson = min(best, key=lambda one: one.office)
        why = f"{lesson.office} of {lesson.country} in a report of {latest}"
        if after := self._successor(lesson, latest, day):
            return lesson, None, f"{why}; {after} since then"
        return lesson, lesson.office, why

    def _successor(self, lesson: Lesson, since: str, day: str) -> str | None:
        """Who was told, after the one day and up to the other, to hold the same single office."""
        if lesson.office not in SINGLE:
            return None
        for other in self._offices[lesson.office, lesson.country, lesson.org]:
            last = other.last_told(day)
            if last and last > since and fold(other.name) != fold(lesson.name):
                return other.name
        return None


def days_between(early: str, late: str) -> int:
    return (date.fromisoformat(late) - date.fromisoformat(early)).days
