"""Against whom people protest, where another clause than the act's own says so: "blocked roads to demand … from the
president", "a hunger strike in protest of the government's refusal".

Gives a public party only (a state, an office, an organization); a cause without one ("against the price") gives nobody.
"""

from __future__ import annotations

from vaka.coding.roles import Cast
from vaka.syntax import Sentence, Token
from vaka.types import Actor

AGAINST = frozenset(
    ["protest", "demand", "denounce", "condemn", "oppose", "call", "press", "decry", "criticize", "criticise", "reject",
     "accuse", "urge", "disapproval", "anger", "opposition", "defiance", "express", "voice", "show"]
)  # fmt: skip
"""Words under a protest whose clause or phrase names its target."""
LINKS = frozenset({"xcomp", "advcl", "acl", "conj", "prep", "pobj", "dobj", "pcomp"})
PUBLIC = frozenset({"government", "person", "organization"})


def target_of(sentence: Sentence, anchor: Token, noun: Token | None, cast: Cast, actors: list[Actor]) -> list[Actor]:
    """The first public party, other than those who protest, that stands under a word of protesting below the act."""
    acting = {actor.name for actor in actors}
    for word in sentence.subtree(anchor):
        if word.i in {anchor.i, noun.i if noun else -1} or word.lemma not in AGAINST or word.dep not in LINKS:
            continue
        for token in sentence.subtree(word):
            actor = cast.at(sentence, token) if token.i > word.i else None
            if actor is not None and actor.kind in PUBLIC and actor.name not in acting and (actor.country or actor.org):
                whole = [other for other in cast.by_sentence.get(sentence.index, ()) if _holds(other, actor)]
                return [max(whole, key=lambda other: other.span.end - other.span.start, default=actor)]
    return []


def _holds(other: Actor, actor: Actor) -> bool:
    """Whether the other mention is the phrase around this one ("President Mbeki's government")."""
    return other.span.start <= actor.span.start and actor.span.end <= other.span.end and other is not actor
