"""People's judgements put to work when the derived layer is built: rejected items left out, corrections in force.

The tables of the page keep the machine's answer; what a person corrected stands beside it, in `corrected_events`,
`corrected_pledges` and, for parties, behind those of the page in `event_actors`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from vaka.record.fields import NUMBERS
from vaka.record.judge import VERDICTS, Judgement, apart, judgements
from vaka.record.rows import json_text

CORRECTED_FROM = 1000
"""The position of the first corrected party of an event: behind all that a sentence can name."""
SIDES = {"actors": "actor", "recipients": "recipient"}

_CLEAR = (
    "DELETE FROM event_actors WHERE position >= 1000",
    "UPDATE event_actors SET replaced = 0 WHERE replaced = 1",
)
_KNOWN = "SELECT id FROM items WHERE id IN (SELECT value FROM json_each (?))"
_EVENT_COLUMNS = ("type", "mode", "modes", "status", "when_start", "when_end", "where_name", "where_country")
_PLEDGE_COLUMNS = (
    "kind", "promiser", "promiser_country", "promiser_org", "beneficiary", "beneficiary_country", "beneficiary_org",
    "act", "due_end",
)  # fmt: skip

Changes = dict[str, Any]
Told = sqlite3.Row | Mapping[str, Any]
"""A row of the page, or what stands instead where somebody corrected it."""


@dataclass(slots=True)
class Reviewed:
    """What stands: ids that were rejected; columns of events and pledges as corrected; outcomes of pledges; pairs of
    events to keep asunder and sets to keep together, with who put each event where it is; and the corrected sides,
    as (event, role)."""

    rejected: set[str] = field(default_factory=set)
    events: dict[str, Changes] = field(default_factory=dict)
    pledges: dict[str, Changes] = field(default_factory=dict)
    outcomes: dict[str, Judgement] = field(default_factory=dict)
    together: list[frozenset[str]] = field(default_factory=list)
    apart: list[frozenset[str]] = field(default_factory=list)
    who: dict[str, str] = field(default_factory=dict)
    sides: set[tuple[str, str]] = field(default_factory=set)

    def event(self, row: sqlite3.Row) -> Told:
        """The row of an event as corrected."""
        return _changed(row, self.events.get(row["id"]))

    def pledge(self, row: sqlite3.Row) -> Told:
        return _changed(row, self.pledges.get(row["id"]))


def _changed(row: sqlite3.Row, changes: Changes | None) -> Told:
    if not changes:
        return row
    values = dict(zip(row.keys(), row, strict=True))
    if "numbers" in values:
        told = {kind: [kind, *rest] for kind, *rest in orjson.loads(values["numbers"])} | changes["numbers"]
        changes = changes | {"numbers": json_text([number for number in told.values() if number])}
    return values | changes


def apply_judgements(db: sqlite3.Connection) -> Reviewed:
    """Writes the derived tables of review, and tells what the rest of the layer has to know.

    The caller holds the transaction, and has emptied the tables and what refers to parties.
    """
    for statement in _CLEAR:
        db.execute(statement)
    stand = judgements(db)
    named = sorted({item for judgement in stand for item in judgement.items})
    known = {row["id"] for row in db.execute(_KNOWN, (json_text(named),)).fetchall()}
    found = Reviewed()
    corrections: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in stand:
        items = [item for item in judgement.items if item in known]  # the others wait until they are coded again
        if judgement.kind in VERDICTS:
            rows = [(item, VERDICTS[judgement.kind]) for item in items]
            db.executemany("INSERT OR REPLACE INTO reviewed VALUES (?,?)", rows)
        if judgement.kind == "reject":
            found.rejected |= set(items)
        elif judgement.kind == "correct" and items:
            corrections[items[0]].append(judgement)
        elif judgement.kind == "merge":
            _unite(found, frozenset(items), judgement.who)
        elif judgement.kind == "split":
            found.apart += [frozenset(pair) for pair in apart(judgement)]
    for item, made in corrections.items():
        _correct(db, found, item, made)
    return found


def _unite(found: Reviewed, events: frozenset[str], who: str) -> None:
    for other in [known for known in found.together if known & events]:
        found.together.remove(other)
        events |= other
    found.together.append(events)
    found.who |= dict.fromkeys(events, who)


def _correct(db: sqlite3.Connection, found: Reviewed, item: str, made: list[Judgement]) -> None:
    given = {judgement.value["field"]: judgement.value["is"] for judgement in made}
    if row := db.execute("SELECT * FROM events WHERE id = ?", (item,)).fetchone():
        found.events[item] = _event_changes(row, given)
        values = dict(zip(row.keys(), row, strict=True)) | found.events[item]
        columns = (item, json_text(list(given)), *(values[name] for name in _EVENT_COLUMNS))
        db.execute("INSERT INTO corrected_events VALUES (?,?,?,?,?,?,?,?,?,?)", columns)
        found.sides |= {(item, role) for name, role in SIDES.items() if name in given}
        _write_parties(db, item, given)
    elif row := db.execute("SELECT * FROM pledges WHERE id = ?", (item,)).fetchone():
        found.pledges[item] = _pledge_changes(given)
        values = dict(zip(row.keys(), row, strict=True)) | found.pledges[item]
        columns = (item, *(values[name] for name in _PLEDGE_COLUMNS))
        db.execute("INSERT INTO corrected_pledges VALUES (?,?,?,?,?,?,?,?,?,?)", columns)
        found.outcomes |= {judgement.items[0]: judgement for judgement in made if judgement.value["field"] == "status"}


def _event_changes(row: sqlite3.Row, given: Changes) -> Changes:
    changes: Changes = {"numbers": {}}
    if "type" in given or "mode" in given:
        mode = given.get("mode")  # the machine's mode of one type says nothing of another
        changes |= {"type": given.get("type", row["type"]), "mode": mode, "modes": json_text([mode] if mode else [])}
    if "status" in given:
        changes["status"] = given["status"]
    if "date" in given:
        when = given["date"] or {}
        changes |= {"when_start": when.get("start"), "when_end": when.get("end"), "when_from": "clause"}
    if "place" in given:
        where = given["place"] or {}
        changes |= {"where_name": where.get("name"), "where_country": where.get("country"), "where_from": "clause"}
        changes |= dict.fromkeys(("where_admin1", "where_geonameid", "where_precision"))
    for kind in NUMBERS:
        if kind in given:
            number = given[kind]
            changes["numbers"][kind] = [kind, number["low"], number["high"], number["text"]] if number else None
    return changes


def _pledge_changes(given: Changes) -> Changes:
    changes: Changes = {name: given[name] for name in ("kind", "act") if name in given}
    if "due" in given:
        due = given["due"] or {}
        changes |= {"due_start": due.get("start"), "due_end": due.get("end"), "due_text": None}
    for side in ("promiser", "beneficiary"):
        if side in given:
            party = given[side] or {}
            sectors = json_text(party["sectors"]) if party else None
            changes |= {side: party.get("name"), f"{side}_sectors": sectors}
            changes |= {f"{side}_{name}": party.get(name) for name in ("country", "kind", "org")}
    return changes


def _write_parties(db: sqlite3.Connection, event: str, given: Changes) -> None:
    for name, role in SIDES.items():
        if name not in given:
            continue
        db.execute("UPDATE event_actors SET replaced = 1 WHERE event = ? AND role = ?", (event, role))
        for position, party in enumerate(given[name], CORRECTED_FROM):
            sectors = party["sectors"]
            row = (event, role, position, "", party["name"], party["country"], sectors[0] if sectors else None,
                   json_text(sectors), party["kind"], None, party["org"], "person", 0)  # fmt: skip
            db.execute("INSERT INTO event_actors VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", row)
