"""When and where an event took place: from its own clause, its sentence, the story, the dateline.

Refuses to guess: without a date or place in reach the field stays empty; the day of publication counts only for what
the text tells as news of the day.
"""

from __future__ import annotations

from dataclasses import replace

from vaka.coding.frames import is_verb
from vaka.syntax import Sentence, Token
from vaka.types import Page, Place, Time

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
        and not (happened and _to_come(t, page.article.day))
    ]  # fmt: skip
    inside = clause_span(sentence, token)
    near = [t for t in here if _in_tokens(sentence, t, inside)]
    chosen = _nearest(near, token)
    if chosen is not None:
        return replace(chosen, origin="clause")
    spread = [t for t in here if _shares_clause(sentence, t, token)]
    chosen = _nearest(spread, token)
    if chosen is not None:
        return replace(chosen, origin="sentence")
    return None


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
    while clause.head != clause.i:
        if clause.i == top.i:
            return True
        if clause.dep not in {"conj", "advcl", "relcl", "acl", "xcomp"}:
            return False
        clause = clause_of(sentence, sentence.head(clause)) if clause.dep != "conj" else sentence.head(clause)
    return clause.i == top.i


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
        ranked.append(((not own, grade, PRECISION.get(place.precision or "", 5), abs(head.i - token.i)), place))
    if not ranked:
        return None
    best = min(ranked, key=lambda row: row[0])
    return replace(best[1], origin="clause" if not best[0][0] else "sentence")


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
