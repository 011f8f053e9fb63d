"""From words at a role position to the actor mentions of the page; a word that names nobody gives nobody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vaka.coding.frames import prepositional, with_conjuncts
from vaka.knowledge.ontology import ontology
from vaka.syntax import Sentence, Token
from vaka.types import Actor, Page, Place

PARTITIVES = frozenset(
    [
        "thousand",
        "hundred",
        "dozen",
        "million",
        "score",
        "ten",
        "number",
        "group",
        "majority",
        "crowd",
        "handful",
        "series",
        "member",
        "part",
        "couple",
        "some",
        "many",
        "most",
        "all",
        "several",
        "both",
        "each",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "none",
        "rest",
        "half",
        "third",
        "people",
        "person",
        "string",
        "wave",
        "team",
        "pair",
        "contingent",
        "column",
        "convoy",
        "unit",
        "batch",
        "host",
        "list",
        "range",
        "type",
        "kind",
        "lot",
    ]
)
STATEMENTS = frozenset(
    [
        "statement",
        "decision",
        "move",
        "call",
        "announcement",
        "comment",
        "remark",
        "declaration",
        "communique",
        "letter",
        "resolution",
        "report",
        "order",
        "plan",
        "offer",
        "proposal",
        "bid",
        "effort",
        "policy",
        "action",
        "step",
        "campaign",
        "pressure",
        "measure",
        "law",
        "court",
        "vote",
        "position",
        "target",
        "stronghold",
        "base",
        "village",
        "town",
        "city",
        "area",
        "territory",
        "interest",
        "facility",
        "infrastructure",
        "site",
        "house",
        "home",
        "office",
        "headquarters",
        "compound",
        "leadership",
        "side",
        "administration",
        "control",
        "rule",
        "border",
        "capital",
        "airport",
        "embassy",
        "consulate",
        "ship",
        "vessel",
        "tanker",
        "plane",
        "jet",
        "aircraft",
        "convoy",
        "checkpoint",
    ]
)
"""Heads through which a party is named beside them: "Russia's decision", "Hezbollah positions"."""
MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "RETREAT"})
PLACE_ROLES = frozenset({"in", "across", "near", "object", "against", "on", "to", "at", "of", "with", "from"})
NEVER_ACTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})


@dataclass(slots=True)
class Cast:
    """The actor mentions and place names of one page, by sentence and token."""

    page: Page
    by_sentence: dict[int, list[Actor]] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> Cast:
        cast = cls(page)
        starts = [sentence.start for sentence in page.sentences]
        for actor in page.actors:
            cast.by_sentence.setdefault(_sentence_at(page, starts, actor.span.start), []).append(actor)
        for place in page.places:
            cast.places.setdefault(_sentence_at(page, starts, place.span.start), []).append(place)
        return cast

    def at(self, sentence: Sentence, token: Token) -> Actor | None:
        """The mention whose head is the token, else the shortest one that covers it."""
        covering = [
            actor for actor in self.by_sentence.get(sentence.index, ())
            if actor.span.start <= token.start and token.end <= actor.span.end
        ]  # fmt: skip
        for actor in covering:
            if sentence.head_of(actor.span.start, actor.span.end) is token:
                return actor
        return min(covering, key=lambda a: a.span.end - a.span.start, default=None)

    def place_at(self, sentence: Sentence, token: Token) -> Place | None:
        for place in self.places.get(sentence.index, ()):
            if place.span.start <= token.start < place.span.end:
                return place
        return None

    def fill(self, sentence: Sentence, tokens: list[Token], position: str, acts: bool) -> list[Actor]:
        """The actors that the tokens name, each once. `acts` is True for the acting side: no place stands there."""
        found: list[Actor] = []
        for token in tokens:
            for actor in self._named(sentence, token, position, acts):
                if not any(_same(actor, other) for other in found):
                    found.append(actor)
        return found

    def _named(self, sentence: Sentence, token: Token, position: str, acts: bool) -> list[Actor]:
        if token.ent in NEVER_ACTS and token.pos != "NOUN" and token.lemma not in PARTITIVES:
            return []
        actor = self.at(sentence, token)
        if actor is not None:
            if (
                position == "modifier"
                and actor.basis.rule not in {"adjective", "name", "acronym", "people", "capital"}
                and actor.kind == "other"
            ):
                return []
            return self.siblings(sentence, actor)
        for named in sentence.children(token, "appos"):
            if named.pos == "PROPN" and (actor := self.at(sentence, named)) is not None:
                return [actor]
        if token.lemma in PARTITIVES or token.pos == "NUM":
            inner = with_conjuncts(
                sentence, prepositional(sentence, token, "of") + prepositional(sentence, token, "among")
            )
            for word in inner:
                if found := self._named(sentence, word, position, acts):
                    return found
        if position == "modifier":
            return []
        if not acts and position in PLACE_ROLES and (place := self.place_at(sentence, token)) is not None:
            return [of_place(place)]
        return self._beside(sentence, token, acts)

    def siblings(self, sentence: Sentence, actor: Actor) -> list[Actor]:
        """Parties of one phrase ("the ministers of Mali and Niger") stand as mentions inside or right after it."""
        more = [
            other for other in self.by_sentence.get(sentence.index, ())
            if other is not actor and other.basis.rule == "role-noun" and actor.basis.rule == "role-noun"
            and other.name.endswith(actor.span.text.split()[-1])
            and actor.span.start <= other.span.start <= actor.span.end + 40
            and other.country != actor.country and other.span.text != other.name and other.kind == actor.kind
        ]  # fmt: skip
        return [actor, *more]

    def _beside(self, sentence: Sentence, token: Token, acts: bool) -> list[Actor]:
        """A party named beside the head noun: "Saudi oil facilities", "a statement by the ministry"."""
        if token.pos not in {"NOUN", "PROPN"}:
            return []
        spots = sentence.children(token, "poss", "amod", "compound", "nmod")
        beside = ("by", "of", "from") if token.lemma in STATEMENTS or not (acts or is_deed(token)) else ("by",)
        for name in beside:
            spots += prepositional(sentence, token, name)
        for spot in spots:
            actor = self.at(sentence, spot)
            if actor is not None and (actor.country or actor.org or actor.sectors or actor.kind == "person"):
                return [actor]
            if (
                not acts
                and spot.dep in {"pobj", "compound", "poss"}
                and (place := self.place_at(sentence, spot)) is not None
            ):
                return [of_place(place)]
        return []


def is_deed(token: Token) -> bool:
    """Whether the noun tells a material act: in "condemned the killing of monks" the monks are not condemned."""
    return any(pattern.type in MATERIAL for pattern in ontology().candidates(token.lemma, "NOUN"))


def _sentence_at(page: Page, starts: list[int], offset: int) -> int:
    import bisect

    return page.sentences[max(0, bisect.bisect_right(starts, offset) - 1)].index if page.sentences else 0


def _same(one: Actor, other: Actor) -> bool:
    return one.name == other.name or (
        one.span.start < other.span.end and other.span.start < one.span.end and one.country == other.country
    )


def of_place(place: Place) -> Actor:
    """A town or region as the one hit: "shelled Kharkiv" is done to Ukraine; it is never the one that acts."""
    basis = replace(place.basis, stage="roles", rule="place-as-recipient")
    return Actor(
        place.id, place.evidence, basis, place.name, place.span,
        place.country, (), "other", None, None, "knowledge" if place.country else "unresolved",
    )  # fmt: skip
