"""What stands around and between times: early, the end of, since, from … to; it finds no time of its own.

Two readings become one where a clock time meets its day and where two ends make a range. Words before a reading
narrow it (early 2014) or open a side of it (since Friday); prepositions are never part of the span.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from datetime import date, timedelta

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.calendar_names import PARTS_OF_DAY
from vaka.language.time_grammar import Found, Moment
from vaka.language.time_values import Reading

TO_CLOCK = re.compile(r"^,?\s*(?:(?:at|around|about|by|from|shortly|just|before|after|in|the|roughly)\s+)*$", re.I)
TO_DAY = re.compile(r"^,?\s*(?:(?:on|of|the)\s+)*$", re.IGNORECASE)
TO_END = re.compile(r"^\s*(?:(?P<and>and)|to|until|till|through|up to|[-–—])\s*(?:the\s+)?$", re.IGNORECASE)
PART_BETWEEN = re.compile(
    r"^\s*(?P<link>and|to|until|till)\s+(?:the\s+)?(?P<part>early|mid|late)[\s-]+$", re.IGNORECASE
)
LIST = re.compile(r"^\s*(?:,|/|,?\s*(?:and|or))\s*(?:on\s+)?$", re.IGNORECASE)
CHANGED = re.compile(
    r"\b(?:mov|shift|postpon|delay|chang|brought|push|rose|fell|grew|increas|drop|declin|cut|rais|resched|put)\w*\b[^.;]{0,60}from\s+$",
    re.IGNORECASE,
)
POINTS = {"day", "month", "year", "minute", "hour", "part-of-day", "decade", "century", "season", "quarter"}


def join(moment: Moment) -> list[Found]:
    """The readings of the sentence after neighbours were joined and the words around them were taken in.

    What would leave the years 1 to 9999 stays as it was read.
    """
    found: list[Found] = []
    for item in moment.found:
        found.append(item)
        with contextlib.suppress(ValueError, OverflowError):
            while len(found) > 1 and (one := meet(found[-2], found[-1], moment)):
                found[-2:] = [one]
    floor = 0
    for item in found:
        with contextlib.suppress(ValueError, OverflowError):
            frame(item, moment, floor)
        floor = item.end
    return found


def meet(first: Found, second: Found, moment: Moment) -> Found | None:
    """The one reading that two neighbours make, or None."""
    gap = moment.text[first.end : second.start]
    if len(gap) > 30:
        return None
    a, b = first.reading, second.reading
    both = dated_clock(a, b, gap) or jubilee(first, second, gap, moment)
    if both is None:
        same_week(first, second, gap, moment)
        same_year(first, b, gap)
        both = ends(first, second, gap, moment)
    if both is None:
        return None
    return Found(first.start, second.end, both, first.rule if both.grain == a.grain else second.rule)


def dated_clock(a: Reading, b: Reading, gap: str) -> Reading | None:
    """Monday at 8 a.m., 8 a.m. on Monday, dawn on Thursday."""
    days = {"day", "part-of-day"}
    if (
        b.type == "TIME"
        and not b.dated
        and a.grain in days
        and a.dated
        and a.type != "DURATION"
        and TO_CLOCK.match(gap)
    ):
        return on_day(a, b)
    if a.type == "TIME" and not a.dated and b.grain in days and b.dated and TO_DAY.match(gap):
        return on_day(b, a) if b.type != "DURATION" else None
    return None


def days_ago(first: Found, today: date, moment: Moment) -> Reading | None:
    """A week ago today, two months ago today: the very day."""
    words = moment.text[first.start : first.end].split()
    number = names.count(" ".join(words[:-2])) if len(words) > 2 else None
    if number is None or number != int(number):
        return None
    return values.day(values.shift(today, -int(number), words[-2].rstrip("s").lower()))


def jubilee(first: Found, second: Found, gap: str, moment: Moment) -> Reading | None:
    """Thirty years ago this month, a year ago today: the month or day in that year."""
    a, b = first.reading, second.reading
    if first.rule == "ago" and a.grain == "week" and second.rule == "weekday" and a.start and b.start:
        named = gap.strip() in {"", "on", "last"} and b.grain == "day" and b.type == "DATE"
        return values.day(a.start + timedelta(days=b.start.weekday())) if named else None
    if first.rule != "ago" or gap.strip(" ,") or not a.start or not b.start:
        return None
    if second.rule == "day beside today" and b.type == "DATE" and a.grain in {"week", "month"}:
        return days_ago(first, b.start, moment)
    if a.grain != "year":
        return None
    if b.grain == "month" and b.type == "DATE":
        return values.month(a.start.year, b.start.month)
    if second.rule == "day beside today" and b.grain == "day":
        return values.day(values.shift(b.start, a.start.year - b.start.year, "year"))
    return None


def on_day(day: Reading, clock: Reading) -> Reading | None:
    if day.type == "SET":
        value = "XXXX-XX-XX" if day.value == "P1D" else day.value or ""
        return replace(day, value=value + clock.clock) if value.startswith("XXXX-") and "T" not in value else None
    if day.type not in {"DATE", "TIME"}:
        return None
    if day.start is None:
        return replace(clock, value=None, start=None, end=None, dated=True)
    first, _, last = clock.clock.partition("/")
    found = values.part(day.start, in_half(first, day.clock))
    if last:
        found = values.interval(found, values.part(day.start, in_half(last, day.clock)))
    return replace(found, score=min(day.score, 0.9))


def in_half(clock: str, part: str) -> str:
    """A clock time in the half of the day that its part tells: 9 o'clock on Friday evening is T21."""
    hour = clock[1:3]
    if part not in {"TAF", "TEV", "TNI"} or not hour.isdigit() or int(hour) > 11 or (part == "TNI" and int(hour) < 6):
        return clock
    return f"T{int(hour) + 12:02d}{clock[3:]}"


SAME_WEEK = re.compile(r"\b(last|this|next)\s+week$", re.IGNORECASE)


def same_week(first: Found, second: Found, gap: str, moment: Moment) -> None:
    """Monday to Wednesday next week: the first weekday lies in the week that the second names."""
    a, b = first.reading, second.reading
    if first.rule != "weekday" or second.rule != "weekday" or a.type == "SET" or not (a.start and b.start):
        return
    if (
        TO_END.match(gap)
        and SAME_WEEK.search(moment.text[: second.end])
        and not SAME_WEEK.search(moment.text[: first.end])
    ):
        monday = b.start - timedelta(days=b.start.weekday())
        first.reading = replace(values.day(monday + timedelta(days=a.start.weekday())), score=b.score)


def same_year(first: Found, b: Reading, gap: str) -> None:
    """March 3 and April 5, 2014: the first takes the year of the second."""
    a = first.reading
    if a.again and not b.again and b.start and b.grain in {"day", "month"} and (LIST.match(gap) or TO_END.match(gap)):
        again = a.again(b.start.year)
        if again and again.start and again.start > b.start:
            again = a.again(b.start.year - 1)
        first.reading = again or a


def halfway(first: Found, second: Found, gap: str, moment: Moment) -> Reading | None:
    """Between late 2019 and early 2020, from mid-May to late June: both ends narrowed before they are joined."""
    parted = PART_BETWEEN.match(gap)
    before = moment.before(first.start, 60)
    opened = NARROWING.search(before)
    a, b = first.reading, second.reading
    if (
        not parted
        or not {a.grain, b.grain} <= {"month", "year", "decade"}
        or not (a.value and b.value)
        or "/" in a.value
    ):
        return None
    lead = before[: opened.start()] if opened else before
    if not re.search(
        r"\bbetween\s+(?:the\s+)?$" if parted["link"] == "and" else r"\bfrom\s+(?:the\s+)?$", lead, re.IGNORECASE
    ):
        return None
    a, b = ordered(a, b, moment.today)
    if opened:
        a = values.narrow(a, MOD[opened["word"].lower()])
        first.start -= len(before) - opened.start()
    return values.interval(a, values.narrow(b, MOD[parted["part"].lower()]))


def ends(first: Found, second: Found, gap: str, moment: Moment) -> Reading | None:
    """From A to B, between A and B, Monday to Wednesday."""
    if (both := halfway(first, second, gap, moment)) is not None:
        return both
    link, a, b = TO_END.match(gap), first.reading, second.reading
    if not link or not {a.type, b.type} <= {"DATE", "TIME"} or a.grain not in POINTS or b.grain not in POINTS:
        return None
    before = moment.before(first.start, 90)
    between = re.search(r"\bbetween\s+(?:the\s+)?$", before, re.IGNORECASE)
    opened = re.search(r"\bfrom\s+(?:the\s+)?$", before, re.IGNORECASE)
    if link["and"] and not between:
        return None
    if CHANGED.search(before) or (a.grain != b.grain and not (opened or between)):
        return None
    if not a.value or not b.value or "/" in a.value + b.value or "_REF" in a.value + b.value:
        return None
    return values.interval(*ordered(a, b, moment.today))


def ordered(a: Reading, b: Reading, today: date | None) -> tuple[Reading, Reading]:
    """The second end moved by a year or a week where it would lie before the first."""
    start, end = a.start, b.end
    if start and end and end < start:
        if b.again:
            years = (b.again(start.year + step) for step in (0, 1))
            b = next((later for later in years if later and later.end and later.end >= start), b)
        elif b.type == "DATE" and b.grain == "day" and today and end <= today:
            a = values.day(values.shift(start, -1, "week"))  # Tuesday to Wednesday, told on a Tuesday of the past
        elif b.type == "DATE" and b.grain == "day":
            b = values.day(values.shift(end, 1, "week"))
    return a, b


NARROWING = re.compile(
    r"\b(?:the\s+)?(?:very\s+)?(?P<word>early|mid|middle|late|end|start|beginning|close|turn|opening|outset)(?:\s+part)?"
    r"(?P<link>(?:[\s-]+(?:of|on|in)\b)?[\s-]+)(?:the\s+)?$",
    re.IGNORECASE,
)
MOD = {
    "early": "START", "start": "START", "beginning": "START", "opening": "START", "outset": "START", "turn": "START",
    "mid": "MID", "middle": "MID", "late": "END", "end": "END", "close": "END",
}  # fmt: skip
PART_OF = re.compile(
    r"\b(?:the\s+)?(?:late\s+|early\s+)?(?P<part>(?:early|small|wee) hours|night|morning|afternoon|evening)"
    r"\s+(?:of|on)\s+(?:the\s+)?$",
    re.I,
)
WEEK_OF = re.compile(r"\bthe\s+week(?P<end>end)?\s+(?:of|beginning|starting)\s+(?:the\s+)?$", re.IGNORECASE)
LATER = re.compile(r"\b(?:earlier|later)\s+(?:on\s+)?(?:in\s+)?$", re.IGNORECASE)
BOUND = re.compile(
    r"\b(?P<cue>since|until|till|through|by|before|after|ahead of|prior to|no later than|as of|following)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)


NIGHT_OF = re.compile(r"\b(?:the\s+)?night\s+(?:of|from|between)\s+(?:the\s+)?$", re.IGNORECASE)


def night_between(reading: Reading) -> Reading | None:
    """The night of 8-9 May, the night from Monday to Tuesday: one night, by the day on which it begins."""
    start, end = reading.start, reading.end
    if reading.type != "DATE" or not start or not end or (end - start).days != 1:
        return None
    return replace(values.part(start, "TNI"), end=end, score=reading.score)


def frame(item: Found, moment: Moment, floor: int) -> None:
    """Takes the words before a reading into account, back to `floor`, where the reading before it ends."""
    if item.reading.type not in {"DATE", "TIME"} or (item.reading.value or "").endswith("_REF"):
        return
    before = moment.before(item.start, min(40, item.start - floor))
    single = item.reading.grain in {"day", "part-of-day"} and "/" not in (item.reading.value or "")
    if not single and (match := NIGHT_OF.search(before)) and (night := night_between(item.reading)):
        item.reading = night
        item.start -= len(before) - match.start()
        return
    if (match := PART_OF.search(before)) and item.reading.grain == "day" and single:
        clock = PARTS_OF_DAY["morning" if match["part"].lower().endswith("hours") else match["part"].lower()]
        day = item.reading.start
        item.reading = values.part(day, clock) if day else values.unresolved("TIME", "part-of-day")
        item.start -= len(before) - match.start()
    elif (match := WEEK_OF.search(before)) and item.reading.grain == "day" and item.reading.start:
        item.reading = (values.weekend if match["end"] else values.week)(item.reading.start)
        item.start -= len(before) - match.start()
    elif match := NARROWING.search(before):
        narrowed(item, match, before)
    elif match := LATER.search(before):
        item.start -= len(before) - match.start()
    bounded(item, moment, floor)


def narrowed(item: Found, match: re.Match[str], before: str) -> None:
    """Early 2014, the end of the month, late on Friday; "end" and its like need their "of"."""
    word, link = match["word"].lower(), match["link"].lower()
    if (
        word in {"end", "start", "close", "turn", "beginning", "opening", "outset", "middle"}
        and "of" not in link
        and "-" not in link
    ):
        return
    if word == "close" and item.reading.grain == "day":
        return
    item.reading = values.narrow(item.reading, MOD[word])
    item.start -= len(before) - match.start()


OUT = re.compile(r"\s+is\s+(?:out|over)\b")
"""Before the year is out: its last day is still before."""


def bounded(item: Found, moment: Moment, floor: int) -> None:
    """Since, until, by, before and after: the side that is named stays, the other is the day of publication or open."""
    match = BOUND.search(moment.before(item.start, min(40, max(0, item.start - floor))))
    reading = item.reading
    if not match or reading.start is None or reading.end is None or modifies(item, moment):
        return
    cue, today, one = match["cue"].lower(), moment.today, timedelta(days=1)
    clock = reading.grain in {"minute", "hour", "part-of-day"}
    if cue == "since" and superlative(item, moment):
        return
    if (cue == "as of" and today and reading.start <= today) or (
        cue == "through" and not (today and reading.end >= today)
    ):
        return  # a count as of Sunday is that day's; through the 1990s is all of them
    if cue in {"since", "as of"}:
        end = today if today and today >= reading.start else None
        item.reading = replace(reading, mod=reading.mod or "ON_OR_AFTER", end=end)
    elif cue in {"until", "till", "through", "by", "no later than"}:
        start = today if today and today <= reading.end else None
        item.reading = replace(reading, mod=reading.mod or "ON_OR_BEFORE", start=start)
    elif cue in {"before", "ahead of", "prior to"} and reading.mod == "END":
        item.reading = replace(reading, start=None)  # before the end of August may still be its last days
    elif cue in {"before", "ahead of", "prior to"} and OUT.match(moment.text, item.end):
        item.reading = replace(reading, mod="ON_OR_BEFORE", start=None)
    elif cue in {"before", "ahead of", "prior to"}:
        edge = replace(reading, mod=reading.mod or "BEFORE")
        item.reading = edge if clock else replace(edge, start=None, end=reading.start - one)
    elif cue == "after":
        edge = replace(reading, mod=reading.mod or "AFTER")
        item.reading = edge if clock else replace(edge, start=reading.end + one, end=None)


def superlative(item: Found, moment: Moment) -> bool:
    """Whether "since" only names what is compared with: the strongest quake since 1934, the first time since May."""
    at = moment.sentence.start + item.start
    for token in reversed([token for token in moment.sentence.tokens if token.end <= at]):
        if token.tag in {"JJS", "RBS"} or token.lower in {"first", "only"}:
            return True
        if token.pos in {"PUNCT", "VERB"} and token.lower != "-":
            return False
    return False


def modifies(item: Found, moment: Moment) -> bool:
    """Whether the words belong to a noun that the preposition governs: after Tuesday's attack, before the 2014 vote."""
    after = moment.text[item.end :]
    if after.startswith(("'s", "’s")):
        return True
    token = moment.token(item.end + 1) if after.startswith(" ") else None
    last = moment.token(item.end - 1)
    return token is not None and token.pos in {"NOUN", "PROPN", "ADJ"} and last is not None and last.dep in {
        "nummod", "compound", "amod", "nmod", "poss"}  # fmt: skip
