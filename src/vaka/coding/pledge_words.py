"""What the finders of pledges share: what a finding is, whose words a verb stands in, and which futures say nothing.

It judges words only; actors and dates are read where a pledge is made of a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vaka.coding import frames
from vaka.knowledge.domains import uncoded
from vaka.knowledge.promising import promising
from vaka.syntax import Sentence, Token
from vaka.types import Page, Quote, Time

WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
TOLD_WILL = WILL | {"would", "'d", "’d"}
FIRST_PERSON = frozenset({"we", "i"})
FIRST_OWNERS = frozenset({"our", "my"})
OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PTY", "OPP"})
"""Sectors whose word about what others will get, or what will be done, binds."""
PRESENT = frozenset({"there", "with", "out", "back", "home", "away", "gone", "open", "free"})
"""What one can be on a day that is told: "his troops would be out of the town by Friday"."""
PAST_OFFERS = 2
"""Years before publication from which on a promise is history and no longer followed."""
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Found:
    """A pledge's words: the cue, who gives it, the head of what is promised, and how it stands.

    `whole` is True where the content is the whole clause with its subject; `spent` are positions of words that the
    finding uses up, so that no other pledge is made of them; `to` are words that name whom it is for.
    """

    kind: str
    sentence: Sentence
    cue: Token
    giver: tuple[Token, ...]
    body: Token
    rule: str
    whole: bool = False
    status: str = "open"
    speaks: bool = False
    to: tuple[Token, ...] = ()
    spent: frozenset[int] = frozenset()


def quote_around(quotes: tuple[Quote, ...], token: Token) -> Quote | None:
    """The innermost quote whose content holds the token."""
    holding = [q for q in quotes if any(s.start <= token.start and token.end <= s.end for s in q.content)]
    return min(holding, key=lambda q: q.content[-1].end - q.content[0].start, default=None)


def auxiliaries(sentence: Sentence, verb: Token) -> set[str]:
    """Auxiliaries of the verb, or those that it shares with the verb that it is joined to."""
    own = {t.lower for t in sentence.children(verb, "aux", "auxpass")}
    if not own and verb.dep == "conj" and not sentence.children(verb, "nsubj", "nsubjpass"):
        return auxiliaries(sentence, sentence.head(verb)) if frames.is_verb(sentence.head(verb)) else own
    return own


def clauses(sentence: Sentence, trigger: Token) -> Iterator[tuple[str, Token]]:
    """The clauses that the word governs, with passive infinitives ("due to be lifted") and those mistaken for nouns."""
    yield from frames.complements(sentence, trigger)
    for child in sentence.children(trigger, "xcomp", "acl", "ccomp"):
        if child.tag in {"VBN", "NN"} and any(t.lower == "to" for t in sentence.children(child, "aux")):
            yield "to", child


def is_vague(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb's future is a remark that nobody could keep: "it will be hard", "we will see"."""
    if verb.lemma == "be":
        return not any(t.lower in PRESENT for t in sentence.children(verb, "advmod", "prep", "acomp"))
    return promising().has("vague-verb", verb.lemma)


def is_forecast(sentence: Sentence, subject: list[Token]) -> bool:
    """Whether weather, prices or the like are what is expected: nobody promises those."""
    if promising().any("weather-word", (t.lemma for t in sentence.tokens)):
        return True
    words = {w.lemma for t in subject for w in [t, *sentence.children(t, "compound")]}
    return promising().any("forecast-noun", words)


def is_game(sentence: Sentence) -> bool:
    """Whether the sentence tells of sport."""
    words = " ".join(t.lemma.lower() for t in sentence.tokens).replace(" - ", "-").split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    known = uncoded()
    sport = any(known[word][0] == "sport" for word in (*words, *pairs) if word in known)
    return sport or promising().any("sport-word", (*words, *pairs))


def times_in(page: Page, sentence: Sentence) -> Iterator[Time]:
    for time in page.times:
        if time.span and sentence.start <= time.span.start < sentence.end and time.type in {"DATE", "TIME", "DURATION"}:
            yield time


def is_history(page: Page, sentence: Sentence, cue: Token) -> bool:
    """Whether the cue's own clause is dated years before the report, or it is told as a memory."""
    day = page.article.day
    if cue.dep in {"ccomp", "advcl"} and any(t.lower == "how" for t in sentence.children(cue, "advmod")):
        return True
    if any(t.lower == "as" and sentence.child(t, "pobj") is not None for t in sentence.children(cue, "prep")):
        young = [t.lemma for p in sentence.children(cue, "prep") for t in sentence.children(p, "pobj")]
        if {"boy", "girl", "child", "teenager"} & set(young):
            return True
    if day is None:
        return False
    before = [t for t in times_in(page, sentence) if t.end and YEAR.match(t.end)]
    old = [t for t in before if int(day[:4]) - int((t.end or day)[:4]) >= PAST_OFFERS]
    return any(_dates(sentence, time, cue) for time in old)


def _dates(sentence: Sentence, time: Time, cue: Token) -> bool:
    assert time.span is not None
    head = sentence.head_of(time.span.start, time.span.end)
    while head is not None and head.i != cue.i:
        if frames.is_verb(head) or head.head == head.i:
            return False
        head = sentence.head(head)
    return head is not None
