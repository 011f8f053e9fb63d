"""Which of a row of things belong together, as pairs are found to: disjoint sets, each named by its first member."""

from __future__ import annotations


class Groups:
    """Sets of the positions 0 to `count` - 1; each stands alone until it is joined."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def first(self, at: int) -> int:
        """The first position of the set that holds this one."""
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.first(one), self.first(other)))
        self._above[second] = first
