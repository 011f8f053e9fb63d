"""What the classifier's signal does to the lexicon's readings of a sentence: doubt, retype, complete and propose.

The lexicon knows frames, the network knows sentences: a reading that the network finds in no way likely is left out,
one that it reads as another type takes that type, an act that only the network sees gets its roles from both. It
decides on types and parties alone; status, time and place are read from the parse as for every reading.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vaka.coding.frames import is_passive, is_verb, logical_subject
from vaka.coding.patterns import Reading, light_verb, part_of_speech
from vaka.coding.roles import Cast, is_deed, of_place
from vaka.coding.sites import AT_REST
from vaka.coding.status import FINITE, content_is_negated, verb_status
from vaka.knowledge.ontology import Ontology, Pattern
from vaka.syntax import NONE, Sentence, Signal, Token
from vaka.types import Actor, Place

RULE = "classifier"
"""The rule of events that only the network saw, and the file that `explain` names for them."""
DOUBT = 0.35
"""A lexicon reading whose type the network gives less is doubted: dropped where no type is likely, else retyped."""
LIKELY = 0.3
"""Probability from which a type goes before a token's other readings."""
RETYPE = 0.4
"""Probability from which another type replaces the lexicon's."""
PLAIN, FIRM = 0.85, 3.0
"""A pattern that scores more than `PLAIN` stands firmer: each hundredth more raises `RETYPE`, and the silence that a
veto takes, by `FIRM` hundredths."""
PROPOSE = 0.42
"""Probability from which the network's own trigger becomes an event."""
FAINT = 0.03
"""The same in a sentence without any other event: only `--min-score 0` shows what comes of it."""
PARTY = 0.5
"""Probability from which a mention is a party of the trigger."""
UNREAL = 0.6
"""Probability of all statuses of what did not happen, from which the network's word is taken over the parse's."""
HAPPENED = frozenset({"occurred", "ongoing"})
AUXILIARY = ("aux", "auxpass", "neg")
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Types whose parties all act (PLOVER: mutual actors stand as one list)."""
PUBLIC = frozenset(
    ["GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "PRM", "REB", "UAF", "OPP", "REF", "LAB", "REL", "JRN"]
)
"""Sectors of public life."""
NO_ACTOR = frozenset({"CONDITION", "DISASTER"})
YIELDING = frozenset({"AGREE", "CONCEDE", "SUPPORT"})
HARMING = frozenset({"REJECT", "ACCUSE", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT"})
ENDING = frozenset(
    ["lift", "ease", "relax", "end", "scrap", "drop", "suspend", "waive", "remove", "cancel", "withdraw", "halt",
     "stop", "rescind", "free", "release", "abandon", "revoke", "loosen", "repeal", "quash", "overturn"]
)  # fmt: skip
"""Verbs under which the words of a hostile act tell its end."""
BACKGROUND = frozenset({"after", "following", "over", "amid", "since", "despite", "before", "upon"})
DENIALS = frozenset({"deny", "refute", "dispute", "rebut", "disclaim"})
PREFIXES = frozenset({"re", "self", "co", "anti", "pro", "pre", "non", "ex", "counter", "pan", "cross", "inter", "mid"})
FOUGHT = frozenset({"ASSAULT", "PROTEST"})
"""Acts that hit somebody in a place; aid and sanctions in a country are its own."""
RESTING = AT_REST - {"on", "over", "above", "across", "throughout"}
"""Prepositions under which a place is where something is, not whom an act is aimed at."""
AIMED = frozenset({"at", "into", "against"})
RELATIVE = frozenset({"WP", "WDT"})
"""Tags of "whom" and "which": the object that they stand for is another verb's too."""
GOODS = 0.75
"""Score from which a pattern of AID tells for sure that something is given."""
PROMISED = frozenset({"AID", "CONSULT", "COOPERATE", "SUPPORT"})
"""Types that are an AGREE as long as they are only promised."""
BETWEEN = frozenset({"compound", "amod", "poss", "nmod", "appos", "conj", "prep", "pobj", "case"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading with what the network gives its type; `retyped` is the lexicon's own type where another was taken."""

    reading: Reading
    chance: float | None
    retyped: str | None = None


def chances(sentence: Sentence, signal: Signal, reading: Reading) -> dict[str, float]:
    """The network's probabilities for a reading: of each type the best among its words, of none the least. A verb's
    auxiliaries are its words too: "will withdraw" is another act than "withdraws"."""
    words = {reading.trigger.i: reading.trigger}
    if reading.light is not None:
        words[reading.light.i] = reading.light
    for verb in tuple(words.values()):
        words |= {aux.i: aux for aux in sentence.children(verb, *AUXILIARY)}
    if reading.pattern.subject:  # "the unrest subsides", "a bomb killed six": the subject's noun tells the act too
        words |= {i: sentence.tokens[i] for i in reading.uses}
    rows = [signal.kinds(word) for word in (*words.values(), *reading.owed)]
    best = {kind: max(row.get(kind, 0.0) for row in rows) for kind in rows[0]}
    best[NONE] = min(row.get(NONE, 1.0) for row in rows)
    return best


def judge(sentence: Sentence, signal: Signal, reading: Reading) -> Weighed | None:
    """The reading as the network sees it; None where it sees no event there."""
    found = chances(sentence, signal, reading)
    own = found.get(reading.pattern.type, 0.0)
    if reading.owed:  # the network names the act that is owed; that it is asked for, the frame says
        return Weighed(reading, max(own, 1 - found[NONE])) if found[NONE] < 1 - DOUBT else None
    best = max((kind for kind in found if _may_be(sentence, reading, kind)), key=lambda kind: found[kind])
    firm = FIRM * max(0.0, reading.pattern.score - PLAIN)
    silent = found[NONE] >= min(0.97, 1 - DOUBT + firm)
    if own >= DOUBT or best == reading.pattern.type:
        return Weighed(reading, own) if own >= DOUBT or not silent else None
    if found[best] >= RETYPE + firm:
        return Weighed(replace(reading, pattern=_retyped(reading.pattern, best)), found[best], reading.pattern.type)
    return None if silent else Weighed(reading, own)


def _may_be(sentence: Sentence, reading: Reading, kind: str) -> bool:
    """Whether the network may give the reading this type against the lexicon: words of harm tell no yielding unless
    they tell its end ("extends the curfew" concedes nothing), and what is told as done is no promise."""
    own, anchor = reading.pattern.type, reading.anchor
    if kind == NONE:
        return False
    if own in HARMING and kind in YIELDING | {"RETREAT", "COOPERATE", "AID"}:
        return bool({reading.trigger.lemma, anchor.lemma} & ENDING)
    if kind == "REJECT" and own in {"SUPPORT", "AID"}:
        return not any(above.lemma in DENIALS for above in sentence.ancestors(anchor))  # "denied backing the rebels"
    if own == "AGREE" and kind in {"THREATEN", "REJECT"} and is_verb(anchor):
        return not content_is_negated(sentence, anchor)  # "promised not to use force" threatens nobody
    if own == "COOPERATE" and kind == "ASSAULT":
        return False  # who fights alongside somebody does not fight him
    if own == "AID" and kind in {"SUPPORT", "MOBILIZE"} and reading.pattern.score >= GOODS:
        return False  # SUPPORT is words, what is given is not; observers and rescuers are no troops
    if own == "ASSAULT" and kind == "MOBILIZE" and is_verb(anchor):
        # "launched missiles at Haifa"
        return not any(prep.lower in AIMED for prep in sentence.children(anchor, "prep"))
    if own in PROMISED and kind == "AGREE" and is_verb(anchor):
        main = anchor.dep in {"ROOT", "ccomp", "relcl", "conj", "parataxis"} and anchor.tag in {"VBD", "VBN", "VBG"}
        return not (_is_under_way(sentence, reading) or (main and verb_status(sentence, anchor) in HAPPENED))
    return True


def inputs_of(signal: Signal, weighed: Weighed, parties: Iterable[Actor]) -> tuple[float, ...]:
    """What the score is made of: 1, the log odds that the network gives the word the type, the pattern's own score,
    whether a party is one of public life (a state, an office, an organization, an armed body), whether all are firms,
    and the log odds that the sentence as a whole tells any act, and one of the type."""
    prior = 0.0 if weighed.reading.pattern.id == RULE else weighed.reading.pattern.score
    sides = list(parties)
    public = any(party.country or party.org or set(party.sectors) & PUBLIC for party in sides)
    business = bool(sides) and all("BUS" in party.sectors for party in sides)
    any_act, this_type = signal.tells(weighed.reading.pattern.type)
    known = _log_odds(weighed.chance or 0.0), prior, float(public), float(business)
    return 1.0, *known, _log_odds(any_act), _log_odds(this_type)


def _log_odds(chance: float) -> float:
    chance = min(0.99, max(0.01, chance))
    return math.log(chance / (1 - chance))


def certainty(signal: Signal, weighed: Weighed, parties: Iterable[Actor]) -> float:
    """How often such an event has the right type, from 0 to 1: fitted by training/calibrate.py on sentences that the
    network was not trained on, apart for what a pattern stands behind and what only the network sees."""
    weights = signal.labels.scores["network" if weighed.reading.pattern.id == RULE else "pattern"]
    total = sum(weight * value for weight, value in zip(weights, inputs_of(signal, weighed, parties), strict=False))
    return round(1 / (1 + math.exp(-total)), 3)


@functools.lru_cache(maxsize=4096)
def _retyped(pattern: Pattern, kind: str) -> Pattern:
    """The pattern's frame under another type; what only holds for its own type is dropped."""
    return replace(pattern, type=kind, mode=None, content=None, status=None, cameo=None, contexts=(), needs=frozenset())


def proposals(sentence: Sentence, signal: Signal, taken: Sequence[Reading], known: Ontology) -> list[Weighed]:
    """Triggers that only the network sees, one a run of neighbouring words of one type. In a sentence that tells no act
    at all, the likeliest word, with the low score that it has."""
    used = {i for reading in taken for i in (reading.trigger.i, *((reading.light.i,) if reading.light else ()))}
    likely: list[tuple[float, str, Token]] = []
    for token in signal.told(sentence.tokens, FAINT):
        kinds = signal.kinds(token)
        kind = max((name for name in kinds if name != NONE), key=lambda name: kinds[name], default=NONE)
        likely.append((kinds.get(kind, 0.0), kind, token))
    runs: list[tuple[str, list[Token]]] = []
    for chance, kind, token in likely:
        if chance < PROPOSE or kind == NONE:
            continue
        if runs and runs[-1][0] == kind and token.i - runs[-1][1][-1].i <= 2:
            runs[-1][1].append(token)
        else:
            runs.append((kind, [token]))
    if not runs and not taken:
        best = max((row for row in likely if part_of_speech(row[2])), key=lambda row: row[0], default=None)
        runs = [(best[1], [best[2]])] if best is not None and best[0] >= FAINT else []
    found: list[Weighed] = []
    for kind, run in runs:
        trigger = _head(run)
        after = sentence.tokens[trigger.i + 1] if trigger.i + 1 < len(sentence.tokens) else None
        if after is not None and after.text == "-" and after.start == trigger.end and trigger.lower in PREFIXES:
            continue  # "re-emerged"
        if kind == "ACCUSE" and trigger.lemma in DENIALS:
            continue  # "denies the allegation": the charge is somebody else's
        while trigger.dep in AUXILIARY and trigger.head != trigger.i:
            trigger = sentence.head(trigger)
        if trigger.lemma == "be" and (told := sentence.child(trigger, "xcomp")) is not None:
            trigger = told  # "is to station troops"
        if part_of_speech(trigger) is None:
            trigger = sentence.head(trigger)  # a particle alone ("moved *in*") is its verb's; a number tells no act
            if not is_verb(trigger) or run[0].pos == "NUM":
                continue
        if not used & {trigger.i, *(t.i for t in run)}:
            used.add(trigger.i)
            reading = _reading(sentence, kind, trigger, signal, known)
            found.append(Weighed(reading, max(signal.kinds(t)[kind] for t in run)))
    return found


def _head(run: Sequence[Token]) -> Token:
    """The word of the run that the others hang on; verbs and nouns before particles."""
    here = {token.i for token in run}
    tops = [token for token in run if token.head not in here or token.head == token.i]
    return next((token for token in tops if part_of_speech(token)), tops[0])


def _reading(sentence: Sentence, kind: str, trigger: Token, signal: Signal, known: Ontology) -> Reading:
    pos = part_of_speech(trigger) or "NOUN"
    of = known.types.get(kind)
    pattern = proposed(kind, pos, signal.mode(trigger, tuple(of.modes) if of else ()))
    light = light_verb(sentence, trigger, pattern) if pos == "NOUN" else None
    return Reading(pattern, trigger, light, frozenset({trigger.i}), None, None, (0, 0.0))


@functools.cache
def proposed(kind: str, pos: str, mode: str | None) -> Pattern:
    """The frame of an act that no entry names: the usual positions of a verb, noun or adjective."""
    noun = pos == "NOUN"
    return Pattern(
        id=RULE, type=kind, file="models/events", line=0, pos=pos, triggers=(),
        actor=("poss", "by", "modifier", "between") if noun else ("subject",),
        recipient=("against", "on", "to", "with", "of", "for", "from") if noun
        else ("object", "dative", "to", "against", "on", "with", "from", "for", "at"),
        mode=mode, reciprocal=kind in MUTUAL,
    )  # fmt: skip


def told_status(sentence: Sentence, signal: Signal, reading: Reading, status: str) -> str:
    """The status of the parse, or the network's where that is sure that an act told as happened did not happen: verbs
    of wishing and doubting are more than any list holds. What somebody simply is on ("is on a visit") has begun."""
    if status not in HAPPENED or _is_under_way(sentence, reading):
        return status
    found = signal.status(reading.trigger)
    unreal = {name: chance for name, chance in found.items() if name not in HAPPENED | {"historical"}}
    return max(unreal, key=lambda name: unreal[name]) if sum(unreal.values()) >= UNREAL else status


def _is_under_way(sentence: Sentence, reading: Reading) -> bool:
    """ "is on a visit", "is in Bonn for talks": a bare copula and a phrase of place or purpose."""
    verb = reading.anchor
    if not is_verb(verb):
        verb = sentence.head(sentence.head(verb)) if verb.dep == "pobj" else verb
    return verb.lemma == "be" and is_verb(verb) and verb.tag in FINITE and not sentence.children(verb, "aux", "neg")


def place_chances(sentence: Sentence, signal: Signal, trigger: Token, places: Sequence[Place]) -> dict[str, float]:
    """The network's probability for each place name, by id, that the act was there."""
    return {place.id: signal.roles(trigger, sentence.within(place.span.start, place.span.end))[2] for place in places}


def completed(
    sentence: Sentence, signal: Signal, reading: Reading, cast: Cast, actors: list[Actor], recipients: list[Actor]
) -> tuple[list[Actor], list[Actor]]:
    """The parties that the network names, and those of the frame where it names none: measured on held-out sentences,
    it is right a little more often than the frame, and the frame finds what it misses."""
    acting, undergoing = parties(sentence, signal, reading.trigger, cast, reading.pattern.type)
    if reading.pattern.type in NO_ACTOR:
        acting = []
    if actors and not reading.pattern.reciprocal:
        # Whom the frame finds on the other side ("demanded that Iraq leave") does not act too.
        across = {actor.name for actor in recipients} - {actor.name for actor in actors}
        acting = [actor for actor in acting if actor.name not in across]
    acting = [
        actor
        for actor in acting
        if not (
            _acts_elsewhere(sentence, reading, actor)
            or _only_says(sentence, reading, actor)
            or _stands_apart(sentence, reading, actor)
        )
    ]
    actors = _merged(sentence, cast, acting, actors)
    names = {actor.name for actor in actors}
    undergoing = [r for r in undergoing if r.name not in names and not _is_anothers(sentence, reading, r)]
    recipients = _merged(sentence, cast, undergoing, recipients)
    # A name inside another party's phrase ("Turkiye's top diplomat") is no party of its own.
    return actors, [r for r in recipients if r.name not in names and not any(_holds(a, r) for a in actors)]


def _merged(sentence: Sentence, cast: Cast, heard: list[Actor], framed: list[Actor]) -> list[Actor]:
    """The side that the network heard, else the frame's; of parties that stand side by side ("the United Nations, the
    African Union and France") it often hears one, and the frame has them all."""
    told = {actor.name for actor in heard}
    heads = [sentence.head_of(actor.span.start, actor.span.end) for actor in framed]
    together = any(head is not None and head.dep == "conj" for head in heads)
    if not heard or (together and told <= {actor.name for actor in framed}):
        return framed
    return _with_siblings(sentence, cast, heard)


def _acts_elsewhere(sentence: Sentence, reading: Reading, actor: Actor) -> bool:
    """Whether the party is the subject of another verb than this one, which has its own: "fighters attacked a base and
    Abiy ordered an offensive"."""
    head, anchor = sentence.head_of(actor.span.start, actor.span.end), reading.anchor
    if head is not None and reading.pattern.type in HARMING and _is_circumstance(sentence, anchor):
        return head.dep == "nsubj" and head.head == sentence.head(sentence.head(anchor)).i
    own = sentence.child(anchor, "nsubj")
    if head is None or own is None or "subject" not in reading.pattern.actor:
        return False
    while head.dep == "conj":
        head = sentence.head(head)
    if own.pos == "PRON":  # "she had asked for guards, but the ministry refused": whom the pronoun means stands above
        later = head.i > anchor.i and head.head not in {t.i for t in sentence.ancestors(anchor)}
        return later and head.dep == "nsubj" and head.head != anchor.i and own.tag not in RELATIVE
    inside = anchor.dep == "relcl" and own.tag not in RELATIVE  # "the treaty that Jordan and Israel signed"
    return head.dep == "nsubj" and head.head != anchor.i and (inside or anchor.dep in {"conj", "ROOT", "advcl"})


def _only_says(sentence: Sentence, reading: Reading, actor: Actor) -> bool:
    """Whether the party only says what another one did: "the junta said the government had decided to expel"."""
    if not is_verb(reading.anchor) or "subject" not in reading.pattern.actor:
        return False
    own = logical_subject(sentence, reading.anchor)
    head = sentence.head_of(actor.span.start, actor.span.end)
    if head is None or not own or any(word.pos in {"PRON", "DET"} for word in own) or head.i in {w.i for w in own}:
        return False
    clause = next((t for t in (reading.anchor, *sentence.ancestors(reading.anchor)) if t.dep == "ccomp"), None)
    inside = clause is not None and any(clause.i in {t.i for t in sentence.ancestors(word)} for word in own)
    return inside and clause is not None and head.dep == "nsubj" and head.head == clause.head


def _stands_apart(sentence: Sentence, reading: Reading, actor: Actor) -> bool:
    """Whether a passive without its own "by" leaves the party out: "freed three guards who had been taken hostage" says
    nothing of who took them, "was shot as a strike by drivers began" nothing of who shot."""
    anchor = reading.anchor
    head = sentence.head_of(actor.span.start, actor.span.end)
    if head is None or not is_verb(anchor) or not is_passive(sentence, anchor) or logical_subject(sentence, anchor):
        return False
    if anchor.dep in {"relcl", "acl"}:
        above = {t.i for t in sentence.ancestors(anchor) if is_verb(t)}
        return head.dep == "nsubj" and head.head in above
    clause = next((t for t in sentence.ancestors(head) if t.dep == "advcl" and is_verb(t)), None)
    inside = clause is not None and clause.head == anchor.i
    return inside and clause is not None and not (head.dep in {"nsubj", "conj"} and head.head == clause.i)


def _holds(one: Actor, other: Actor) -> bool:
    return one.span.start <= other.span.start and other.span.end <= one.span.end


def _is_circumstance(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun tells what the clause came after or is about, as "after the killing of its chief"."""
    return (
        noun.dep == "pobj" and sentence.head(noun).lower in BACKGROUND and is_verb(sentence.head(sentence.head(noun)))
    )


def _is_anothers(sentence: Sentence, reading: Reading, actor: Actor) -> bool:
    """Whether the party is the object of another verb than this one, which has its own: "arrested six and freed the
    hostages"; or stands in a relative clause that does not hold the act: "X, who made peace with Asmara, thanked"."""
    anchor = reading.anchor
    head = sentence.head_of(actor.span.start, actor.span.end)
    if head is None or not is_verb(anchor):
        return False
    if _of_later_verb(sentence, anchor, head):
        return True
    noun = sentence.head(sentence.head(head)) if head.dep == "pobj" else head
    if sentence.head(head).lower == "of" and (is_deed(noun) or noun.tag == "VBG") and _is_circumstance(sentence, noun):
        return noun.i not in reading.uses  # "fires missiles at Israel after the killing of Hezbollah's chief"
    if head.dep == "dobj" and head.head != anchor.i and all(t.i != head.i for t in sentence.subtree(anchor)):
        own = sentence.child(anchor, "dobj")
        return own is not None and own.tag not in RELATIVE
    above = {token.i for token in sentence.ancestors(anchor)} | {anchor.i}
    clause = next((t for t in (head, *sentence.ancestors(head)) if t.dep == "relcl"), None)
    return clause is not None and clause.i not in above and clause.tag != "VB"


def _of_later_verb(sentence: Sentence, anchor: Token, head: Token) -> bool:
    """Whether a verb beside this one, which has its own object, has the party for its object: "condemned the murder and
    ordered the army to patrol", "urged restraint, while Paris advised Germans to leave"."""
    verb = next((t for t in sentence.ancestors(head) if is_verb(t)), None)
    if verb is None or verb.i == anchor.i or head.dep in {"nsubj", "nsubjpass"}:
        return False
    top = verb
    while top.dep in {"xcomp", "ccomp", "pcomp"} and top.head != top.i and top.head != anchor.i:
        top = sentence.head(top) if is_verb(sentence.head(top)) else sentence.head(sentence.head(top))
    first = top
    while first.dep == "conj" and is_verb(sentence.head(first)) and first.i != anchor.i:
        first = sentence.head(first)
    beside = first.i == anchor.i and top.i != anchor.i
    beside = beside or (top.dep == "advcl" and top.head == anchor.i and bool(sentence.children(top, "nsubj")))
    if not beside or top.i < anchor.i:
        return False
    return bool(sentence.children(top, "nsubj", "nsubjpass") or sentence.children(anchor, "dobj", "prep", "ccomp"))


def _with_siblings(sentence: Sentence, cast: Cast, found: list[Actor]) -> list[Actor]:
    """All parties of each phrase, each once: "French and German leaders" are two."""
    whole = {sibling.name: sibling for actor in found for sibling in cast.siblings(sentence, actor)}
    return list(whole.values())


def parties(
    sentence: Sentence, signal: Signal, trigger: Token, cast: Cast, kind: str
) -> tuple[list[Actor], list[Actor]]:
    """The mentions that the network takes for actors and recipients of the trigger, in text order."""
    scored: list[tuple[Actor, float, float]] = []
    near = cast.places.get(sentence.index, ())
    resting = {(place.span.start, place.span.end) for place in near if _rests(sentence, place)}
    for actor in cast.by_sentence.get(sentence.index, ()):
        if (actor.span.start, actor.span.end) in resting:
            continue  # "speaking in Tunis" is not Tunisia
        words = [t for t in sentence.within(actor.span.start, actor.span.end) if t.i != trigger.i]
        scored.append((actor, *signal.roles(trigger, words)[:2]))
    actors = [actor for actor, acts, undergoes in scored if acts >= PARTY and acts >= undergoes]
    recipients = [actor for actor, acts, undergoes in scored if undergoes >= PARTY and undergoes > acts]
    if not recipients:
        for place in near:
            acts, undergoes, _ = signal.roles(trigger, sentence.within(place.span.start, place.span.end))
            if undergoes >= PARTY and undergoes > acts and not (kind in FOUGHT and _rests(sentence, place)):
                recipients.append(of_place(place))
    return _outermost(sentence, actors), _outermost(sentence, recipients)


def _rests(sentence: Sentence, place: Place) -> bool:
    """Whether the name only says where: "damaged a pipeline in Arauca"."""
    head = sentence.head_of(place.span.start, place.span.end)
    return head is not None and head.dep == "pobj" and sentence.head(head).lower in RESTING


def _outermost(sentence: Sentence, found: list[Actor]) -> list[Actor]:
    """Without mentions inside another one's phrase ("Israel" in "the Israeli army"): the whole phrase is the party."""
    heads = {id(a): sentence.head_of(a.span.start, a.span.end) for a in found}
    kept: list[Actor] = []
    for actor in found:
        head = heads[id(actor)]
        inside = any(
            other is not actor
            and (
                (other.span.start <= actor.span.start and actor.span.end <= other.span.end and other.span != actor.span)
                or _hangs_in(sentence, head, heads[id(other)])
            )
            for other in found
        )
        if not inside and all(actor.name != other.name for other in kept):
            kept.append(actor)
    return kept


def _hangs_in(sentence: Sentence, head: Token | None, above: Token | None) -> bool:
    """Whether the head stands inside the phrase of the other, as possessor, modifier or apposition."""
    if head is None or above is None or head.i == above.i:
        return False
    while head.head != head.i and head.dep in BETWEEN - {"conj"}:
        head = sentence.head(head)
        if head.i == above.i:
            return True
    return False
