"""When an event took place: from its own clause, its sentence, the story, the dateline.

Refuses to guess: without a date in reach the field stays empty; the day of publication counts only for what
the text tells as news of the day.
"""

from __future__ import annotations

from dataclasses import replace

from vaka.coding.frames import is_verb
from vaka.syntax import Sentence, Token
from vaka.types import Basis, Page, Time, item_id

CLAUSE_DEPS = frozenset({"ROOT", "conj", "advcl", "ccomp", "relcl", "acl", "parataxis"})


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
