"""Where an event took place: under its own word, in its clause, at what it was aimed at, in a clause that holds for it
too, or in the story.

The parse says how a name hangs on the act, the network how likely it is the act's place. What hangs on the word itself
is taken; for words that were said, nothing else is: the raids that somebody condemns are elsewhere. Without a place in
reach the field stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vaka.coding.frames import is_verb
from vaka.coding.moments import CLAUSE_DEPS, clause_of, clause_span
from vaka.knowledge.place_words import BEHIND, SETTLED, words
from vaka.syntax import Sentence, Token
from vaka.types import Page, Place

AT_REST = words("in at near inside outside around across throughout within along off above over on")
BOUND = words("to into through toward towards from")
"""Prepositions of the way that a movement takes."""
MOVES = words(
    "advance arrive break cross deliver deploy deport drive enter evacuate expel fire flee fly go invade march "
    "move pull retreat return send ship storm travel visit withdraw"
)
PARTS = words(
    "city town village province region capital district outskirt suburb port north south east west centre center area "
    "state island part"
)
"""What "of" leads from to the name: the outskirts of Homs."""
AIMED = frozenset({"ASSAULT", "COERCE", "CONSULT", "DISASTER", "MOBILIZE", "RETREAT"})
"""Acts whose object may be the place itself: shelled Bakhmut, visited Lima, entered Kokoda."""
SAID = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "OFFICE"})
"""Acts that are done with words, wherever what they are about lies."""
TALKING = words("meet speak gather talk address visit convene tour assemble")
STAYS = words("visit trip tour stop stopover")
OCCASIONS = words(
    "interview speech address statement ceremony rally meeting summit conference briefing hearing session debate "
    "sermon gathering forum lecture"
)
OWN, AIM, CLAUSE, ABOVE, SUBJECT = 0, 1, 2, 3, 4
"""How a name hangs on the act, the surest first."""
PRECISION = {"point": 0, "city": 1, "admin1": 2, "region": 3, "country": 4}
UNMAPPED = 1
"""A name on no map is a village, a hill or a quarter."""
LEAST_STORY = 3
LIKELY = 0.5
"""Probability from which a place name is the place of the act."""
UNLIKELY = 0.15
"""Probability below which a place that hangs loosely on the act is not taken either."""


def where_of(
    sentence: Sentence,
    trigger: Token,
    anchor: Token,
    kind: str,
    places: Sequence[Place],
    taken: set[int],
    chances: Mapping[str, float] | None,
) -> Place | None:
    """The place of the act told by `trigger` (and by `anchor`, the verb above an event noun). `taken` are the starts of
    places that act themselves; `chances` the network's probability for each place, by id, where it was asked."""
    near = [place for place in places if not is_border(sentence, place)]
    ranked: list[tuple[tuple[int, int, int], Place]] = []
    for place in near:
        head = sentence.head_of(place.span.start, place.span.end)
        if head is None or place.span.start in taken:
            continue
        grade = _grade(sentence, head, trigger, anchor, kind)
        if grade is not None:
            ranked.append(((grade, _coarseness(place), abs(head.i - trigger.i)), place))
    ranked.sort(key=lambda row: row[0])
    chosen = _chosen(ranked, near, kind, chances)
    if chosen is None:
        return None
    inner = holder(sentence, chosen, near, taken)
    own = clause_span(sentence, anchor)
    name = sentence.head_of(chosen.span.start, chosen.span.end)
    return replace(inner, origin="clause" if name is not None and name.i in own else "sentence")


def _chosen(
    ranked: list[tuple[tuple[int, int, int], Place]],
    near: Sequence[Place],
    kind: str,
    chances: Mapping[str, float] | None,
) -> Place | None:
    """What hangs closely on the act; else what the network finds likely, of several the finest; else what hangs loosely
    on it, unless the network finds that unlikely."""
    first = _finest(ranked)
    if first is not None and (ranked[0][0][0] <= AIM or chances is None):
        return first
    if chances is None:
        return None
    reached = {place.id: row[0] for row, place in ranked}
    likely = [p for p in near if chances.get(p.id, 0.0) >= LIKELY and (kind not in SAID or p.id in reached)]
    likely = [p for p in likely if reached.get(p.id, SUBJECT) <= CLAUSE] or likely
    if likely:
        return min(likely, key=lambda place: (_coarseness(place), -chances[place.id]))
    return first if first is not None and chances.get(first.id, 1.0) >= UNLIKELY else None


def _finest(ranked: list[tuple[tuple[int, int, int], Place]]) -> Place | None:
    """The first, or for a country the town in it that hangs as closely: "marched through Homs in central Syria"."""
    if not ranked:
        return None
    (grade, _, _), best = ranked[0]
    if best.precision == "country":
        inner = [row for row in ranked if row[0][0] <= max(grade, AIM) and row[1].country == best.country]
        best = min(inner, key=lambda row: row[0][1:])[1]
    return best


def _coarseness(place: Place) -> int:
    return PRECISION.get(place.precision or "", UNMAPPED)


def _grade(sentence: Sentence, name: Token, trigger: Token, anchor: Token, kind: str) -> int | None:
    """How the name hangs on the act, or None where it is another's place or none at all."""
    link = name
    while link.dep in {"compound", "nmod", "conj", "appos"} and sentence.head(link).pos in {"PROPN", "NOUN"}:
        link = sentence.head(link)
    named = link.i == name.i or link.pos == "PROPN" or link.lower in SETTLED | BEHIND  # not: shot three US soldiers
    if kind in AIMED and named and _is_aim(link, anchor):
        return AIM
    if _leads_here(sentence, link, anchor):
        return CLAUSE
    prep = sentence.head(link)
    if link.dep != "pobj":
        return ABOVE if kind in AIMED and _aimed_above(sentence, link, anchor) else None
    site = sentence.head(prep)
    if prep.lower in BOUND:
        direct = site.i in {trigger.i, anchor.i} or trigger.i in {t.i for t in sentence.ancestors(prep)}
        if direct and trigger.lemma in MOVES:
            return AIM
        return AIM if _is_stay(sentence, prep, anchor) else None
    if prep.lower == "of" and site.lemma not in PARTS and site.i != trigger.i:
        return None
    if prep.lower == "of" and site.lemma in PARTS and kind in AIMED and _is_aim(site, anchor):
        return AIM
    if prep.lower not in AT_REST | {"of", "by"}:
        return None
    if kind in SAID and site.i not in {trigger.i, anchor.i}:
        return AIM if _is_speaking(sentence, site, anchor) else None
    return _grade_at_rest(sentence, site, trigger, anchor)


def _grade_at_rest(sentence: Sentence, site: Token, trigger: Token, anchor: Token) -> int | None:
    path = [site]
    while not _is_clause(path[-1]) and path[-1].head != path[-1].i:
        path.append(sentence.head(path[-1]))
    here = [token.i for token in path]
    if site.i == trigger.i or (site.head == trigger.i and site.dep in {"dobj", "nsubjpass", "attr"}):
        return OWN
    if any(token.dep in {"nsubj", "nsubjpass"} for token in path) and anchor.i in here:
        return SUBJECT
    if anchor.i in here or path[-1].i == clause_of(sentence, trigger).i:
        return CLAUSE
    return ABOVE if _governs(sentence, path[-1], trigger) else None


def _is_clause(token: Token) -> bool:
    return token.dep in CLAUSE_DEPS and is_verb(token)


def _is_aim(link: Token, verb: Token) -> bool:
    """Whether the act is done to the place: "bombed Yugoslavia", "Gao was overrun"."""
    return link.dep in {"dobj", "nsubjpass"} and link.head == verb.i and is_verb(verb)


def _aimed_above(sentence: Sentence, link: Token, verb: Token) -> bool:
    """ "Rebels entered Bossangoa at dawn, looted shops and executed four": what follows happens there."""
    first = verb
    while first.dep == "conj" and is_verb(sentence.head(first)):
        first = sentence.head(first)
        if link.dep == "dobj" and link.head == first.i and first.lemma in MOVES:
            return True
    return False


def _leads_here(sentence: Sentence, link: Token, verb: Token) -> bool:
    """ "Timika, where miners blocked the road": the clause says what happened in the place before it."""
    clause = clause_of(sentence, verb)
    where = next((t for t in sentence.children(clause, "advmod") if t.lower == "where"), None)
    if clause.dep not in {"relcl", "advcl"} or where is None:
        return False
    return clause.head == link.i or (link.i < where.i <= link.i + 3)


def _is_speaking(sentence: Sentence, site: Token, verb: Token) -> bool:
    """ "Meeting in Arusha, the mediators suspended", "in an interview in Harare": who speaks, speaks there."""
    occasion = sentence.head(site)
    if site.lemma in OCCASIONS and site.dep == "pobj" and occasion.head == verb.i:
        return occasion.lower in AT_REST | {"during", "after"}
    said = site
    while said.dep in {"pobj", "dobj", "prep"}:
        said = sentence.head(said)
    if said.lemma not in TALKING or said.tag != "VBG" or said.dep not in {"advcl", "acl"}:
        return False
    return said.head == verb.i or said.head in {t.i for t in sentence.children(verb, "nsubj")}


def _is_stay(sentence: Sentence, prep: Token, verb: Token) -> bool:
    """ "The chancellor, on a visit to Ottawa, promised": who acts is there."""
    stay = sentence.head(prep)
    on = sentence.head(stay)
    if stay.lemma not in STAYS or stay.dep != "pobj" or on.lower not in {"on", "during"}:
        return False
    above = sentence.head(on)
    return above.i == verb.i or (above.dep == "nsubj" and above.head == verb.i)


def _governs(sentence: Sentence, top: Token, token: Token) -> bool:
    """Whether the clause stands above the event's and its place holds for it as well."""
    clause = clause_of(sentence, token)
    while clause.head != clause.i:
        if clause.dep not in {"conj", "advcl", "xcomp", "relcl", "acl"}:
            return False
        above = sentence.head(clause)
        clause = above if is_verb(above) else clause_of(sentence, above)
        if clause.i == top.i:
            return True
    return False


BORDERS = frozenset({"border", "frontier", "boundary"})


def is_border(sentence: Sentence, place: Place) -> bool:
    """Whether the name only says whose border is meant: what happens near the Mali border may happen across it."""
    head = sentence.head_of(place.span.start, place.span.end)
    if head is None or head.head == head.i:
        return False
    noun = sentence.head(head)
    if head.dep == "pobj" and noun.lower in {"with", "between"}:
        return sentence.head(noun).lemma in BORDERS
    after = sentence.tokens[noun.i + 1].lower if noun.i + 1 < len(sentence.tokens) else ""
    return head.dep in {"compound", "nmod"} and noun.lemma in BORDERS and after not in SETTLED


def holder(sentence: Sentence, place: Place, places: Sequence[Place], taken: set[int]) -> Place:
    """The finer place in whose phrase the place stands ("Chel Agha in Hasaka", "Silopi town of the province of
    Sirnak", "the Baghdad neighbourhood of Zafaraniya"), or itself: what happened in the wider one happened there."""
    head = sentence.head_of(place.span.start, place.span.end)
    if head is None:
        return place
    inner: list[tuple[int, Place]] = []
    for other in places:
        name = sentence.head_of(other.span.start, other.span.end)
        if name is None or other.span == place.span or other.span.start in taken or other.precision == "country":
            continue
        if _named_by(sentence, head, name) or (_holds(sentence, name, head) and not _named_by(sentence, name, head)):
            inner.append((name.i, other))
    return max(inner, key=lambda row: row[0])[1] if inner else place


def _holds(sentence: Sentence, name: Token, wider: Token) -> bool:
    """Whether the wider place hangs on the name, or on the noun behind it: "Nwonko village in Taraba"."""
    above = {token.i for token in sentence.ancestors(wider)}
    beside = wider.dep in {"appos", "npadvmod"} and wider.head == name.i  # "Key West, Florida"
    return beside or (wider.dep == "pobj" and _phrase_of(sentence, name).i in above)


def _named_by(sentence: Sentence, part: Token, name: Token) -> bool:
    """ "The Baghdad neighbourhood of Zafaraniya": the name says which part of the first place is meant."""
    noun = _phrase_of(sentence, part)
    link = sentence.head(name)
    return noun.i != part.i and name.dep == "pobj" and link.lower == "of" and sentence.head(link).i == noun.i


def _phrase_of(sentence: Sentence, name: Token) -> Token:
    """The noun that says what kind of place the name is, where one stands behind it ("Nwonko village"), or the name."""
    noun = sentence.head(name)
    behind = name.dep in {"compound", "nmod", "amod"} and noun.i == name.i + 1 and noun.lower in SETTLED | BEHIND
    return noun if behind else name


def story_place(page: Page, sentence: Sentence, country: str | None) -> Place | None:
    """The place of the story for an act whose sentence names none: its country, as first named, in a report of three
    sentences or more."""
    if country is None or len(page.sentences) < LEAST_STORY:
        return None
    if any(sentence.start <= place.span.start < sentence.end for place in page.places):
        return None
    fitting = [place for place in page.places if place.country == country]
    best = min(fitting, key=lambda p: (p.precision != "country", p.span.start), default=None)
    return replace(best, origin="story") if best else None
