"""Whether two mentions from different reports are one party; a doubtful pair is two parties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from vaka.knowledge.actors import agents

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
"""Arms of one state: one report says "Russia", the next "Russian troops"."""
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes for what has no country: sharing one says nothing about identity."""

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as a report names it."""

    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "other"
    org: str | None = None

    @property
    def unnamed(self) -> bool:
        """Whether words describe the party and no name calls it: soldiers, Kazakh police, several hundred residents."""
        return self.org is None and self.kind != "government" and _describes(self.name)

    @property
    def town(self) -> bool:
        """Whether it is a place that stands for whoever is there."""
        return self.kind == "other" and not self.sectors

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


@lru_cache(maxsize=65536)
def _describes(name: str) -> bool:
    words = _LETTERS.findall(name)
    if not words:
        return True
    return words[-1][0].islower() or (len(words) == 1 and _is_agent(words[0].lower()))


def _is_agent(word: str) -> bool:
    """Whether a word at the head of a sentence, so with a capital, is a common noun for people: Soldiers, Deputies."""
    known = agents()
    return any(form in known for form in (word, word.removesuffix("s"), word.removesuffix("ies") + "y"))


def same_party(a: Party, b: Party) -> bool:
    """Whether both name the same happening's party: two named persons of one country are two parties."""
    if a.org and b.org:
        return a.org == b.org
    if fold(a.name) == fold(b.name):
        return not (a.country and b.country) or a.country == b.country
    if a.kind == b.kind == "person" and not (a.unnamed or b.unnamed):
        return _part_of_name(a.name, b.name) and (not (a.country and b.country) or a.country == b.country)
    return _same_country(a, b) and a.org == b.org and not (a.unnamed and b.unnamed) and not (a.town or b.town)


def same_side(a: Party, b: Party) -> bool:
    """Whether one may keep the other's promise: any part of the same state, or the same organization."""
    if a.org and b.org:
        return a.org == b.org
    return fold(a.name) == fold(b.name) or _same_country(a, b)


def sides_agree(first: Sequence[Party], second: Sequence[Party]) -> bool | None:
    """Whether two lists name the same side; None where one is empty, or where nameless parties may be the named ones.

    More than half of the shorter list must be found in the other: Turkey with Azerbaijan is not Turkey with Kazakhstan.
    """
    if not first or not second:
        return None
    short, long = sorted((first, second), key=len)
    found = sum(any(same_party(a, b) for b in long) for a in short)
    if found * 2 > len(short):
        return True
    likely = sum(any(same_party(a, b) or may_be(a, b) for b in long) for a in short)
    return None if likely * 2 > len(short) else False


def may_be(a: Party, b: Party) -> bool:
    """Whether nothing keeps a party without a name (soldiers, a crowd, a town for its people) from being the other one.

    The rioters and the people of one country, or its police and 95 officers, need not be the same ones.
    """
    both, shared = a.unnamed and b.unnamed, bool(set(a.sectors) & set(b.sectors))
    named = bool((a.unnamed and b.org) or (b.unnamed and a.org))
    if named and a.kind == b.kind == "armed-group":
        return True  # The rebels in Congo of one report are the next one's Ugandan group.
    if a.country and b.country and a.country != b.country:
        return False
    if a.town or b.town or (named and shared):
        return True
    return (both or _nobody(a) or _nobody(b)) and (shared or not a.sectors or not b.sectors)


def _nobody(party: Party) -> bool:
    return party.country is None and party.unnamed


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
