"""What differs between two records of the same reports, item by item: what a newer engine adds, drops and changes.

An item that was found at the same words under another type, and so has another id, is one that changed. How an item
came to be (rule, score) is no difference; what people judged is none of pages, and shows in incidents and pledges.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import orjson

from vaka.record.query import ALL, answer, incidents, pledges
from vaka.record.shapes import Row
from vaka.record.store import Record

LAYERS = ("event", "quote", "pledge", "cause", "time", "place", "actor")
_ANCHORS = {"event": "trigger", "quote": "content", "pledge": "content", "cause": "cause"}
_REPORTS = "SELECT id, article, sha256, page FROM reports JOIN pages ON report = id"
_ENGINES = "SELECT engine, count(*) FROM reports JOIN pages ON report = id GROUP BY engine ORDER BY 2 DESC, 1"
_INCIDENT = ("type", "modes", "status", "actors", "recipients", "when", "where", "values", "events")
_UNSAID = frozenset({"id", "basis", "report", "review", "evidence", "score"})

Key = tuple[str, str]


def diff(a: Record, b: Record) -> Row:
    """Differences in the reports that both hold, by report and layer, and which reports only one holds.

    Rows have `change` (added, removed, changed), `layer`, `id`, `report`, the `words`, and for what changed each field
    as it `was` in `a` and `is` in `b`, with the id that it had there where that differs.
    """
    ours, theirs = _reports(a), _reports(b)
    rows: list[Row] = []
    for key in sorted(ours.keys() & theirs.keys()):
        before, after = (_items(orjson.loads(side[key]["page"])) for side in (ours, theirs))
        for layer in LAYERS:
            rows += _layer(layer, before[layer], after[layer], theirs[key]["id"])
    rows += _derived("incident", _incidents(a), _incidents(b))
    rows += _derived("outcome", _outcomes(a), _outcomes(b))
    only = {
        "a": sorted(ours[key]["id"] for key in ours.keys() - theirs.keys()),
        "b": sorted(theirs[key]["id"] for key in theirs.keys() - ours.keys()),
    }
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        totals[row["layer"]][row["change"]] += 1
    found = answer("diff", rows)
    engines = {name: [orjson.loads(row[0]) for row in side.ask(_ENGINES)] for name, side in (("a", a), ("b", b))}
    counted = {layer: dict(count) for layer, count in totals.items()}
    return found | {"reports_only_in": only, "engines": engines, "totals": counted}


def _reports(record: Record) -> dict[Key, Any]:
    return {(row["article"], row["sha256"]): row for row in record.ask(_REPORTS)}


def _items(page: Row) -> dict[str, dict[str, Row]]:
    return {layer: {item["id"]: item for item in page[f"{layer}s"]} for layer in LAYERS}


def _layer(layer: str, before: dict[str, Row], after: dict[str, Row], report: str) -> Iterator[Row]:
    removed = {key: item for key, item in before.items() if key not in after}
    added = {key: item for key, item in after.items() if key not in before}
    moved = _moved(layer, removed, added)
    for key, item in after.items():
        old = moved.get(key) or before.get(key)
        if old is None:
            yield _row("added", layer, key, report, _words(layer, item))
        elif fields := _fields(_said(old), _said(item)):
            row = _row("changed", layer, key, report, _words(layer, item)) | {"fields": fields}
            yield row | {"was_id": old["id"] if old["id"] != key else None}
    gone = {old["id"] for old in moved.values()}
    for key, item in removed.items():
        if key not in gone:
            yield _row("removed", layer, key, report, _words(layer, item))


def _moved(layer: str, removed: dict[str, Row], added: dict[str, Row]) -> dict[str, Row]:
    """Items with a new id that stand where one with another id stood, each with the old one."""
    places: dict[int, list[Row]] = defaultdict(list)
    for item in removed.values():
        places[_start(layer, item)].append(item)
    found: dict[str, Row] = {}
    for key, item in added.items():
        if stood := places.get(_start(layer, item)):
            found[key] = stood.pop(0)
    return found


def _anchor(layer: str, item: Row) -> Row:
    anchor = item[_ANCHORS[layer]] if layer in _ANCHORS else item["span"]
    found: Row = anchor[0] if isinstance(anchor, list) else anchor
    return found


def _start(layer: str, item: Row) -> int:
    return int(_anchor(layer, item)["start"])


def _words(layer: str, item: Row) -> str:
    return str(_anchor(layer, item)["text"])


def _row(change: str, layer: str, key: str, report: str, words: str) -> Row:
    head = {"change": change, "layer": layer, "id": key, "was_id": None, "report": report, "words": words}
    return head | {"fields": {}}


def _fields(before: Row, after: Row) -> Row:
    return {
        name: {"was": before.get(name), "is": after.get(name)}
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def _said(item: Row) -> Row:
    """What an item says, each part short: spans by their words, parties by name and country, links left out."""
    links = {"said_by", "event", "parent", "cause_event", "effect_event"}
    return {name: _short(value) for name, value in item.items() if name not in _UNSAID | links}


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if "resolved_by" in value:
        return f"{value['name']} ({value['country']})" if value["country"] else value["name"]
    if value.keys() == {"start", "end", "text"}:
        return value["text"]
    if "grain" in value or "precision" in value:
        names = ("value", "start", "end", "name", "country", "from")
        return {name: value[name] for name in names if value.get(name) is not None}
    return {name: _short(inner) for name, inner in value.items() if name not in ("basis", "evidence", "id", "span")}


def _incidents(record: Record) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for incident in incidents(record, ALL)["rows"]:
        first = incident["tellings"][0]
        said = {name: _short(incident[name]) for name in _INCIDENT if name in incident}
        said["events"] = [telling["event"] for telling in incident["tellings"]]
        found[incident["id"]] = {"said": said, "report": first["report"], "words": first["evidence"][0]["text"]}
    return found


def _outcomes(record: Record) -> dict[str, Row]:
    return {
        row["id"]: {"said": {"status": row["status"]}, "report": row["report"], "words": row["content"]["text"]}
        for row in pledges(record, ALL)["rows"]
    }


def _derived(layer: str, before: dict[str, Row], after: dict[str, Row]) -> Iterator[Row]:
    for key, item in after.items():
        if key not in before:
            yield _row("added", layer, key, item["report"], item["words"])
        elif fields := _fields(before[key]["said"], item["said"]):
            yield _row("changed", layer, key, item["report"], item["words"]) | {"fields": fields}
    for key, item in before.items():
        if key not in after:
            yield _row("removed", layer, key, item["report"], item["words"])
