"""When and where an event took place: from its own clause, its sentence, the story, the dateline.

Refuses to guess: without a date or place in reach the field stays empty; the day of publication counts only for what
the text tells as news of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vaka.coding.frames import is_verb
from vaka.knowledge.place_words import BEHIND, SETTLED
from vaka.syntax import Sentence, Token
from vaka.types import Basis, Page, Place, Time, item_id

CLAUSE_DEPS = frozenset({"ROOT", "conj", "advcl", "ccomp", "relcl", "acl", "parataxis"})
LOCATIVES = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "into",
        "to",
        "over",
        "through",
        "from",
        "along",
        "toward",
        "towards",
        "off",
        "above",
        "by",
        "of",
    ]
)
AT_REST = frozenset(
    [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "along",
        "off",
        "above",
        "over",
        "on",
    ]
)


def clause_of(sentence: Sentence, token: Token) -> Token:
    """The verb (or root) of the clause that the token stands in."""
    while token.head != token.i and not (token.dep in CLAUSE_DEPS and is_verb(token)):
        token = sentence.head(token)
    return token


def clause_span(sentence: Sentence, token: Token) -> set[int]:
    """Positions of the words of the token's own clause, without the clauses embedded in it."""
    top = clause_of(sentence, token)
    inside, todo = {top.i}, [top]
    while todo:
        for child in sentence.children(todo.pop()):
            if not (child.dep in CLAUSE_DEPS and is_verb(child)):
                inside.add(child.i)
                todo.append(child)
    return inside


def when_of(page: Page, sentence: Sentence, token: Token, happened: bool) -> Time | None:
    """The event's date with where it was taken from. What `happened` is never dated after publication: "agreed to
    leave by Friday" was agreed before, and Friday is the pledge's due date."""
    here = [
        t
        for t in page.times
        if t.span and sentence.start <= t.span.start < sentence.end and t.type in {"DATE", "TIME"} and t.start
        and not (happened and (_to_come(t, page.article.day) or _since(sentence, t)))
    ]  # fmt: skip
    inside = clause_span(sentence, token)
    here = [t for t in here if not _of_another(sentence, t, token) and not _of_saying(sentence, t, token)]
    near = [t for t in here if _in_tokens(sentence, t, inside)]
    chosen = _nearest(near, token)
    if chosen is not None:
        return replace(chosen, origin="clause")
    spread = [t for t in here if _shares_clause(sentence, t, token)]
    chosen = _nearest(spread, token)
    if chosen is not None:
        return replace(chosen, origin="sentence")
    return None


def time_above(page: Page, sentence: Sentence, token: Token) -> Time | None:
    """The date of the clause that an undated one hangs on: "talks collapsed in 1992 after rebels murdered a minister"
    tells of two old acts, though only one of them has the date."""
    clause = clause_of(sentence, token)
    if clause.dep != "advcl" or clause.head == clause.i:
        return None
    above = sentence.head(clause)
    inside = clause_span(sentence, above)
    here = [t for t in page.times if t.span and t.start and t.type == "DATE" and _in_tokens(sentence, t, inside)]
    return _nearest(here, above)


COURSE = frozenset({"in", "during", "at", "amid", "on", "by"})
"""What leads to an act that the date of is the event's own: killed in Monday's raid; not: against the 2013 law."""
WITHIN = frozenset({"nummod", "amod", "compound", "nmod", "poss"})


def _since(sentence: Sentence, time: Time) -> bool:
    """ "The eighth since 2020": when a row of acts or a state began, not when this act was."""
    first = next((t for t in sentence.tokens if time.span is not None and t.start >= time.span.start), None)
    return first is not None and "since" in {first.lower, sentence.tokens[first.i - 1].lower if first.i else ""}


def _of_another(sentence: Sentence, time: Time, token: Token) -> bool:
    """Whether the time belongs to a noun that is not the event and in whose course it does not lie: the law of 2013."""
    assert time.span is not None
    head = sentence.head_of(time.span.start, time.span.end)
    if head is None or head.head == head.i or time.span.start == sentence.start:
        return False
    noun = sentence.head(head)
    if head.dep == "pobj" and noun.lower == "of":
        noun = sentence.head(noun)
    elif head.dep not in WITHIN:
        return False
    if noun.pos not in {"NOUN", "PROPN"} or noun.i == token.i or sentence.head(token).i == noun.i:
        return False
    while noun.dep in {"compound", "nmod", "poss"} and sentence.head(noun).pos in {"NOUN", "PROPN"}:
        noun = sentence.head(noun)
    return noun.i != token.i and not (noun.dep == "pobj" and sentence.head(noun).lower in COURSE)


def _of_saying(sentence: Sentence, time: Time, token: Token) -> bool:
    """Whether the time stands between a verb of saying and the subject of what it says: "said on Tuesday they had"."""
    assert time.span is not None
    clause = clause_of(sentence, token)
    above = sentence.head(clause)
    if clause.dep != "ccomp" or above.i > clause.i:
        return False
    opening = min((t.start for t in sentence.children(clause, "nsubj", "nsubjpass", "mark")), default=clause.start)
    return above.end <= time.span.start < opening


def _to_come(time: Time, day: str | None) -> bool:
    """Whether the time begins after the day of publication, or on it and goes on."""
    if day is None or time.start is None:
        return False
    return time.start > day or (time.start == day and (time.end or day) > day)


def _in_tokens(sentence: Sentence, time: Time, inside: set[int]) -> bool:
    assert time.span is not None
    head = sentence.head_of(time.span.start, time.span.end)
    return head is not None and head.i in inside


def _shares_clause(sentence: Sentence, time: Time, token: Token) -> bool:
    """A date that governs the event's clause from above: "On Monday officials said that troops had …" does not date
    what was said, "On Monday, after shelling X, troops took Y" dates both."""
    assert time.span is not None
    head = sentence.head_of(time.span.start, time.span.end)
    if head is None:
        return False
    top, clause = clause_of(sentence, head), clause_of(sentence, token)
    if top.dep == "advcl" and top.tag == "VBG" and top.head == clause.i and top.i < clause.i:
        return True  # "Meeting in Oslo on 14 December, they promised …"
    if top.dep == "advcl" and sentence.head(top).i == clause.i and _mark(sentence, top) in SAME_TIME:
        return True  # killed when gunmen ambushed their bus on Monday
    while clause.head != clause.i:
        if clause.i == top.i:
            return True
        if clause.dep not in {"conj", "advcl", "relcl", "acl", "xcomp"} or _mark(sentence, clause) in OTHER_TIME:
            return False
        clause = clause_of(sentence, sentence.head(clause)) if clause.dep != "conj" else sentence.head(clause)
    return clause.i == top.i


TOLD_ON = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "DISASTER"})
"""Material acts: a story tells them one after the other. What was said may have been said on any day."""


def simply_past(sentence: Sentence, token: Token) -> bool:
    """Whether the clause of the word is told in the simple past, in the voice of the report."""
    clause = clause_of(sentence, token)
    while clause.dep == "conj" and is_verb(sentence.head(clause)):
        clause = sentence.head(clause)
    helpers = sentence.children(clause, "aux", "auxpass")
    plain = clause.tag == "VBD" or (clause.tag == "VBN" and any(t.tag == "VBD" for t in helpers))
    quoted = any(t.text in QUOTE_MARKS for t in sentence.tokens)
    return plain and clause.dep == "ROOT" and not quoted and all(t.lemma == "be" for t in helpers)


QUOTE_MARKS = frozenset({'"', "“", "”", "``", "''"})


def has_time(page: Page, sentence: Sentence) -> bool:
    """Whether the sentence tells any time of its own but what is now."""
    return any(
        t.span
        and sentence.start <= t.span.start < sentence.end
        and t.type in {"DATE", "TIME"}
        and t.value != "PRESENT_REF"
        for t in page.times
    )


def dateline_day(page: Page, sentence: Sentence) -> Time | None:
    """The day of a dateline for the sentence that it opens: the first one of the body."""
    zones = [zone for zone in page.article.zones if zone.kind == "dateline"]
    if not zones or sentence.start < zones[0].end:
        return None
    if any(zones[0].end <= other.start < sentence.start for other in page.sentences):
        return None
    for time in page.times:
        if time.span and zones[0].start <= time.span.start < zones[0].end and time.start and time.start == time.end:
            return replace(time, origin="dateline")
    return None


def going_on(page: Page, sentence: Sentence, token: Token) -> Time | None:
    """The day of publication for what a report tells as going on: "troops are shelling the town"."""
    day = page.article.day
    now = token.tag == "VBG" and any(t.lower in {"are", "is", "'re", "’re"} for t in sentence.children(token, "aux"))
    if day is None or not now or any(t.text in QUOTE_MARKS for t in sentence.tokens):
        return None
    return Time(
        id=item_id(page.article, "time", token.start, token.end, "published"),
        evidence=(page.article.span(sentence.start, sentence.end),),
        basis=Basis("events", "going on", "1", 0.6),
        span=None,
        type="DATE",
        value=day,
        start=day,
        end=day,
        grain="day",
        origin="published",
    )


SAME_TIME = frozenset({"when", "as", "while"})
OTHER_TIME = frozenset({"after", "before", "since", "until", "till", "once", "because", "although", "though", "if"})
"""Words that join a clause of another time than that of the clause above: arrested on Monday after he shot a guard."""


def _mark(sentence: Sentence, clause: Token) -> str:
    """The word that joins a clause to the one above it, or nothing."""
    words = [t.lower for t in sentence.children(clause, "mark", "advmod") if t.i < clause.i]
    return next((word for word in words if word in SAME_TIME | OTHER_TIME), "")


def _nearest(times: list[Time], token: Token) -> Time | None:
    return min(times, key=lambda t: (t.span is None, abs((t.span.start if t.span else 0) - token.start)), default=None)


def where_of(sentence: Sentence, token: Token, places: list[Place], taken: set[int]) -> Place | None:
    """The place of the event: a locative phrase of its clause, else of its sentence. `taken` are starts of places that
    stand as parties."""
    inside = clause_span(sentence, token)
    ranked: list[tuple[tuple[int, int, int, int], Place]] = []
    for place in places:
        head = sentence.head_of(place.span.start, place.span.end)
        if head is None or place.span.start in taken:
            continue
        grade = _locative(sentence, head, token)
        if grade is None:
            continue
        own = head.i in inside
        if not own and not _governs(sentence, head, token):
            continue
        ranked.append(((not own, grade, PRECISION.get(place.precision or "", UNMAPPED), abs(head.i - token.i)), place))
    if not ranked:
        return None
    best = min(ranked, key=lambda row: row[0])
    if best[1].precision == "country":
        # "Marched through Homs in central Syria": the town in the same clause says it more exactly than its country.
        inner = [row for row in ranked if row[0][0] == best[0][0] and row[1].country == best[1].country]
        best = min(inner, key=lambda row: row[0][2:])
    return replace(best[1], origin="clause" if not best[0][0] else "sentence")


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
    return wider.dep == "pobj" and _phrase_of(sentence, name).i in above


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


LEAST_STORY = 3
PRECISION = {"point": 0, "city": 1, "admin1": 2, "region": 3, "country": 4}
UNMAPPED = 1
"""A name on no map is a village, a hill or a quarter."""


def _governs(sentence: Sentence, head: Token, token: Token) -> bool:
    """Whether the place stands in a clause above the event's that it holds for as well."""
    top = clause_of(sentence, head)
    clause = clause_of(sentence, token)
    while clause.head != clause.i:
        if clause.dep not in {"conj", "advcl", "xcomp", "relcl", "acl"}:
            return False
        clause = (
            clause_of(sentence, sentence.head(clause)) if not is_verb(sentence.head(clause)) else sentence.head(clause)
        )
        if clause.i == top.i:
            return True
    return False


def _locative(sentence: Sentence, head: Token, token: Token) -> int | None:
    """0 for a place at rest under the event, 1 elsewhere in a locative phrase, None for another use of the name."""
    link = head
    while link.dep in {"compound", "nmod", "conj", "appos"} and sentence.head(link).pos in {"PROPN", "NOUN"}:
        link = sentence.head(link)
    prep = sentence.head(link)
    if link.dep == "npadvmod" or (link.dep == "ROOT" and link.i == head.i):
        return None
    if link.dep != "pobj" or prep.lower not in LOCATIVES:
        return None
    above = sentence.head(prep)
    direct = above.i == token.i or token.i in {t.i for t in sentence.ancestors(prep)}
    if prep.lower in AT_REST:
        return 0 if direct else 1
    if prep.lower == "of":
        return (
            2
            if above.lemma
            in {
                "city",
                "town",
                "village",
                "province",
                "region",
                "capital",
                "district",
                "outskirt",
                "suburb",
                "port",
                "north",
                "south",
                "east",
                "west",
                "centre",
                "center",
                "area",
                "state",
                "island",
                "part",
            }
            or above.i == token.i
            else None
        )
    if prep.lower in {"to", "into", "through", "toward", "towards", "from"}:
        return 2 if direct and token.lemma in MOVES else None
    return None


MOVES = frozenset(
    [
        "visit",
        "arrive",
        "travel",
        "fly",
        "go",
        "march",
        "advance",
        "enter",
        "cross",
        "deploy",
        "send",
        "move",
        "withdraw",
        "retreat",
        "deport",
        "return",
        "expel",
        "pull",
        "flee",
        "invade",
        "storm",
        "fire",
        "evacuate",
        "ship",
        "deliver",
        "break",
        "drive",
    ]
)
