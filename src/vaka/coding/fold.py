"""One act told in title, caption and several sentences becomes one event with several pieces of evidence.

Folds within a page only, and only where type, parties, status, time and place agree; different acts stay apart.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vaka.coding.select import VERBAL
from vaka.coding.sites import PRECISION
from vaka.syntax import Sentence, Token
from vaka.types import Actor, Event, Page, Place, Time, item_id

HAPPENED = frozenset({"occurred", "ongoing"})
TOLLS = frozenset({"kill", "die", "wound", "injure", "hurt", "leave"})
REPEATING = frozenset({"title", "caption"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
FURTHER = frozenset(
    ["also", "again", "too", "separately", "elsewhere", "another", "second", "third", "separate", "similar", "previous",
     "earlier", "other", "fresh", "further", "later", "previously", "likewise"]
)  # fmt: skip
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM"})
OLD = 62
"""Days before the report from which an act with a date is not the same as one without."""
SHARED = 3
"""Words that tell a matter, the name of who acts among them."""


def fold(page: Page, found: list[tuple[Event, Sentence]]) -> tuple[Event, ...]:
    """The events with repeats folded; the telling with most fields leads, the id stays the one of the first telling."""
    kept: list[tuple[Event, list[Sentence], set[str]]] = []
    for event, sentence in found:
        lemma = told.lemma if (told := _trigger(event, sentence)) else event.trigger.text.lower()
        for number, (other, sentences, lemmas) in enumerate(kept):
            if _same_act(page, event, sentence, lemma, other, sentences, lemmas):
                kept[number] = (_joined(other, event), [*sentences, sentence], lemmas | {lemma})
                break
        else:
            kept.append((event, [sentence], {lemma}))
    return _unique(page, [event for event, _, _ in kept])


def _unique(page: Page, events: list[Event]) -> tuple[Event, ...]:
    """Ties of trigger and type get ordinals, so that an id is never given twice."""
    seen: dict[str, int] = {}
    named: list[Event] = []
    for event in events:
        number = seen.get(event.id, 0)
        seen[event.id] = number + 1
        fresh = item_id(page.article, "event", event.trigger.start, event.trigger.end, event.type, number)
        named.append(replace(event, id=fresh))
    return tuple(named)


def _same_act(
    page: Page, event: Event, sentence: Sentence, lemma: str, other: Event, sentences: list[Sentence], lemmas: set[str]
) -> bool:
    if event.type != other.type or not _same_status(event.status, other.status):
        return False
    if event.modes and other.modes and event.modes != other.modes:
        return False
    if sentence not in sentences and sentence.zone not in REPEATING and _is_further(event, sentence):
        return False
    if sentence not in sentences and not (
        _alike(event.actors, other.actors) and _alike(event.recipients, other.recipients)
    ):
        return False
    if sentence not in sentences and _is_old(page, event.when) != _is_old(page, other.when):
        return False
    if not _same_time(event.when, other.when) or not _same_place(event.where, other.where):
        return False
    if event.type == "CONSULT" and sentence not in sentences and not _one_table(event, other):
        return False
    if sentence in sentences:
        # Two words for one act in one sentence: the one without parties adds nothing ("a car bomb killed 26").
        bare = not (event.actors or event.recipients) or not (other.actors or other.recipients)
        # "17 were killed when jihadists ambushed a convoy": the toll of the act told beside it.
        toll = event.type == "ASSAULT" and bool(TOLLS & {lemma, *lemmas}) and not (event.actors and other.actors)
        toll = toll and not _of_another_noun(sentence, event, other)
        # "a hunger strike in protest of": the word says what the act beside it is.
        same = _share(event.actors, other.actors)
        named = (
            event.type == "PROTEST" and same and ("protest" in {lemma, *lemmas} or _is_manner(event, other, sentence))
        )
        return bare or toll or named or (same and event.type == "ASSAULT" and _is_definite(event, sentence))
    repeats = sentence.zone in REPEATING or any(s.zone in REPEATING for s in sentences)
    if event.type in VERBAL:
        # A headline may tell it in another word, but of one matter: what else the same party promised is another act.
        towards = _share(event.recipients, other.recipients)
        headed = [told for told in sentences if sentence.zone in REPEATING or told.zone in REPEATING]
        told_again = repeats and (towards or any(_of_one_matter(sentence, told) for told in headed))
        return (
            (lemma in lemmas or told_again)
            and _share(event.actors, other.actors)
            and (towards or not (event.recipients and other.recipients))
        )
    parties = _share(event.actors, other.actors) or _share(event.recipients, other.recipients)
    empty = not (event.actors or event.recipients) or not (other.actors or other.recipients)
    if empty and lemma not in lemmas:
        # "The violence", "the protests" go on about what was told; without an article they may be others.
        return _is_definite(event, sentence) or (repeats and any(_of_one_matter(sentence, told) for told in sentences))
    return lemma in lemmas or parties or (repeats and any(_of_one_matter(sentence, told) for told in sentences))


def _one_table(event: Event, other: Event) -> bool:
    """Whether two meetings can be one: the parties of one are all among those of the other."""
    mine, theirs = ({a.country or a.name for a in (*e.actors, *e.recipients)} for e in (event, other))
    return mine <= theirs or theirs <= mine


def _trigger(event: Event, sentence: Sentence) -> Token | None:
    """The word that tells the event, where this sentence holds it."""
    return next((token for token in sentence.tokens if token.start == event.trigger.start), None)


def _of_another_noun(sentence: Sentence, one: Event, other: Event) -> bool:
    """Whether one act stands in a relative clause that does not hang below the other: "fired rockets, an escalation of
    a conflict in which hundreds died"."""
    first, second = _trigger(one, sentence), _trigger(other, sentence)
    if first is None or second is None:
        return False
    for word, against in ((first, second), (second, first)):
        above = [word, *sentence.ancestors(word)]
        clause = next((t for t in above if t.dep == "relcl"), None)
        if clause is not None and against.i not in {t.i for t in above}:
            return True
    return False


def _is_manner(event: Event, other: Event, sentence: Sentence) -> bool:
    """Whether a participle says how the other act was done: "marched through the capital, waving flags"."""
    verb, above = _trigger(event, sentence), _trigger(other, sentence)
    while verb is not None and verb.dep == "conj":
        verb = sentence.head(verb)
    return verb is not None and above is not None and verb.dep == "advcl" and verb.tag == "VBG" and verb.head == above.i


def _is_further(event: Event, sentence: Sentence) -> bool:
    """Whether the telling says itself that it is of another act: "also seized power in Mali", "a second attack"."""
    trigger = _trigger(event, sentence)
    if trigger is None:
        return False
    beside = sentence.children(trigger, "advmod", "amod", "det")
    above = sentence.head(trigger)
    if trigger.pos == "NOUN" and trigger.dep == "dobj":
        beside += sentence.children(above, "advmod")
    return any(t.lower in FURTHER for t in beside)


def _is_definite(event: Event, sentence: Sentence) -> bool:
    trigger = _trigger(event, sentence)
    return trigger is not None and any(t.lower in DEFINITE for t in sentence.children(trigger, "det"))


def _of_one_matter(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences share enough nouns, names, verbs and numbers to tell of one matter."""
    matters = [{t.lemma for t in sentence.tokens if t.pos in CONTENT and len(t.lemma) > 2} for sentence in (one, other)]
    return len(matters[0] & matters[1]) >= SHARED


def _same_status(one: str, other: str) -> bool:
    return one == other or (one in HAPPENED and other in HAPPENED)


def _alike(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    """Whether two sides can be the same: one is empty, or they share a party."""
    return not one or not other or _share(one, other)


def _share(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    for a in one:
        for b in other:
            if a.name == b.name or (a.org and a.org == b.org):
                return True
            if a.kind == b.kind == "person" and a.sector in {None, "CVL"}:
                continue  # a driver and a man of 24 are two people, though both are civilians of one country
            if a.country and a.country == b.country and (a.sector == b.sector or {a.kind, b.kind} & {"government"}):
                return True
    return False


def _is_old(page: Page, when: Time | None) -> bool:
    """Whether the date is told and lies more than two months before the report: no news of the day."""
    day = page.article.day
    if when is None or not when.end or not day:
        return False
    try:
        return (date.fromisoformat(day) - date.fromisoformat(when.end[:10])).days > OLD
    except ValueError:  # a date of publication that is none
        return False


def _same_time(one: Time | None, other: Time | None) -> bool:
    if one is None or other is None or not one.start or not other.start or not one.end or not other.end:
        return True
    return one.start <= other.end and other.start <= one.end


def _same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.name == other.name:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    return "city" not in {one.precision, other.precision} or one.precision != other.precision


def _joined(first: Event, again: Event) -> Event:
    """The first telling with the further evidence and whatever it left out."""
    richer = len(again.actors) + len(again.recipients) > len(first.actors) + len(first.recipients)
    magnitude = dict(again.magnitude) | dict(first.magnitude)
    evidence = (*first.evidence, *(span for span in again.evidence if span not in first.evidence))
    return replace(
        first,
        evidence=evidence,
        modes=first.modes or again.modes,
        contexts=tuple(dict.fromkeys((*first.contexts, *again.contexts))),
        actors=again.actors if (richer and again.actors) or not first.actors else first.actors,
        recipients=again.recipients if (richer and again.recipients) or not first.recipients else first.recipients,
        when=_finer(first.when, again.when),
        where=_nearer(first.where, again.where),
        magnitude=tuple(sorted(magnitude.items())),
        basis=replace(first.basis, score=max(first.basis.score, again.basis.score)),
    )


def _finer(one: Time | None, other: Time | None) -> Time | None:
    if one is None or other is None:
        return one or other

    def length(t: Time) -> tuple[bool, bool]:
        return t.start is None, t.start != t.end

    return other if length(other) < length(one) else one


def _nearer(one: Place | None, other: Place | None) -> Place | None:
    if one is None or other is None:
        return one or other
    return other if PRECISION.get(other.precision or "", 5) < PRECISION.get(one.precision or "", 5) else one
