"""What is told to have led to what: explicit links only, cause and effect as spans and, where coded, as events.

Purpose is not cause, and what the network tags of it says so; "after" is one only between two acts of which the later
answers the earlier; "amid" never is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vaka.coding import frames
from vaka.coding.cause_tags import tagged
from vaka.coding.pledge_words import quote_around
from vaka.knowledge.causal import CausalWord, causal
from vaka.syntax import Sentence, Signal, Token
from vaka.types import CODED_ZONES, Article, Basis, Cause, Event, Page, Span, item_id

VERSION = "2"
NETWORK, PURPOSE = "network", "purpose"
"""Rules of links that the network tagged; of a purpose ("marched to demand his release") the rule says that it is no
cause that went before."""


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens of cause and effect and the words that join them."""

    sentence: Sentence
    cause: tuple[Token, ...]
    effect: tuple[Token, ...]
    signal: tuple[Token, ...]
    rule: str
    score: float


class CausesStage:
    """Needs the parse, quotes and events; gives causes."""

    name = "causes"
    needs = frozenset({"sentences", "signals", "quotes", "events"})
    gives = frozenset({"causes"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return [replace(page, causes=causes_of(page)) for page in pages]


def causes_of(page: Page) -> tuple[Cause, ...]:
    """The page's causes in text order."""
    words = causal()
    made: dict[tuple[int, int, int, int], Cause] = {}
    for sentence in page.sentences:
        if sentence.zone not in CODED_ZONES:
            continue
        ruled = [
            *_by_verbs(sentence, words),
            *_by_prepositions(sentence, words),
            *_by_clauses(sentence, words),
            *_by_participles(sentence, words),
        ]
        for link in _weighed(sentence, ruled, page.signals.get(sentence.index)):
            cause = _cause(page, link)
            if cause is not None:
                made.setdefault((cause.cause.start, cause.cause.end, cause.effect.start, cause.effect.end), cause)
    return tuple(made[key] for key in sorted(made))


def _weighed(sentence: Sentence, ruled: list[Link], signal: Signal | None) -> list[Link]:
    """The links of explicit words, and the network's relation with its sides where it sees one: measured, its spans are
    nearer to what readers mark. A rule's link of other words than the network's stays beside it."""
    found = tagged(sentence, signal) if signal is not None else None
    if found is None:
        return ruled
    rule = PURPOSE if _is_purpose(sentence, found.cause) else NETWORK
    own = Link(sentence, found.cause, found.effect, found.signal, rule, round(found.score, 3))
    sides = {t.i for t in (*found.cause, *found.effect)}
    return [own, *(link for link in ruled if not sides & {t.i for t in (*link.cause, *link.effect)})]


def _is_purpose(sentence: Sentence, cause: tuple[Token, ...]) -> bool:
    """Whether the side is what somebody wants: an infinitive, "in order to", "so that"."""
    first = cause[0]
    verb = sentence.head(first)
    infinitive = first.lower == "to" and first.pos == "PART" and verb.tag == "VB"
    return infinitive or (first.lower in {"in", "so"} and any(t.lower in {"order", "that"} for t in cause[1:2]))


def _by_verbs(sentence: Sentence, words: dict[str, CausalWord]) -> Iterator[Link]:
    """ "The price rise triggered protests", "the crash was caused by fog", "the reform led to riots"."""
    for token in sentence.tokens:
        word = words.get(f"VERB {token.lemma}")
        if word is None or not frames.is_verb(token) or token.dep in {"amod", "aux"}:
            continue
        subject = frames.logical_subject(sentence, token)
        if word.prepositions:
            objects = [t for name in word.prepositions for t in frames.all_prepositional(sentence, token, name)]
        else:
            objects = frames.logical_object(sentence, token) or sentence.children(token, "xcomp", "ccomp", "dative")
        if not subject and token.dep == "advcl" and token.tag == "VBG":
            continue
        if not subject or not objects or (word.needs_event and not _eventive(subject[0])):
            continue
        if token.tag == "VBG" and token.dep == "advcl" and not sentence.children(token, "nsubj"):
            continue  # the whole clause before it is the cause: _by_participles
        cause, effect = (_phrase(sentence, subject[0]), _phrase(sentence, objects[0]))
        if word.turned:
            cause, effect = effect, cause
        yield Link(sentence, cause, effect, (token,), f"verb-{token.lemma}", word.score)


def _by_participles(sentence: Sentence, words: dict[str, CausalWord]) -> Iterator[Link]:
    """ "Prices doubled, triggering protests": the main clause is the cause."""
    for token in sentence.tokens:
        word = words.get(f"VERB {token.lemma}")
        if (
            word is None
            or token.tag != "VBG"
            or token.dep not in {"advcl", "acl", "conj"}
            or sentence.children(token, "nsubj")
            or word.turned
        ):
            continue
        if word.prepositions:
            objects = [t for name in word.prepositions for t in frames.all_prepositional(sentence, token, name)]
        else:
            objects = frames.logical_object(sentence, token)
        head = sentence.head(token)
        if not objects or not frames.is_verb(head):
            continue
        below = {t.i for t in sentence.subtree(token)}
        cause = tuple(t for t in _clause(sentence, head) if t.i not in below and t.i < token.i)
        yield Link(sentence, cause, _phrase(sentence, objects[0]), (token,), f"participle-{token.lemma}", word.score)


def _by_prepositions(sentence: Sentence, words: dict[str, CausalWord]) -> Iterator[Link]:
    """ "because of", "due to", "in response to", "over", "following": the cause of the clause above."""
    for token in sentence.tokens:
        phrase, word = _preposition(sentence, token, words)
        if word is None:
            continue
        last = phrase[-1]
        cause_heads = sentence.children(last, "pobj", "pcomp")
        if not cause_heads:
            continue
        head = sentence.head(token)
        if not frames.is_verb(head) and head.pos != "NOUN":
            continue
        if word.needs_event and not _eventive(cause_heads[0]):
            continue
        if word.effects and head.lemma not in word.effects:
            continue
        below = {t.i for t in sentence.subtree(token)}
        whole = _clause(sentence, head) if frames.is_verb(head) else _phrase(sentence, head)
        effect = tuple(t for t in whole if t.i not in below)
        yield Link(
            sentence,
            _phrase(sentence, cause_heads[0]),
            effect,
            tuple(phrase),
            f"preposition-{word.lemma.replace(' ', '-')}",
            word.score,
        )


def _preposition(
    sentence: Sentence, token: Token, words: dict[str, CausalWord]
) -> tuple[list[Token], CausalWord | None]:
    """The longest causal preposition that opens at the token."""
    for length in (4, 3, 2, 1):
        phrase = list(sentence.tokens[token.i : token.i + length])
        word = words.get("PREP " + " ".join(t.lower for t in phrase)) if len(phrase) == length else None
        if word is not None and token.dep in {"prep", "pcomp", "advmod", "agent", "acomp", "amod", "mark", "cc"}:
            return phrase, word
    return [token], None


def _by_clauses(sentence: Sentence, words: dict[str, CausalWord]) -> Iterator[Link]:
    """ "because", "since", "after": a clause that gives the cause of the clause above it."""
    for token in sentence.tokens:
        if token.dep != "advcl" or not frames.is_verb(sentence.head(token)):
            continue
        for mark in sentence.children(token, "mark", "advmod"):
            word = words.get(f"MARK {mark.lower}")
            if word is None:
                continue
            head = sentence.head(token)
            if word.effects and head.lemma not in word.effects:
                continue
            below = {t.i for t in sentence.subtree(token)}
            cause = tuple(t for t in sentence.subtree(token) if t.i != mark.i)
            effect = tuple(t for t in _clause(sentence, head) if t.i not in below)
            yield Link(sentence, cause, effect, (mark,), f"clause-{mark.lower}", word.score)


def _clause(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """The verb's clause without clauses of saying above it and without further main clauses behind "and"."""
    skip: set[int] = set()
    for child in sentence.children(verb):
        if child.dep == "conj" and frames.is_verb(child) and sentence.children(child, "nsubj", "nsubjpass"):
            skip |= {t.i for t in sentence.subtree(child)}
        if child.dep in {"punct", "cc"}:
            skip.add(child.i)
    return tuple(t for t in sentence.subtree(verb) if t.i not in skip)


def _phrase(sentence: Sentence, token: Token) -> tuple[Token, ...]:
    if frames.is_verb(token):
        return _clause(sentence, token)
    skip = {t.i for child in sentence.children(token, "relcl") for t in sentence.subtree(child)}
    return tuple(t for t in sentence.subtree(token) if t.i not in skip)


def _eventive(token: Token) -> bool:
    """Whether the word can name a happening: a clause, or a noun that is no person and no place."""
    return frames.is_verb(token) or (
        token.pos == "NOUN" and token.ent not in {"PERSON", "GPE", "ORG", "NORP", "DATE", "CARDINAL"}
    )


def _cause(page: Page, link: Link) -> Cause | None:
    article = page.article
    cause, effect = _span(article, link.cause), _span(article, link.effect)
    signal = _span(article, link.signal) if link.signal else None
    if cause is None or effect is None or (cause.start < effect.end and effect.start < cause.end):
        return None
    sentence = link.sentence
    quote = quote_around(tuple(q for q in page.quotes if q.speaker), (link.signal or link.effect)[0])
    return Cause(
        id=item_id(article, "cause", cause.start, effect.end),
        evidence=(article.span(sentence.start, sentence.end),),
        basis=Basis("causes", link.rule, VERSION, link.score),
        cause=cause,
        effect=effect,
        signal=signal,
        cause_event=_event(page.events, cause),
        effect_event=_event(page.events, effect),
        said_by=quote.id if quote else None,
    )


def _span(article: Article, tokens: tuple[Token, ...]) -> Span | None:
    """The longest unbroken stretch of the tokens, without marks at its edges."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i - runs[-1][-1].i <= 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    for run in sorted(runs, key=len, reverse=True):
        while run and (run[0].pos == "PUNCT" or run[0].dep == "cc"):
            run.pop(0)
        while run and (run[-1].pos == "PUNCT" or run[-1].dep == "cc"):
            run.pop()
        if run:
            return article.span(run[0].start, run[-1].end)
    return None


def _event(events: tuple[Event, ...], span: Span) -> str | None:
    for event in events:
        if span.start <= event.trigger.start and event.trigger.end <= span.end:
            return event.id
    return None
