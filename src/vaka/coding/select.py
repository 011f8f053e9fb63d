"""Chooses among the readings of a sentence: one per trigger, none for what another act has for its content.

Every reading that is left out is kept with the reason, so that `vaka explain` can tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vaka.coding import frames, weigh
from vaka.coding.patterns import Reading, readings_at
from vaka.coding.protests import target_of
from vaka.coding.roles import Cast, is_deed
from vaka.coding.status import is_content_of, noun_status, verb_status
from vaka.coding.weigh import Weighed
from vaka.knowledge.domains import uncoded
from vaka.knowledge.ontology import Ontology
from vaka.syntax import Sentence, Signal, Token
from vaka.types import Actor

VERBAL = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "SUPPORT"})
AGENTLESS = frozenset(
    {"ASSAULT", "PROTEST", "COERCE", "CONDITION", "DISASTER", "OFFICE", "MOBILIZE", "RETREAT", "CONSULT"}
)
"""Types that wire news tells without saying who: the actor stays empty."""
FIRING = frozenset({"fire", "shell", "bomb", "shoot", "bombard"})
TOLLS = frozenset({"kill", "die", "injure", "wound", "claim", "leave"})
"""Verbs that tell deaths, whatever caused them."""
SCORE = re.compile(r"(?<![\d.,/-])\d{1,2} ?[-–] ?\d{1,2}(?![\d.,/-])")
SCORED = frozenset({"beat", "defeat", "crush", "thrash", "rout", "win", "lose", "draw", "edge", "hammer", "overcome"})
"""A result of two small numbers beside one of these verbs is a game's."""
JUDGEMENTS = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
DEALINGS = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "REJECT", "AID", "CONCEDE"})
"""What firms do with each other all day: talks, tie-ups, bids turned down."""
MOVED = frozenset({"fly", "take", "bring", "carry", "hand", "transport", "drive", "escort", "ferry", "lead", "rush"})
"""Verbs whose passive tells of people moved by others."""
FESTIVE = frozenset({"celebrate", "welcome", "cheer", "greet", "dance", "rejoice"})
DISMISSING = weigh.DENIALS | {"reject", "dismiss"}
CLAIMS = frozenset(
    ["claim", "allegation", "accusation", "charge", "account", "report", "version", "suggestion", "notion", "rumour",
     "rumor", "assertion", "statement", "story", "criticism", "finding", "speculation"]
)  # fmt: skip
NO_ACTOR = frozenset({"CONDITION", "DISASTER"})
VAGUE_SPOTS = frozenset({"in", "object", "of", "on"})
"""Positions in the content of a verbal act where only a party with a country counts as its other side."""
RELATIVE_REACH = 12
"""Tokens between a relative pronoun and the party it stands for."""
PEOPLE_PRONOUNS = frozenset({"we", "i", "you", "they", "he", "she", "who", "it"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One act as one sentence tells it. `chance` is what the network gives its type and `score` how sure that makes it,
    None where it was not asked; `retyped` the lexicon's own type where the network's was taken."""

    sentence: Sentence
    reading: Reading
    status: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    chance: float | None = None
    score: float | None = None
    retyped: str | None = None

    @property
    def by_network(self) -> bool:
        """Whether the type is the network's own: no pattern reads it so."""
        return self.retyped is not None or self.reading.pattern.id == weigh.RULE


@dataclass(frozen=True, slots=True)
class Rejected:
    """A reading that was not taken, and why."""

    reading: Reading
    reason: str


def tellings(
    sentence: Sentence, cast: Cast, ontology: Ontology, signal: Signal | None = None, *, reasons: bool = True
) -> tuple[list[Telling], list[Rejected]]:
    """The acts that the sentence tells, and the readings that were left out; `signal` is the network's, where asked.
    Without `reasons`, readings that the network is going to veto are not even made, which saves half of the time."""
    rejected: list[Rejected] = []
    chosen: list[Telling] = []
    elsewhere = _other_worlds(sentence)
    for token in sentence.tokens if reasons or signal is None else _heard(sentence, signal):
        readings = readings_at(sentence, token, ontology)
        chosen += _best(sentence, _judged_by(sentence, signal, readings, rejected), cast, signal, rejected, elsewhere)
    if signal is not None:
        for proposal in weigh.proposals(sentence, signal, [t.reading for t in chosen], ontology):
            chosen += _best(sentence, [proposal], cast, signal, rejected, elsewhere)
        chosen.sort(key=lambda telling: telling.reading.trigger.i)
    return list(_without_content(sentence, chosen, rejected)), rejected


def _heard(sentence: Sentence, signal: Signal) -> list[Token]:
    """The words at which the network may let a reading stand: it hears an act in them, for the nouns of a light verb
    in a word that they hang on, for a verb in its subject, for a verb of saying in the clause of what is owed."""
    loud = {token.i for token in signal.heard(sentence.tokens, weigh.DOUBT)}
    loud |= {sentence.tokens[i].head for i in loud if sentence.tokens[i].dep in weigh.AUXILIARY}
    ruled = {sentence.tokens[i].head for i in loud if sentence.tokens[i].dep in {"nsubj", "nsubjpass"}}
    ruled |= {clause.i for i in ruled for clause in sentence.children(sentence.tokens[i], "xcomp")}
    loud |= ruled
    owed = {sentence.tokens[i].head for i in loud if sentence.tokens[i].dep in {"ccomp", "xcomp"}}
    owed |= {sentence.tokens[i].head for i in owed if sentence.tokens[i].dep == "ccomp"}
    return [
        token
        for token in sentence.tokens
        if token.i in loud
        or token.i in owed
        or (token.pos != "VERB" and any(above.i in loud for above in sentence.ancestors(token)))
    ]


def _other_worlds(sentence: Sentence) -> dict[str, str]:
    """Event types that the sentence's subject (sport, markets, culture) rules out, with the word that tells it."""
    table = uncoded()
    lemmas = [token.lemma for token in sentence.tokens]
    pairs = [f"{a.lower} {b.lower}" for a, b in zip(sentence.tokens, sentence.tokens[1:], strict=False)]
    found: dict[str, str] = {}
    for word in [*lemmas, *pairs]:
        if word in table:
            domain, kinds = table[word]
            found |= dict.fromkeys(kinds, f"{word!r} makes it {domain}")
    if SCORE.search(" ".join(token.text for token in sentence.tokens)) and SCORED & set(lemmas):
        found |= dict.fromkeys(["ASSAULT", "RETREAT", "COERCE"], "a result makes it sport")
    return found


def _judged_by(
    sentence: Sentence, signal: Signal | None, readings: list[Reading], rejected: list[Rejected]
) -> list[Weighed]:
    """The readings of a token that the network lets stand, those of a type that it finds likely before the others."""
    if signal is None:
        return [Weighed(reading, None) for reading in readings]
    kept: list[Weighed] = []
    for reading in readings:
        weighed = weigh.judge(sentence, signal, reading)
        if weighed is None:
            rejected.append(Rejected(reading, "the network reads no such act in this sentence"))
        else:
            kept.append(weighed)
    return sorted(kept, key=lambda weighed: (weighed.retyped is not None, (weighed.chance or 0) < weigh.LIKELY))


def _best(
    sentence: Sentence,
    readings: Iterable[Weighed],
    cast: Cast,
    signal: Signal | None,
    rejected: list[Rejected],
    elsewhere: dict[str, str],
) -> Iterator[Telling]:
    """The first of a token's readings whose roles and status hold."""
    for weighed in readings:
        reading = weighed.reading
        if reading.pattern.type in elsewhere:
            rejected.append(Rejected(reading, elsewhere[reading.pattern.type]))
            continue
        status = _status(sentence, reading)
        if status is None:
            rejected.append(Rejected(reading, "the clause tells a purpose, not an act"))
            continue
        if signal is not None and not reading.pattern.status:
            status = weigh.told_status(sentence, signal, reading, status)
        actors, recipients = _roles(sentence, reading, cast)
        if signal is not None and not reading.owed:  # at a verb of saying the network hears no act, so no parties
            actors, recipients = weigh.completed(sentence, signal, reading, cast, actors, recipients)
        if reading.pattern.type == "PROTEST" and not recipients:
            recipients = target_of(sentence, reading.anchor, reading.trigger, cast, actors)
        reason = _unfit(sentence, reading, actors, recipients)
        if reason and not _judged(reading, status):
            rejected.append(Rejected(reading, reason))
            continue
        score = weigh.certainty(signal, weighed, (*actors, *recipients)) if signal is not None else None
        told = Telling(sentence, reading, status, tuple(actors), tuple(recipients))
        yield replace(told, chance=weighed.chance, score=score, retyped=weighed.retyped)
        return


def _judged(reading: Reading, status: str) -> bool:
    """ "must be condemned": whoever says so does it; the speaker is filled in where a quote has one."""
    return status == "demanded" and reading.pattern.type in JUDGEMENTS and reading.trigger.tag == "VBN"


def _status(sentence: Sentence, reading: Reading) -> str | None:
    if reading.pattern.status:
        return reading.pattern.status
    if reading.pattern.pos == "NOUN":
        return noun_status(sentence, reading.trigger, reading.light)
    if reading.pattern.pos == "ADJ":
        own = reading.trigger.tag == "VBN" and reading.trigger.pos == "VERB"
        copula = reading.trigger if own else sentence.head(reading.trigger)
        status = verb_status(sentence, copula) if frames.is_verb(copula) else "occurred"
        return "occurred" if status == "ongoing" else status
    return verb_status(sentence, reading.trigger)


def _roles(sentence: Sentence, reading: Reading, cast: Cast) -> tuple[list[Actor], list[Actor]]:
    pattern = reading.pattern
    recipients = _fill(sentence, reading, cast, pattern.recipient, False)
    actors = [] if pattern.type in NO_ACTOR else _fill(sentence, reading, cast, pattern.actor, True)
    if reading.light is not None and pattern.type not in NO_ACTOR:
        from vaka.coding.patterns import UNDERGOING

        subject = cast.fill(sentence, frames.logical_subject(sentence, reading.light), "subject", True)
        if reading.light.lemma in UNDERGOING and not pattern.reciprocal and pattern.type not in {"CONSULT", "AGREE"}:
            recipients = recipients or subject
        elif not actors:
            actors = subject
        elif pattern.reciprocal or pattern.type == "CONSULT":
            actors = subject + [a for a in actors if a.name not in {s.name for s in subject}]
    if pattern.reciprocal:
        actors, recipients = actors + [r for r in recipients if r.name not in {a.name for a in actors}], []
    if pattern.pos == "VERB" and pattern.type == "ASSAULT" and not actors:
        actors = _of_the_deed(sentence, reading.trigger, cast)
    if pattern.pos == "VERB" and pattern.subject:
        actors, recipients = _beside_subject(sentence, reading, cast, actors, recipients)
    if not recipients and not pattern.reciprocal and pattern.type in VERBAL:
        recipients = _told_of(sentence, reading, cast, actors)
    names = {actor.name for actor in actors}
    spans = [(actor.span.start, actor.span.end) for actor in actors]
    recipients = [
        r
        for r in recipients
        if r.name not in names and not any(s <= r.span.start and r.span.end <= e for s, e in spans)
    ]
    return actors, recipients


def _of_the_deed(sentence: Sentence, verb: Token, cast: Cast) -> list[Actor]:
    """ "Five were killed in police firing", "… by an Israeli air strike": who acts stands beside the deed's noun."""
    for preposition in ("in", "by", "during", "from"):
        for noun in frames.all_prepositional(sentence, verb, preposition):
            if any(clause.lemma in FIRING and clause.tag == "VBG" for clause in sentence.children(noun, "acl")):
                return cast.fill(sentence, [noun], preposition, True)  # the parser reads "police firing" as a clause
            if not is_deed(noun):
                continue
            for name in ("poss", "by", "modifier"):
                found = cast.fill(sentence, frames.at_position(sentence, noun, name), name, True)
                if found:
                    return found
    return []


def _beside_subject(
    sentence: Sentence, reading: Reading, cast: Cast, actors: list[Actor], recipients: list[Actor]
) -> tuple[list[Actor], list[Actor]]:
    """Parties beside an event noun that is the subject: "a Taliban attack killed six", "floods in Chad ruined …"."""
    nouns = [t for t in frames.logical_subject(sentence, reading.trigger) if t.i in reading.uses]
    nouns = [t for t in nouns if cast.at(sentence, t) is None]
    for noun in nouns:
        if not actors and reading.pattern.type not in NO_ACTOR:
            for name in ("poss", "by", "between", "modifier"):
                actors = actors or cast.fill(sentence, frames.at_position(sentence, noun, name), name, True)
        for name in ("against", "on", "in", "of"):
            recipients = recipients or cast.fill(sentence, frames.at_position(sentence, noun, name), name, False)
    return actors, recipients


def _told_of(sentence: Sentence, reading: Reading, cast: Cast, actors: list[Actor]) -> list[Actor]:
    """The other party of a verbal act where only its content names it: "agreed to send troops to Mali", "rejected
    Kyiv's plea", "stands for peace in Kazakhstan"."""
    anchor = reading.anchor
    spots: list[tuple[Token, str]] = []
    for clause in (clause for kind, clause in frames.complements(sentence, reading.trigger) if kind != "that"):
        for name in ("dative", "to", "with", "for", "against", "on", "from", "object", "in"):
            spots += [(token, name) for token in frames.at_position(sentence, clause, name)]
    if reading.pattern.type == "REQUEST":
        that = [clause for kind, clause in frames.complements(sentence, reading.trigger) if kind == "that"]
        # Who owes ("the junta should free them") is asked, whoever that is; else the subject may be a mere thing.
        name = "to" if reading.owed else "object"
        spots += [(token, name) for clause in that for token in frames.surface_subject(sentence, clause)]
    nouns = frames.logical_object(sentence, anchor) if frames.is_verb(anchor) else [reading.trigger]
    nouns += [
        t for name in ("for", "of", "with", "on", "over", "at") for t in frames.prepositional(sentence, anchor, name)
    ]
    for noun in nouns:
        spots += [(token, "poss") for token in sentence.children(noun, "poss")]
        spots += [(token, "modifier") for token in sentence.children(noun, "amod", "compound", "nmod")]
        for name in ("with", "to", "from", "by", "for", "of", "against", "on", "in"):
            spots += [(token, name) for token in frames.all_prepositional(sentence, noun, name)]
    own = {actor.country for actor in actors} - {None}
    for token, name in spots:
        found = [
            party for party in cast.fill(sentence, [token], name, False)
            if not (party.country in own and party.kind == "government") and (name not in VAGUE_SPOTS or party.country)
        ]  # fmt: skip
        if found:
            return found
    return []


def _fill(sentence: Sentence, reading: Reading, cast: Cast, positions: tuple[str, ...], acts: bool) -> list[Actor]:
    """The parties at the first position that names somebody; "between" and "and" fill both sides of mutual acts."""
    noun = reading.trigger if reading.light is not None else None
    anchor = reading.light or reading.trigger
    for position in positions:
        if noun is not None and position == "subject":
            words = frames.logical_subject(sentence, anchor)
        elif noun is not None and position == "object":
            words = []
        else:
            words = frames.at_position(sentence, anchor, position, noun, adjective=reading.pattern.pos == "ADJ")
        found = cast.fill(sentence, words, position, acts)
        if acts and noun is not None and position == "poss" and words and words[0].pos == "PRON":
            # "eased its embargo": the subject says it better than the pronoun.
            found = cast.fill(sentence, frames.logical_subject(sentence, anchor), "subject", True) or found
        if acts and reading.pattern.type != "CONDITION":
            found = [a for a in found if a.basis.rule != "place-as-recipient"]
        if not found and acts and position == "subject":
            found = _before_relative(sentence, anchor, cast) or _of_the_saying(sentence, anchor, cast)
        if found:
            return found
    return []


def _of_the_saying(sentence: Sentence, verb: Token, cast: Cast) -> list[Actor]:
    """ "X said the drill was defensive and accused London": the second verb is X's, whatever it was hung on."""
    head = sentence.head(verb)
    if verb.dep != "conj" or head.dep != "ccomp" or not frames.is_verb(head) or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return []
    return cast.fill(sentence, frames.logical_subject(sentence, sentence.head(head)), "subject", True)


def _before_relative(sentence: Sentence, verb: Token, cast: Cast) -> list[Actor]:
    """The party that "which" or "who" stands for where the parser hung the clause on a thing: "asked the alliance for
    help, which sent troops"."""
    pronoun = next((t for t in sentence.children(verb, "nsubj") if t.lower in {"which", "who"}), None)
    if pronoun is None or cast.at(sentence, sentence.head(verb)) is not None:
        return []
    for token in reversed(sentence.tokens[max(0, pronoun.i - RELATIVE_REACH) : pronoun.i]):
        actor = cast.at(sentence, token)
        if actor is not None and actor.kind in {"person", "government", "organization", "armed-group"}:
            return [actor]
    return []


def _unfit(sentence: Sentence, reading: Reading, actors: list[Actor], recipients: list[Actor]) -> str | None:
    """Why the parties do not fit the pattern, or None."""
    pattern = reading.pattern
    needs = pattern.needs
    if "actor" in needs and not actors:
        return "no actor stands where the pattern looks"
    if "recipient" in needs and not recipients:
        return "no recipient stands where the pattern looks"
    if "either" in needs and not (actors or recipients):
        return "neither actor nor recipient stands where the pattern looks"
    if pattern.object_actor and not recipients and not (pattern.reciprocal and len(actors) > 1):
        return "the object is no actor"
    if pattern.type == "ASSAULT" and actors and all(actor.sector == "BUS" for actor in actors):
        return "a business does not fight: carmakers attack a market"
    if pattern.type == "CONSULT" and reading.trigger.lemma in MOVED and frames.is_passive(sentence, reading.trigger):
        return "who is flown or taken somewhere visits nobody"
    if pattern.type == "PROTEST" and any(c.lemma in FESTIVE for _, c in frames.complements(sentence, reading.anchor)):
        return "who takes to the streets to celebrate protests against nobody"
    if pattern.type == "REJECT" and reading.trigger.lemma in DISMISSING and _is_claim(sentence, reading.trigger):
        return "who rejects a claim denies it: nobody's wish is refused"
    if pattern.type in DEALINGS and actors and all(party.sector == "BUS" for party in (*actors, *recipients)):
        return "businesses among themselves: no dealing of public life"
    if pattern.type in NO_ACTOR or actors:
        return None
    if pattern.type not in AGENTLESS and not recipients:
        return "a verbal act without parties"
    if pattern.pos == "NOUN":
        return None
    if pattern.pos == "VERB" and not frames.is_passive(sentence, reading.trigger) and "subject" in pattern.actor:
        subjects = frames.logical_subject(sentence, reading.trigger)
        if subjects and pattern.type not in {"ASSAULT", "PROTEST"} and subjects[0].lower not in PEOPLE_PRONOUNS:
            return f"the subject {subjects[0].text!r} is no actor"
        if not subjects and not recipients and pattern.type not in {"ASSAULT"}:
            return "nobody acts and nobody is acted on"
    return None


def _is_claim(sentence: Sentence, verb: Token) -> bool:
    return any(word.lemma in CLAIMS for word in frames.logical_object(sentence, verb))


def _without_content(sentence: Sentence, chosen: list[Telling], rejected: list[Rejected]) -> Iterator[Telling]:
    """Drops light verbs beside their nouns, nouns that a verb's frame uses up, and the content of verbal acts."""
    for telling in chosen:
        reason = next(
            (
                r
                for other in chosen
                if other is not telling
                and (r := _covered(sentence, telling, other))
                # Of two that cover each other ("meets for talks"), the verb stays.
                and not (telling.reading.pattern.pos == "VERB" and _covered(sentence, other, telling))
            ),
            None,
        )
        if reason:
            rejected.append(Rejected(telling.reading, reason))
        else:
            yield telling


def _covered(sentence: Sentence, telling: Telling, other: Telling) -> str | None:
    """Why `other` makes `telling` superfluous, or None."""
    mine, theirs = telling.reading, other.reading
    toll = (
        theirs.pattern.type == "ASSAULT"
        and mine.pattern.type == "DISASTER"
        and ((theirs.trigger.lemma in TOLLS and not other.actors) or _follows(sentence, theirs, mine))
    )
    alone = not frames.is_verb(mine.trigger) and (mine.pattern.id == weigh.RULE or _adds_nobody(telling, other))
    if alone and mine.pattern.type == theirs.pattern.type and _is_within(sentence, mine.trigger, theirs.trigger):
        return f"is a word of what {theirs.pattern.id} tells"
    if mine.trigger.i in theirs.uses and not toll:
        return f"{mine.trigger.text!r} belongs to the frame of {theirs.pattern.id}"
    if (
        theirs.light is not None
        and theirs.light.i == mine.trigger.i
        and not _content_rules(mine)
        and theirs.trigger.i not in mine.uses
        and theirs.pattern.type != mine.pattern.type
    ):
        return f"{mine.trigger.text!r} only carries {theirs.trigger.text!r}"
    if mine.light is not None and mine.light.i == theirs.trigger.i and mine.pattern.type == theirs.pattern.type:
        return f"{theirs.pattern.id} tells it with its verb"
    deaths = mine.trigger.lemma in TOLLS and not telling.actors
    if (
        mine.pattern.type == "ASSAULT"
        and theirs.pattern.type == "DISASTER"
        and (deaths or _follows(sentence, mine, theirs))
    ):
        return f"is the toll of {theirs.pattern.id}"
    about = theirs.pattern.pos == "VERB" and theirs.pattern.type in VERBAL - {"ACCUSE", "SUPPORT"}
    if about and mine.pattern.pos == "NOUN" and _is_object_of(sentence, mine.trigger, theirs.trigger):
        return f"is what {theirs.pattern.id} is about"
    if _content_rules(theirs) and theirs.trigger.i != mine.trigger.i:
        if is_content_of(sentence, mine.trigger, theirs.anchor) or is_content_of(
            sentence, mine.trigger, theirs.trigger
        ):
            return f"stands in the content of {theirs.pattern.id}"
        if mine.pattern.pos == "NOUN" and _is_object_of(sentence, mine.trigger, theirs.trigger):
            return f"is what {theirs.pattern.id} is about"
    return None


def _adds_nobody(telling: Telling, other: Telling) -> bool:
    """Whether a noun of a fight names no party that the verb above it lacks: "recaptured the town in an offensive"."""
    mine = {party.name for party in (*telling.actors, *telling.recipients)}
    theirs = {party.name for party in (*other.actors, *other.recipients)}
    return telling.reading.pattern.type == "ASSAULT" and bool(theirs) and mine <= theirs


def _is_within(sentence: Sentence, word: Token, verb: Token) -> bool:
    """Whether a noun or adjective stands in the verb's own clause, below it: "marched through the streets"."""
    while word.head != word.i and not frames.is_verb(word):
        word = sentence.head(word)
        if word.i == verb.i:
            return True
    return False


def _follows(sentence: Sentence, mine: Reading, theirs: Reading) -> bool:
    """ "The helicopter crashed, killing five": the deaths belong to the accident, not to an attack."""
    head = sentence.head(mine.trigger)
    hung = mine.trigger.dep in {"advcl", "conj", "relcl", "acl"} and head.i in {theirs.trigger.i, theirs.anchor.i}
    subjects = frames.logical_subject(sentence, mine.trigger) if frames.is_verb(mine.trigger) else []
    return hung or any(t.i == theirs.trigger.i for t in subjects)


def _content_rules(reading: Reading) -> bool:
    return reading.pattern.content is not None or (
        reading.pattern.type in VERBAL - {"ACCUSE", "SUPPORT"} and bool(reading.pattern.complement)
    )


def _is_object_of(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Whether the noun is the object or the prepositional object of the verb ("called for talks")."""
    link = noun
    while link.dep == "conj":
        link = sentence.head(link)
    head = sentence.head(link)
    if link.dep in {"dobj", "nsubjpass"} and head.i == verb.i:
        return True
    return (
        link.dep == "pobj"
        and head.lower in {"for", "to", "with", "of", "into", "on"}
        and sentence.head(head).i == verb.i
    )
