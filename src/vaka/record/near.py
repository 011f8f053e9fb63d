"""Which promises a report may speak of, by their words and numbers; it leaves out none that a sentence could meet.

Every promise against every report would be too many in a large record. A promise that needs `m` of its `k` words stands
under its `k - m + 1` rarest ones only: whoever shares `m` of them shares one of these (prefix filtering, as in set
joins).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Generic, Protocol, TypeVar

ABOUT = 0.5
"""Share of the promised thing's words that the sentence and the few before it must repeat."""
COMMON, MANY = 0.05, 200
"""A word of more promises than both, a share of all and a number, does not tell them apart."""


class Promised(Protocol):
    """What is looked at of a promise."""

    @property
    def id(self) -> str: ...
    @property
    def things(self) -> frozenset[str]: ...
    @property
    def numbers(self) -> frozenset[float]: ...
    @property
    def still(self) -> bool: ...


P = TypeVar("P", bound=Promised)


def least(promise: Promised) -> float:
    """How many of the promise's words and numbers a sentence and the few before it must repeat."""
    return 1 if promise.still else max(1, ABOUT * len(promise.things))


class Near(Generic[P]):
    """The promises by their rarest words."""

    def __init__(self, promises: Sequence[P]) -> None:
        self._least = {promise.id: least(promise) for promise in promises}
        counts = Counter(word for promise in promises for word in promise.things)
        self._telling = {word for word, count in counts.items() if count <= max(MANY, COMMON * len(promises))}
        self._index: dict[str, list[P]] = defaultdict(list)
        for promise in promises:
            rarest = sorted(promise.things, key=lambda word: (counts[word], word))
            needed = math.ceil(self._least[promise.id]) - bool(promise.numbers)
            for word in rarest[: len(rarest) - max(1, needed) + 1]:
                self._index[word].append(promise)

    def to(self, words: frozenset[str], numbers: frozenset[float]) -> Iterator[P]:
        """The promises that a report of those words and numbers may speak of, in the order of their ids."""
        found = {promise.id: promise for word in words for promise in self._index.get(word, ())}
        for key in sorted(found):
            promise = found[key]
            shared = promise.things & words
            equal = not promise.numbers.isdisjoint(numbers)
            if len(shared) + equal >= self._least[key] and not self._telling.isdisjoint(shared):
                yield promise
