"""What a pledge says beside its parties: the stretch of words, the condition, the amount and the day it is due.

A field stays empty where the passage does not name it; a date that lies before the report is never a due date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from vaka.coding import frames
from vaka.coding.figures import money_in
from vaka.coding.magnitude import quantity
from vaka.coding.pledge_words import Found, times_in
from vaka.syntax import Sentence, Token
from vaka.types import Article, Page, Quantity, Span, Time

CONDITION = re.compile(
    r"\b(?:if(?! only)|unless|once|provid(?:ed|ing)(?: that)?|(?:as|so) (?:soon|long) as|on (?:the |one )?condition"
    r" that|in (?:return|exchange) for|only when)\b",
    re.I,
)
BREAKS = re.compile(r"[,;:\"“”—]|\s-\s|[.?!]+(?:\s|$)")
MARKS = (('"', '"'), ("“", "”"))
LONG = re.compile(r"P\d+[MY]$")
LENGTH = re.compile(r"P(T?)(\d+)([HDWMY])$")
FIRSTS = {"first": 1, "second": 2, "third": 3, "tenth": 10, "fifteenth": 15, "twentieth": 20, "last": 31}
FIRST_OF = re.compile(r"\b(first|second|third|tenth|fifteenth|twentieth|last)(?: day)? of\s+$")
LATEST = "9000"
"""Reports dated later are faulty, and dates that follow theirs may not exist."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})
UNCOUNTED = frozenset({"year", "month", "week", "day", "hour", "minute", "time", "percent", "point"})
"""Nouns whose number is no amount of anything promised."""
WEEKDAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
PAST = re.compile(r"\b(?:last|previous|this past)\b", re.I)


def reach(page: Page, found: Found) -> tuple[int, int]:
    """Code points of what is promised, without the subject (unless `whole`), joined sentences and end marks."""
    sentence, body = found.sentence, found.body
    tree = sentence.subtree(body)
    dropped = {t.i for clause in _joined_clauses(sentence, body) for t in sentence.subtree(clause)}
    if not found.whole:
        first = _first_word(sentence, found)
        tree = [t for t in tree if t.i >= first]
    tree = [t for t in tree if t.i not in dropped] or [body]
    for quote in page.quotes:
        for stretch in quote.content:
            if quote.kind != "indirect" and stretch.start <= body.start < stretch.end:
                tree = [t for t in tree if t.start < stretch.end and t.start >= stretch.start] or [body]
    tree = _unbroken(tree, body)
    while len(tree) > 1 and (tree[-1].pos in {"PUNCT", "CCONJ"}):
        tree.pop()
    while len(tree) > 1 and tree[0].pos == "PUNCT":
        tree.pop(0)
    return _with_marks(page.article.text, tree[0].start, tree[-1].end)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the quotation mark that stands right at its edge, where only the other of a pair is inside."""
    for opening, closing in MARKS:
        inside = text[start:end]
        if opening == closing and inside.count(opening) % 2 == 0:
            continue
        if text[start - 1 : start] == opening and (opening == closing or closing in inside):
            return start - 1, end
        if text[end : end + 1] == closing and (opening == closing or opening in inside):
            return start, end + 1
    return start, end


def _joined_clauses(sentence: Sentence, body: Token) -> list[Token]:
    """Clauses joined to the body with a subject of their own, or as an "or else", which promise something else."""
    if not frames.is_verb(body):
        return []
    otherwise = any(t.lower == "or" for t in sentence.children(body, "cc"))
    return [
        t for t in sentence.children(body, "conj", "parataxis")
        if otherwise or sentence.children(t, "nsubj", "nsubjpass") or (body.tag == "VB" and t.tag in FINITE)
        or any(a.lower == "to" for a in sentence.children(t, "aux"))
    ]  # fmt: skip


def _first_word(sentence: Sentence, found: Found) -> int:
    """Where the content begins: the infinitive's "to", a negated auxiliary, a noun's first word, else the verb."""
    body = found.body
    if not frames.is_verb(body):
        inside = [t for t in sentence.subtree(body) if t.i > found.cue.i or found.cue.i > body.i]
        named = {t.i for word in found.to for t in sentence.subtree(word)} - {t.i for t in sentence.subtree(body)}
        return next((t.i for t in inside if t.i not in named), body.i)
    starts = [t.i for t in sentence.children(body, "aux") if t.lower == "to"]
    first = min([*starts, body.i])
    while first - 1 > found.cue.i and sentence.tokens[first - 1].lower in {"not", "never", "again"}:
        first -= 1  # "promised never again to enter politics"
    starts.append(first)
    starts += [t.i - 1 for t in sentence.children(body, "neg") if t.i - 1 != found.cue.i and t.i < body.i]
    starts += [t.i for t in sentence.children(body, "neg") if t.i < body.i]
    return min([*starts, body.i])


def _unbroken(tree: list[Token], body: Token) -> list[Token]:
    """The run of words around the body, where a joined clause in the middle was dropped."""
    at = next(n for n, t in enumerate(tree) if t.i == body.i) if body in tree else 0
    first = last = at
    while last + 1 < len(tree) and tree[last + 1].i - tree[last].i <= 1:
        last += 1
    while first and tree[first].i - tree[first - 1].i <= 1:
        first -= 1
    return tree[first : last + 1]


def condition_of(page: Page, found: Found) -> Span | None:
    """The words of condition that hang on the cue or on what is promised, up to the next mark."""
    sentence, text = found.sentence, page.article.text
    heads = {found.body.i, found.cue.i, found.cue.head if found.cue.pos == "ADJ" else found.cue.i}
    for match in CONDITION.finditer(text, sentence.start, sentence.end):
        mark = next((t for t in sentence.tokens if t.start <= match.start() < t.end), None)
        before = sentence.tokens[mark.i - 1].lower if mark is not None and mark.i else ""
        if mark is None or before in {"as", "even", "ask"} or not heads & {t.i for t in sentence.ancestors(mark)}:
            continue
        stop = BREAKS.search(text, match.end(), sentence.end)
        return page.article.span(match.start(), stop.start() if stop else sentence.end)
    return None


def amount_of(page: Page, found: Found, start: int, end: int) -> Quantity | None:
    """The money in what is promised, else the number of what the promised act is about."""
    article = page.article
    money = money_in(article, start, end)
    if money is not None:
        return money
    body = found.body
    objects = frames.logical_object(found.sentence, body) if frames.is_verb(body) else [body]
    for noun in objects:
        if start <= noun.start < end and noun.ent not in {"DATE", "TIME"} and noun.lemma not in UNCOUNTED:
            number = quantity(article, found.sentence, noun)
            if number is not None:
                return number
    return None


def due_of(page: Page, found: Found, start: int, end: int) -> Time | None:
    """The date by which or on which it is to be done; never one that dates the promise itself."""
    day = page.article.day
    spots = list(times_in(page, found.sentence))
    inside = [t for t in spots if t.span and start <= t.span.start < end]
    near = [t for t in spots if t.span and t not in inside and _hangs_on(found, t)]
    for time in [*inside, *near]:
        dated = _ahead(page.article, found.sentence, time, day, found.kind)
        if dated is not None and dated.end and (day is None or dated.end >= day):
            return replace(dated, origin="clause")
    return None


def _hangs_on(found: Found, time: Time) -> bool:
    """Whether a date outside the content still dates the act: "set a deadline of 15 October to …", "due on Friday"."""
    assert time.span is not None
    head = found.sentence.head_of(time.span.start, time.span.end)
    if head is None or (head.start < found.cue.start and found.rule != "unless"):
        return False
    if found.kind == "ultimatum" or found.rule in {"expected-when", "spoken-future"}:
        return True
    above = [head, *found.sentence.ancestors(head)]
    word = next((t for t in above if t.dep == "prep"), head)
    return not frames.is_verb(found.body) and found.sentence.head(word).i == found.cue.i and word.lower != "on"


def _ahead(article: Article, sentence: Sentence, time: Time, day: str | None, kind: str) -> Time | None:
    """The time read as one that is still to come, or None for one that cannot be a due date."""
    assert time.span is not None
    if time.value == "PRESENT_REF" or time.span.text.lower() in {"now", "for now", "today's"}:
        return None
    words, before = time.span.text, article.text[max(sentence.start, time.span.start - 24) : time.span.start].lower()
    if time.type == "DURATION":
        if (
            time.end is None
            and day
            and (kind == "ultimatum" or re.search(r"\b(?:within|in|over the next)\s+$", before))
        ):
            last = _after(date.fromisoformat(day), time.value or "") if day < LATEST else None
            return replace(time, start=day, end=last.isoformat()) if last else None
        if (
            time.end is None
            and day
            and day < LATEST
            and LONG.match(time.value or "")
            and re.search(r"\bover\s+$", before + words[: len("over ")])
        ):
            last = _after(date.fromisoformat(day), time.value or "")  # "invest 1.2 billion over three years"
            return replace(time, start=day, end=last.isoformat()) if last else None
        # "over the next ten days" ends; "for ten days" and "over ten days" only last.
        ends = bool(time.end) and bool(re.search(r"\b(?:next|coming)\b", words))
        return time if ends or not re.search(r"\b(?:for|over)\s+$", before) else None
    nth = FIRST_OF.search(before)
    if nth and re.fullmatch(r"\d{4}-\d{2}", time.value or ""):
        last_day = _last_day(time.value or "") or ""
        exact = f"{time.value}-{min(FIRSTS[nth.group(1)], int(last_day[8:])):02d}"
        return replace(time, start=exact, end=exact, value=exact)
    if time.mod == "END" and re.search(r"\bbefore\s+$", before):
        return replace(time, end=_last_day(time.value or "") or time.end)
    if day and time.end and time.end < day < LATEST and WEEKDAYS.search(words) and not PAST.search(words):
        start, end = (date.fromisoformat(d[:10]) + timedelta(7) for d in (time.start or time.end, time.end))
        return replace(time, start=start.isoformat(), end=end.isoformat(), value=end.isoformat())
    return time


def _after(day: date, value: str) -> date | None:
    """The day that lies an ISO duration after `day`."""
    match = LENGTH.match(value)
    if match is None:
        return None
    hours, number, unit = bool(match.group(1)), int(match.group(2)), match.group(3)
    if number > 5000:
        return None  # no deadline, and perhaps no date
    if hours:
        return day + timedelta(hours=number) if number < 24 else day + timedelta(days=-(-number // 24))
    if unit in "DW":
        return day + timedelta(days=number * (7 if unit == "W" else 1))
    months = day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1])) if year < 10000 else None


def _last_day(value: str) -> str | None:
    """The last day of a year or a month."""
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-12-31"
    if re.fullmatch(r"\d{4}-\d{2}", value):
        year, month = int(value[:4]), int(value[5:])
        return f"{value}-{calendar.monthrange(year, month)[1]:02d}"
    return None
