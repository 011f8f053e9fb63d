"""Rules for the hour: clock times, noon, dawn; a zone is taken with the words and left alone.

Two numbers around a colon are a time only after a preposition or beside a zone: scores and ratios are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.time_grammar import (
    CLOCK_WORD,
    NUMBER,
    ORDER_WORD,
    PART_WORD,
    UNIT_WORD,
    WEEKDAY,
    Moment,
    Rule,
    rule,
)
from vaka.language.time_values import Reading

Match = re.Match[str]
CLOCK_LEADS = re.compile(
    r"\b(?:at|by|from|around|about|until|till|after|before|between|and|to|since|approximately|shortly|on|exactly|past)\s+$",
    re.I,
)


SUN_LEADS = re.compile(r"\b(?:at|before|after|by|since|until|till|around|from|shortly|about|to|near)\s+$", re.I)
ZONE = (
    r"(?:\s+\(?(?:GMT|UTC|EST|EDT|CST|CDT|MST|PST|PDT|ET|CET|CEST|BST|EET|EEST|IST|JST|MSK)\b\)?"
    r"|\s+(?:local|(?-i:[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?))\s+time\b|\s+local\b)?"
    r"(?:\s+\(\d{1,2}[:.]?\d\d\s*(?:GMT|UTC|ET|CET|MSK)\))?"
)


def clock(match: Match, at: Moment) -> Reading | None:
    """8:30 a.m., 14:00, 0600 GMT, 10 o'clock; the zone is taken with the words and left alone."""
    groups = match.groupdict()
    if groups.get("said"):
        hour, minute = names.SMALL[groups["said"].lower()], None
    else:
        hour, minute = int(groups.get("hour") or groups["h"]), groups.get("minute") or groups.get("m")
    half = (groups.get("half") or "").lower()
    if hour > (12 if half else 23) or (minute and int(minute) > 59):
        return None
    part = (groups.get("part") or "").lower()
    if half or part in {"afternoon", "evening"} or (part == "night" and hour > 5):
        half = half or "p"
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif groups.get("free") is not None and not (
        groups["zone"] or CLOCK_LEADS.search(at.before(match.start())) or at.alone(match)
    ):
        return None
    return clock_on(at, f"T{hour:02d}" + (f":{minute}" if minute else ""))


def told_clock(match: Match, at: Moment) -> Reading | None:
    """Half past nine, a quarter to ten, six in the morning."""
    hour = names.SMALL[match["said"].lower()] if match["said"] else int(match["hour"])
    part = (match["part"] or "").lower()
    side = (match["side"] or "").lower()
    if not side and not part:
        return None
    hour += 12 if hour < 12 and (part in {"afternoon", "evening"} or (part == "night" and hour > 5)) else 0
    past = {"half": 30, "quarter": 15}.get((match["share"] or "").lower().split()[-1] if match["share"] else "", 0)
    minutes = hour * 60 + (-past if side == "to" else past)
    return clock_on(at, f"T{minutes // 60 % 24:02d}" + (f":{minutes % 60:02d}" if past else ""))


def clock_on(at: Moment, time: str) -> Reading | None:
    """A clock time on the day that the sentence named, else on the day of publication."""
    for seen in reversed(at.found):
        if seen.reading.start and seen.reading.start == seen.reading.end and seen.reading.type != "SET":
            return replace(values.part(seen.reading.start, time, dated=False), score=0.75)
    today = at.day()
    if today is None:
        return replace(values.unresolved("TIME", values.part(date(2000, 1, 1), time).grain), clock=time, dated=False)
    return replace(values.part(today, time, dated=False), score=0.7)


def sun_time(match: Match, at: Moment) -> Reading | None:
    """Noon, midnight, dawn where a preposition or a weekday shows that the hour is meant."""
    word = match["sun"].lower()
    led = SUN_LEADS.search(at.before(match.start()))
    named = match.end() > match.end("sun") or re.match(rf"\s+(?:on\s+)?{WEEKDAY}", at.text[match.end() :], re.I)
    if not (led or named or at.alone(match)) or (match[0][0].isupper() and match.start()):
        return None
    return clock_on(at, names.PARTS_OF_DAY[word])


def this_part(match: Match, at: Moment) -> Reading | None:
    """Mid afternoon, later this afternoon (the plain "this morning" is a unit with its place)."""
    today = at.day()
    time = names.PARTS_OF_DAY[match["part"].lower()]
    return values.part(today, time) if today else values.unresolved("TIME", "part-of-day")


def rules() -> Iterator[Rule]:
    """The rules for times of the day; of matches that are equally long the earlier rule is tried first."""
    free = r"(?<![\d.,:$/-])"
    halves = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap])(?:\.\s?m\b\.?|m\b)"
    yield rule("clock", NUMBER, rf"(?<![\d.,:$/]){halves}(?P<zone>{ZONE})", clock)
    colon = r"(?P<free>)(?P<hour>\d\d?):(?P<minute>\d\d)(?::\d\d)?(?![\d:%])(?:\s?(?:hours|hrs|h)\b)?"
    yield rule("clock", NUMBER, rf"{free}{colon}(?P<zone>{ZONE})", clock)
    four = r"(?P<h>[01]\d|2[0-3])[.:]?(?P<m>[0-5]\d)\s*(?:GMT|UTC|hours|hrs|local\s+time)\b"
    yield rule("clock", NUMBER, rf"{free}{four}", clock)
    french = r"(?<=\s)(?P<h>[01]?\d|2[0-3])h(?P<m>[0-5]\d)\b"
    yield rule("clock", NUMBER, french, clock)
    pair = r"(?<=between\s)(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s+and\s+\d{4}\s*(?:GMT|UTC|hours|hrs|local))"
    yield rule("clock", NUMBER, pair, clock)
    part = r"(?:\s+(?:in\s+the|at)\s+(?P<part>morning|afternoon|evening|night)\b)?"
    yield rule("clock", NUMBER, rf"{free}(?P<hour>\d{{1,2}})\s+o[’']clock\b{part}", clock)
    hours = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    yield rule("clock", CLOCK_WORD, rf"\b(?P<said>{hours})\s+o[’']clock\b{part}", clock)
    sun = r"noon|midday|midnight|dawn|daybreak|dusk|nightfall|sunset|sunrise"
    yield rule("clock", PART_WORD, rf"\b(?P<sun>{sun})\b{ZONE}", sun_time)
    said = rf"(?P<said>{hours})\b"
    share = rf"(?:(?P<share>half|(?:a\s+)?quarter)\s+(?P<side>past|to)\s+){said}{part}"
    yield rule("clock", UNIT_WORD, rf"\b(?<=at\s){share}", told_clock)
    yield rule("clock", ORDER_WORD, rf"\b(?<=at\s){share}", told_clock)
    bare = rf"(?P<share>)(?P<side>)(?:{said}|(?P<hour>1[0-2]|[1-9])){part.removesuffix('?')}"
    yield rule("clock", PART_WORD, rf"\b(?:(?<=at\s)|(?<=by\s)){bare}", told_clock)
    yield rule("part of a day", PART_WORD, r"\bmid[\s-](?P<part>morning|afternoon|evening|night)\b", this_part)
