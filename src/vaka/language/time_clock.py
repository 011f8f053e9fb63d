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
    NUMBER,
    PART_WORD,
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
    r"|\s+(?:(?:local|Moscow|Kyiv|Kiev|Beijing|Eastern|Paris|Tehran|Astana|Baghdad|Kabul)\s+time)\b|\s+local\b)?"
)


def clock(match: Match, at: Moment) -> Reading | None:
    """8:30 a.m., 14:00, 0600 GMT, 10 o'clock; the zone is taken with the words and left alone."""
    groups = match.groupdict()
    hour, minute = int(groups.get("hour") or groups["h"]), groups.get("minute") or groups.get("m")
    half = (groups.get("half") or "").lower()
    if hour > (12 if half else 23) or (minute and int(minute) > 59):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif groups.get("free") is not None and not (
        groups["zone"] or CLOCK_LEADS.search(at.before(match.start())) or at.alone(match)
    ):
        return None
    return clock_on(at, f"T{hour:02d}" + (f":{minute}" if minute else ""))


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
    named = re.match(rf"\s+(?:on\s+)?{WEEKDAY}", at.text[match.end() :], re.I)
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
    yield rule("clock", NUMBER, rf"{free}(?P<hour>\d{{1,2}})\s+o[’']clock\b", clock)
    sun = r"noon|midday|midnight|dawn|daybreak|dusk|nightfall|sunset|sunrise"
    yield rule("clock", PART_WORD, rf"\b(?P<sun>{sun})\b", sun_time)
    yield rule("part of a day", PART_WORD, r"\bmid[\s-](?P<part>morning|afternoon|evening|night)\b", this_part)
