"""What was promised, expected or demanded by a date: who promised what to whom, on which condition, due when.

Not every future is a pledge: a forecast of weather or prices has nobody who could keep it, and a plan that a third
party only reports is an expectation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vaka.coding import frames
from vaka.coding.foreseen import expected, narrated, ultimatums
from vaka.coding.patterns import act_told
from vaka.coding.pledge_parts import amount_of, condition_of, due_of, reach
from vaka.coding.pledge_words import Found, is_game, quote_around
from vaka.coding.promised import promises, spoken
from vaka.coding.roles import Cast
from vaka.knowledge.ontology import Ontology, ontology
from vaka.syntax import Sentence, Token
from vaka.types import CODED_ZONES, Actor, Basis, Event, Page, Pledge, Quantity, Time, item_id

VERSION = "2"
SCORES = {
    "promise-verb": 0.9, "promise-clause": 0.9, "promise-thing": 0.85, "promise-adjective": 0.8, "promise-noun": 0.8,
    "announced-deed": 0.7, "spoken-future": 0.75, "spoken-grant": 0.65, "under-deal": 0.75, "expected-to": 0.85,
    "expected-when": 0.8, "expects": 0.7, "plans-to": 0.75, "is-to": 0.75, "headline-to": 0.75, "narrated-future": 0.65,
    "deadline": 0.85, "given-time": 0.85, "have-until": 0.8, "ordered": 0.7, "or-else": 0.8, "must-or": 0.75,
    "unless": 0.75,
}  # fmt: skip
"""How often a rule is right: plain words of promising most, a bare future least."""
GAMES, GAME_SHARE = 2, 0.2
"""Sentences of sport, and their share, from which on a report is one of sport: one may stand in any report."""
MEDIA = ("television", "radio", "tv", "news agency", "media", "newspaper")
EFFORT = re.compile(
    r"(?i)\b(?:do(?:ing)?|try(?:ing)?) (?:everything|all|whatever|anything|what|as much as|its|his|her|their"
    r"|our|my|the)\b"
    r"(?:.{0,12}\b(?:best|utmost|most|part|duty)\b|(?: that)?(?: was| is)? (?:possible|necessary|needed|within|in)\b"
    r"|.{0,14}\b(?:can|could|possibly)\b)"
    r"|\b(?:spar(?:e|ing) no (?:effort|expense|pains)|leav(?:e|ing) no stone"
    r"|mak(?:e|ing) (?:every|all) (?:possible )?efforts?"
    r"|tak(?:e|ing) (?:all|every|whatever) (?:the )?(?:possible |necessary |appropriate |needed )?"
    r"(?:steps?|measures?|action))\b"
    r"|^(?:that |to |will |would |it |he |she |they |we |the government |always )*"
    r"(?:stand(?:ing)? (?:by|with|beside|behind|shoulder)|striv(?:e|ing)|(?:never |not )forget|not rest|bear in mind"
    r"|work(?:ing)? (?:hard|harder|tirelessly|day and night|closely|towards?"
    r"|for (?:peace|a better|the good|the people))"
    r"|be (?:at|on) (?:the|their|its) side|serve the (?:people|nation|country))\b"
    r"|\b(?:dignity|pride|happiness|goodwill|sympathy|friendship|brotherhood|harmony|peace of mind|in due course"
    r"|(?:brighter|better|happier) (?:future|days|times|life|lives|tomorrow)|new (?:era|dawn|chapter|spirit)"
    r"|closer (?:ties|relations)|(?:serious|due|full|close) (?:attention|consideration|thought)"
    r"|as (?:far|much|well|best) as (?:possible|they can|it can|he can|she can)|(?:hearts?|prayers|thoughts))\b"
)
"""Effort and attitude: words that nobody could hold against a deed, unless a number or a day is told with them."""
NEXT_SENTENCES = 2
FOLLOW_UP = re.compile(
    r"\b(?:(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll|[Tt]his)(?: whole| first| last| full| entire| two| of| the){0,3}"
    r" (?:money|sum|amount|funds?|grant|loan|payments?|works?|handover|withdrawal|departure|transfer|release|delivery"
    r"|shipments?|convoys?|lorries|men|women|soldiers|troops|goods|others?|ones?|two|it|them)|[Tt]hey|[Ii]t)\b"
    r".{0,40}\b(?:would|will)\b"
)
"""A sentence that goes on about what was promised before it."""
TO_WHOM = ("dative", "object", "to", "with", "by", "for", "in", "against", "from")


class PledgesStage:
    """Needs the parse, actors, times, quotes and events; gives pledges."""

    name = "pledges"
    needs = frozenset({"sentences", "actors", "times", "quotes", "events"})
    gives = frozenset({"pledges"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        known = ontology()
        return [replace(page, pledges=pledges_of(page, known)) for page in pages]


def pledges_of(page: Page, known: Ontology) -> tuple[Pledge, ...]:
    """The page's pledges in text order; one for one stretch of words."""
    games = sum(is_game(sentence) for sentence in page.sentences)
    if page.article.genre == "sport" or (games >= GAMES and games >= GAME_SHARE * len(page.sentences)):
        return ()
    cast = Cast.of(page)
    made: list[Pledge] = []
    for sentence in page.sentences:
        if sentence.zone not in CODED_ZONES or is_game(sentence):
            continue
        spent: set[int] = set()
        for found in _found(page, sentence, cast, known):
            if found.body.i in spent or found.cue.i in spent:
                continue
            pledge = _pledge(page, found, cast, known)
            if pledge is not None and not any(_overlap(pledge, other) for other in made):
                made.append(pledge)
                spent |= {*found.spent, found.body.i}
    made.sort(key=lambda pledge: pledge.content.start)
    return tuple(_dated_later(page, pledge, made) for pledge in made)


def _dated_later(page: Page, pledge: Pledge, made: Sequence[Pledge]) -> Pledge:
    """A promise without a day takes the one that the next two sentences give it: "The money would be paid by May"."""
    if pledge.kind != "pledge" or pledge.due is not None or pledge.status != "open":
        return pledge
    ends = [s.end for s in page.sentences if s.start >= pledge.evidence[0].start][: 1 + NEXT_SENTENCES]
    for other in made:
        start = page.article.text[other.evidence[0].start : other.content.end]
        if pledge.content.end <= other.content.start < max(ends, default=0) and other.due and FOLLOW_UP.search(start):
            return replace(pledge, due=other.due)
    return pledge


def _found(page: Page, sentence: Sentence, cast: Cast, known: Ontology) -> Iterator[Found]:
    """All findings of a sentence, the surest first."""
    yield from ultimatums(page, sentence, cast)
    yield from promises(page, sentence)
    yield from spoken(page, sentence, cast)
    yield from expected(page, sentence)
    yield from narrated(page, sentence, cast, known)


def _overlap(one: Pledge, other: Pledge) -> bool:
    return one.content.start < other.content.end and other.content.start < one.content.end


def _pledge(page: Page, found: Found, cast: Cast, known: Ontology) -> Pledge | None:
    article, sentence = page.article, found.sentence
    start, end = reach(page, found)
    quote = quote_around(page.quotes, found.cue)
    promiser = _promiser(page, found, cast)
    if promiser is None and (found.kind == "pledge" or (found.kind == "expectation" and not found.giver)):
        return None
    if (
        promiser is None
        and found.rule in {"plans-to", "headline-to", "unless", "ordered"}
        and found.kind != "ultimatum"
    ):
        return None
    act, _ = act_told(sentence, found.cue, [found.body], known)
    amount, due = amount_of(page, found, start, end), due_of(page, found, start, end)
    return Pledge(
        id=item_id(article, "pledge", start, end, found.kind),
        evidence=(article.span(sentence.start, sentence.end),),
        basis=Basis("pledges", found.rule, VERSION, SCORES[found.rule]),
        kind=found.kind,
        promiser=promiser,
        beneficiary=_beneficiary(sentence, found, cast, promiser),
        act=act,
        content=article.span(start, end),
        condition=condition_of(page, found) if found.rule != "unless" else None,
        amount=amount,
        due=due,
        event=_event(page.events, found),
        said_by=quote.id if quote else None,
        status=_status(found, article.text[start:end], amount, due),
    )


def _status(found: Found, content: str, amount: Quantity | None, due: Time | None) -> str:
    """What the text tells of it; a promise of effort or of attitude alone could be shown kept by no report."""
    vague = found.kind == "pledge" and found.status == "open" and amount is None and due is None
    return "unverifiable" if vague and EFFORT.search(content) else found.status


def _promiser(page: Page, found: Found, cast: Cast) -> Actor | None:
    """Who is bound, or who sets the ultimatum; the speaker where the promise is in the first person."""
    quote = quote_around(page.quotes, found.cue)
    first = found.giver and found.giver[0].lower in {"we", "i"}
    owned = [t for word in found.giver for t in found.sentence.children(word, "poss") if t.lower in {"our", "my"}]
    if (found.speaks or first or owned) and quote is not None:
        speaker = quote.speaker
        if found.rule in {"have-until", "must-or"} and speaker and speaker.span.text.lower().endswith(MEDIA):
            return None  # "state television reported" sets no term
        return speaker
    named = cast.fill(found.sentence, list(found.giver), "subject", True)
    if named and found.whole and named[0].country is None and {"GOV", "MIL"} & set(named[0].sectors):
        # "Latvia will send a hospital, its foreign minister promised": the official speaks for the state.
        bound = cast.fill(found.sentence, frames.logical_subject(found.sentence, found.body), "subject", True)
        if bound and bound[0].kind == "government" and bound[0].country:
            return bound[0]
    return named[0] if named else None


def _beneficiary(sentence: Sentence, found: Found, cast: Cast, promiser: Actor | None) -> Actor | None:
    """Whom it is promised to or done for; for an ultimatum who must comply."""
    named = cast.fill(sentence, list(found.to), "object", False)
    if named or found.kind == "ultimatum":
        return named[0] if named else None
    others: list[tuple[bool, bool, Actor]] = []
    for token, position in _spots(sentence, found):
        for actor in cast.fill(sentence, [token], position, False):
            home = promiser is not None and _at_home(actor, promiser, position)
            if (promiser is None or actor.name != promiser.name) and not home and (position != "in" or actor.country):
                others.append((position not in {"dative", "to"}, not (actor.country or actor.org), actor))
    # "send 200 engineers to Ukraine": to whom it goes, then a party known by its country, before who is only sent.
    return min(others, key=lambda row: row[:2])[2] if others else None


def _at_home(actor: Actor, promiser: Actor, position: str) -> bool:
    """Whether the name is only the promiser's own country ("share Turkey's knowledge")."""
    state = actor.kind == "government" and actor.basis.rule in {"name", "capital", "acronym"}
    return actor.country is not None and actor.country == promiser.country and (position == "in" or state)


def _spots(sentence: Sentence, found: Found) -> Iterator[tuple[Token, str]]:
    """Words that may name the beneficiary, the likeliest first."""
    cue, body = found.cue, found.body
    if found.kind == "pledge" and cue.i != body.i:
        for name in ("dative", "to"):
            yield from ((t, name) for t in frames.at_position(sentence, cue, name) if t.i != body.i)
    for name in TO_WHOM:
        if frames.is_verb(body):
            yield from ((t, name) for t in frames.at_position(sentence, body, name))
        elif name in {"to", "for", "with"}:
            yield from ((t, name) for t in frames.all_prepositional(sentence, body, name))
            yield from ((t, name) for t in frames.all_prepositional(sentence, cue, name) if t.i != body.i)
    for inner in sentence.subtree(body):
        if frames.is_verb(inner) and inner.i != body.i and inner.tag == "VB":
            yield from ((t, "object") for t in frames.logical_object(sentence, inner))


def _event(events: tuple[Event, ...], found: Found) -> str | None:
    for event in events:
        if event.trigger.start in {found.cue.start, found.body.start}:
            return event.id
    return None
