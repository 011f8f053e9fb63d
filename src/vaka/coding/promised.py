"""Finds words of promising: verbs, adjectives and nouns of promise, and a future in the words of who is to act.

A promise that is denied, asked for or only imagined is none; one that is told as kept, broken or withdrawn says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vaka.coding import frames
from vaka.coding.pledge_words import (
    FIRST_OWNERS,
    FIRST_PERSON,
    OFFICIAL,
    TOLD_WILL,
    WILL,
    Found,
    auxiliaries,
    clauses,
    is_history,
    is_vague,
    quote_around,
)
from vaka.coding.roles import Cast
from vaka.coding.status import verb_status
from vaka.knowledge.promising import promising
from vaka.syntax import Sentence, Token
from vaka.types import Actor, Page, Quote

NOUNS = frozenset({"NOUN", "PROPN", "NUM", "SYM"})
REAL = frozenset({"occurred", "ongoing"})
OWNERS = frozenset({"his", "her", "its", "their"})
EVERYBODY = frozenset({"each", "all", "everyone", "everybody"})
OUTCOMES = ("kept", "broken", "withdrawn")


def promises(page: Page, sentence: Sentence) -> Iterator[Found]:
    """Verbs, adjectives and nouns of promising with what is promised."""
    for token in sentence.tokens:
        adjective = token.tag in {"JJ", "VBN"} and token.lower in promising().lists["promise-adjective"]
        if adjective and (token.dep == "acomp" or not frames.is_verb(token)):
            found = _by_adjective(sentence, token)
        elif frames.is_verb(token) and token.lemma in promising().verbs:
            found = _by_verb(sentence, token)
        elif frames.is_verb(token) and promising().after("offer-phrase", token.lemma):
            found = _on_the_table(sentence, token)
        elif token.pos == "NOUN":
            found = _by_noun(sentence, token)
        else:
            continue
        if found is not None and not is_history(page, sentence, found.cue):
            yield found
            yield from _and_also(sentence, found)


def _and_also(sentence: Sentence, found: Found) -> Iterator[Found]:
    """A second deed with a "to" of its own: "promised to free four and to name the place"."""
    for body in sentence.children(found.body, "conj"):
        if (
            frames.is_verb(body)
            and found.kind == "pledge"
            and any(t.lower == "to" for t in sentence.children(body, "aux"))
        ):
            yield replace(found, body=body, to=())


def _by_verb(sentence: Sentence, verb: Token) -> Found | None:
    if verb_status(sentence, verb) not in REAL:
        return None
    takes = promising().verbs[verb.lemma]
    giver = tuple(frames.logical_subject(sentence, verb))
    if promising().has("bound-verb", verb.lemma) and frames.is_passive(sentence, verb):
        giver = tuple(frames.surface_subject(sentence, verb))  # "is committed to disarming …"
    for kind, clause in [*clauses(sentence, verb), *_hung_on_object(sentence, verb)]:
        if kind == "to" and "to" in takes and clause.dep != "relcl" and clause.i > verb.i:
            if not _counted(sentence, verb, takes):
                return Found("pledge", sentence, verb, giver, clause, "promise-verb", to=_addressed(sentence, verb))
        elif kind == "that" and "that" in takes and _tells_future(sentence, clause):
            whole = _other_subject(sentence, clause, giver)
            return Found(
                "pledge", sentence, verb, giver, clause, "promise-clause", whole, to=_addressed(sentence, verb)
            )
        elif kind == "ing" and "ing" in takes:
            return Found("pledge", sentence, verb, giver, clause, "promise-verb")
    return _by_object(sentence, verb, takes, giver)


def _hung_on_object(sentence: Sentence, verb: Token) -> Iterator[tuple[str, Token]]:
    """The that-clause of "promised the envoy that 200 would be freed", which the parser may hang on the envoy."""
    for thing in sentence.children(verb, "dobj", "dative"):
        for clause in sentence.children(thing, "acl", "relcl"):
            if any(t.lower == "that" and t.dep == "mark" for t in sentence.children(clause)):
                yield "that", clause
        after = max(t.i for t in sentence.subtree(thing) if t.i <= thing.i) + 1
        if after < len(sentence.tokens) and sentence.tokens[after].lower == "that":
            yield from (("that", t) for t in sentence.tokens[after:] if auxiliaries(sentence, t) & TOLD_WILL)
    for writing in (t for prep in sentence.children(verb, "prep") for t in sentence.children(prep, "pobj")):
        for clause in sentence.children(writing, "acl"):
            if promising().has("set-down", writing.lemma) and any(
                t.lower == "to" for t in sentence.children(clause, "aux")
            ):
                yield "to", clause  # "undertook in writing not to dismiss anyone"


def _tells_future(sentence: Sentence, clause: Token) -> bool:
    """Whether a that-clause has will or would, and is none with "which" that the parser hung on the verb."""
    before = [t for t in sentence.subtree(clause) if t.i < clause.i and t.dep != "mark"]
    asked = any(t.tag in {"WDT", "WP", "WP$"} for t in before)
    return bool(auxiliaries(sentence, clause) & TOLD_WILL) and not asked


def _counted(sentence: Sentence, verb: Token, takes: frozenset[str]) -> bool:
    """Whether it promises a sum, so that the infinitive only tells what for: "committed $5m to rebuild …"."""
    return bool(takes & {"sum", "thing"}) and any(_is_sum(sentence, t) for t in sentence.children(verb, "dobj"))


def _is_sum(sentence: Sentence, noun: Token) -> bool:
    inner = [t for t in sentence.children(noun, "compound") if t.i == noun.i - 1]  # "six patrol boats"
    counted = any(sentence.children(t, "nummod") for t in (noun, *inner))
    return noun.ent == "MONEY" or noun.pos == "NUM" or counted


def _by_object(sentence: Sentence, verb: Token, takes: frozenset[str], giver: tuple[Token, ...]) -> Found | None:
    """ "pledged tents", "promised voters free schooling", "committed itself to a ban"."""
    for broken in sentence.children(verb, "ccomp"):
        if "thing" in takes and broken.pos == "ADJ" and sentence.children(broken, "dobj"):
            to = tuple(sentence.children(broken, "nsubj"))
            return Found("pledge", sentence, verb, giver, broken, "promise-thing", to=to)
    if "on" in takes:
        on = [t for t in frames.all_prepositional(sentence, verb, "to") if t.pos == "NOUN" and t.i > verb.i]
        if on and not _counted(sentence, verb, takes) and not frames.is_passive(sentence, verb):
            return Found("pledge", sentence, verb, giver, on[0], "promise-thing")
    given = [t for t in sentence.children(verb, "dobj") if t.pos in NOUNS] if frames.is_passive(sentence, verb) else []
    if given and "thing" in takes and not promising().has("not-promised", given[0].lemma):
        to = tuple(sentence.children(verb, "nsubjpass"))  # "workers were promised a bonus", by whom may stay untold
        return Found("pledge", sentence, verb, giver, given[0], "promise-thing", to=to)
    return _by_thing(sentence, verb, takes, giver)


def _by_thing(sentence: Sentence, verb: Token, takes: frozenset[str], giver: tuple[Token, ...]) -> Found | None:
    twice = _two_objects(sentence, verb) if "thing" in takes else ()
    if twice and not promising().has("not-promised", twice[1].lemma):
        return Found("pledge", sentence, verb, giver, twice[1], "promise-thing", to=twice[:1])
    things = [t for t in frames.logical_object(sentence, verb) if t.pos in NOUNS]
    if "deed" in takes:
        deeds = [*things, *frames.prepositional(sentence, verb, "to")]
        deed = next((t for t in deeds if promising().has("deed", t.lemma)), None)
        return Found("pledge", sentence, verb, giver, deed, "announced-deed") if deed is not None else None
    if not things or promising().has("not-promised", things[0].lemma):
        return None
    thing = things[0]
    if "thing" in takes or ("sum" in takes and _is_sum(sentence, thing)):
        return Found("pledge", sentence, verb, giver, thing, "promise-thing", to=_addressed(sentence, verb, thing))
    return None


def _two_objects(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """Whom and what, where the parser calls both objects or hangs what on whom: "promised nurses higher wages"."""
    objects = [t for t in sentence.children(verb, "dobj") if t.i > verb.i]
    if len(objects) == 1:
        behind = sentence.children(objects[0], "appos")
        objects += [t for t in behind if not any(w.pos == "PUNCT" for w in sentence.tokens[objects[0].i : t.i])]
    return (objects[0], objects[-1]) if len(objects) > 1 and objects[-1].pos in NOUNS else ()


def _on_the_table(sentence: Sentence, verb: Token) -> Found | None:
    """ "put 15 million dollars on the table", "set aside 3 million for the victims"."""
    words = {t.lower for t in sentence.tokens[verb.i + 1 :]}
    offered = words & promising().after("offer-phrase", verb.lemma)
    sums = [t for t in sentence.children(verb, "dobj") if any(w.ent == "MONEY" for w in sentence.subtree(t))]
    if not offered or not sums or verb_status(sentence, verb) not in REAL:
        return None
    return Found("pledge", sentence, verb, tuple(frames.logical_subject(sentence, verb)), sums[0], "promise-thing")


def _addressed(sentence: Sentence, verb: Token, thing: Token | None = None) -> tuple[Token, ...]:
    """To whom it is promised: the dative, or the object beside a clause ("assured Ethiopia that …")."""
    spots = [t for t in sentence.children(verb, "dative") if t.pos != "ADP"]
    if not spots and thing is None:
        spots = [t for t in sentence.children(verb, "dobj") if t.pos in NOUNS | {"PRON"}]
    return tuple(spots)


def _other_subject(sentence: Sentence, clause: Token, giver: tuple[Token, ...]) -> bool:
    """Whether the clause tells of somebody or something else than who promises."""
    subject = sentence.child(clause, "nsubj", "nsubjpass", "expl")
    return subject is not None and subject.pos != "PRON" and subject.i not in {t.i for t in giver}


def _by_adjective(sentence: Sentence, word: Token) -> Found | None:
    if word.dep not in {"acomp", "ROOT", "conj", "oprd", "amod", "ccomp"}:
        return None
    above = sentence.head(word)
    if verb_status(sentence, word if word.dep == "ccomp" else above) == "negated" or sentence.children(word, "neg"):
        return None
    body = next((clause for kind, clause in clauses(sentence, word) if kind in {"to", "ing"}), None)
    body = body or _infinitive_after(sentence, word)
    if body is None or promising().has("vague-verb", body.lemma) or (word.lower == "open" and body.tag != "VBG"):
        return None
    giver = frames.at_position(sentence, word, "subject", adjective=True)
    if word.dep == "ccomp" and frames.is_verb(above):
        giver = frames.logical_subject(sentence, above)  # "declared itself ready to …"
    return Found("pledge", sentence, word, tuple(giver), body, "promise-adjective")


def _by_noun(sentence: Sentence, noun: Token) -> Found | None:
    """ "its offer to share the airport", "gave his word that …"; a plan counts only where it is told as given up."""
    known = promising()
    outcome = _outcome(sentence, noun)
    given = known.has("given-noun", noun.lemma) and sentence.head(noun).lemma in {"give", "keep", "break"}
    if not (
        known.has("promise-noun", noun.lemma)
        or given
        or (known.has("plan-noun", noun.lemma) and outcome == "withdrawn")
    ):
        return None
    above = _verb_above(sentence, noun)
    if any(t.lower in {"no", "little", "any"} for t in sentence.children(noun, "det", "amod")):
        return None
    if (
        outcome is None
        and above is not None
        and noun.dep == "dobj"
        and verb_status(sentence, above) not in REAL | {"demanded"}
    ):
        return None
    clause, whole = _noun_clause(sentence, noun, above)
    if clause is None:
        clause = next((t for t in frames.prepositional(sentence, noun, "of") if _is_sum(sentence, t)), None)
    if clause is None or clause.i < noun.i:
        return None
    giver = (
        frames.at_position(sentence, noun, "poss")
        or frames.at_position(sentence, noun, "by")
        or _bearer(sentence, noun)
    )
    if outcome and giver and giver[0].tag == "PRP$":
        giver = _bearer(sentence, noun) or giver  # who drops "its offer" is whose offer it was
    own = _other_subject(sentence, clause, tuple(giver)) and whole
    to = _addressed(sentence, above) if above is not None and given else ()
    return Found("pledge", sentence, noun, tuple(giver), clause, "promise-noun", own, outcome or "open", to=to)


def _noun_clause(sentence: Sentence, noun: Token, above: Token | None) -> tuple[Token | None, bool]:
    """The clause of a noun of promise, also one that the parser hung on the verb over it."""
    spots = [noun, above] if above is not None and noun.dep == "dobj" else [noun]
    for spot in spots:
        for kind, clause in clauses(sentence, spot):
            if kind == "to" or (kind == "that" and auxiliaries(sentence, clause) & TOLD_WILL):
                return clause, kind == "that"
    for kind, clause in clauses(sentence, noun):
        if kind == "ing":
            return clause, False
    return _infinitive_after(sentence, noun), False


def _outcome(sentence: Sentence, noun: Token) -> str | None:
    """kept, broken or withdrawn where the verb over the noun tells it, else None."""
    above = _verb_above(sentence, noun)
    if above is None or noun.dep not in {"dobj", "pobj", "nsubjpass"}:
        return None
    between = sentence.tokens[above.i + 1 : noun.i] if above.i < noun.i else ()
    parts = [t.lower for t in between if t.pos in {"ADP", "ADV"}]
    phrases = {" ".join([above.lemma, *parts[:n]]) for n in range(len(parts) + 1)}
    told = next((name for name in OUTCOMES if promising().any(name, phrases)), None)
    status = verb_status(sentence, above)
    if told == "kept" and status == "negated":
        return "broken"
    return told if status in REAL else None


def _verb_above(sentence: Sentence, noun: Token) -> Token | None:
    head = sentence.head(noun)
    while head.pos in {"ADP", "ADV"} and head.head != head.i:
        head = sentence.head(head)
    return head if frames.is_verb(head) and head.i != noun.i else None


def _infinitive_after(sentence: Sentence, token: Token) -> Token | None:
    """An infinitive that the parser hung elsewhere, right behind "readiness"."""
    for other in sentence.tokens[token.i + 1 : token.i + 4]:
        if other.tag == "TO" and other.i + 1 < len(sentence.tokens):
            head = sentence.head(other)
            return head if head.tag == "VB" else None
        if other.text not in {'"', "“", "‘", "'"}:
            return None
    return None


def _bearer(sentence: Sentence, noun: Token) -> list[Token]:
    """Whose promise a noun is: "France repeated its offer", "X voiced readiness", the headline "Chad pledges to …"."""
    above = _verb_above(sentence, noun)
    if above is not None and above.dep == "acl" and noun.dep == "pobj" and above.tag == "VBN":
        return [sentence.head(above)]  # "the ruler reneged on a commitment", read as "the ruler who was reneged"
    if noun.dep in {"dobj", "pobj"} and above is not None:
        return frames.logical_subject(sentence, above)
    return [t for t in sentence.children(noun, "compound", "nsubj") if t.pos == "PROPN"] if noun.dep == "ROOT" else []


def spoken(page: Page, sentence: Sentence, cast: Cast) -> Iterator[Found]:
    """A future in the words of the very party that is to act: "Turkiye said it will stand with …", "we will send …"."""
    if sentence.tokens[-1].text == "?":
        return
    for verb in sentence.tokens:
        quote = quote_around(page.quotes, verb) if frames.is_verb(verb) else None
        if quote is None or quote.speaker is None:
            continue
        body, futures = verb, TOLD_WILL if quote.kind != "direct" else WILL
        if promising().has("spoken-plan", verb.lemma):
            clause = next((c for kind, c in clauses(sentence, verb) if kind == "to"), None)
            if clause is None or (verb.lemma == "go" and verb.tag != "VBG"):
                continue
            # "is not going to accept", "nobody is going to": the words of denial stand outside the infinitive.
            body = verb if verb.lemma == "go" and verb_status(sentence, verb) == "negated" else clause
            if is_vague(sentence, clause):
                continue
        elif not auxiliaries(sentence, verb) & futures or "have" in auxiliaries(sentence, verb):
            continue
        yield from _own_future(sentence, verb, body, quote, cast)


def _own_future(sentence: Sentence, verb: Token, body: Token, quote: Quote, cast: Cast) -> Iterator[Found]:
    speaker = quote.speaker
    subject = frames.surface_subject(sentence, verb)
    if speaker is None or not subject or is_vague(sentence, body):
        if subject and speaker and _granted(sentence, verb, subject, speaker):
            yield Found("pledge", sentence, verb, (), body, "spoken-grant", True, speaks=True)
        return
    word = subject[0]
    own = word.lower in FIRST_PERSON or any(t.lower in FIRST_OWNERS for t in sentence.children(word, "poss"))
    if own and not frames.is_passive(sentence, verb):
        yield Found("pledge", sentence, verb, (), body, "spoken-future", word.lower not in FIRST_PERSON, speaks=True)
    elif _granted(sentence, verb, subject, speaker):
        yield Found("pledge", sentence, verb, (), body, "spoken-grant", True, speaks=True)
    elif not frames.is_passive(sentence, verb):
        actor = cast.at(sentence, word)
        if any(t.tag == "PRP$" and _of_speaker(sentence, t, cast, speaker) for t in sentence.children(word, "poss")):
            yield Found("pledge", sentence, verb, (), body, "spoken-future", True, speaks=True)
        elif actor is not None and same_party(sentence, actor, speaker, cast):
            yield Found("pledge", sentence, verb, tuple(subject), body, "spoken-future")


def _of_speaker(sentence: Sentence, owner: Token, cast: Cast, speaker: Actor) -> bool:
    """Whether "its" in "its last ship will leave" is the speaker's: the party itself, or a word resolved to it."""
    actor = cast.at(sentence, owner)
    if actor is None or actor.name == speaker.name:
        return True
    return actor.name.split()[0].lower() in OWNERS  # "its" was taken for the ship itself


def _granted(sentence: Sentence, verb: Token, subject: list[Token], speaker: Actor) -> bool:
    """ "You will have your land back", "no student will be expelled": an official's word about what others get."""
    if not (
        OFFICIAL & set(speaker.sectors) or speaker.resolved_by == "title" or (speaker.kind == "person" and speaker.role)
    ):
        return _none_of(sentence, subject) and speaker.kind == "person"
    if subject[0].lower == "you" or (subject[0].lower in EVERYBODY or _each_of(sentence, subject[0])):
        return verb.lemma in {"have", "get", "receive"} or frames.is_passive(sentence, verb)
    return _none_of(sentence, subject)


def _each_of(sentence: Sentence, word: Token) -> bool:
    return any(t.lower in {"each", "every", "all"} for t in sentence.children(word, "det", "predet"))


def _none_of(sentence: Sentence, subject: list[Token]) -> bool:
    words = sentence.subtree(subject[0])
    return bool(words) and (
        words[0].lower in {"no", "nobody", "none", "neither"} or [t.lower for t in words[:2]] == ["not", "one"]
    )


def same_party(sentence: Sentence, actor: Actor, speaker: Actor, cast: Cast) -> bool:
    """Whether the speaker may bind the actor: the same party, its government, or its unnamed official told after it."""
    if actor.name == speaker.name or (actor.org and actor.org == speaker.org):
        return True
    if speaker.span.start >= actor.span.end and speaker.span.text.split()[0].lower() in OWNERS:
        return True
    for owner in cast.by_sentence.get(sentence.index, ()):
        inside = speaker.span.start <= owner.span.start < owner.span.end < speaker.span.end
        if inside and (owner.name == actor.name or (actor.country and owner.country == actor.country)):
            return True
    head = sentence.head_of(speaker.span.start, speaker.span.end)
    outpost = head is not None and promising().has("outpost", head.lemma)
    if (
        actor.kind == "person"
        and speaker.kind == "person"
        and actor.resolved_by in {"knowledge", "title", "coreference"}
    ):
        return False  # one named person binds no other: "he said the president would come to no harm"
    state = {"GOV", "MIL"} & {*actor.sectors, *speaker.sectors}
    if actor.country and actor.country == speaker.country:
        return bool(state)
    if actor.country is None and {"MIL"} & set(actor.sectors) & set(speaker.sectors):
        return True
    after = actor.span.end <= speaker.span.start and head is not None and head.lemma != "diplomat"
    return bool(actor.country and after and state and (speaker.country is None or outpost) and speaker.org is None)
