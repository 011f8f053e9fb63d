"""The parse of a sentence as plain frozen data, and the network's signal to it: what language/ writes and coding/
reads; it knows no NLP library.

Token positions (`i`, `head`) count within the sentence; `start` and `end` are code points of the article's text.
Names are Universal POS, Penn tags and spaCy's English (ClearNLP) dependency labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

NONE = "none"
"""What the network calls a word that tells no act, and an act without a mode."""


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


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the network's outputs, in order, and the weights that turn them into a score (`certainty`)."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    tags: tuple[str, ...]
    role_bias: NDArray[Any]
    scores: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Signal:
    """What the network says to one sentence. `spans` are the pieces' code points in the article; `types` has shape
    (pieces, types) with probabilities, `modes`, `statuses` and `tags` alike; `asking` and `answering` have
    (pieces, roles, width)."""

    spans: tuple[tuple[int, int], ...]
    types: NDArray[Any]
    modes: NDArray[Any]
    statuses: NDArray[Any]
    tags: NDArray[Any]
    asking: NDArray[Any]
    answering: NDArray[Any]
    labels: Labels
    _pieces: dict[int, list[int]] = field(default_factory=dict, repr=False, compare=False)
    _kinds: dict[int, dict[str, float]] = field(default_factory=dict, repr=False, compare=False)

    def pieces(self, token: Token) -> list[int]:
        """The pieces that the token is made of; looked up once a token."""
        found = self._pieces.get(token.start)
        if found is None:
            found = [i for i, (start, end) in enumerate(self.spans) if start < token.end and token.start < end]
            self._pieces[token.start] = found
        return found

    def kinds(self, token: Token) -> dict[str, float]:
        """Probability of each type, and of none, for the word as a trigger."""
        found = self._kinds.get(token.start)
        if found is None:
            inside = self.pieces(token)
            chances = self.types[inside].mean(0).tolist() if inside else [float(n == NONE) for n in self.labels.types]
            found = dict(zip(self.labels.types, chances, strict=True))
            self._kinds[token.start] = found
        return found

    def mode(self, token: Token, known: Sequence[str]) -> str | None:
        """The likeliest of the type's modes for the word, None where it is likelier to have none."""
        inside = self.pieces(token)
        row = self.modes[inside].mean(0) if inside else None
        if row is None or not known:
            return None
        choices = [(row[self.labels.modes.index(name)], name) for name in (NONE, *known) if name in self.labels.modes]
        best = max(choices)[1]
        return None if best == NONE else best

    def status(self, token: Token) -> dict[str, float]:
        """Probability of each status for the word as a trigger."""
        inside = self.pieces(token)
        if not inside:
            return {}
        return dict(zip(self.labels.statuses, self.statuses[inside].mean(0).tolist(), strict=True))

    def roles(self, trigger: Token, words: Sequence[Token]) -> tuple[float, float, float]:
        """How likely the words stand for the actor, the recipient and the place of what the trigger tells."""
        asked, answered = self.pieces(trigger), [i for word in words for i in self.pieces(word)]
        if not asked or not answered:
            return 0.0, 0.0, 0.0
        import numpy  # loaded already where there is a signal

        logits = numpy.einsum("trd,prd->tpr", self.asking[asked], self.answering[answered]) + self.labels.role_bias
        chances = 1 / (1 + numpy.exp(-logits.mean((0, 1))))
        return float(chances[0]), float(chances[1]), float(chances[2])
