"""Whether a known place name is something else in its sentence: part of a person's name, a ship, a dog, a dish.

Only single words are judged by the words around them; fixed phrases are refused before, in the knowledge of actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from vaka.knowledge.actors import actors
from vaka.knowledge.fixed import fixed_spans, homonyms, listed
from vaka.syntax import Sentence, Token

INITIAL = re.compile(r"[A-Z]\.?$")
HOLY = frozenset(
    {"san", "santa", "st", "st.", "saint", "sao", "são", "port", "fort", "puerto", "mount", "lake", "ciudad"}
)
"""Words before a given name that make it a town's ("San Juan Puerto Rico")."""
INTO = frozenset(
    [
        "in",
        "from",
        "to",
        "into",
        "near",
        "of",
        "across",
        "outside",
        "inside",
        "throughout",
        "within",
        "around",
        "between",
        "against",
    ]
)
"""What stands before a place and hardly ever before a dish or a phone."""
SPELLING, BEGINNING = 0.65, 3
"""Likeness of two spellings of one given name (Mohamed and Muhammad .67, Andrey and Anatoly .46), and the letters that
a short form shares with the long one (Abd, Abdul)."""
HONORIFIC = frozenset({"mr", "mrs", "ms", "dr", "sir", "dame"})
"""What stands before persons alone."""
NAMING = frozenset({"name", "call", "christen", "nickname", "dub", "baptise", "baptize"})
SITE = frozenset(
    {"city", "town", "village", "country", "state", "island", "place", "province", "republic", "settlement"}
)
TONGUE = frozenset({"speak", "learn", "teach", "study", "translate", "understand", "read"})
"""Verbs whose object is a language where a demonym stands alone."""
LONGEST_SHIP = 3
"""Words of a ship's name that are looked through for the noun before it."""


def is_no_place(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the known name at these tokens is no place and no state here."""
    name = sentence.tokens[first]
    if first == last and (is_of_person(sentence, first) or _is_homonym(sentence, name) or _is_thing(sentence, name)):
        return True
    if _is_given_to(sentence, first) or _is_pact(sentence, last):
        return True
    return is_vessel(sentence, first, last)


def is_style(sentence: Sentence, last: int) -> bool:
    """A demonym that tells a kind, no country: "Chinese restaurants", "an Irish jig"; not "Thai food growers"."""
    tokens = sentence.tokens
    noun = tokens[last + 1] if last + 1 < len(tokens) else None
    if noun is None or noun.pos != "NOUN" or noun.lower not in listed("styles"):
        return False
    return last + 2 >= len(tokens) or tokens[last + 2].pos not in {"NOUN", "PROPN"}


def is_tongue(sentence: Sentence, i: int) -> bool:
    """A demonym that is a language: "she speaks Spanish and a little Russian"."""
    token = sentence.tokens[i]
    while token.dep == "conj":
        token = sentence.head(token)
    return token.dep == "dobj" and sentence.head(token).lemma in TONGUE and not token.text.endswith("s")


def _is_given_to(sentence: Sentence, i: int) -> bool:
    """A name given to somebody or something: "a horse named Paris", "his daughters are called India and Kenya"."""
    tokens = sentence.tokens
    name = tokens[i]
    while name.dep == "conj":
        name = sentence.head(name)
    verb = sentence.head(name)
    behind = name.i and tokens[name.i - 1].lower in {"named", "called", "nicknamed", "christened", "dubbed"}
    if not behind and not (verb.lemma in NAMING and name.dep in {"oprd", "attr"}):
        return False
    return not any(token.lemma in SITE for token in tokens[max(0, name.i - 8) : name.i])


def _is_pact(sentence: Sentence, last: int) -> bool:
    """A town that stands for what was agreed in it: "the Oslo process", "the Vienna talks"."""
    tokens = sentence.tokens
    noun = tokens[last + 1] if last + 1 < len(tokens) else None
    if noun is None or noun.lower not in listed("pacts") or noun.pos not in {"NOUN", "PROPN"}:
        return False
    if any(form == "name" and entry.category == "state" for entry, form in actors().bearers(tokens[last].text)):
        return False  # a state is a party to the Cyprus talks
    if (
        last + 2 < len(tokens)
        and tokens[last + 2].pos in {"NOUN", "PROPN"}
        and tokens[last + 2].lower not in listed("pacts")
    ):
        return False
    article = tokens[last - 1].lower if last else ""
    return article in {"the", "this", "a", "1990s", "old", "failed"}


def is_of_person(sentence: Sentence, i: int) -> bool:
    """A given name before it ("Jack London"), or a given name itself with a surname behind it ("Paris Hilton")."""
    tokens = sentence.tokens
    before = i - 1
    if before > 0 and INITIAL.match(tokens[before].text) and tokens[before].text != "I":
        before -= 1  # Samuel L. Jackson
    if before >= 0 and tokens[before].lower.rstrip(".") in HONORIFIC and tokens[before].text[:1].isupper():
        return True
    if before >= 0 and tokens[before].text in listed("given") and not _is_town(sentence, before):
        return True
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or tokens[i].text not in listed("places") or tokens[i].end == after.start:
        return False
    return after.text in listed("surnames") and (i == 0 or tokens[i - 1].lower not in {"in", "near"})


def _is_town(sentence: Sentence, i: int) -> bool:
    """Whether a given name is part of a town's ("San Jose", "Port Louis")."""
    return i > 0 and sentence.tokens[i - 1].lower in HOLY


def _is_homonym(sentence: Sentence, name: Token) -> bool:
    beside = homonyms().get(name.text)
    if beside is None or (name.i and sentence.tokens[name.i - 1].lower in INTO):
        return False
    return any(token.lower in beside for token in sentence.tokens)


def _is_thing(sentence: Sentence, name: Token) -> bool:
    """ "Togo was the sled dog", "Malta, a malt drink": what it is said to be is no place."""
    said = sentence.children(name, "appos")
    verb = sentence.head(name)
    if name.dep == "nsubj" and verb.lemma == "be":
        said += sentence.children(verb, "attr")
    return any(token.lemma in listed("things") and token.tag == "NN" for token in said)


def is_vessel(sentence: Sentence, first: int, last: int) -> bool:
    """ "The ferry Estonia", "HMS Jamaica", "the freighter Nedlloyd Mauritius"; not "the ship Iran seized"."""
    tokens = sentence.tokens
    i = first - 1
    while i >= max(0, first - LONGEST_SHIP) and (tokens[i].pos == "PROPN" or tokens[i].text in {'"', "“", "'", "‘"}):
        if tokens[i].text in listed("vessels") or (tokens[i].text.istitle() and tokens[i].lower in listed("vessels")):
            return True  # USS, HMS, Typhoon
        i -= 1
    if i < 0 or i == first - 1 - LONGEST_SHIP or tokens[i].lower not in listed("vessels"):
        return False
    noun, inside = tokens[i], range(i, last + 1)
    joined = noun.head in inside and noun.dep in {"compound", "nmod", "appos", "amod"}
    joined = joined or (noun.dep == tokens[last].dep and noun.head == tokens[last].head)
    return (
        joined
        or _is_misread(sentence, noun, tokens[last])
        or (tokens[last].head in inside and tokens[last].dep in {"appos", "compound", "nmod"})
    )


def _is_misread(sentence: Sentence, noun: Token, name: Token) -> bool:
    """ "The tanker Valencia spilled its oil", which the parser takes for a tanker that Valencia spilled, or for an
    adverb: the sentence has no other verb that the tanker could be the subject of."""
    if noun.i != name.i - 1 or name.dep not in {"nsubj", "nsubjpass"}:
        return False
    verb = sentence.head(name)
    return (verb.dep == "relcl" and verb.head == noun.i and noun.dep == "ROOT") or (
        noun.head == name.head and noun.dep in {"advmod", "npadvmod", "dep", "dobj"} and verb.dep == "ROOT"
    )


def fixed_tokens(sentence: Sentence, text: str) -> dict[int, int]:
    """The tokens of fixed phrases: the first of each to the last one, the others to a token that no name reaches."""
    found: dict[int, int] = {}
    for start, end in fixed_spans(text[sentence.start : sentence.end]):
        inside = sentence.within(sentence.start + start, sentence.start + end)
        for token in inside:
            last = inside[-1].i if token is inside[0] else len(sentence.tokens)
            found[token.i] = max(found.get(token.i, 0), last)
    return found


AMERICAN = frozenset(
    [
        "democrat",
        "democrats",
        "democratic",
        "republican",
        "republicans",
        "senate",
        "senator",
        "senators",
        "governor",
        "sheriff",
        "gop",
        "congressman",
        "congresswoman",
        "statehouse",
        "atlanta",
        "savannah",
        "augusta",
        "macon",
        "legislature",
        "lawmakers",
        "gov.",
        "sen.",
        "rep.",
        "trump",
        "biden",
        "u.s.",
        "obama",
        "clinton",
        "bush",
        "alabama",
        "florida",
        "tennessee",
        "carolina",
        "carolinas",
        "mississippi",
        "louisiana",
        "texas",
        "confederate",
    ]
)
"""Words beside which Georgia is the state of the United States."""
CAUCASIAN = frozenset(
    [
        "tbilisi",
        "russia",
        "russian",
        "moscow",
        "abkhazia",
        "abkhaz",
        "ossetia",
        "ossetian",
        "saakashvili",
        "shevardnadze",
        "armenia",
        "azerbaijan",
        "caucasus",
        "georgian",
        "batumi",
        "gori",
        "ivanishvili",
    ]
)
CLAUSE = frozenset({";", ".", ":", "—", "–"})


def is_american(sentence: Sentence, i: int) -> bool:
    """Whether the words of its own clause make Georgia the American one."""
    tokens = sentence.tokens
    first, last = i, i
    while first and tokens[first - 1].text not in CLAUSE:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].text not in CLAUSE:
        last += 1
    near = {token.lower for token in tokens[first : last + 1]}
    return bool(near & AMERICAN) and not near & CAUCASIAN


def may_bear(own: frozenset[str], given: Iterable[str], surname: Iterable[str]) -> bool:
    """Whether the person whose names have these parts can bear the given names told before the surname, in this
    spelling or another (Andrei, Andrey; Mohammed, Muhammad): a general Andrey Serdyukov is no Anatoly Serdyukov. Of
    whom no given name is known, any is."""
    told = [word.strip(".").lower() for word in given if word.strip(".-")]
    known = own - {word.lower() for word in surname}
    return not told or not known or any(_are_one(word, part) for word in told for part in known)


def _are_one(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    begins = min(len(one), len(other)) >= BEGINNING and one[:BEGINNING] == other[:BEGINNING]
    return begins or SequenceMatcher(None, one, other).ratio() >= SPELLING
