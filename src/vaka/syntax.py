"""The parse of a sentence as plain frozen data, and the network's signal to it: what language/ writes and coding/
reads; it knows no NLP library.

Token positions (`i`, `head`) count within the sentence; `start` and `end` are code points of the article's text.
Names are Universal POS, Penn tags and spaCy's English (ClearNLP) dependency labels.
"""

from __future__ import annotations

import math
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
        below, tokens = self.kids[token.i], self.tokens
        if not deps:
            return [tokens[i] for i in below]
        return [tokens[i] for i in below if tokens[i].dep in deps] if below else []

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
    """The names of the network's outputs, in order, the weights that turn them into a score (`certainty`), and for each
    type whether it is an act (all but `NONE`)."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    tags: tuple[str, ...]
    role_bias: NDArray[Any]
    scores: dict[str, tuple[float, ...]]
    acts: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Signal:
    """What the network says to one sentence. `spans` are the pieces' code points in the article; `types` has shape
    (pieces, types) with probabilities, `modes`, `statuses` and `tags` alike; `asking` and `answering` have
    (pieces, roles, width); `whole` has shape (types,), how likely the sentence tells such an act, at `NONE` any."""

    spans: tuple[tuple[int, int], ...]
    types: NDArray[Any]
    modes: NDArray[Any]
    statuses: NDArray[Any]
    tags: NDArray[Any]
    asking: NDArray[Any]
    answering: NDArray[Any]
    whole: NDArray[Any]
    labels: Labels
    _pieces: dict[int, list[int]] = field(default_factory=dict, repr=False, compare=False)
    _kinds: dict[int, dict[str, float]] = field(default_factory=dict, repr=False, compare=False)
    _roles: dict[int, list[list[float]]] = field(default_factory=dict, repr=False, compare=False)

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
            if len(inside) == 1:
                chances = self.types[inside[0]].tolist()
            elif inside:
                chances = self.types[inside].mean(0).tolist()
            else:
                chances = [float(n == NONE) for n in self.labels.types]
            found = dict(zip(self.labels.types, chances, strict=True))
            self._kinds[token.start] = found
        return found

    def told(self, tokens: Sequence[Token], least: float) -> list[Token]:
        """The words of which a piece tells some act with at least this probability."""
        loud = (self.types.max(1, initial=0.0, where=self.labels.acts) >= least).tolist()
        return self._under(tokens, loud)

    def heard(self, tokens: Sequence[Token], least: float) -> list[Token]:
        """The words of which a piece tells some act with this probability, or tells none with less than the rest."""
        told = self.types.max(1, initial=0.0, where=self.labels.acts) >= least
        silent = self.types.min(1, initial=1.0, where=~self.labels.acts) >= 1 - least
        return self._under(tokens, (told | ~silent).tolist())

    def _under(self, tokens: Sequence[Token], loud: Sequence[bool]) -> list[Token]:
        spans = [span for span, heard in zip(self.spans, loud, strict=True) if heard]
        return [t for t in tokens if any(start < t.end and t.start < end for start, end in spans)] if spans else []

    def mode(self, token: Token, known: Sequence[str]) -> str | None:
        """The likeliest of the type's modes for the word, None where it is likelier to have none."""
        inside = self.pieces(token)
        row = self.modes[inside].mean(0) if inside else None
        if row is None or not known:
            return None
        choices = [(row[self.labels.modes.index(name)], name) for name in (NONE, *known) if name in self.labels.modes]
        best = max(choices)[1]
        return None if best == NONE else best

    def tells(self, kind: str) -> tuple[float, float]:
        """How likely the sentence as a whole tells any act, and one of this type."""
        return float(self.whole[0]), float(self.whole[self.labels.types.index(kind)])

    def status(self, token: Token) -> dict[str, float]:
        """Probability of each status for the word as a trigger."""
        inside = self.pieces(token)
        if not inside:
            return {}
        return dict(zip(self.labels.statuses, self.statuses[inside].mean(0).tolist(), strict=True))

    def roles(self, trigger: Token, words: Sequence[Token]) -> tuple[float, float, float]:
        """How likely the words stand for the actor, the recipient and the place of what the trigger tells."""
        answered = [i for word in words for i in self.pieces(word)]
        rows = self._beside(trigger) if answered else []
        if not rows:
            return 0.0, 0.0, 0.0
        actor, recipient, place = (sum(rows[i][role] for i in answered) / len(answered) for role in range(3))
        return _chance(actor), _chance(recipient), _chance(place)

    def _beside(self, trigger: Token) -> list[list[float]]:
        """The log odds of each piece in each role of the trigger; looked up once a trigger."""
        found = self._roles.get(trigger.start)
        if found is None:
            asked = self.pieces(trigger)
            found = []
            if asked:
                question = self.asking[asked].mean(0)
                found = ((self.answering * question).sum(-1) + self.labels.role_bias).tolist()
            self._roles[trigger.start] = found
        return found


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -500 else 0.0
