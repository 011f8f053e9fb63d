"""What a state or body is called by what it is: "the Central Asian country", "the bloc", "the Gulf emirate"."""

from __future__ import annotations

from vaka.knowledge.actors import Actors, Entry, region_adjective
from vaka.language.coreference import copy_referent
from vaka.language.phrases import Draft
from vaka.syntax import Sentence, Token

COUNTRY_NOUNS = frozenset(
    [
        "country",
        "nation",
        "state",
        "republic",
        "kingdom",
        "emirate",
        "sultanate",
        "monarchy",
        "territory",
        "island",
        "neighbour",
        "neighbor",
        "power",
        "giant",
    ]
)
BODY_NOUNS = frozenset(
    [
        "bloc",
        "alliance",
        "organization",
        "organisation",
        "group",
        "body",
        "agency",
        "union",
        "council",
        "watchdog",
        "court",
        "coalition",
        "movement",
        "party",
        "militia",
        "company",
        "commission",
        "mission",
        "force",
        "lender",
        "fund",
        "bank",
        "broadcaster",
        "channel",
        "network",
        "newspaper",
        "daily",
        "weekly",
        "tabloid",
        "magazine",
        "website",
        "firm",
        "conglomerate",
        "airline",
        "carrier",
        "planemaker",
        "carmaker",
        "charity",
        "forum",
        "grouping",
        "confederation",
        "federation",
        "tribunal",
        "regulator",
    ]
)


def descriptors(drafts: list[Draft], known: Actors) -> list[Draft]:
    """Mentions by what a state or body is: "the Central Asian country", "the bloc", "the Gulf emirate"."""
    found: list[Draft] = []
    taken = {(d.sentence.index, d.head.i) for d in drafts if d.country or d.org or d.form != "role"}
    for sentence in {d.sentence.index: d.sentence for d in drafts}.values():
        for token in sentence.tokens:
            common = token.pos == "NOUN" or (token.pos == "PROPN" and token.text.islower())
            if not common or (sentence.index, token.i) in taken or token.tag == "NNS":
                continue
            if token.lemma not in COUNTRY_NOUNS and token.lemma not in BODY_NOUNS:
                continue
            left = [
                c
                for c in sentence.children(token)
                if c.i < token.i and c.dep in {"amod", "compound", "nmod", "det", "npadvmod", "poss"}
            ]
            if not any(c.lower in {"the", "this"} for c in left):
                continue
            words = [t for c in left if c.dep != "det" for t in sentence.subtree(c)]
            start = min([t.start for t in words], default=token.start)
            before = [d for d in drafts if d.end <= token.start]
            if not words and token.lemma in COUNTRY_NOUNS:
                before += _subjects(sentence, token, before)
            said = " ".join(t.text for t in words).replace(" - ", "-")
            to = _self_styled(sentence, token, drafts) or _described(token.lemma, said, before, known)
            if to is not None:
                draft = Draft(sentence, token, start, token.end, "descriptor", to.name)
                copy_referent(draft, to, "descriptor-" + token.lemma, "descriptor")
                found.append(draft)
    return found


UNOFFICIAL = frozenset({"NGO", "ISM", "IMG", "MNC"})
"""Non-states that are called a group; the United Nations is none."""
CALLING = frozenset({"call", "style", "name", "know", "dub", "term"})


def _self_styled(sentence: Sentence, token: Token, drafts: list[Draft]) -> Draft | None:
    """ "The group that styles itself Islamic State", "the force known as the Janjaweed": the name that follows."""
    for clause in sentence.children(token, "relcl", "acl"):
        if clause.lemma in CALLING:
            inside = {t.i for t in sentence.subtree(clause)}
            named = [d for d in drafts if d.sentence is sentence and d.head.i in inside and d.org is not None]
            if named:
                return named[0]
    return None


def _subjects(sentence: Sentence, token: Token, before: list[Draft]) -> list[Draft]:
    """Who acts in the clause of a bare "the country": one flees, leads or closes one's own."""
    verbs = [above for above in sentence.ancestors(token) if above.pos in {"VERB", "AUX"}]
    for verb in verbs[:2]:
        subject = sentence.child(verb, "nsubj", "nsubjpass")
        if subject is not None:
            return [d for d in before if d.sentence is sentence and d.head.i == subject.i and d.country]
    return []


def _described(noun: str, words: str, before: list[Draft], known: Actors) -> Draft | None:
    """The nearest earlier mention that the description fits; a bare noun takes the nearest of its kind."""
    if noun in COUNTRY_NOUNS:
        states = [d for d in reversed(before) if d.entry is not None and d.entry.category == "state"]
        states += [d for d in reversed(before) if d.country in known.states and d not in states]
        for draft in states:
            state = (
                draft.entry
                if draft.entry and draft.entry.category == "state"
                else known.states.get(draft.country or "")
            )
            if state is not None and _fits(state, noun, words):
                return draft if state is draft.entry else _as_state(draft, state)
        return None
    bodies = [d for d in reversed(before) if d.org is not None and d.kind != "person"]
    for draft in bodies:
        entry = draft.entry
        said = {e.lower() for e in entry.epithets} if entry else set()
        if not words and _is_a(entry, noun):
            return draft
        # "the pan-African body" and "the pan-African bloc" are one: the modifier tells.
        if words and any(words.lower() in epithet for epithet in said):
            return draft
    return None


def _fits(state: Entry, noun: str, words: str) -> bool:
    said = words.lower()
    if not said:
        return noun in {"country", "nation", "republic", "kingdom", "emirate"}
    if any(adjective.lower() in said for adjective in region_adjective(state.region)):
        return True
    return any(
        said in epithet.lower() or epithet.lower().removeprefix("the ") in f"{said} {noun}"
        for epithet in state.epithets
    )


def _as_state(draft: Draft, state: Entry) -> Draft:
    return Draft(
        draft.sentence,
        draft.head,
        draft.start,
        draft.end,
        "name",
        state.name,
        state.country,
        ("GOV",),
        "government",
        entry=state,
    )


def _is_a(entry: Entry | None, noun: str) -> bool:
    """Whether the noun stands in the body's own name, or is what its kind is called."""
    if entry is None:
        return False
    kinds = {"group"} if entry.category == "group" or entry.country in UNOFFICIAL else set()
    if entry.country == "IGO":
        kinds = {"bloc", "organization", "organisation", "body"}
    return noun in entry.name.lower().split() or noun in kinds
