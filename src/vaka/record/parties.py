"""Whether two mentions from different reports are one party; a doubtful pair is two parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
"""Arms of one state: one report says "Russia", the next "Russian troops"."""
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes for what has no country: sharing one says nothing about identity."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as a report names it."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "other"
    org: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Equal for two mentions that carry the same name of the same country."""
        return (self.org or fold(self.name), self.country or "")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    return " ".join(anyascii(text).lower().split())


def names_party(wanted: str, name: str | None, org: str | None, country: str | None) -> bool:
    """Whether folded words name this party: its country's code, its organization's key, or whole words of its name."""
    if not wanted:
        return False
    words = f" {fold(name or '').replace('-', ' ')} "
    return wanted in ((org or "").lower(), (country or "").lower()) or f" {wanted.replace('-', ' ')} " in words


def same_party(a: Party, b: Party) -> bool:
    """Whether both name the same happening's party: two named persons of one country are two parties."""
    if a.org and b.org:
        return a.org == b.org
    if fold(a.name) == fold(b.name):
        return not (a.country and b.country) or a.country == b.country
    if a.kind == b.kind == "person":
        return _part_of_name(a.name, b.name) and (not (a.country and b.country) or a.country == b.country)
    return _same_country(a, b) and a.org == b.org


def same_side(a: Party, b: Party) -> bool:
    """Whether one may keep the other's promise: any part of the same state, or the same organization."""
    if a.org and b.org:
        return a.org == b.org
    return fold(a.name) == fold(b.name) or _same_country(a, b)


def sides_agree(first: Sequence[Party], second: Sequence[Party]) -> bool | None:
    """Whether two lists name the same side; None where one is empty.

    More than half of the shorter list must be found in the other: Turkey with Azerbaijan is not Turkey with Kazakhstan.
    """
    if not first or not second:
        return None
    short, long = sorted((first, second), key=len)
    found = sum(any(same_party(a, b) for b in long) for a in short)
    return found * 2 > len(short)


def _same_country(a: Party, b: Party) -> bool:
    if not a.country or a.country != b.country or a.country in NON_STATES:
        return False
    if not a.sectors or not b.sectors:
        return True
    return bool(set(a.sectors) & set(b.sectors)) or (a.sectors[0] in STATE_SECTORS and b.sectors[0] in STATE_SECTORS)


def _part_of_name(a: str, b: str) -> bool:
    """Whether one name's words all stand in the other: Tokayev, Kassym-Jomart Tokayev."""
    first, second = set(fold(a).replace("-", " ").split()), set(fold(b).replace("-", " ").split())
    return bool(first and second) and (first <= second or second <= first)
