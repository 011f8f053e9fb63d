"""The parse of a sentence as plain frozen data: what language/ writes and coding/ reads; it knows no NLP library.

Token positions (`i`, `head`) count within the sentence; `start` and `end` are code points of the article's text.
Names are Universal POS, Penn tags and spaCy's English (ClearNLP) dependency labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Token:
    """One token; the root of a sentence is its own head."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str = ""

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or title, caption, heading) of one zone with its dependency tree.

    `index` counts the sentences of the page, `paragraph` its blocks of text.
    """

    index: int
    start: int
    end: int
    zone: str
    paragraph: int
    tokens: tuple[Token, ...]
    kids: tuple[tuple[int, ...], ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        object.__setattr__(self, "kids", tuple(tuple(row) for row in below))

    def children(self, token: Token, *deps: str) -> list[Token]:
        """The tokens right below `token`, in text order; only those with one of `deps` where any is named."""
        below = (self.tokens[i] for i in self.kids[token.i])
        return [child for child in below if not deps or child.dep in deps]

    def child(self, token: Token, *deps: str) -> Token | None:
        """The first of `children`, or None."""
        for i in self.kids[token.i]:
            if self.tokens[i].dep in deps:
                return self.tokens[i]
        return None

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """From the token's head up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """The token and all below it, in text order."""
        found, todo = {token.i}, [token.i]
        while todo:
            for i in self.kids[todo.pop()]:
                if i not in found:
                    found.add(i)
                    todo.append(i)
        return [self.tokens[i] for i in sorted(found)]

    def reach(self, token: Token) -> tuple[int, int]:
        """Start and end, in code points, of the words under `token`."""
        tree = self.subtree(token)
        return tree[0].start, tree[-1].end

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap the code points start to end."""
        return [token for token in self.tokens if token.start < end and start < token.end]

    def head_of(self, start: int, end: int) -> Token | None:
        """The highest token among those that overlap start to end: the syntactic head of a mention."""
        inside = self.within(start, end)
        here = {token.i for token in inside}
        for token in inside:
            if token.head == token.i or token.head not in here:
                return token
        return None
