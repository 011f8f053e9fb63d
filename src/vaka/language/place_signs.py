"""Signs in a sentence that a doubtful name is a place: it acts like a town, belongs to one, or has nobody beside it.

Knows no spots: which place a name means is chosen elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaka.knowledge.actors import agents, titles
from vaka.knowledge.fixed import listed
from vaka.knowledge.gazetteer import Name, Sense, Spot
from vaka.knowledge.place_words import words
from vaka.syntax import Sentence

MISTER = words("mr mrs ms miss dr sir lord lady dame gen col sen rep gov lt sgt capt judge coach saint")
TOWNSHIP = words("city town mayor residents streets port harbour harbor province suburbs shelled besieged earthquake")
"""Words that are told of towns: beside one of them a doubtful subject is one."""
BIG = 100_000
"""People that make a city's bare name believable without other signs."""
TOWN = 20_000
"""People of the smallest town that a bare subject names in a report on its country."""


@dataclass(slots=True)
class Mention:
    """Words that name a place.

    `name` is None where only the model sees one. `pair` is the country or division that stands behind a comma,
    `spot` what the name behind a comma must be, `hint` the kind that a word beside it tells (admin1), `whole`
    that the words are a part or a neighbour of what `name` says, `alone` that a namesake with its country follows
    in the sentence, `vague` that they share no spot with it (a street).
    """

    sentence: Sentence
    first: int
    last: int
    start: int
    end: int
    text: str
    name: Name | None
    pair: Spot | None = None
    hint: str = ""
    whole: bool = False
    vague: bool = False
    local: bool = False
    spot: Spot | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """What the whole report says of names: last and first words of persons' names, and places told beyond doubt;
    `abroad` that a country is among these."""

    people: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    abroad: bool = False
    told: frozenset[str] = frozenset()
    """Countries that the report names by state, demonym, body or person."""


def is_at_home(name: Name, people: Company) -> bool:
    """Whether a place of some size with that name lies in a country of the report; the United States tells nothing."""
    return any(
        sense.spot.population >= TOWN and sense.spot.country in people.told and sense.spot.country != "USA"
        for sense in name.senses
    )


def acts(sentence: Sentence, mention: Mention, name: Name, people: Company) -> bool:
    """ "Concepcion was looted" in a report on its country; "Bari fishermen" in any, where the town is big."""
    tokens, head = sentence.tokens, sentence.tokens[mention.last]
    if mention.first and tokens[mention.first - 1].lower.rstrip(".") in {"the", "a", "an", "this", "that"} | MISTER:
        return False
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    if after is None or after.text[:1].isupper():
        return False
    if head.dep in {"compound", "nmod"} and after.text.islower():
        folk = after.tag == "NNS" and after.lower in agents() and any(is_big(s) for s in name.senses if not s.other)
        return folk or (is_at_home(name, people) and after.pos == "NOUN" and not name.wary)
    subject = head.dep in {"nsubj", "nsubjpass"} and (head.pos == "PROPN" or mention.first == 0)
    return subject and head.tag in {"NN", "NNP"} and after.pos in {"VERB", "AUX"} and is_at_home(name, people)


def is_lone(sentence: Sentence, mention: Mention, people: Company) -> bool:
    """A single word that only the model takes for a person: no name of persons, and nothing of the kind around it."""
    word, tokens = mention.text, sentence.tokens
    if mention.first != mention.last or word in people.people | people.given:
        return False
    if any(word in listed(use) for use in ("given", "surnames")):
        return False
    near = tokens[max(0, mention.first - 1) : mention.first] + tokens[mention.last + 1 : mention.last + 2]
    return not any(
        token.text[:1].isupper() or token.ent == "PERSON" for token in near if token.i or token.pos == "PROPN"
    )


def is_bare_subject(sentence: Sentence, mention: Mention, label: str) -> bool:
    """ "Van slept outdoors", "Bath reopened its springs": a thing would have an article, a person the model's label."""
    tokens, name = sentence.tokens, sentence.tokens[mention.first]
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    if name.i or mention.first != mention.last or after is None or after.pos not in {"VERB", "AUX"}:
        return False
    if name.dep not in {"nsubj", "nsubjpass"} or name.tag not in {"NN", "NNP"} or name.lower.endswith("ing"):
        return False
    if tokens[-1].text != "." or any(name.text in listed(use) for use in ("given", "surnames")):
        return False  # headlines leave articles out
    if name.lower in agents() or name.lower in titles():
        return False
    if name.pos != "PROPN" and not any(token.lower == "its" for token in tokens):
        return False  # "Man arrested", "Independence was declared"
    return label == "" or any(token.lower in TOWNSHIP for token in tokens)


def modifies(sentence: Sentence, mention: Mention) -> bool:
    """Words about it that a person's name rarely has: "Nairobi police", "the mayor of Mostar"."""
    tokens = sentence.tokens
    before = tokens[mention.first - 1] if mention.first else None
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    head = tokens[mention.last]
    noun = after is not None and head.dep in {"compound", "nmod"} and after.pos == "NOUN" and after.text.islower()
    return noun or (before is not None and before.lower == "of")


def is_big(sense: Sense) -> bool:
    return sense.spot.population >= BIG or sense.meant or sense.spot.kind == "town"
