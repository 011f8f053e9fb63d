"""Cause and effect as the network tags them: one relation a sentence, its two sides as unbroken stretches of words.

It proposes spans; links told by explicit words are found by the rules of causes.py as well, and its own stand where
both speak of the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaka.syntax import Sentence, Signal, Token

SURE = 0.5
"""Mean probability of a side's tags from which it counts."""
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
"""What a side has to hold a word of: "to" alone causes nothing."""
GAP = 3
"""Untagged tokens that a side may hold: articles and commas that the network skips."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A relation with its sides and the words that signal it, if any; `score` is the lower of the two sides."""

    cause: tuple[Token, ...]
    effect: tuple[Token, ...]
    signal: tuple[Token, ...]
    score: float


def tagged(sentence: Sentence, signal: Signal) -> Tagged | None:
    """The relation that the network sees in the sentence, or None."""
    if not _hints(signal):
        return None
    chances = {name: _chances(sentence, signal, name) for name in ("cause", "effect", "signal")}
    cause, effect = _side(sentence, chances, "cause"), _side(sentence, chances, "effect")
    if not all(any(token.pos in CONTENT for token in side) for side in (cause, effect)):
        return None
    score = min(_mean(chances["cause"], cause), _mean(chances["effect"], effect))
    words = [t for t in sentence.tokens if chances["signal"].get(t.i, 0.0) >= SURE]
    sides = {t.i for t in (*cause, *effect)}
    return Tagged(cause, effect, tuple(t for t in words if t.i not in sides), score)


def _hints(signal: Signal) -> bool:
    """Whether any piece at all is likelier of a cause, and any of an effect, than not: most sentences stop here."""
    sides = (
        [n for n, tag in enumerate(signal.labels.tags) if tag.removesuffix("+") == name] for name in ("cause", "effect")
    )
    return all(bool((signal.tags[:, columns].sum(1) >= SURE).any()) for columns in sides)


def _chances(sentence: Sentence, signal: Signal, name: str) -> dict[int, float]:
    """For each token the probability that it belongs to that side, wherever the side begins."""
    columns = [number for number, tag in enumerate(signal.labels.tags) if tag.removesuffix("+") == name]
    found: dict[int, float] = {}
    for token in sentence.tokens:
        if pieces := signal.pieces(token):
            found[token.i] = float(signal.tags[pieces][:, columns].sum(1).mean())
    return found


def _side(sentence: Sentence, chances: dict[str, dict[int, float]], name: str) -> tuple[Token, ...]:
    """The stretch with the most probability, of tokens likelier of this side than of another."""
    runs: list[list[Token]] = []
    for token in sentence.tokens:
        own = chances[name].get(token.i, 0.0)
        if own < SURE or own < max(chances[other].get(token.i, 0.0) for other in chances if other != name):
            continue
        if runs and token.i - runs[-1][-1].i <= GAP:
            runs[-1].append(token)
        else:
            runs.append([token])
    best = max(runs, key=lambda run: sum(chances[name][t.i] for t in run), default=[])
    return sentence.tokens[best[0].i : best[-1].i + 1] if best else ()


def _mean(chances: dict[int, float], tokens: tuple[Token, ...]) -> float:
    return sum(chances.get(token.i, 0.0) for token in tokens) / len(tokens)
