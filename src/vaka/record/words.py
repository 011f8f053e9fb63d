"""The content words of a passage, and what its phrases tell of things told before; it parses nothing.

Two passages about one thing share words, not forms: promise and promised, withdraws and withdrew.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from vaka.knowledge.following import following, plain_words

STEM = 6
"""Letters of a stem: enough to keep words apart, few enough for withdraw to meet withdrew and withdrawal."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?:ings?|ed|ers?|es|s|e)$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n\s*\n")


def stems(text: str) -> frozenset[str]:
    """The content words without their endings."""
    plain = plain_words()
    return frozenset(_stem(word) for word in _WORD.findall(anyascii(text).lower()) if word not in plain)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    bare = _ENDING.sub("", word)
    if len(bare) < 3 or len(word) < 4:
        return word[:STEM]
    if len(bare) > 3 and bare[-1] == bare[-2]:
        bare = bare[:-1]  # dropped and drop, pulled and pull
    return bare[:STEM]


def tells(says: str, text: str) -> bool:
    """Whether a phrase of this meaning stands in the text."""
    return following()[says].search(text) is not None


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds those offsets, as far as full stops before a capital letter tell."""
    first, last = 0, len(text)
    for found in _SENTENCE_END.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() + 1 >= end:
            last = found.start() + (0 if text[found.start()].isspace() else len(found.group().rstrip()))
            break
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last
