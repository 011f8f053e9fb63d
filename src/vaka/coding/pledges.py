"""What was promised, expected or demanded by a date: who promised what to whom, on which condition, due when.

Not every future is a pledge: a forecast of weather or prices has nobody who could keep it, and a plan that a third
party only reports is an expectation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vaka.coding import frames
from vaka.coding.moments import MONEY, _money
from vaka.coding.patterns import act_told
from vaka.coding.roles import Cast
from vaka.coding.status import verb_status
from vaka.knowledge.ontology import Ontology, ontology
from vaka.syntax import Sentence, Token
from vaka.types import CODED_ZONES, Actor, Basis, Event, Page, Pledge, Quantity, Quote, Span, Time, item_id

VERSION = "1"
PROMISES = frozenset(
    "promise pledge vow commit agree offer undertake guarantee assure swear volunteer consent reaffirm reiterate vouch resolve "
    "accept ensure announce".split()
)
WEAK = frozenset({"announce", "accept", "ensure", "reaffirm", "reiterate", "assure", "guarantee"})
"""Verbs that promise only with an infinitive or a clause with "will"."""
READY = frozenset("ready willing prepared committed determined happy glad keen eager bound".split())
PROMISE_NOUNS = frozenset(
    "promise pledge vow commitment offer readiness willingness undertaking guarantee assurance preparedness determination".split()
)
EXPECTED = frozenset("expect schedule due set slate poise anticipate project plan forecast likely believe think".split()) - {"believe", "think"}
FUTURE = frozenset({"will", "'ll", "’ll", "shall"})
FIRST_PERSON = frozenset({"we", "i"})
DEADLINES = frozenset("by within until till before over in during next after on".split())
DEMANDS = frozenset("give demand order tell warn ask set urge call have".split())
VAGUE_ACTS = frozenset("be have seem remain become continue do know see need want like mean include feel think look hope try".split())
"""Verbs whose future is a remark, not something that can be kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pledge's words: the cue, who gives it, and the head of what is promised."""

    kind: str
    sentence: Sentence
    cue: Token
    giver: tuple[Token, ...]
    body: Token
    rule: str


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
    cast = Cast.of(page)
    made: dict[tuple[int, int], Pledge] = {}
    for sentence in page.sentences:
        if sentence.zone not in CODED_ZONES:
            continue
        for found in [*_promises(sentence), *_spoken(page, sentence, cast), *_expected(sentence), *_ultimatums(sentence)]:
            pledge = _pledge(page, found, cast, known)
            if pledge is not None and not any(_inside(pledge.content, span) for span in made):
                made.setdefault((pledge.content.start, pledge.content.end), pledge)
    return tuple(made[key] for key in sorted(made))


def _inside(content: Span, span: tuple[int, int]) -> bool:
    return content.start < span[1] and span[0] < content.end


def _promises(sentence: Sentence) -> Iterator[Found]:
    """Verbs, adjectives and nouns of promising with what is promised."""
    for token in sentence.tokens:
        body = _promised(sentence, token)
        if body is None:
            continue
        if frames.is_verb(token):
            if verb_status(sentence, token) not in {"occurred", "ongoing"}:
                continue
            giver = frames.logical_subject(sentence, token)
        elif token.pos == "ADJ":
            giver = frames.at_position(sentence, token, "subject")
            if verb_status(sentence, sentence.head(token)) == "negated":
                continue
        else:
            giver = frames.at_position(sentence, token, "poss") or frames.at_position(sentence, token, "by") or _bearer(sentence, token)
        yield Found("pledge", sentence, token, tuple(giver), body, f"promise-{token.pos.lower()}")


def _promised(sentence: Sentence, token: Token) -> Token | None:
    """The head of what the token promises, or None when it promises nothing here."""
    clauses = list(frames.complements(sentence, token))
    if frames.is_verb(token) and token.lemma in PROMISES:
        for kind, clause in clauses:
            future = any(t.lower in FUTURE | {"would"} for t in sentence.children(clause, "aux"))
            if kind == "to" and token.lemma not in {"announce"} or (kind == "that" and future):
                return clause
        if token.lemma not in WEAK | {"agree", "resolve", "swear", "commit"}:
            objects = [t for t in frames.logical_object(sentence, token) if t.pos in {"NOUN", "PROPN", "NUM", "SYM"}]
            return objects[0] if objects else None
        if token.lemma == "commit":
            return next((t for t in frames.all_prepositional(sentence, token, "to") if t.pos == "NOUN"), None) or next(
                (clause for kind, clause in clauses if kind == "ing"), None
            )
        return None
    if (token.pos == "ADJ" and token.lemma in READY and token.dep in {"acomp", "ROOT", "conj", "oprd", "amod"}) or (
        token.pos == "NOUN" and token.lemma in PROMISE_NOUNS
    ):
        return next((clause for kind, clause in clauses if kind == "to"), None) or _after_noun(sentence, token)
    return None


def _after_noun(sentence: Sentence, token: Token) -> Token | None:
    """An infinitive that the parser hung elsewhere, right behind "readiness"."""
    for other in sentence.tokens[token.i + 1 : token.i + 4]:
        if other.tag == "TO" and other.i + 1 < len(sentence.tokens):
            head = sentence.head(other)
            return head if head.tag == "VB" else None
        if other.text not in {'"', "“", "‘", "'"}:
            return None
    return None


def _bearer(sentence: Sentence, noun: Token) -> list[Token]:
    """Whose promise a noun under a verb is: "France repeated its offer to …", "X voiced readiness to …"."""
    head = sentence.head(noun)
    if noun.dep in {"dobj", "pobj"}:
        while head.pos == "ADP":
            head = sentence.head(head)
        if frames.is_verb(head):
            return frames.logical_subject(sentence, head)
    return []


def _spoken(page: Page, sentence: Sentence, cast: Cast) -> Iterator[Found]:
    """A future in the words of the very party that is to act: "Turkiye said it will stand with …", "we will send …"."""
    for token in sentence.tokens:
        if not frames.is_verb(token) or token.lemma in VAGUE_ACTS:
            continue
        if not any(t.lower in FUTURE for t in sentence.children(token, "aux")):
            continue
        quote = _around(page.quotes, token)
        if quote is None or quote.speaker is None:
            continue
        subject = frames.surface_subject(sentence, token)
        if not subject or frames.is_passive(sentence, token):
            continue
        own = subject[0].lower in FIRST_PERSON
        actor = None if own else cast.at(sentence, subject[0])
        if own or (actor is not None and _same_party(actor, quote.speaker)):
            yield Found("pledge", sentence, token, tuple(subject), token, "spoken-future")


def _same_party(actor: Actor, speaker: Actor) -> bool:
    if actor.name == speaker.name or (actor.org and actor.org == speaker.org):
        return True
    return bool(actor.country and actor.country == speaker.country and {"GOV", "MIL"} & {*actor.sectors, *speaker.sectors})


def _around(quotes: tuple[Quote, ...], token: Token) -> Quote | None:
    holding = [q for q in quotes if any(s.start <= token.start and token.end <= s.end for s in q.content)]
    return min(holding, key=lambda q: q.content[-1].end - q.content[0].start, default=None)


def _expected(sentence: Sentence) -> Iterator[Found]:
    """"are expected to withdraw", "is due to meet", "is scheduled to": a future that somebody else tells."""
    for token in sentence.tokens:
        if token.lemma not in EXPECTED or token.dep in {"amod", "compound"}:
            continue
        passive = frames.is_verb(token) and frames.is_passive(sentence, token)
        if not passive and token.pos != "ADJ" and not (token.lemma == "set" and token.tag == "VBN"):
            continue
        body = next((clause for kind, clause in frames.complements(sentence, token) if kind == "to"), None)
        if body is None or body.lemma in VAGUE_ACTS:
            continue
        subject = frames.surface_subject(sentence, token) if frames.is_verb(token) else frames.at_position(sentence, token, "subject")
        if verb_status(sentence, token if frames.is_verb(token) else sentence.head(token)) != "negated":
            yield Found("expectation", sentence, token, tuple(subject), body, "expected-to")


def _ultimatums(sentence: Sentence) -> Iterator[Found]:
    """A demand with a date and a consequence or a fixed term: "gave the junta a week to restore …", "has until Friday to"."""
    words = {t.lower for t in sentence.tokens}
    for token in sentence.tokens:
        if not frames.is_verb(token) or token.lemma not in DEMANDS:
            continue
        for kind, clause in frames.complements(sentence, token):
            if kind not in {"to", "that"} or not _term(sentence, token, words):
                continue
            giver = frames.logical_subject(sentence, token)
            if verb_status(sentence, token) in {"occurred", "ongoing"}:
                yield Found("ultimatum", sentence, token, tuple(giver), clause, "ultimatum")
            break


def _term(sentence: Sentence, verb: Token, words: set[str]) -> bool:
    """Whether a demand sets a term with teeth."""
    spans = [t.lower for t in sentence.subtree(verb)]
    if verb.lemma == "give":
        return any(t.lemma in {"day", "hour", "week", "month", "deadline", "ultimatum"} for t in frames.logical_object(sentence, verb)) or "until" in spans
    if verb.lemma == "have":
        return "until" in spans
    return "ultimatum" in words or ("or" in words and {"face", "risk"} & words != set())


def _pledge(page: Page, found: Found, cast: Cast, known: Ontology) -> Pledge | None:
    article, sentence, body = page.article, found.sentence, found.body
    start, end = _reach(sentence, found)
    content = article.span(start, end)
    giver = cast.fill(sentence, list(found.giver), "subject", True)
    if found.giver and not giver and found.giver[0].lower in FIRST_PERSON:
        quote = _around(page.quotes, found.cue)
        giver = [quote.speaker] if quote and quote.speaker else []
    if not giver and found.kind != "expectation":
        return None
    if found.kind == "expectation" and not giver and not found.giver:
        return None
    act, _ = act_told(sentence, found.cue, [body], known)
    quote = _around(page.quotes, found.cue)
    promiser = giver[0] if giver else None
    return Pledge(
        id=item_id(article, "pledge", start, end, found.kind),
        evidence=(article.span(sentence.start, sentence.end),),
        basis=Basis("pledges", found.rule, VERSION, 0.8 if found.kind == "pledge" else 0.7),
        kind=found.kind,
        promiser=promiser,
        beneficiary=_beneficiary(sentence, found, cast, promiser),
        act=act,
        content=content,
        condition=_condition(page, sentence, found),
        amount=_amount(page, start, end),
        due=_due(page, sentence, content, found),
        event=_event(page.events, found),
        said_by=quote.id if quote else None,
        status="open",
    )


def _reach(sentence: Sentence, found: Found) -> tuple[int, int]:
    """Code points of what is promised: the clause from its verb on, without the subject and the sentence's end mark."""
    tree = sentence.subtree(found.body)
    if found.rule == "spoken-future" or (frames.is_verb(found.body) and found.body.tag != "VB"):
        tree = [t for t in tree if t.i >= found.body.i]
    else:
        tree = [t for t in tree if t.i > found.cue.i or found.cue.i > found.body.i]
    tree = [t for t in tree if t.i >= min(found.body.i, tree[0].i)] if tree else [found.body]
    while len(tree) > 1 and (tree[-1].pos == "PUNCT"):
        tree.pop()
    while len(tree) > 1 and tree[0].pos == "PUNCT":
        tree.pop(0)
    return tree[0].start, tree[-1].end


def _beneficiary(sentence: Sentence, found: Found, cast: Cast, promiser: Actor | None) -> Actor | None:
    spots: list[tuple[Token, str]] = []
    for name in ("dative", "to") if found.kind == "pledge" else ("dative", "object"):
        spots += [(t, name) for t in frames.at_position(sentence, found.cue, name) if t.i != found.body.i]
    for name in ("dative", "object", "to", "with", "by", "for", "in", "against", "from"):
        if frames.is_verb(found.body):
            spots += [(t, name) for t in frames.at_position(sentence, found.body, name)]
        else:
            spots += [(t, name) for t in frames.all_prepositional(sentence, found.body, name) if name in {"to", "for", "with"}]
    for inner in sentence.subtree(found.body):
        if frames.is_verb(inner) and inner.i != found.body.i and inner.tag == "VB":
            spots += [(t, "object") for t in frames.logical_object(sentence, inner)]
    for token, name in spots:
        for actor in cast.fill(sentence, [token], name, False):
            if promiser is None or (actor.name != promiser.name and not (actor.country and actor.country == promiser.country and name == "in")):
                if name != "in" or actor.country:
                    return actor
    return None


def _condition(page: Page, sentence: Sentence, found: Found) -> Span | None:
    """The clause of condition, if one stands under the cue or what is promised."""
    for head in (found.body, found.cue):
        for clause in sentence.children(head, "advcl"):
            if any(t.lower in {"if", "unless", "once", "provided"} for t in sentence.children(clause, "mark", "advmod")):
                start, end = sentence.reach(clause)
                return page.article.span(start, end)
    return None


def _amount(page: Page, start: int, end: int) -> Quantity | None:
    money = MONEY.search(page.article.text, start, end)
    return _money(page.article, money.start(), money.end()) if money else None


def _due(page: Page, sentence: Sentence, content: Span, found: Found) -> Time | None:
    """The date in what is promised; an announcement's own day never is one."""
    day = page.article.day
    spots = [
        t for t in page.times
        if t.span and t.end and t.type in {"DATE", "TIME", "DURATION"} and sentence.start <= t.span.start < sentence.end
    ]  # fmt: skip
    inside = [t for t in spots if t.span and content.start <= t.span.start < content.end]
    after = [t for t in spots if t.span and t.span.start >= found.cue.end and found.kind == "ultimatum"]
    for time in inside or after:
        if day is None or (time.end or "") >= day:
            return replace(time, origin="clause")
    return None


def _event(events: tuple[Event, ...], found: Found) -> str | None:
    for event in events:
        if event.trigger.start in {found.cue.start, found.body.start}:
            return event.id
    return None
