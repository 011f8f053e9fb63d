"""What the knowledge holds, as rows: totals by kind and certainty, entries, vacant offices, what a name means."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from vaka.knowledge.actors import Entry, actors, agents, titles
from vaka.knowledge.files import knowledge_rows
from vaka.knowledge.gazetteer import gazetteer
from vaka.knowledge.offices import gaps

Row = dict[str, Any]
PLURALS = {
    "state": "states and territories", "body": "bodies of states", "organization": "organizations",
    "group": "armed groups and parties", "person": "people",
}  # fmt: skip


def totals() -> list[Row]:
    """A row a kind: how many entries and names, and how many of them each level of certainty has.

    States and their bodies carry no certainty of their own and count as `medium`.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in knowledge_rows("actors"):
        count = counts[row["category"]]
        count["entries"] += 1
        count["names"] += len({name["text"] for name in row["names"]})
        count[row["sure"]] += 1
        count["with a document"] += row["source"] != "recall" and row["category"] not in {"state", "body"}
        count["terms or members"] += len(row.get("terms", ())) + len(row.get("members", ()))
    columns = ("entries", "names", "terms or members", "high", "medium", "low", "with a document")
    rows: list[Row] = [
        {"kind": PLURALS[kind]} | {column: counts[kind][column] for column in columns} for kind in PLURALS
    ]
    whole = Counter[str]()
    for count in counts.values():
        whole.update(count)
    rows.append({"kind": "actors in all"} | {column: whole[column] for column in columns})
    others = (
        ("role nouns", {agent.noun for agent in agents().values()}),
        ("forms of titles", titles()),
        ("names of places", gazetteer()),
    )
    rows += [{"kind": kind, "entries": len(found)} for kind, found in others]
    return rows


def entries(category: str, country: str | None, day: str | None) -> list[Row]:
    """All entries of a category, sorted by country and name; those that existed on `day`, with the office held then."""
    found = [
        entry
        for entry in actors().entries.values()
        if entry.category == category and (country is None or entry.country == country) and entry.known_on(day)
    ]
    return [_told(entry, day) for entry in sorted(found, key=lambda entry: (entry.country or "", entry.name))]


def office_gaps(country: str | None) -> list[Row]:
    """Offices that nobody is known to have held for months between two holders."""
    told = gaps(knowledge_rows("actors"))
    return [{"gap": line} for line in told if country is None or line.startswith(country)]


def meanings(name: str, day: str | None) -> list[Row]:
    """Everything that the name may mean, actors before places; the one that a report of `day` gets is marked."""
    known = actors()
    chosen = [hit.entry for hit in known.find(name, day) if hit.end - hit.start == len(name)]
    rows = [_told(entry, day) | {"as": form, "taken": entry in chosen} for entry, form in known.bearers(name)]
    place = gazetteer().find(name)
    for sense in place.senses if place else ():
        spot = sense.spot
        source = f"GeoNames {spot.geonameid}" if spot.geonameid else "reviewed"
        rows.append(
            {
                "name": spot.name, "kind": f"place ({spot.precision})", "country": spot.country, "sector": "",
                "dates": "", "role": "", "sure": "", "source": source,
                "at": "data/places", "as": "place", "taken": not rows and place is not None and not place.never,
            }
        )  # fmt: skip
    return rows


def _told(entry: Entry, day: str | None) -> Row:
    term = entry.term_on(day) if day else None
    dates = f"{entry.since or '…'} to {entry.until or 'now'}" if entry.since or entry.until else ""
    roles = [term] if term else list(entry.terms)
    return {
        "name": entry.name,
        "kind": entry.kind if entry.category != "state" else "state",
        "country": entry.country or "",
        "sector": " ".join(entry.sectors_on(day)),
        "dates": dates,
        "role": "; ".join(
            f"{t.role}{f' ({t.org})' if t.org else ''} {t.since or '…'} to {t.until or 'now'}" for t in roles
        ),
        "sure": entry.sure,
        "source": entry.source,
        "at": entry.at,
    }
