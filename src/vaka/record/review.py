"""What people said to the machine's answers, as questions show it: beside each row, as a log, as figures of precision.

What comes next for review stands in the order of the items' ids. Those are hashes, so what was reviewed is a random
sample, and its precision says something of the rest.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vaka.errors import UsageError
from vaka.record.fields import FIELDS
from vaka.record.judge import CREDIBILITY, SOURCE, VERDICTS, Judgement, judgements, machine_item, says
from vaka.record.merge import incident_id
from vaka.record.parties import fold
from vaka.record.rows import json_text

if TYPE_CHECKING:
    from vaka.record.store import Record

Row = dict[str, Any]

Z = 1.959964
"""Standard deviations of a 95 % interval."""
NEXT_LAYER = "event"

_UNREVIEWED = """
SELECT i.id FROM items i LEFT JOIN events e ON e.id = i.id LEFT JOIN reviewed v ON v.item = i.id
WHERE v.item IS NULL AND i.layer = :layer AND (:type IS NULL OR e.type = :type) AND i.id > :after
ORDER BY i.id LIMIT 1
"""
_LAYERS = "SELECT id, layer, report FROM items WHERE id IN (SELECT value FROM json_each (?))"
_LOST_REPORTS = """
SELECT r.id, r.article, r.sha256, r.text, w.report IS NOT NULL AS withdrawn FROM reports r
LEFT JOIN withdrawals w ON w.report = r.id WHERE r.article IN (SELECT value FROM json_each (?))
"""
_NEAR = """
SELECT i.id FROM items i JOIN evidence v ON v.item = i.id WHERE i.report = ? AND i.layer = ?
AND v.field IN ('trigger', 'quote:content', 'pledge:content', 'cause', 'mention') AND v."start" < ? AND v."end" > ?
ORDER BY i.id
"""


class Board:
    """Standing judgements, by what they speak of."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._items: dict[str, list[Judgement]] = defaultdict(list)
        self._sources: dict[str, str] = {}
        self._grades: dict[str, int] = {}
        self._said: dict[str, str] = {}
        for judgement in judgements(record.db):
            if judgement.kind == "grade":
                self._take_grade(judgement)
            for item in judgement.items:
                self._items[item].append(judgement)

    def _take_grade(self, judgement: Judgement) -> None:
        item, given = judgement.items[0], judgement.value["grade"]
        if given in CREDIBILITY:
            self._grades[item] = int(given)
        else:
            self._sources[fold(item.removeprefix(SOURCE))] = given

    def source(self, name: str | None) -> str | None:
        """The grade of a source, A to F."""
        return self._sources.get(fold(name)) if name else None

    def credibility(self, key: str) -> int | None:
        """The grade of a report or an item, 1 to 6."""
        return self._grades.get(key)

    def item(self, key: str) -> Row | None:
        """What stands on an item; None where nobody has judged it."""
        found = self._items.get(key, [])
        if not found:
            return None
        verdicts = [VERDICTS[j.kind] for j in found if j.kind in VERDICTS]
        corrections = [j for j in found if j.kind == "correct"]
        return {
            "verdict": verdicts[-1] if verdicts else None,
            "corrections": [self._correction(j) for j in corrections],
            "credibility": self.credibility(key),
            "judgements": [self._told(j, key) for j in found],
        }

    def incident(self, key: str, events: Sequence[str]) -> Row | None:
        """What stands on an incident as a whole: merges and splits of its tellings, and its grade."""
        grades = {j.id: j for alias in (key, *map(incident_id, events)) for j in self._items.get(alias, [])}
        joins = {j.id: j for event in events for j in self._items.get(event, []) if j.kind in ("merge", "split")}
        if not grades and not joins:
            return None
        return {
            "verdict": None,
            "corrections": [],
            "credibility": int(grades[max(grades)].value["grade"]) if grades else None,
            "judgements": [self._told(judgement, None) for _, judgement in sorted((grades | joins).items())],
        }

    @staticmethod
    def _correction(judgement: Judgement) -> Row:
        return {name: judgement.value.get(name) for name in ("field", "was", "is")} | {"judgement": judgement.id}

    def _told(self, judgement: Judgement, key: str | None) -> Row:
        return {
            "id": judgement.id,
            "kind": judgement.kind,
            "by": judgement.who,
            "at": judgement.made_at,
            "why": judgement.why,
            "changed": self._changed(judgement, key) if key else False,
        }

    def _changed(self, judgement: Judgement, key: str) -> bool:
        """Whether the machine says something else of the item by now than when it was judged."""
        before = next((entry["says"] for entry in judgement.about if entry["id"] == key), None)
        if before is None:
            return False
        if key not in self._said:
            self._said[key] = says(machine_item(self._record, key))
        return bool(before != self._said[key])


def log(record: Record, *, key: str | None = None, limit: int | None = None) -> list[Row]:
    """Every judgement, also those undone, and every withdrawal, the latest first; of one item or report where one is
    asked for."""
    rows: list[Row] = [_log_row(j) for j in judgements(record.db, standing=False)]
    layers = _where(record, [item for row in rows for item in row["items"]])
    for row in rows:
        row["reports"] = sorted({layers[item][1] for item in row["items"] if item in layers})
        row["layer"] = next((layers[item][0] for item in row["items"] if item in layers), None)
    rows += [_withdrawal_row(row) for row in record.ask("SELECT * FROM withdrawals ORDER BY made_at, report")]
    if key is not None:
        told = record.ask("SELECT event FROM incident_events WHERE incident = ?", (key,))
        about = {key, SOURCE + key, *(row["event"] for row in told)}
        rows = [row for row in rows if about & {*row["items"], *row["reports"]}]
    return sorted(rows, key=lambda row: (row["at"], row["id"] or 0), reverse=True)[:limit]


def _log_row(judgement: Judgement) -> Row:
    value = judgement.value or {}
    undone = {"at": judgement.undone_at, "by": judgement.undone_by, "why": judgement.undone_why or ""}
    return {
        "id": judgement.id,
        "at": judgement.made_at,
        "by": judgement.who,
        "kind": judgement.kind,
        "items": list(judgement.items),
        "field": value.get("field"),
        "was": value.get("was"),
        "is": value.get("is", value.get("grade")),
        "on": value.get("on"),
        "apart": value.get("apart", []),
        "why": judgement.why,
        "undone": undone if judgement.undone_at else None,
    }


def _withdrawal_row(row: sqlite3.Row) -> Row:
    nothing = dict.fromkeys(("field", "was", "is", "on", "undone", "layer"))
    told = {"id": None, "at": row["made_at"], "by": row["who"], "kind": "withdraw", "items": [], "apart": []}
    return told | nothing | {"why": row["why"], "reports": [row["report"]]}


def _where(record: Record, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = record.ask(_LAYERS, (json_text(sorted(set(keys))),))
    return {row["id"]: (row["layer"], row["report"]) for row in rows}


def stats(record: Record) -> list[Row]:
    """Precision on what was reviewed, by layer and type and as a whole, with its Wilson interval of 95 %.

    An event is right where it was accepted, or corrected in other fields than its type; `exact` counts accepted ones
    alone. Judgements on items that are coded no more count as they were made.
    """
    judged: dict[str, tuple[str, str | None, set[str]]] = {}
    for judgement in judgements(record.db):
        if judgement.kind in VERDICTS:
            for entry in judgement.about:
                said = judged.setdefault(entry["id"], (entry["layer"], entry["type"], set()))[2]
                field = (judgement.value or {}).get("field")
                said.add("retyped" if field == "type" else judgement.kind)
    counts: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    for layer, kind, said in judged.values():
        verdict = next(name for name in ("reject", "retyped", "correct", "accept") if name in said)
        for key in {(layer, kind), (layer, None)}:
            counts[key][verdict] += 1
    return [_precision(layer, kind, counts[layer, kind]) for layer, kind in sorted(counts, key=_stats_order)]


def _stats_order(key: tuple[str, str | None]) -> tuple[int, bool, str]:
    return (list(FIELDS).index(key[0]), key[1] is not None, key[1] or "")


def _precision(layer: str, kind: str | None, count: Counter[str]) -> Row:
    total = sum(count.values())
    right = count["accept"] + count["correct"]
    low, high = wilson(right, total)
    return {
        "layer": layer,
        "type": kind,
        "reviewed": total,
        "accepted": count["accept"],
        "corrected": count["correct"] + count["retyped"],
        "rejected": count["reject"],
        "precision": round(right / total, 4),
        "low": low,
        "high": high,
        "exact": round(count["accept"] / total, 4),
    }


def wilson(right: int, total: int) -> tuple[float, float]:
    """The score interval of E. B. Wilson (1927) for a share, which holds for few and for all right as well."""
    share, z2 = right / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)


def next_item(record: Record, *, layer: str = NEXT_LAYER, type: str | None = None, after: str = "") -> str | None:
    """The id of the item to review next, or None where all are.

    Raises UsageError for a layer that does not exist.
    """
    if layer not in FIELDS:
        raise UsageError(f"there is no layer {layer!r}; give one of {', '.join(FIELDS)}")
    rows = record.ask(_UNREVIEWED, {"layer": layer, "type": type.upper() if type else None, "after": after})
    return rows[0]["id"] if rows else None


def orphans(record: Record) -> list[Row]:
    """Judgements that stand on items which the record holds no more, with the words they spoke of and the rows that are
    coded there now; they count again as soon as an engine codes the item again."""
    entries = [(j, entry) for j in judgements(record.db) for entry in j.about]
    known = _where(record, (entry["id"] for _, entry in entries))
    lost = [(j, entry) for j, entry in entries if entry["id"] not in known]
    articles = json_text(sorted({entry["article"] for _, entry in lost}))
    reports = {(row["article"], row["sha256"]): row for row in record.ask(_LOST_REPORTS, (articles,))}
    found: list[Row] = []
    for judgement, entry in lost:
        report = reports[entry["article"], entry["sha256"]]
        place = (report["id"], entry["layer"], entry["end"], entry["start"])
        names = ("id", "kind", "by", "at", "why", "field", "is")
        found.append(
            {name: value for name, value in _log_row(judgement).items() if name in names}
            | {"item": entry["id"], "layer": entry["layer"], "type": entry["type"], "report": report["id"]}
            | {"words": report["text"][entry["start"] : entry["end"]], "withdrawn": bool(report["withdrawn"])}
            | {"now": [row["id"] for row in record.ask(_NEAR, place)]}
        )
    return found
