"""Phrases that name a role ("Kazakh riot police", "the foreign minister of Mali"): their words, their title or role
noun, and the state or organization in them. What stands outside the phrase gives it nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vaka.knowledge.actors import Agent, Entry, Hit, Role, agents, titles
from vaka.syntax import Sentence, Token

LEFT = frozenset(
    {"amod", "compound", "poss", "nmod", "nummod", "det", "quantmod", "case", "punct", "predet", "advmod", "npadvmod"}
)
KIN = frozenset(
    ["son", "daughter", "brother", "sister", "wife", "husband", "widow", "mother", "father", "cousin", "nephew",
     "niece", "uncle", "aunt", "grandson", "granddaughter", "child", "twin", "friend", "relative"]
)  # fmt: skip
"""What somebody is to another, which is no office."""
LONGEST_PHRASE = 5
"""Words of the longest role phrase in the lexicon ("united nations peacekeeping force commander" has five)."""


@dataclass(slots=True)
class Draft:
    """A mention while it is being resolved. `form` is name, person, role, pronoun, modifier; `text_country` means that
    the country stands in the mention's own phrase."""

    sentence: Sentence
    head: Token
    start: int
    end: int
    form: str
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "other"
    role: str | None = None
    org: str | None = None
    resolved_by: str = "unresolved"
    entry: Entry | None = None
    plural: bool = False
    definite: bool = False
    noun: str = ""
    from_title: bool = False
    also: list[Entry] = field(default_factory=list)
    rule: str = ""


@dataclass(slots=True)
class Known:
    """A known name laid on the tokens of its sentence."""

    hit: Hit
    first: int
    last: int
    head: Token


def give_role(draft: Draft, role: Role | Agent | None, owner: list[Entry]) -> None:
    if isinstance(role, Role):
        draft.role, draft.sectors = role.role, (role.sector,) if role.sector else ()
        draft.from_title, draft.resolved_by, draft.rule = True, "title", "title"
    elif isinstance(role, Agent):
        draft.sectors, draft.resolved_by, draft.rule = role.sectors, "descriptor", "descriptor"
        draft.country = role.country
    if owner:
        _give_owner(draft, owner)
        draft.resolved_by = "title" if draft.from_title else "descriptor"


def _give_owner(draft: Draft, owner: list[Entry]) -> None:
    """The state or organization named in the phrase; further ones become parties of their own later."""
    states = [entry for entry in owner if entry.category == "state"]
    others = [entry for entry in owner if entry.category != "state"]
    first = others[0] if others else states[0]
    if first.category in {"organization", "group"}:
        draft.org = first.key
    if not draft.sectors or (
        first.category in {"group", "body"} and first.sectors and draft.sectors[0] in {"GOV", "CVL"}
    ):
        draft.sectors = first.sectors
    draft.country = states[0].country if states and (not others or others[0].country is None) else first.country
    draft.also = states[1:] if not others else []


def phrase_of(sentence: Sentence, first: int, last: int) -> str:
    words = [token.text for token in sentence.tokens[first : last + 1]]
    return " ".join(words).lower().replace(" - ", "-").rstrip(".")


def role_of_span(sentence: Sentence, first: int, last: int) -> tuple[Role | Agent | None, int]:
    """The role of a title phrase, and the first token of the phrase with its modifiers."""
    phrase = phrase_of(sentence, first, last)
    role: Role | Agent | None = titles().get(phrase) or agents().get(phrase)
    left = first
    while left > 0 and _belongs_left(sentence.tokens, left - 1, first):
        left -= 1
    return role, left


def _belongs_left(tokens: tuple[Token, ...], i: int, first: int) -> bool:
    """Whether the token before a title is one of its modifiers ("Turkiye's new", "Kazakh")."""
    token = tokens[i]
    if token.dep in LEFT and token.dep not in {"punct", "advmod"} and first - i <= 8:
        return token.pos in {"ADJ", "PROPN", "NOUN", "PART", "DET", "NUM", "PRON"} and token.dep != "npadvmod"
    return token.text in {"-", "'s", "’s", "&"} and i > 0


def without_article(sentence: Sentence, left: int) -> int:
    return left + 1 if sentence.tokens[left].dep == "det" and left + 1 < len(sentence.tokens) else left


def owner_within(first: int, last: int, names: list[Known]) -> list[Entry]:
    return [
        name.hit.entry
        for name in names
        if first <= name.first and name.last <= last and name.hit.entry.category != "person"
    ]


def role_at(sentence: Sentence, noun: Token) -> tuple[Role | Agent | None, int]:
    """The longest title or role phrase that ends at the noun, and its first token."""
    table, people = titles(), agents()
    for first in range(max(0, noun.i - LONGEST_PHRASE + 1), noun.i + 1):
        if any(t.pos == "PUNCT" and t.text != "-" for t in sentence.tokens[first : noun.i]):
            continue
        phrase = phrase_of(sentence, first, noun.i)
        role: Role | Agent | None = table.get(phrase) or people.get(phrase)
        if role is not None:
            return role, first
    if noun.pos == "NOUN":
        agent = people.get(noun.lemma)
        return agent, noun.i
    return None, noun.i


def reach_left(sentence: Sentence, noun: Token, first: int) -> tuple[int, bool]:
    """The first token of the noun's phrase, and whether it is definite."""
    left, definite = first, False
    for token in sentence.tokens[first : noun.i + 1]:
        for child in sentence.children(token):
            if child.i < noun.i and child.dep in LEFT:
                left = min(left, sentence.subtree(child)[0].i)
                definite = definite or child.lower in {"the", "this", "that", "these", "those"}
    return left, definite


PLACES = frozenset(
    {
        "city",
        "town",
        "village",
        "province",
        "region",
        "capital",
        "island",
        "district",
        "port",
        "enclave",
        "side",
        "coast",
    }
)


def _demonym_of(sentence: Sentence, noun: Token, prep: str, names: list[Known]) -> list[Entry]:
    """The state whose demonym stands before what somebody is from ("doctors from two American aid groups") or before
    the place he is of ("residents of the Iraqi city of Basra"); "critics of the Chinese leader" are anybody's."""
    if prep not in {"from", "in", "of"} or (prep == "of" and noun.pos == "NOUN" and noun.lemma not in PLACES):
        return []
    inside = {token.i for token in sentence.children(noun, "amod", "nmod", "compound") if token.i < noun.i}
    return [n.hit.entry for n in names if n.hit.form == "adjective" and n.head.i in inside]


def owner_after(sentence: Sentence, noun: Token, names: list[Known]) -> list[Entry]:
    """States and organizations after the noun: "minister of Mali", "police in Nairobi", "rebels from Chad"."""
    found: list[Entry] = []
    for prep in sentence.children(noun, "prep"):
        if prep.lower not in {"of", "from", "in", "for", "to", "at"}:
            continue
        for obj in sentence.children(prep, "pobj"):
            todo = [obj]
            while todo:
                token = todo.pop(0)
                found += [
                    n.hit.entry for n in names
                    if n.first <= token.i <= n.last and n.hit.form != "adjective" and n.hit.entry.category != "person"
                ]  # fmt: skip
                if not found and token.pos in {"NOUN", "PROPN"}:
                    found += _demonym_of(sentence, token, prep.lower, names)
                todo += sentence.children(token, "conj")
                if not found and token.pos == "PROPN":
                    # "the Ministry of Health of Ethiopia": the state stands one preposition further down.
                    todo += [
                        t
                        for p in sentence.children(token, "prep")
                        if p.lower == "of"
                        for t in sentence.children(p, "pobj")
                    ]
    return found
