"""Gives organs of state that stand without an owner ("the army", "parliament") the country of a report of one or two
sentences: the only one it names, or that of the subject who commands them.

Never people, fighters, crowds or envoys: those may be anybody's. Longer reports have a story (`vaka.story`).
"""

from __future__ import annotations

from collections.abc import Iterable

from vaka.knowledge.territories import sovereign
from vaka.language.mentions import RELATIONAL
from vaka.language.phrases import Draft
from vaka.story import is_state
from vaka.syntax import Sentence, Token
from vaka.types import Place

ORGANS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
ARMED = frozenset({"MIL", "COP", "SPY"})
TOLD = frozenset({"knowledge", "title", "descriptor"})
"""Ways of resolving that name a country in so many words."""
ABROAD = frozenset(
    [
        "foreign",
        "international",
        "un",
        "u.n.",
        "united",
        "coalition",
        "allied",
        "enemy",
        "rebel",
        "nato",
        "western",
        "african",
        "european",
        "arab",
        "asian",
        "latin",
        "regional",
        "neighbouring",
        "neighboring",
        "peacekeeping",
        "multinational",
        "joint",
        "former",
        "ex",
        "mutinous",
        "renegade",
        "hostile",
        "other",
        "global",
        "world",
        "visiting",
        "overseas",
        "islamist",
        "mercenary",
        "hired",
        "private",
        "invading",
        "occupying",
        "occupation",
        "opposing",
    ]
)
"""Words within a phrase that make the organ somebody else's, or nobody's."""
SENT = frozenset(
    [
        "ambassador",
        "envoy",
        "diplomat",
        "peacekeeper",
        "observer",
        "mediator",
        "negotiator",
        "monitor",
        "inspector",
        "mercenary",
        "delegation",
        "mission",
        "delegate",
        "representative",
        "commissioner",
        "embassy",
        "consulate",
        "consul",
        "emissary",
        "attache",
        "secretary-general",
        "rapporteur",
        "investigator",
        "official",
        "expert",
        "adviser",
        "veteran",
        "deserter",
        "defector",
        "exile",
        "spy",
        "agent",
        "state",
        "country",
        "nation",
        "territory",
        "republic",
        "kingdom",
        "power",
        "leader",
    ]
)
"""Those who are sent to other countries, served once, or are told with the country they work for; and states."""
COMMANDS = frozenset(
    [
        "send",
        "deploy",
        "order",
        "dispatch",
        "use",
        "call",
        "withdraw",
        "pull",
        "mobilise",
        "mobilize",
        "command",
        "put",
        "move",
        "keep",
        "station",
        "mass",
        "unleash",
        "post",
        "redeploy",
        "tell",
        "authorise",
        "authorize",
        "bring",
        "rush",
        "dissolve",
        "sack",
        "dismiss",
        "fire",
        "reshuffle",
        "suspend",
        "prorogue",
        "convene",
        "address",
        "land",
        "fly",
        "return",
        "appoint",
        "name",
        "lead",
        "join",
        "purge",
        "inspect",
        "praise",
        "thank",
        "promote",
        "recall",
        "commit",
    ]
)
"""Verbs whose subject has the organ that is their object, or travels in it."""
SAYS = frozenset(
    [
        "say",
        "tell",
        "insist",
        "vow",
        "promise",
        "announce",
        "warn",
        "confirm",
        "deny",
        "declare",
        "add",
        "claim",
        "admit",
        "pledge",
        "swear",
    ]
)
TRAVEL = frozenset(
    [
        "visit",
        "arrive",
        "fly",
        "meet",
        "travel",
        "land",
        "tour",
        "welcome",
        "receive",
        "host",
        "greet",
        "talk",
        "discuss",
        "hold",
    ]
)
"""Verbs with whom an official may be a guest in the only country that is named."""
RELATIONS = RELATIONAL | {"host", "captor", "killer"}
"""Nouns whose possessor is somebody else."""
SUBJECTS = ("nsubj", "nsubjpass")
INSIDE = frozenset({"in", "at", "near", "across", "around", "outside", "inside", "throughout"})
"""Prepositions of the country in which somebody acts."""


def give_owners(drafts: list[Draft], places: Iterable[Place]) -> None:
    """Sets the country of the organs without one, in place."""
    named = {draft.country for draft in drafts if is_state(draft.country) and draft.resolved_by in TOLD}
    named |= {sovereign(place.country) or "" for place in places if place.country}
    if not named:
        return
    only = next(iter(named)) if len(named) == 1 else None
    for draft in drafts:
        if not _is_organ(draft):
            continue
        owner = _possessor(draft, drafts) or _commander(draft, drafts)
        if owner is not None:
            _give(draft, owner, "subject-owns")
        elif only is not None and not _meets(draft, drafts):
            _give(draft, only, "only-country")


def based_in(drafts: list[Draft], places: Iterable[Place]) -> None:
    """ "A rebel group based in Uganda": it is of the country that it is based in."""
    at = {place.span.end: place for place in places if place.country}
    for draft in drafts:
        if draft.country or draft.org or draft.form != "role" or not draft.sectors:
            continue
        for clause in draft.sentence.children(draft.head, "acl"):
            if clause.lemma not in {"base", "headquarter"}:
                continue
            ends = [pobj.end for prep in draft.sentence.children(clause, "prep") if prep.lower == "in"
                    for pobj in draft.sentence.children(prep, "pobj")]  # fmt: skip
            place = next((at[end] for end in ends if end in at), None)
            if place is not None and place.country:
                _give(draft, sovereign(place.country) or place.country, "based-in")


def owned_by_people(drafts: list[Draft]) -> None:
    """ "Mugabe's party", "Gaddafi's army": what a known person has is of the person's country, in any report."""
    people = {(d.sentence.index, d.head.i): d for d in drafts if d.form == "person" and d.resolved_by == "knowledge"}
    for draft in drafts:
        if draft.form != "role" or draft.country or draft.org or not draft.sectors or draft.head.lemma in RELATIONS:
            continue
        if draft.sectors[0] not in ORGANS | {"PTY"} or draft.head.lemma in SENT:
            continue
        for token in draft.sentence.children(draft.head, "poss"):
            owner = people.get((draft.sentence.index, token.i))
            if owner is not None and is_state(owner.country):
                _give(draft, owner.country or "", "person-owns")


def owned_by_pronouns(drafts: list[Draft]) -> None:
    """ "Its forces", "Eritrea, whose troops": the state that the pronoun stands for, in any report."""
    heads = {(d.sentence.index, d.head.i): d for d in drafts if d.form != "pronoun"}
    for draft in drafts:
        if draft.form != "role" or draft.country or draft.org or not draft.sectors or draft.sectors[0] not in ORGANS:
            continue
        if draft.head.lemma in SENT | RELATIONS:
            continue
        country = _possessor(draft, drafts)
        if any(token.lower == "whose" for token in draft.sentence.children(draft.head, "poss")):
            owner = heads.get((draft.sentence.index, _antecedent(draft.sentence, draft.head)))
            country = owner.country if owner is not None and is_state(owner.country) else None
        if country:
            _give(draft, country, "pronoun-owns")


def _antecedent(sentence: Sentence, token: Token) -> int:
    """Where the noun stands that the relative clause around the token hangs on; -1 where there is none."""
    return next((above.head for above in (token, *sentence.ancestors(token)) if above.dep == "relcl"), -1)


def _give(draft: Draft, country: str, rule: str) -> None:
    draft.country, draft.resolved_by, draft.rule = country, "descriptor", rule


def _is_organ(draft: Draft) -> bool:
    """Whether the mention is an institution or officeholder of some state that its own words do not name."""
    if draft.country or draft.org or not draft.sectors or draft.sectors[0] not in ORGANS or draft.entry is not None:
        return False
    inside = draft.sentence.within(draft.start, draft.end)
    if draft.head.lemma in SENT or any(token.lower in ABROAD for token in inside):
        return False
    if draft.form == "person":
        return draft.from_title and bool(draft.role) and not set((draft.role or "").split()) & SENT
    if draft.form != "role":
        return False
    if draft.kind == "person" and draft.sectors[0] in {"GOV", "LEG"}:
        return draft.definite or draft.plural
    return True


def _possessor(draft: Draft, drafts: list[Draft]) -> str | None:
    """The country that "its" or "their" in the phrase stands for: "Bogotá said they had served in its army"."""
    inside = {token.i for token in draft.sentence.children(draft.head, "poss")}
    for other in drafts:
        if other.form == "pronoun" and other.sentence is draft.sentence and other.head.i in inside:
            return other.country if is_state(other.country) else None
    return None


def _meets(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether the only country is the other side: what the organ acts upon or speaks of, or the host of a visitor.
    Where the organ acts, only a country it acts *in* is its own ("The government agreed to send doctors to Haiti")."""
    sentence = draft.sentence
    verb = sentence.head(draft.head)
    travels = any(token.lemma in TRAVEL and token.pos == "VERB" for token in sentence.tokens)
    if travels and (draft.form == "person" or draft.kind == "person"):
        return True
    if draft.head.dep not in SUBJECTS or verb.pos not in {"VERB", "AUX"}:
        return False
    below = {token.i for token in sentence.subtree(verb)} - {token.i for token in sentence.subtree(draft.head)}
    return any(
        other.sentence is sentence and other.form == "name" and other.country and other.head.i in below
        and not (other.head.dep == "pobj" and sentence.head(other.head).lower in INSIDE)
        and other.head.dep not in {"poss", "amod", "compound", "nmod"}
        for other in drafts
    )  # fmt: skip


def _commander(draft: Draft, drafts: list[Draft]) -> str | None:
    """The country of the subject who sends or speaks of the organ: "Lukashenko sent riot police", "Mofaz said the
    army would stay", "Yugoslavia sent tanks"."""
    sentence = draft.sentence
    subject = _speaker(sentence, draft) if draft.head.dep in SUBJECTS else _sender(sentence, draft)
    if subject is None:
        return None
    for other in drafts:
        if other.sentence is sentence and other.head.i == subject.i and other is not draft and is_state(other.country):
            told = other.form == "person" and other.resolved_by in {"knowledge", "title"}
            return other.country if told or (other.form == "name" and draft.head.dep not in SUBJECTS) else None
    return None


def _sender(sentence: Sentence, draft: Draft) -> Token | None:
    """The subject of the verb of commanding that governs the organ directly or through prepositions."""
    for token in sentence.ancestors(draft.head):
        if token.pos in {"VERB", "AUX"}:
            return sentence.child(token, "nsubj") if token.lemma in COMMANDS else None
        if token.dep not in {"prep", "pobj", "dobj"} and token.pos not in {"ADP"}:
            return None
    return None


def _speaker(sentence: Sentence, draft: Draft) -> Token | None:
    """The subject of the saying whose clause the organ is the subject of; armed organs only."""
    if draft.sectors[0] not in ARMED:
        return None
    verb = sentence.head(draft.head)
    above = sentence.head(verb)
    if verb.dep == "ccomp" and above.lemma in SAYS:
        return sentence.child(above, "nsubj")
    return None
