"""Finds the known name that a misspelt or otherwise transliterated one means: Germnay, Damascas, Gadaffi, Bakiev.

Two ways only: one slip of a letter in a long name, or the same letters once the usual turns of transliteration are
undone. A word that fits two actors means none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii

SLIP = {"state": 7, "person": 9}
"""Letters of the shortest name that a slip is mended in: shorter ones are a letter away from other words."""
LEAST = {"state": 6, "person": 6}
"""Letters of the shortest name that is found by its sound."""
TURNS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[-' ]+", " "), (r"(?:shch|sch|sh)", "s"), (r"(?:tsch|tch|ch|cz|tz|ts)", "c"),
        ("kh", "h"), ("gh", "g"), ("ph", "f"),
        ("dh", "d"), ("th", "t"), (r"(?:dzh|zh|dj)", "j"), ("(?:ck|q|k)", "k"), ("x", "ks"), ("w", "v"),
        (r"(?:ou|oo)", "u"),
        (r"(?<=[eo])ff?\b", "v"), ("y", "i"), ("ee", "i"), (r"i+e", "e"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""What writers of English do differently with the same foreign sound, in the order in which it is undone."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A known name: its text, whose it is (a person may have several entries), and whether that is a state or a
    person."""

    text: str
    who: str
    category: str


def sound(name: str) -> str:
    """The name with the turns of transliteration undone: Gaddafi and Gadaffi are one."""
    plain = anyascii(name).lower()
    for pattern, simple in TURNS:
        plain = pattern.sub(simple, plain)
    return plain


class Spellings:
    """Names of states, capitals and people that may stand with a slip."""

    def __init__(self, names: Iterable[Meant]) -> None:
        self._slips: dict[str, set[Meant]] = {}
        self._sounds: dict[str, set[Meant]] = {}
        for meant in names:
            if len(meant.text) >= SLIP[meant.category]:
                for cut in cuts(meant.text):
                    self._slips.setdefault(cut, set()).add(meant)
            if len(meant.text) >= LEAST[meant.category]:
                self._sounds.setdefault(sound(meant.text), set()).add(meant)

    def meant(self, word: str) -> Meant | None:
        """The one known name that the word is a slip or another spelling of, or None."""
        if len(word) < min(LEAST.values()):
            return None
        near = {m for cut in cuts(word) for m in self._slips.get(cut, ()) if m.text[0] == word[0]}
        states = {m for m in near if one_slip(word, m.text)}
        found = _one(self._sounds.get(sound(word), set())) or _one(states)
        return found if found and found.text != word else None


def _one(found: set[Meant]) -> Meant | None:
    return min(found, key=lambda m: m.text) if len({m.who for m in found}) == 1 else None


def cuts(word: str) -> set[str]:
    """The word, and the word without one of its letters."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def one_slip(word: str, name: str) -> bool:
    """Whether one insertion, deletion, substitution or exchange of neighbours makes the name of the word."""
    if len(word) == len(name):
        wrong = [i for i in range(len(word)) if word[i] != name[i]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (swapped and word[wrong[0]] == name[wrong[1]] and word[wrong[1]] == name[wrong[0]])
    long, short = (word, name) if len(word) > len(name) else (name, word)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
