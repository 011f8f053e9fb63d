"""How large an event was: dead, injured, arrested, size of a crowd or force, money and percent, as its sentence tells.

A number counts for an event only where it counts its people, its money or its rise; what is told of nobody stays empty.
What the words are worth: docs/reference/numbers.md.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vaka.coding.figures import Figure, any_of, figures, in_article
from vaka.coding.frames import at_position, is_verb, logical_object, logical_subject, prepositional
from vaka.coding.moments import clause_span
from vaka.knowledge.actors import agents
from vaka.knowledge.counting import COUNTED, counting
from vaka.syntax import Sentence, Token
from vaka.types import Article, Quantity, Span

HARMED = frozenset({"ASSAULT", "DISASTER", "PROTEST", "CONDITION"})
"""Types of which the dead and the injured of the sentence are told."""
MOVED = frozenset({"PROTEST", "MOBILIZE", "AID", "RETREAT"})
"""Types whose people are counted as size."""
PAID = frozenset({"AID", "AGREE", "SANCTION", "COOPERATE", "COERCE", "CONDITION"})
RISING = frozenset({"CONDITION", "SANCTION"})
ONE = frozenset({"a", "an", "another"})
NUMERIC = frozenset({"nummod", "amod", "det", "quantmod", "predet", "nmod", "compound", "advmod", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Counter:
    """The sentence with its figures; offsets of figures are those of the sentence's text."""

    article: Article
    sentence: Sentence
    text: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people between two code points of the article."""

    low: float | None
    high: float | None
    start: int
    end: int


def counter(article: Article, sentence: Sentence) -> Counter:
    text = article.text[sentence.start : sentence.end]
    return Counter(article, sentence, text, figures(text))


def magnitude_of(
    article: Article, sentence: Sentence, token: Token, kind: str, mode: str | None
) -> tuple[tuple[str, Quantity], ...]:
    """What the sentence of an event of this type and mode tells, by kind of magnitude in alphabetic order."""
    told = counter(article, sentence)
    found: dict[str, Quantity] = {}
    for name in COUNTED:
        if kind == "COERCE" if name == "arrested" else kind in HARMED:
            people = next((count for count in counted(told, name, token, kind) if count is not None), None)
            if people is not None:
                found[name] = _quantity(article, people)
    if (kind in MOVED or mode == "demo") and (size := crowd(told, token)) is not None:
        found["size"] = _quantity(article, size)
    for name, kinds in (("money", PAID), ("percent", RISING)):
        if kind in kinds and (figure := _nearest(told, token, name)) is not None:
            found[name] = in_article(article, figure, sentence.start)
    if kind == "CONDITION" and "percent" not in found and token.lemma in counting().rises:
        rise = counting().rises[token.lemma]
        found["percent"] = Quantity(rise, rise, token.text, article.span(token.start, token.end))
    return tuple(sorted(found.items()))


def _quantity(article: Article, count: Count) -> Quantity:
    span: Span = article.span(count.start, count.end)
    return Quantity(count.low, count.high, span.text, span)


def _nearest(told: Counter, token: Token, of: str) -> Figure | None:
    """The sum or share in the event's own clause or in what it governs, the nearest to its word."""
    inside = clause_span(told.sentence, token) | {t.i for t in told.sentence.subtree(token)}
    rows = []
    for figure in told.figures:
        held = told.sentence.within(told.sentence.start + figure.start, told.sentence.start + figure.end)
        if figure.of == of and any(t.i in inside for t in held):
            rows.append((abs(told.sentence.start + figure.start - token.start), figure))
    return min(rows, key=lambda row: row[0])[1] if rows else None


# The dead, the injured, the arrested


def counted(told: Counter, name: str, trigger: Token, kind: str) -> Iterator[Count | None]:
    """What the sentence tells of this kind, the event's own verb first, then in the order of the words. Who died while
    others protested did not die of the protest: there only its own clause counts."""
    words = counting().words
    sentence = told.sentence
    tokens = sentence.tokens
    if kind == "PROTEST":
        inside = clause_span(sentence, trigger) | {t.i for t in sentence.subtree(trigger)}
        tokens = tuple(token for token in tokens if token.i in inside)
    for token in sorted(tokens, key=lambda t: (t.i != trigger.i, t.i)):
        if token.lower in words[f"{name} state"] and (figure := _touching(told, token)) is not None:
            yield _count(told, figure)
        if is_verb(token) and token.lemma in words[f"{name} verb"]:
            yield people_of(told, logical_object(sentence, token)) or after(told, token)
        if is_verb(token) and (token.lemma in words.get(f"{name} fate", ()) or _fate_phrase(sentence, token, name)):
            yield people_of(told, logical_subject(sentence, token))
        if token.lower in words[f"{name} state"]:
            yield people_of(told, _in_state(sentence, token))
        if token.lower in words[f"{name} noun"] and (figure := _figure_at(told, [token, *_left(sentence, token)])):
            yield _count(told, figure)
        if token.pos == "NOUN" and token.lemma in words.get(f"{name} deed", ()):
            yield people_of(told, prepositional(sentence, token, "of"))
    if trigger.lemma in SEIZING and name == "arrested":
        yield people_of(told, logical_object(sentence, trigger))
    yield toll(told, name)
    if name == "dead":
        yield lives(told)
    yield beside(told, name)


SEIZING = frozenset({"seize", "capture", "hold", "take", "sentence", "convict", "kidnap", "abduct"})
"""Verbs that take people only where the event says so."""


def _touching(told: Counter, word: Token) -> Figure | None:
    """A number right before a word of state, which counts nobody else: twelve killed, over 70 injured."""
    at = word.start - told.sentence.start
    near = (f for f in told.figures if f.end <= at and not f.of and not told.text[f.end : at].strip())
    return None if told.sentence.children(word, "dobj") else next(near, None)


def _fate_phrase(sentence: Sentence, verb: Token, name: str) -> bool:
    """Whether verb and object are what happens to the counted: sustained injuries."""
    phrases = counting().words.get(f"{name} fate", frozenset())
    return any(f"{verb.lemma} {noun.lower}" in phrases for noun in sentence.children(verb, "dobj"))


def _in_state(sentence: Sentence, word: Token) -> list[Token]:
    """Of whom a word of state is told: nine dead; shot dead four policemen; two tourists were seriously wounded."""
    if is_verb(word) and sentence.children(word, "dobj"):
        return []
    above = sentence.head(word)
    spots = [*sentence.children(word, "nsubj", "nsubjpass")]
    if word.dep in {"amod", "acl", "relcl"} and above.pos in {"NOUN", "NUM", "PROPN"}:
        while above.dep == "conj" and sentence.head(above).pos in {"NOUN", "NUM"} and word.i > above.i:
            above = sentence.head(above)
        spots.append(above)
    if is_verb(above) and word.i != above.i and word.dep not in {"conj", "advcl"}:
        spots += sentence.children(above, "nsubj") if above.lemma == "be" else logical_object(sentence, above)
    if not is_verb(word):
        spots.append(word)
    found = [t for spot in spots for t in (spot, *_conjuncts(sentence, spot))]
    return [spot for spot in found if not _other_state(sentence, spot, word)]


def _other_state(sentence: Sentence, spot: Token, word: Token) -> bool:
    """Whether another state is told between the counted and the word: twelve killed, 40 wounded."""
    states = frozenset[str]().union(*(counting().words[f"{name} state"] for name in COUNTED))
    return any(t.lower in states for t in sentence.tokens[spot.i + 1 : word.i])


def _conjuncts(sentence: Sentence, word: Token) -> Iterator[Token]:
    for child in sentence.children(word, "conj"):
        yield child
        yield from _conjuncts(sentence, child)


def people_of(told: Counter, spots: Sequence[Token]) -> Count | None:
    """The people that the words count together: two soldiers and 11 rebels are 13; None without any number.

    Beside a number a single person counts one ("the mayor and two guards"), and people without a number leave the
    upper end open. Where the first number is the sum of the rest, the rest only tell who they were.
    """
    parts: list[Count] = []
    single, many = [], False
    for spot in dict.fromkeys(spots):
        number = number_of(told, spot)
        if number is not None:
            parts.append(number)
        elif is_person(spot):
            if spot.tag in {"NNS", "NNPS"}:
                many = True
            else:
                single.append(spot)
    if not parts:
        return None
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    if len(parts) > 1 and lows[0] is not None and lows[0] == sum(low or 0 for low in lows[1:]):
        return parts[0]
    spoken = [t for t in single if t.ent != "PERSON" or t.pos == "NOUN"]
    low = None if None in lows else sum(low or 0 for low in lows) + len(spoken)
    high = None if None in highs or many else sum(high or 0 for high in highs) + len(spoken)
    if len(parts) == 1 and not spoken and not many:
        return parts[0]
    last = max(t.end for t in spots if is_person(t) or number_of(told, t))
    return Count(low, high, min(part.start for part in parts), max(last, *(part.end for part in parts)))


def number_of(told: Counter, noun: Token) -> Count | None:
    """How many people the noun says: twelve people, dozens of them, a policeman; None for things."""
    if not is_person(noun) and noun.pos != "NUM" and not _vague(noun):
        return None
    figure = figure_of(told, noun)
    if figure is not None:
        return None if figure.of else _count(told, figure)
    if noun.pos == "NOUN" and noun.tag == "NN" and noun.lemma not in GROUPS:
        for child in told.sentence.children(noun, "det"):
            if child.lower in ONE:
                return Count(1.0, 1.0, child.start, noun.end)
    return None


COLLECTIVES = frozenset({"dozen", "couple", "hundred", "thousand", "million", "handful"})
GROUPS = frozenset(
    {"crowd", "family", "group", "number", "couple", "people", "crew", "team", "gang", "unit", "army", "troop"}
)
"""Nouns of which one is more than one person."""


def _vague(word: Token) -> bool:
    return word.lower in counting().vague or word.lower in COLLECTIVES


def figure_of(told: Counter, noun: Token) -> Figure | None:
    """The figure that counts a noun: before it ("at least 12 people"), over it ("dozens of people") or itself."""
    sentence = told.sentence
    own = _figure_at(told, [noun, *_left(sentence, noun)])
    if own is not None:
        return own
    above = sentence.head(noun)
    if noun.dep == "pobj" and above.lower == "of" and (over := _figure_at(told, [sentence.head(above), above])):
        return over
    if noun.lemma in GROUPS:
        for word in prepositional(sentence, noun, "of"):
            if (within := _figure_at(told, [word, *_left(sentence, word)])) is not None:
                return within
    return _before(told, noun) or _numbering(told, noun)


def _left(sentence: Sentence, noun: Token) -> list[Token]:
    """Words before a noun that can count it, and the words of their own numbers."""
    near = [t for t in sentence.children(noun) if t.i < noun.i and t.dep in NUMERIC]
    return near + [t for n in near for t in sentence.children(n) if t.dep in {"compound", "quantmod", "nummod"}]


def _figure_at(told: Counter, tokens: Iterable[Token]) -> Figure | None:
    places = [(t.start - told.sentence.start, t.end - told.sentence.start) for t in tokens]
    for figure in told.figures:
        if any(figure.start < end and start < figure.end for start, end in places):
            return figure
    return None


ADJECTIVES = re.compile(r"\s+(?:of\s+)?(?:(?:the|its|their|his|her)\s+)?(?:[a-z][\w-]*\s+){0,2}")


def _before(told: Counter, noun: Token) -> Figure | None:
    """A figure before the noun that the parser hung elsewhere: between it and the noun stand its own words only."""
    at = noun.start - told.sentence.start
    for figure in told.figures:
        if figure.end <= at and ADJECTIVES.fullmatch(told.text[figure.end : at]):
            between = told.sentence.within(told.sentence.start + figure.end, noun.start)
            if all(t.pos in {"ADJ", "NOUN", "ADP", "DET", "PROPN"} and t.dep != "dobj" for t in between):
                return figure
    return None


NUMBERING = re.compile(r",?\s+(?:who\s+|which\s+)?number(?:ed|ing)\s+", re.IGNORECASE)


def _numbering(told: Counter, noun: Token) -> Figure | None:
    """Protesters, numbering some 2,000."""
    match = NUMBERING.match(told.text, noun.end - told.sentence.start)
    return next((f for f in told.figures if match and f.start == match.end()), None)


def _count(told: Counter, figure: Figure) -> Count:
    return Count(figure.low, figure.high, told.sentence.start + figure.start, told.sentence.start + figure.end)


def is_person(noun: Token) -> bool:
    """Whether the word can be counted as people: people and roles, not regions and hours."""
    if noun.pos == "NUM" or _vague(noun):
        return True
    person = counting().words["person"]
    return noun.pos == "NOUN" and (
        noun.lower in agents() or noun.lemma in agents() or noun.lemma in person or noun.lower in person
    )


# Numbers that no verb of the clause governs


@functools.cache
def _toll_patterns() -> dict[str, re.Pattern[str]]:
    """From a word of toll to where its number may stand, in the same clause."""
    words = counting().words
    return {
        name: re.compile(rf"\b{any_of(words[f'{name} toll'])}\b(?P<way>[^;:.!?]{{0,60}}?)$", re.IGNORECASE)
        for name in COUNTED
    }


ARRIVES = re.compile(
    r"\b(?:to|from|at|of|reach\w*|hit\w*|stands?|stood|is|was|now|put|by)\s+(?:now\s+)?$", re.IGNORECASE
)
UNIT = re.compile(r"\s*(?:per\s*cent|percent|%|years?|days?|months?|hours?|weeks?|km|miles?)\b", re.IGNORECASE)


def toll(told: Counter, name: str) -> Count | None:
    """The number that a toll has come to: rose to 58, has passed 600, put the death toll at 21."""
    pattern = _toll_patterns()[name]
    passed = re.compile(rf"\b(?:{'|'.join(_forms(counting().words['past']))})\s+$", re.IGNORECASE)
    for figure in told.figures:
        before = told.text[: figure.start]
        if figure.of or UNIT.match(told.text, figure.end) or not pattern.search(before):
            continue
        if passed.search(before):
            return Count(figure.low, None, *_count_ends(told, figure))
        if ARRIVES.search(before):
            return _count(told, figure)
    return None


def _forms(verbs: Iterable[str]) -> list[str]:
    """Forms of regular verbs that stand before a number: pass, passes, passed, passing."""
    found = []
    for verb in verbs:
        base = verb.removesuffix("e")
        found += [
            verb,
            f"{verb}s",
            f"{verb}es",
            f"{base}ed",
            f"{base}ing",
            f"{verb}{verb[-1]}ed",
            f"{verb}{verb[-1]}ing",
        ]
    return sorted(found, key=lambda form: (-len(form), form))


def _count_ends(told: Counter, figure: Figure) -> tuple[int, int]:
    return told.sentence.start + figure.start, told.sentence.start + figure.end


def lives(told: Counter) -> Count | None:
    """Claimed 31 lives."""
    for figure in told.figures:
        verbs = told.sentence.within(told.sentence.start, told.sentence.start + figure.start)
        taken = any(t.lemma in counting().words["taking"] for t in verbs)
        if taken and re.match(r"\s+(?:[a-z]+\s+)?lives\b", told.text[figure.end :]):
            return _count(told, figure)
    return None


def after(told: Counter, verb: Token) -> Count | None:
    """A number right behind the verb, with its people, that the parser took apart: killed upwards of 25 guests."""
    for figure in told.figures:
        if (
            figure.of
            or told.text[verb.end - told.sentence.start : figure.start].strip()
            or told.sentence.start + figure.start < verb.end
        ):
            continue
        behind = [t for t in told.sentence.tokens if t.start >= told.sentence.start + figure.end][:3]
        noun = next((t for t in behind if t.pos == "NOUN" and is_person(t)), None)
        if noun is not None and all(t.pos in {"ADJ", "NOUN", "PROPN"} for t in behind[: behind.index(noun)]):
            return _count(told, figure)
    return None


def beside(told: Counter, name: str) -> Count | None:
    """A number with its state right behind it, where the parse was lost: 40 wounded; at least 30 dead in …"""
    states = any_of(counting().words[f"{name} state"])
    pattern = re.compile(rf"\s+(?:(?:[a-z][\w-]*|others)\s+){{0,2}}?(?P<state>{states})\b", re.IGNORECASE)
    for figure in told.figures:
        match = pattern.match(told.text, figure.end)
        if not match or figure.of:
            continue
        word = next((t for t in told.sentence.tokens if t.start == told.sentence.start + match.start("state")), None)
        if (
            word is not None
            and not told.sentence.children(word, "dobj")
            and word.tag in {"VBN", "JJ", "NN", "VBD", "NNS"}
        ):
            between = told.sentence.within(told.sentence.start + figure.end, word.start)
            if all(is_person(t) or t.pos in {"ADJ", "ADV"} for t in between):
                return _count(told, figure)
    return None


# Crowds and forces


def crowd(told: Counter, token: Token) -> Count | None:
    """The people who march, strike, are sent or withdrawn."""
    for position in ("subject", "object", "by", "of"):
        spots = [t for t in at_position(told.sentence, token, position) if is_person(t)]
        for spot in spots:
            figure = figure_of(told, spot)
            if figure is not None and not figure.of:
                return people_of(told, spots) if position == "object" else _count(told, figure)
    if told.sentence.zone == "title" and (led := _figure_at(told, _left(told.sentence, token))) and not led.of:
        return _count(told, led)  # 10,000 march in Bratislava
    return None


def quantity(article: Article, sentence: Sentence, noun: Token) -> Quantity | None:
    """The number that counts any noun ("2,000 tonnes", "dozens of trucks"), or None."""
    told = counter(article, sentence)
    figure = figure_of(told, noun)
    return in_article(article, figure, sentence.start) if figure is not None and not figure.of else None
