"""Judgements that people make: written with who, when and why beside the machine's answer, undone and never deleted.

They hang on the ids of items, which a newer engine gives again to the same words. What contradicts a judgement that
stands is refused: first the other one must be undone, so that every item has one verdict and the log tells the rest.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import orjson

from vaka.errors import RecordError, UsageError
from vaka.frames.wording import in_words
from vaka.record import fields
from vaka.record.merge import incident_id
from vaka.record.parties import fold
from vaka.record.rows import json_text

if TYPE_CHECKING:
    from vaka.record.store import Record

VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
SOURCE = "source:"
"""Before the name of a source that was graded, where other judgements have an item's id."""
RELIABILITY, CREDIBILITY = "ABCDEF", "123456"
"""The Admiralty's grades: A completely reliable to E unreliable, F cannot be judged; 1 confirmed to 5 improbable, 6
cannot be judged."""

_ANCHORS = """
SELECT i.id, i.layer, i.report, r.article, r.sha256, e.type, v."start", v."end" FROM items i
JOIN reports r ON r.id = i.report LEFT JOIN events e ON e.id = i.id
JOIN evidence v ON v.item = i.id AND v.position = 0 AND v.field = CASE i.layer WHEN 'event' THEN 'trigger'
  WHEN 'quote' THEN 'quote:content' WHEN 'pledge' THEN 'pledge:content' WHEN 'cause' THEN 'cause' ELSE 'mention' END
WHERE i.id IN (SELECT value FROM json_each (?))
"""
_OUTCOME = "SELECT status FROM pledge_history WHERE pledge = ? AND \"by\" = 'engine' ORDER BY position DESC LIMIT 1"
_PAGE_ITEM = "SELECT i.layer, i.position, p.page FROM items i JOIN pages p ON p.report = i.report WHERE i.id = ?"
_INSERT = "INSERT INTO judgements (kind, items, value, who, made_at, why, about) VALUES (?,?,?,?,?,?,?)"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row of the table: `value` and `about` as plain data."""

    id: int
    kind: str
    items: tuple[str, ...]
    value: Any
    who: str
    made_at: str
    why: str
    about: tuple[dict[str, Any], ...] = ()
    undone_at: str | None = None
    undone_by: str | None = None
    undone_why: str | None = None

    @property
    def told(self) -> str:
        """As an error names it."""
        return f"{self.who} on {self.made_at[:10]}, judgement {self.id}"


def judgements(db: sqlite3.Connection, *, standing: bool = True) -> list[Judgement]:
    """All that stand, or all, in the order in which they were made."""
    where = "WHERE undone_at IS NULL" if standing else ""
    return [_read(row) for row in db.execute(f"SELECT * FROM judgements {where} ORDER BY id").fetchall()]


def _read(row: sqlite3.Row) -> Judgement:
    value = orjson.loads(row["value"]) if row["value"] else None
    items, about = (tuple(orjson.loads(row[name])) for name in ("items", "about"))
    undone = (row["undone_at"], row["undone_by"], row["undone_why"])
    return Judgement(row["id"], row["kind"], items, value, row["who"], row["made_at"], row["why"], about, *undone)


def give_verdict(record: Record, kind: str, key: str, *, by: str, why: str) -> int:
    """Accepts or rejects an item, or every telling of an incident.

    Raises RecordError for an id that is neither, and where another verdict stands.
    """
    ids = items_of(record, key)
    others = [j for j in judgements(record.db) if j.kind in VERDICTS and set(j.items) & set(ids)]
    for other in others:
        if other.kind != kind:
            raise RecordError(f"{key}: was {VERDICTS[other.kind]} ({other.told}); undo that first")
    left = [item for item in ids if not any(item in other.items for other in others)]
    if not left:
        raise RecordError(f"{key}: is {VERDICTS[kind]} already ({others[-1].told})")
    return _write(record, kind, left, None, by, why)


def correct(record: Record, key: str, given: Sequence[str], *, by: str, why: str, on: str | None = None) -> list[int]:
    """Corrects fields, all or none: `given` are FIELD=VALUE. `on` is the day from which a pledge's status holds.

    Raises RecordError where another verdict, or another correction of a field, stands; UsageError for a field or a
    value that cannot be, and a day that is none.
    """
    key = _row_of(record, key)
    layer = record.ask("SELECT layer FROM items WHERE id = ?", (key,))[0]["layer"]
    told = dict(fields.read_correction(layer, one) for one in given)
    if len(told) < len(given):
        raise UsageError("a field is corrected once; give each one time")
    if on is not None and (layer, [*told]) != ("pledge", ["status"]):
        raise UsageError("on goes with a correction of a pledge's status, and with nothing else")
    item = machine_item(record, key)
    before = _corrected(record, key, told)
    kind = told.get("type", before.get("type", item.get("type")))
    if layer == "event" and (mode := told.get("mode", before.get("mode"))):
        fields.check_mode(str(kind), mode)
    values = []
    for field, value in told.items():
        was = fields.machine_value(layer, field, item)
        if (layer, field) == ("pledge", "status"):
            was = record.ask(_OUTCOME, (key,))[0]["status"]
        if value == was:
            raise RecordError(f"{key}: {field} is {in_words(was)} already; accept it instead")
        values.append({"field": field, "was": was, "is": value, "on": fields.whole_day(on)})
    with record.transaction():
        return [_insert(record, "correct", [key], value, by, why) for value in values]


def _corrected(record: Record, key: str, told: dict[str, Any]) -> dict[str, Any]:
    """Fields that standing corrections set; raises RecordError where one of them, or a verdict, is in the way."""
    found: dict[str, Any] = {}
    for other in judgements(record.db):
        if key not in other.items:
            continue
        if other.kind in ("accept", "reject"):
            raise RecordError(f"{key}: was {VERDICTS[other.kind]} ({other.told}); undo that first")
        if other.kind == "correct":
            field = other.value["field"]
            if field in told:
                raise RecordError(f"{key}: {field} was corrected already ({other.told}); undo that first")
            found[field] = other.value["is"]
    return found


def merge(record: Record, keys: Iterable[str], *, by: str, why: str) -> int:
    """Makes one incident of events or incidents, each with all its tellings.

    Raises RecordError for what is no event or incident, for events of different types, and where a split keeps them
    asunder.
    """
    ids = list(dict.fromkeys(event for key in keys for event in events_of(record, key)))
    if len(ids) < 2:
        raise RecordError("a merge takes two events or incidents that are not one already")
    types = {row[0] for row in record.ask(f"SELECT DISTINCT type FROM judged_events WHERE {_AMONG}", (json_text(ids),))}
    if len(types) > 1:
        raise RecordError(f"{' and '.join(sorted(types))} are not one happening; correct a type first")
    together = _united(record, ids)
    for other in judgements(record.db):
        if other.kind == "reject" and (rejected := together & set(other.items)):
            raise RecordError(f"{min(rejected)}: was rejected ({other.told}); undo that first")
        if other.kind == "split" and any(a in together and b in together for a, b in apart(other)):
            raise RecordError(f"a split keeps these events asunder ({other.told}); undo that first")
    return _write(record, "merge", ids, None, by, why)


def split(record: Record, key: str, taken: Sequence[str], *, by: str, why: str) -> int:
    """Takes tellings out of an incident; where they fit among each other they may stay together.

    Raises RecordError for events that the incident does not hold, for all of its events, and where a merge binds them.
    """
    ids = events_of(record, key)
    missing = [event for event in taken if event not in ids]
    if missing:
        raise RecordError(f"{missing[0]}: is no telling of the incident {key}; `vaka show {key}` lists them")
    rest = [event for event in ids if event not in taken]
    if not taken or not rest:
        raise RecordError(f"{key}: a split takes some of its {len(ids)} tellings out, and leaves others")
    for event in taken:
        for other in judgements(record.db):
            if other.kind == "merge" and event in other.items and set(rest) & _united(record, [event]):
                raise RecordError(f"a merge binds these events ({other.told}); undo that first")
    return _write(record, "split", ids, {"apart": sorted(taken)}, by, why)


def grade(record: Record, what: str, given: str, *, by: str, why: str) -> int:
    """Grades a source by a letter, or a report, an incident or an item by a number; the latest grade counts.

    Raises UsageError for another grade, RecordError for what the record does not hold.
    """
    given = given.strip().upper()
    if given not in tuple(RELIABILITY + CREDIBILITY):
        raise UsageError(f"{given!r} is no grade: A to F grade a source, 1 to 6 what one report or row says")
    if given in CREDIBILITY:
        if not record.ask(_ANYTHING, {"key": what}):
            raise RecordError(f"{what}: the record holds no report, incident or row of this id")
        return _write(record, "grade", [what], {"grade": given}, by, why)
    named = record.ask("SELECT min (source) FROM reports WHERE fold (source) = ?", (fold(what),))[0][0]
    if named is None:
        raise RecordError(f"{what}: no report is of this source; a letter grades a source by its name")
    return _write(record, "grade", [SOURCE + named], {"grade": given}, by, why)


def undo(record: Record, number: int, *, by: str, why: str = "") -> None:
    """Takes a judgement back; it stays on file as undone.

    Raises RecordError where none of that number stands.
    """
    _need_name(by)
    with record.transaction():
        cursor = record.db.execute(
            "UPDATE judgements SET undone_at = ?, undone_by = ?, undone_why = ? WHERE id = ? AND undone_at IS NULL",
            (record.now(), by, why, number),
        )
        if cursor.rowcount != 1:
            raise RecordError(f"{number}: the record holds no standing judgement of this number")
        _take_effect(record, number, undone=True)


def latest_on(record: Record, key: str) -> int:
    """The number of the latest judgement that stands on an item, an incident or a source.

    Raises RecordError where none does.
    """
    about = {key, *(row["event"] for row in record.ask(_TELLINGS, (key,))), *vanished(record, key)}
    found = [j for j in judgements(record.db) if any(item in about or _is_source(item, key) for item in j.items)]
    if not found:
        raise RecordError(f"{key}: no judgement stands on this; `vaka review --log` lists all")
    return found[-1].id


def _is_source(item: str, name: str) -> bool:
    return item.startswith(SOURCE) and fold(item.removeprefix(SOURCE)) == fold(name)


def apart(judgement: Judgement) -> list[tuple[str, str]]:
    """The pairs of events that a split keeps asunder: what was taken out from the rest, or each from each."""
    if judgement.value is None:
        return [(a, b) for at, a in enumerate(judgement.items) for b in judgement.items[at + 1 :]]
    taken = judgement.value["apart"]
    return list(product(taken, [item for item in judgement.items if item not in taken]))


def _united(record: Record, ids: Iterable[str]) -> set[str]:
    """The events and all that standing merges bind to them."""
    together = set(ids)
    merges = [set(j.items) for j in judgements(record.db) if j.kind == "merge"]
    while any(events & together and not events <= together for events in merges):
        together |= set().union(*(events for events in merges if events & together))
    return together


_AMONG = "id IN (SELECT value FROM json_each (?))"
_ANYTHING = """
SELECT 1 FROM reports WHERE id = :key UNION SELECT 1 FROM items WHERE id = :key
UNION SELECT 1 FROM incident_events WHERE alias = :key
"""
_TELLINGS = """
SELECT event FROM incident_events WHERE incident = (SELECT incident FROM incident_events WHERE alias = ?)
ORDER BY position
"""


def items_of(record: Record, key: str) -> list[str]:
    """The item of this id, or the tellings of the incident.

    Raises RecordError for anything else.
    """
    if record.ask("SELECT 1 FROM items WHERE id = ?", (key,)):
        return [key]
    if told := record.ask(_TELLINGS, (key,)):
        return [row["event"] for row in told]
    if gone := vanished(record, key):
        return gone
    if record.ask("SELECT 1 FROM reports WHERE id = ?", (key,)):
        raise RecordError(f"{key}: is a report; review its rows, grade it (vaka grade), or withdraw it (vaka withdraw)")
    raise RecordError(f"{key}: the record holds nothing of this id")


def events_of(record: Record, key: str) -> list[str]:
    """The event of this id, or those of the incident; raises RecordError for anything else."""
    ids = items_of(record, key)
    if len(record.ask(f"SELECT 1 FROM events WHERE {_AMONG}", (json_text(ids),))) != len(ids):
        raise RecordError(f"{key}: is no event and no incident; only those are merged and split")
    return ids


def vanished(record: Record, key: str) -> list[str]:
    """The events of an incident that has no row, since all that told it was rejected: its id is made of one of them."""
    rejected = record.ask("SELECT item FROM reviewed WHERE verdict = 'rejected'")
    return [row["item"] for row in rejected if incident_id(row["item"]) == key]


def _row_of(record: Record, key: str) -> str:
    """The item of this id, or the only telling of the incident."""
    ids = items_of(record, key)
    if len(ids) > 1:
        raise RecordError(
            f"{key}: has {len(ids)} tellings; correct the one that is wrong (`vaka show {key}` lists them)"
        )
    return ids[0]


def machine_item(record: Record, key: str) -> dict[str, Any]:
    """The item as its page has it."""
    row = record.ask(_PAGE_ITEM, (key,))[0]
    item: dict[str, Any] = orjson.loads(row["page"])[f"{row['layer']}s"][row["position"]]
    return item


def says(item: Any) -> str:
    """A hash of what the machine says in an item, without how it came to it."""
    return hashlib.sha256(orjson.dumps(_bare(item), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in ("basis", "report", "review")}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _need_name(by: str) -> None:
    if not by.strip():
        raise UsageError("a judgement needs the name of who makes it")


def _write(record: Record, kind: str, ids: Sequence[str], value: Any, by: str, why: str) -> int:
    with record.transaction():
        return _insert(record, kind, ids, value, by, why)


def _insert(record: Record, kind: str, ids: Sequence[str], value: Any, by: str, why: str) -> int:
    """The number of the new judgement; the caller holds the transaction."""
    _need_name(by)
    if kind != "accept" and not why.strip():
        raise UsageError(f"to {kind} something, say why")
    about = [dict(row) for row in record.ask(_ANCHORS, (json_text(list(ids)),))]
    for entry in about:
        entry["says"] = says(machine_item(record, entry["id"]))
    row = (kind, json_text(list(ids)), json_text(value) if value else None, by, record.now(), why, json_text(about))
    number = record.db.execute(_INSERT, row).lastrowid or 0
    _take_effect(record, number)
    return number


def _take_effect(record: Record, number: int, *, undone: bool = False) -> None:
    """Has the derived layer built anew, except where nothing of it changes but the verdict itself."""
    kind, items = record.db.execute("SELECT kind, items FROM judgements WHERE id = ?", (number,)).fetchone()
    if kind == "grade":
        return
    if kind != "accept":
        record.mark_stale()
    elif undone:
        record.db.execute("DELETE FROM reviewed WHERE item IN (SELECT value FROM json_each (?))", (items,))
    else:
        record.db.execute("INSERT INTO reviewed SELECT value, 'accepted' FROM json_each (?)", (items,))
