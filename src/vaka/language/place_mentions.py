"""Which words of a sentence name a place: known names that stand as one, then what the model alone sees as one.

Demonyms, persons, and names inside longer names of organizations are refused; where the place lies is chosen elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaka.knowledge.actors import actors, titles
from vaka.knowledge.gazetteer import Gazetteer, Name, Spot
from vaka.knowledge.place_words import BEHIND, SETTLED, words
from vaka.language.naming import fixed_tokens, is_no_place
from vaka.language.place_signs import (
    BIG,
    MISTER,
    Company,
    Mention,
    acts,
    is_bare_subject,
    is_big,
    is_lone,
    modifies,
)
from vaka.language.place_told import FAITH, is_aim, told
from vaka.syntax import Sentence

LONGEST = 7
"""Tokens of the longest name looked up ("Saint Vincent and the Grenadines" has five, hyphens count)."""
GEO = frozenset({"GPE", "LOC", "FAC"})
STRONG = words("in near outside inside around across throughout toward towards into via beyond within")
WEAK = words("from to at through between over against off for on with")
LEAN = words(
    "the northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern downtown nearby greater mainland occupied rural coastal "
    "neighbouring neighboring modern upper lower"
)
PLACE_NOUNS = words(
    "city town village port capital province region state district suburb suburbs outskirts island governorate oblast "
    "hamlet settlement municipality county enclave stronghold streets coast resort neighbourhood neighborhood"
) | (SETTLED - {"county", "counties"})
AFTER = words("province region oblast governorate district prefecture city town village airport border suburb area")
ADMIN = words("Province Oblast Region Governorate State Prefecture Krai Voivodeship")
PART = words("County District City Parish Municipality Department Township Raion Valley Island Peninsula Islands")
COMPASS = words("North South East West Northern Southern Eastern Western Upper Lower Central Inner Outer Greater New")
STREET = words(
    "Street St. St Road Rd. Avenue Ave. Drive Lane Highway Boulevard Blvd. Way Court Trail Hill Close Route Turnpike "
    "Expressway Parkway Terrace Crescent Row Interstate"
)
FIRMS = words(
    "Herald Dispatch Times Post News Observer Tribune Gazette Chronicle Journal Ledger Star Independent Telegraph "
    "Review University College Airlines Airways Bank Oil Gas Petroleum Energy Mining Group Company Corp Corp. Inc "
    "Inc. Ltd Ltd. Holdings Motors Records Press FC United Rovers Athletic Agreement Accord Accords Convention "
    "Declaration Protocol"
)
"""What makes a place part of the name of a firm, a paper, a club or a treaty."""
OFFICES = words(
    "government ministry parliament police army military navy court foreign defence defense interior finance health "
    "supreme high central bank embassy state city council county fire department office district sheriff 's ’s"
)
"""What may follow a place in the name of one of its public bodies: the place is still meant."""
PERSONAL = words("Jordan Chad Georgia Israel Holland Ireland England Wales France Poland Brazil Cuba Kenya")
"""Countries that are also surnames or given names."""
ABBREVIATED = 3
NAMESAKES = frozenset({"person", "organization"})
"""Whose names villages bear too."""


def mentions_of(sentence: Sentence, text: str, known: Gazetteer, people: Company) -> list[Mention]:
    """The place mentions of one sentence in text order."""
    found: list[Mention] = []
    tokens = sentence.tokens
    fixed = fixed_tokens(sentence, text)
    refused: set[int] = {k for k in fixed if tokens[k].ent not in GEO}
    i = 0
    while i < len(tokens):
        window = _window(sentence, text, known, i)
        if window is None:
            i += 1
            continue
        last, name = window
        if i in fixed and last < fixed[i]:
            if is_no_place(sentence, i, last):
                refused.update(range(i, last + 1))
            i += 1  # a fixed phrase is a place only as a whole
            continue
        mention = _judge(sentence, text, known, Mention(
            sentence, i, last, tokens[i].start, tokens[last].end, text[tokens[i].start : tokens[last].end], name,
        ), people, found[-1] if found else None)  # fmt: skip
        if mention is None:
            refused.update(range(i, last + 1))
        else:
            if found and found[-1].pair and found[-1].last == i - 2 and tokens[i - 1].text == ",":
                mention.spot = found[-1].pair
            found.append(mention)
            last = mention.last
        i = last + 1
    taken = {k for m in found for k in range(m.first, m.last + 1)}
    found += _unknown(sentence, text, known, taken, refused, people)
    return sorted(found, key=lambda m: m.start)


def _window(sentence: Sentence, text: str, known: Gazetteer, i: int) -> tuple[int, Name] | None:
    """The longest known name that begins at token i."""
    tokens = sentence.tokens
    if not tokens[i].text[:1].isupper() and not (tokens[i].lower in {"al", "el"} and tokens[i].text.islower()):
        return None
    for last in range(min(i + LONGEST, len(tokens)) - 1, i - 1, -1):
        if not tokens[last].text[-1].isalnum() and not tokens[last].text.endswith("."):
            continue
        name = known.find(text[tokens[i].start : tokens[last].end])
        if name is not None:
            return last, name
    return None


def _judge(
    sentence: Sentence, text: str, known: Gazetteer, mention: Mention, people: Company, prior: Mention | None
) -> Mention | None:
    """The mention, perhaps widened, or None where the words are something else."""
    name = mention.name
    if name is None or not name.senses:
        return None
    tokens = sentence.tokens
    mention.pair = _pair(sentence, text, known, mention.last, name)
    place = _locative(sentence, mention, prior)
    mention.local = place >= 1
    before = tokens[mention.first - 1] if mention.first else None
    if mention.text.count(".") > 1 and before is not None and before.text[-1:].isdigit():
        return None  # 300 B.C.
    if _is_short_form(mention, name):
        return mention if before is not None and before.text == "," and prior and prior.last == before.i - 1 else None
    if mention.pair is None and is_no_place(sentence, mention.first, mention.last):
        return None
    if _is_person(sentence, mention, people, place) or _touches_hyphen(sentence, text, mention, known):
        return None
    left, right, label = _run(sentence, mention.first, mention.last)
    longer = left < mention.first or right > mention.last
    if mention.last + 1 < len(tokens) and tokens[mention.last + 1].text in FIRMS:
        return None
    if (
        longer
        and label not in GEO
        and label
        and text[mention.end : mention.end + 1] != "-"
        and not _is_body(sentence, mention, left, right)
    ):
        return None
    if mention.pair is None and not _is_believable(sentence, mention, label, place, people):
        return None
    return _widened(sentence, text, mention, left, right) if label in GEO or label == "" else mention


def _is_short_form(mention: Mention, name: Name) -> bool:
    """A short form such as "Tex.", "TX" or "Ont.": a place only behind a town and a comma."""
    short = (mention.text.endswith(".") and mention.text.count(".") < 2) or (
        len(mention.text) <= ABBREVIATED and mention.text.isupper()
    )
    return short and all(sense.spot.kind == "admin1" for sense in name.senses)


def _touches_hyphen(sentence: Sentence, text: str, mention: Mention, known: Gazetteer) -> bool:
    """Part of a longer word ("Al-Qaeda", "Stratford-upon-…"), but not in "London-based" or "Kaduna-Abuja"."""
    assert mention.name is not None
    tokens = sentence.tokens
    if any(sense.spot.kind == "country" for sense in mention.name.senses):
        return False
    after = text[mention.end : mention.end + 12].lower()
    if after.startswith("-") and after[1:2].isalpha():
        if after.startswith(("-based", "-born", "-area", "-region", "-style", "-backed", "-led", "-held")):
            return False
        return mention.last + 2 >= len(tokens) or known.find(tokens[mention.last + 2].text) is None
    if mention.start <= sentence.start + 1 or text[mention.start - 1] != "-":
        return False
    return known.find(tokens[max(0, mention.first - 2)].text) is None


def _is_person(sentence: Sentence, mention: Mention, people: Company, place: int) -> bool:
    """A title or given name before it, a surname behind it, or the surname of somebody the report names."""
    tokens = sentence.tokens
    before = tokens[mention.first - 1] if mention.first else None
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    label = tokens[mention.last].ent
    if before is not None and before.text[:1].isupper():
        word = before.lower.rstrip(".")
        if word in MISTER or (word in titles() and label not in GEO):
            return True
        if before.ent == "PERSON" and before.pos == "PROPN" and label in {"PERSON", "GPE", "ORG", ""}:
            return True
    if after is not None and after.ent == "PERSON" and after.pos == "PROPN" and after.text[:1].isupper():
        beyond = tokens[after.i + 1] if after.i + 1 < len(tokens) else None
        alone = beyond is None or beyond.ent != "PERSON"  # "Paris Hilton", not "Lagos senator Ada Obi"
        if label == "PERSON" or (alone and place < 2):
            return True
    if place >= 2 or mention.pair is not None:
        return False
    if mention.text in PERSONAL:
        return mention.text in people.people | people.given
    return mention.text in people.people and label not in GEO


def _run(sentence: Sentence, first: int, last: int) -> tuple[int, int, str]:
    """First and last token of the model's entity that covers the words, without articles and marks at its ends."""
    tokens = sentence.tokens
    label = tokens[last].ent or tokens[first].ent
    if not label:
        return first, last, ""
    left, right = first, last
    while left > 0 and tokens[left - 1].ent == label and tokens[left - 1].text not in {",", "and", "/", ";", "&"}:
        left -= 1
    while (
        right + 1 < len(tokens)
        and tokens[right + 1].ent == label
        and tokens[right + 1].text not in {",", "and", "/", ";"}
    ):
        right += 1
    while left < first and (not tokens[left].text[:1].isupper() or tokens[left].text in {"The", "A", "An"}):
        left += 1
    while right > last and tokens[right].text in {"'s", "’s", "'", ".", "-"}:
        right -= 1
    return left, right, label


def _is_body(sentence: Sentence, mention: Mention, left: int, right: int) -> bool:
    """Whether the longer name is of a public body of the place: "Ukraine's Defence Ministry", "Ottawa Police"."""
    if left < mention.first:
        return False
    tail = [token.lower for token in sentence.tokens[mention.last + 1 : right + 1]]
    return bool(tail) and (tail[0] in {"'s", "’s"} or all(word in OFFICES for word in tail))


def _locative(sentence: Sentence, mention: Mention, prior: Mention | None) -> int:
    """How surely the words around tell a place: 2 for "in X", "X province"; 1 for "from X"; 0 for nothing."""
    tokens = sentence.tokens
    if sentence.zone == "dateline" or mention.pair is not None:
        return 2
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    if after is not None and (after.lower in AFTER or after.text in ADMIN):
        return 2
    if _is_told(sentence, mention.last) or is_aim(sentence, mention.last):
        return 2
    i = mention.first - 1
    while i >= 0 and tokens[i].lower in LEAN:
        i -= 1
    if i < 0:
        return 0
    word = tokens[i].lower
    if word in STRONG:
        return 2
    if word in PLACE_NOUNS or (word == "of" and i and tokens[i - 1].lower in PLACE_NOUNS | LEAN):
        return 2
    if word in WEAK:
        return 1
    if word in {",", "and", "or", "/"} and prior is not None and prior.local and i - prior.last <= 2:
        return 2 if prior.name is not None else 1
    return 0


def _is_told(sentence: Sentence, last: int) -> bool:
    """ "Reading, a town in Berkshire": what it is said to be is a place."""
    tokens = sentence.tokens
    if last + 2 < len(tokens) and tokens[last + 1].text == "," and tokens[last + 2].lower == "where":
        return True
    if last + 3 >= len(tokens) or tokens[last + 1].text != "," or tokens[last + 2].lower not in {"a", "an", "the"}:
        return False
    i = last + 3
    while i + 1 < len(tokens) and tokens[i].pos in {"ADJ", "PROPN"} and tokens[i].lower not in PLACE_NOUNS:
        i += 1
    return tokens[i].lower in PLACE_NOUNS


def _is_believable(sentence: Sentence, mention: Mention, label: str, place: int, people: Company) -> bool:
    """Whether a name with these signs is a place; the lesser known it is, the more it takes."""
    name = mention.name
    if name is None or name.never:
        return False
    seen = label in GEO
    mains = [sense for sense in name.senses if not sense.other]
    kinds = {sense.spot.kind for sense in mains}
    if name.text in people.places and (seen or place >= 1):
        return True
    if place == 0 and label in {"", "ORG", "NORP"} and acts(sentence, mention, name, people):
        return True
    if name.wary and is_bare_subject(sentence, mention, label):
        return any(sense.spot.population >= BIG // 2 for sense in mains)
    if name.wary or (len(name.text) <= ABBREVIATED and "country" not in kinds):
        if not name.wary and place >= 1 and label != "PERSON" and any(is_big(sense) for sense in mains):
            return True
        return (seen and place >= 1) or (place >= 2 and label in {"", "ORG"} and name.wary)
    if "country" in kinds:
        return place >= 1 or label != "PERSON" or name.text not in PERSONAL or people.abroad
    if not mains:
        if place >= 1 and label != "PERSON" and all(sense.spot.population >= BIG for sense in name.senses):
            return True
        return seen and (place >= 1 or any(is_big(sense) for sense in name.senses))
    if label == "PERSON" and any(sense.meant for sense in mains):
        return name.text not in people.people | people.given
    wide = kinds & {"region", "admin1"} or any(is_big(sense) for sense in mains)
    if label == "PERSON" and wide and is_lone(sentence, mention, people):
        return True
    if ("point" in kinds and mention.last > mention.first) or mention.last > mention.first + 1:
        return True  # nobody else is called Santiago de Compostela
    if kinds & {"admin1", "region", "point"} or any(is_big(sense) for sense in mains):
        return seen or place >= 1 or label in {"", "ORG", "NORP"} or modifies(sentence, mention)
    return seen or (place >= 2 and label in {"", "ORG", "PERSON"})


def _widened(sentence: Sentence, text: str, mention: Mention, left: int, right: int) -> Mention:
    """Takes in a compass word before the name and "Province", "County", "Airport" or "Street" behind it."""
    tokens = sentence.tokens
    if mention.first and tokens[mention.first - 1].text in COMPASS and left < mention.first:
        mention.first -= 1
        mention.whole = True
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    if after is not None and after.lower in {"province", "oblast", "governorate", "region", "state", "prefecture"}:
        mention.hint = "admin1"
    if after is not None and after.text in ADMIN:
        mention.last += 1
    elif after is not None and after.text in PART | STREET:
        mention.last += 1
        mention.whole, mention.vague = True, after.text in STREET or after.text in {"County", "Parish"}
    elif right > mention.last and all(
        t.text[:1].isupper() and t.pos == "PROPN" for t in tokens[mention.last + 1 : right + 1]
    ):
        street = any(t.text in STREET for t in tokens[mention.last + 1 : right + 1])
        mention.last, mention.whole, mention.vague = right, True, street
    mention.start, mention.end = tokens[mention.first].start, tokens[mention.last].end
    mention.text = text[mention.start : mention.end]
    return mention


def _pair(sentence: Sentence, text: str, known: Gazetteer, last: int, name: Name) -> Spot | None:
    """The country or division beside it that holds one of the name's places: "Paris, Texas", "San Jose in Mindoro"."""
    at = _outer(sentence, last)
    window = _window(sentence, text, known, at) if at else None
    if window is None:
        return None
    for sense in window[1].senses:
        spot = sense.spot
        outer = not sense.other and spot.kind in {"country", "admin1", "region"}
        if outer and any(lies_in(inner.spot, spot) for inner in name.senses):
            return spot
    return None


def _outer(sentence: Sentence, last: int) -> int | None:
    """Where the wider place may begin that a comma, "in", or both bring behind a name."""
    tokens = sentence.tokens
    at = last + 1
    comma = at < len(tokens) and tokens[at].text == ","
    at += comma
    inside = at < len(tokens) and tokens[at].lower == "in"
    at += inside
    if inside and at < len(tokens) and tokens[at].lower == "the":
        at += 1
    return at if (comma or inside) and at < len(tokens) else None


def lies_in(inner: Spot, outer: Spot) -> bool:
    """Whether a place lies in a country, division or region, as far as the gazetteer's fields tell."""
    if inner.number == outer.number or not outer.country or inner.country != outer.country:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind == "admin1":
        return inner.kind != "admin1" and inner.admin1 == outer.admin1
    return inner.kind in {"city", "town", "point"}


def _unknown(
    sentence: Sentence, text: str, known: Gazetteer, taken: set[int], refused: set[int], people: Company
) -> Iterator[Mention]:
    """Names that only the model sees as places, and those that the words around them tell to be some."""
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        label = tokens[i].ent
        if label not in {"GPE", "LOC"} or i in taken | refused or tokens[i].text in {",", "and", "/", "-"}:
            i += 1
            continue
        last = i
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].ent == label
            and last + 1 not in taken | refused
            and tokens[last + 1].text not in {",", "and", "/"}
        ):
            last += 1
        first, stop, i = i, last, last + 1
        while first <= stop and (tokens[first].lower in LEAN | {"a", "an"} and tokens[first].text not in COMPASS):
            first += 1
        while stop >= first and (not tokens[stop].text[-1:].isalnum() or tokens[stop].text in {"'s", "’s"}):
            stop -= 1
        if first <= stop and (mention := _unknown_name(sentence, text, known, first, stop, people)):
            taken.update(range(first, stop + 1))
            yield mention
    for first, last in told(sentence, taken):
        if set(range(first, last + 1)) <= refused:
            continue
        if mention := _unknown_name(sentence, text, known, first, last, people, told=True):
            yield mention


def _unknown_name(
    sentence: Sentence, text: str, known: Gazetteer, first: int, last: int, people: Company, told: bool = False
) -> Mention | None:
    """The mention, unless the words name something else; `told` that words around them say that it is a place."""
    tokens = sentence.tokens
    named = text[tokens[first].start : tokens[last].end]
    proper = [t for t in tokens[first : last + 1] if t.pos == "PROPN" and t.text[:1].isupper()]
    if (
        not proper
        or is_no_place(sentence, first, last)
        or len(named) < 3
        or tokens[first].text.islower()
        or named in people.people
        or any(c.isdigit() for c in named)
    ):
        return None
    before = tokens[first - 1] if first else None
    if first > 1 and tokens[first - 1].lower == "in" and tokens[first - 2].lower in FAITH:
        return None
    if before is not None and before.text[:1].isupper() and before.lower.rstrip(".") in MISTER | set(titles()):
        return None
    if (named.isupper() and len(named) < 6) or _is_actor(named, told):
        return None
    mention = Mention(sentence, first, last, tokens[first].start, tokens[last].end, named, None)
    at = _outer(sentence, last + _kind_behind(sentence, last))
    window = _window(sentence, text, known, at) if at else None
    kinds = window and [s.spot for s in window[1].senses if s.spot.kind in {"country", "admin1"} and not s.other]
    mention.pair = kinds[0] if kinds else None
    name = known.find(named)
    if name is not None and (name.never or name.wary):
        return None
    return mention if told or mention.pair is not None or _locative(sentence, mention, None) >= 1 else None


def _kind_behind(sentence: Sentence, last: int) -> int:
    """1 where a noun behind the name says what it is: "Nwonko village in Taraba"."""
    after = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
    return int(after is not None and after.lower in SETTLED | BEHIND)


def _is_actor(words: str, told: bool) -> bool:
    """Whether knowledge holds the words as a people, a group or an organization, and, where nothing around them tells
    a place, as a person or a paper."""
    return any(
        hit.start == 0 and (hit.end == len(words) or hit.form in {"adjective", "people"})
        and not (hit.entry.category == "state" and hit.form in {"name", "capital"})
        and not (told and hit.entry.category in NAMESAKES)
        for hit in actors().find(words)
    )  # fmt: skip
