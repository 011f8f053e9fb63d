"""Who appears in events and how often, counted once for the whole record, so that the first page of actors is quick.

Derived as the incidents are, by genre of the reports: an event belongs to one report, so counts of genres add up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import orjson

Row = dict[str, Any]
Key = tuple[str, str | None, str | None]

_PARTIES = """
SELECT a.name, a.country, a.org, a.kind, a.office, a.sectors, a.role AS side, e.type, e.id AS event, e.report,
  coalesce (r.genre, 'none') AS genre
FROM event_parties a JOIN judged_events e ON e.id = a.event JOIN reports r ON r.id = e.report
WHERE NOT EXISTS (SELECT 1 FROM reviewed v WHERE v.item = e.id AND v.verdict = 'rejected')
ORDER BY a.name, a.country, a.org, e.id, a.role, a.position
"""
_SHOWN = """
SELECT name, country, org, group_concat (told, char (10)) AS told FROM actor_counts
WHERE (:genre IS NULL OR genre IN (SELECT value FROM json_each (:genre)))
GROUP BY name, country, org ORDER BY sum (acts) DESC, name, coalesce (country, ''), coalesce (org, '') LIMIT :limit
"""


def tallied(rows: Iterable[sqlite3.Row]) -> list[Row]:
    """One entry an actor of the rows, which come in the order of their names, the most frequent first."""
    found: dict[Key, Row] = {}
    seen: dict[Key, dict[str, set[str]]] = {}
    for row in rows:
        key = (row["name"], row["country"], row["org"])
        entry = found.setdefault(
            key,
            {"name": row["name"], "country": row["country"], "org": row["org"], "kind": row["kind"], "sectors": [],
             "roles": [], "types": {}},
        )  # fmt: skip
        sets = seen.setdefault(key, {"actor": set(), "recipient": set(), "report": set()})
        entry["sectors"] += [name for name in orjson.loads(row["sectors"]) if name not in entry["sectors"]]
        if row["office"] and row["office"] not in entry["roles"]:
            entry["roles"].append(row["office"])
        if row["event"] not in sets["actor"] | sets["recipient"]:
            entry["types"][row["type"]] = entry["types"].get(row["type"], 0) + 1
        sets[row["side"]].add(row["event"])
        sets["report"].add(row["report"])
    for key, entry in found.items():
        acting, suffering, told = (len(seen[key][side]) for side in ("actor", "recipient", "report"))
        entry |= {"as_actor": acting, "as_recipient": suffering, "reports": told}
        entry["types"] = dict(sorted(entry["types"].items()))
    return sorted(found.values(), key=_rank)


def _rank(entry: Row) -> tuple[int, str, str, str]:
    return (-entry["as_actor"] - entry["as_recipient"], entry["name"], entry["country"] or "", entry["org"] or "")


def count_actors(db: sqlite3.Connection) -> None:
    """Fills the empty table; the caller holds the transaction."""
    genres: dict[str, list[sqlite3.Row]] = {}
    for row in db.execute(_PARTIES):
        genres.setdefault(row["genre"], []).append(row)
    for genre, rows in sorted(genres.items()):
        for entry in tallied(rows):
            acts = entry["as_actor"] + entry["as_recipient"]
            told = orjson.dumps(entry).decode()
            row = (entry["name"], entry["country"], entry["org"], genre, acts, told)
            db.execute("INSERT INTO actor_counts VALUES (?,?,?,?,?,?)", row)


def counted(db: sqlite3.Connection, genre: object, limit: object) -> list[Row]:
    """The most frequent actors of reports of those genres (a JSON list, or None for all)."""
    rows = db.execute(_SHOWN, {"genre": genre, "limit": limit}).fetchall()
    return [_together([orjson.loads(line) for line in row["told"].split("\n")]) for row in rows]


def _together(entries: list[Row]) -> Row:
    first = entries[0]
    for other in entries[1:]:
        for name in ("sectors", "roles"):
            first[name] += [value for value in other[name] if value not in first[name]]
        for name in ("as_actor", "as_recipient", "reports"):
            first[name] += other[name]
        kinds = first["types"].keys() | other["types"].keys()
        first["types"] = {k: first["types"].get(k, 0) + other["types"].get(k, 0) for k in sorted(kinds)}
    return first
