"""Sentences of reports that say outright what became of a promise; which promise, the pledges decide."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import orjson

from vaka.knowledge.following import following
from vaka.record.parties import Party
from vaka.record.pledges import CAUTION, Passage, Verdict
from vaka.record.words import sentence_around, stems, tells
from vaka.types import CODED_ZONES

FACTUAL = ("news", "analysis", "live")
"""Genres that may say what became of a promise; a report without a genre counts as news."""

_REPORTS = "SELECT id, substr (published, 1, 10) AS day, genre, text, zones FROM reports WHERE published IS NOT NULL"
_PARTIES = """
SELECT name, country, sectors, kind, org FROM actors WHERE report = ? GROUP BY name, country, sectors, kind, org
ORDER BY name, country, sectors, kind, org
"""


def verdicts(db: sqlite3.Connection) -> list[Verdict]:
    """All of them, of reports with a date that tell facts."""
    return [
        verdict
        for row in db.execute(_REPORTS).fetchall()
        if row["genre"] is None or row["genre"] in FACTUAL
        for verdict in _of_report(db, row)
    ]


def parties_of(rows: Iterator[sqlite3.Row] | sqlite3.Cursor) -> tuple[Party, ...]:
    return tuple(Party(r["name"], r["country"], tuple(orjson.loads(r["sectors"])), r["kind"], r["org"]) for r in rows)


def _of_report(db: sqlite3.Connection, row: sqlite3.Row) -> Iterator[Verdict]:
    text, parties = row["text"], None
    for status, start, end in _phrases(text):
        if not _coded(row["zones"], start):
            continue
        first, last = sentence_around(text, start, end)
        if status == "kept" and tells("denied", text[first:last]):
            continue
        if parties is None:
            parties = parties_of(db.execute(_PARTIES, (row["id"],)))
        paragraph = _paragraph(text, start)
        yield Verdict(
            row["id"],
            row["day"],
            status,
            stems(text[slice(*paragraph)]),
            stems(text[first:last]),
            parties,
            paragraph,
            Passage(first, last, text[first:last]),
        )


def _phrases(text: str) -> Iterator[tuple[str, int, int]]:
    for status in CAUTION:
        for found in following()[status].finditer(text):
            yield status, found.start(), found.end()


def _coded(zones: str, offset: int) -> bool:
    """Whether the words stand where reports tell things: not in a link to another story."""
    for zone in orjson.loads(zones):
        if zone["start"] <= offset < zone["end"]:
            return zone["kind"] in CODED_ZONES
    return True


def _paragraph(text: str, at: int) -> tuple[int, int]:
    """From one empty line to the next; in a text without empty lines, from one line break to the next."""
    gap = "\n\n" if "\n\n" in text else "\n"
    end = text.find(gap, at)
    return text.rfind(gap, 0, at) + len(gap) if gap in text[:at] else 0, len(text) if end < 0 else end
