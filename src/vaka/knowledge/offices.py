"""Checks offices against one another: one that a single person holds cannot have two holders, nor none for years.

Overlaps are refused unless a term says `beside: yes` (rival governments, co-premiers); gaps are only listed, since an
empty month may be true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

SINGLE = frozenset({"president", "prime minister", "chancellor", "foreign minister", "defense minister", "king"})
"""Offices of a state that one person holds at a time."""
HANDOVER = 1
"""Months that two holders may share: both leave and enter in the month of the change, or the data give years."""
GAP = 6
"""Months without a holder that are listed: shorter ones are caretakers and late swearing-ins."""
OPEN = 9999 * 12


@dataclass(frozen=True, slots=True)
class Spell:
    """One term of one person, in months since year 0, both ends included."""

    first: int
    last: int
    name: str
    since: str
    until: str
    beside: bool


def spells(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], list[Spell]]:
    """Terms of `SINGLE` offices by country and role, in order of time; terms without a beginning are left out."""
    found: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    for row in rows:
        for term in row.get("terms", ()) if row["category"] == "person" else ():
            country = term.get("country") or row.get("country")
            if term["role"] not in SINGLE or not country or term.get("org") or not term.get("from"):
                continue
            since, until = term["from"], term.get("until", "")
            last = _month(until, 12) if until else OPEN
            found[country, term["role"]].append(
                Spell(_month(since, 1), last, row["name"], since, until, term.get("beside") == "yes")
            )
    return {key: sorted(list_, key=lambda spell: (spell.first, spell.last)) for key, list_ in sorted(found.items())}


def _month(date: str, missing: int) -> int:
    return int(date[:4]) * 12 + (int(date[5:7]) if len(date) > 4 else missing)


def overlaps(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Two people in one office for more than `HANDOVER` months, neither of whom is declared `beside`."""
    for (country, role), held in spells(rows).items():
        for at, one in enumerate(held):
            for other in held[at + 1 :]:
                vague = len(one.until) == 4 or len(other.since) == 4
                shared = min(one.last, other.last) - other.first
                if shared < HANDOVER + 12 * vague or one.name == other.name or one.beside or other.beside:
                    continue
                yield f"{country} {role}: {_told(one)} and {_told(other)} overlap"


def gaps(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Months without a known holder between two known ones."""
    for (country, role), held in spells(rows).items():
        last = held[0].last
        for spell in held[1:]:
            if spell.first - last > GAP:
                yield f"{country} {role}: nobody for {spell.first - last - 1} months before {_told(spell)}"
            last = max(last, spell.last)


def _told(spell: Spell) -> str:
    return f"{spell.name} ({spell.since} to {spell.until or 'now'})"
