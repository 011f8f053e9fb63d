"""Rules for times that hang on another day: today, weekdays, last week, the next 10 days, three days ago.

They count from the day of publication, or from the latest time of the text where the words say so (the following
day); with neither they keep their words and have no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.time_grammar import (
    DEICTIC_WORD,
    FOUR,
    MODS,
    PART_WORD,
    PLACE_WORD,
    REFERENCE,
    SAID_NUMBER,
    UNIT,
    UNIT_WORD,
    VAGUE_NUMBER,
    WEEKDAY,
    WEEKDAY_WORD,
    Moment,
    Rule,
    rule,
)
from vaka.language.time_values import NOTHING, Reading

Match = re.Match[str]
PART = r"(?P<part>morning|afternoon|evening|night)"


BACK = {"last", "past", "previous", "preceding"}


AHEAD = {"next", "coming", "following", "upcoming"}


def unit_of(word: str) -> str:
    """The unit without its plural."""
    word = word.lower()
    return "century" if word.startswith("centur") else word.rstrip("s")


def deictic(match: Match, at: Moment) -> Reading | None:
    """Today and its neighbours, tonight, overnight, with a part of the day or not."""
    today, words = at.day(), match["day"].lower()
    named = match[0][0].isupper() and match.start() and at.sentence.zone != "title" and not at.text.isupper()
    if named and not re.search(r"[\"“‘':—–-]\s*$", at.before(match.start())):
        return NOTHING
    clock = names.PARTS_OF_DAY[match["part"].lower()] if match["part"] else ""
    if words in {"tonight", "overnight"}:
        clock = "TNI"
    if today is None:
        return values.unresolved("TIME" if clock else "DATE", "part-of-day" if clock else "day")
    steps = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    on = values.shift(today, steps.get(words, 0), "day")
    if words == "overnight":
        return replace(values.part(values.shift(on, -1, "day"), clock), end=on, score=0.7)
    return values.part(on, clock) if clock else values.day(on)


def weekday(match: Match, at: Moment) -> Reading | None:
    number, place = names.weekday_number(match["weekday"]), (match["place"] or "").lower().split()[-1:]
    clock = names.PARTS_OF_DAY[match["part"].lower()] if match["part"] else ""
    if (place and place[0] in {"every", "each", "other", "second"}) or match["plural"] is not None:
        return Reading("SET", f"XXXX-WXX-{number + 1}{clock}", grain="day")
    start = at.token(match.start("weekday"))
    if start is not None and start.ent == "PERSON" and not place:
        return None
    today = at.day()
    if today is None:
        return values.unresolved("TIME" if clock else "DATE", "part-of-day" if clock else "day")
    on, score = weekday_date(match, at, number, place[0] if place else "", today)
    found = values.part(on, clock) if clock else values.day(on)
    return replace(found, score=score)


def weekday_date(match: Match, at: Moment, number: int, place: str, today: date) -> tuple[date, float]:
    """The day that a weekday means, and how sure that is."""
    monday = values.shift(today, -today.weekday(), "day")
    latest = values.shift(today, -((today.weekday() - number) % 7), "day")
    if match["week"]:
        step = {"last": -7, "this": 0, "next": 7}[match["week"].lower()]
        return values.shift(monday, step + number, "day"), 0.9
    if place in {"next", "following"}:
        return values.shift(monday, 7 + number, "day"), 0.8
    if place in BACK:
        return (latest if latest < today else values.shift(latest, -7, "day")), 0.85
    if place in {"this", "coming"}:
        on = values.shift(monday, number, "day")
        return (values.shift(on, 7, "day") if place == "coming" and on <= today else on), 0.85
    pointed = at.direction(match)
    if pointed > 0:
        return values.shift(today, (number - today.weekday()) % 7, "day"), 0.75 + 0.05 * pointed
    return latest, 0.75 - 0.05 * pointed


def unit_place(match: Match, at: Moment) -> Reading | None:
    """Last week, this year, next month, earlier this week, last night, that year, the same day."""
    place, unit = match["place"].lower().split()[-1], match["unit"].lower()
    if place in {"that", "same", "following", "previous", "preceding"} or (match["the"] and place == "next"):
        return beside_last(at, place, unit, match.start())
    if place == "last" and re.match(r"\s+of\s+(?:\d|[A-Z]|the\s+(?:month|year|war)\b)", at.text[match.end() :]):
        return None
    if place == "current" and unit in {"day", "night", "morning", "afternoon", "evening"}:
        return None
    if match["the"] and place in {"past", "last", "coming"} and unit not in names.PARTS_OF_DAY:
        return length_around(at, 1, unit, place)
    today = at.day()
    clock = names.PARTS_OF_DAY.get(unit)
    if today is None:
        return values.unresolved("TIME" if clock else "DATE", "part-of-day" if clock else unit)
    step = -1 if place in BACK else 1 if place in AHEAD else 0
    if clock:
        return values.part(values.shift(today, step, "day"), clock)
    if unit == "day":
        return length_around(at, 1, unit, place) if step else None
    found = values.neighbour(unit, today, step)
    if unit == "weekend" and place in BACK and found.end and found.end >= today:
        found = values.neighbour(unit, today, -1)
    return clip(found, match["when"], today)


def clip(found: Reading, when: str | None, today: date) -> Reading:
    """Earlier this week ends today, later this week begins today."""
    word = (when or "").lower()
    if word == "earlier" and found.start and found.start <= today:
        return replace(found, end=min(found.end or today, today))
    if word == "later" and found.end and found.end >= today:
        return replace(found, start=max(found.start or today, today))
    return found


def beside_last(at: Moment, place: str, unit: str, start: int) -> Reading | None:
    """Counted from the latest time of the text: the following day, that year."""
    clock = names.PARTS_OF_DAY.get(unit)
    course = r"\b(?:over|during|in|within|for|throughout)\s+(?:the\s+)?$"
    length = place == "next" and unit in values.LETTERS and unit != "day"
    if length and (at.last is None or re.search(course, at.before(start), re.I)):
        return length_around(at, 1, unit, place)
    if at.last is None or at.last.start is None:
        if place in {"previous", "preceding"} and unit != "day" and not clock and (today := at.day()):
            return replace(values.neighbour(unit, today, -1), score=0.6)
        return values.unresolved("TIME" if clock else "DATE", "part-of-day" if clock else unit)
    step = -1 if place in {"previous", "preceding"} else 1 if place in {"following", "next"} else 0
    anchor = at.last.start
    exact = at.last.start == at.last.end
    if unit == "day" and not exact and at.last.grain not in {"day", "part-of-day"}:
        return values.unresolved("DATE", "day")
    if clock:
        return (
            values.part(values.shift(anchor, step, "day"), clock) if exact else values.unresolved("TIME", "part-of-day")
        )
    return replace(values.neighbour(unit, anchor, step), score=0.7)


def the_weekend(match: Match, at: Moment) -> Reading | None:
    """The weekend that began last, or the coming one under a future verb."""
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "weekend")
    if re.match(r"\s+of\s+(?:the\s+)?(?:\d|[A-Z])", at.text[match.end() :]):
        return None
    found = values.weekend(today)
    if at.direction(match) <= 0 and found.start and found.start > today:
        found = values.neighbour("weekend", today, -1)
    return replace(found, score=0.8)


LATE_IN = re.compile(
    r"\b(?:end|start|beginning|middle|close|rest|remainder|part|half|turn)\s+of\s+$|\b(?:earlier|later|early|late)\s+in\s+$"
    r"|\bso far\s+(?:in\s+)?$",
    re.IGNORECASE,
)


def the_unit(match: Match, at: Moment) -> Reading | None:
    """The month, the year, the day after "the end of" or "later in"; alone such words are no time."""
    unit = match["unit"].lower()
    over = re.search(r"\bbefore\s+$", at.before(match.start())) and re.match(
        r"\s+is\s+(?:out|over)\b", at.text[match.end() :]
    )
    if not (over or LATE_IN.search(at.before(match.start()))):
        return None
    today = at.day()
    if today is None:
        return values.unresolved("DATE", unit)
    when = re.search(r"\b(earlier|later)\s+in\s+$", at.before(match.start()), re.IGNORECASE)
    return clip(values.containing(unit, today), when[1] if when else None, today)


def beyond(match: Match, at: Moment) -> Reading | None:
    """The month before last, the week after next, the Friday before last."""
    unit, step = match["unit"].lower(), -2 if match["way"].lower() == "before last" else 2
    today, clock = at.day(), names.PARTS_OF_DAY.get(unit)
    if today is None:
        return values.unresolved("TIME" if clock else "DATE", "part-of-day" if clock else unit)
    if clock:
        return values.part(values.shift(today, step, "day"), clock)
    if unit in names.WEEKDAYS:
        latest = values.shift(today, -((today.weekday() - names.weekday_number(unit) - 1) % 7) - 1, "day")
        return values.day(values.shift(latest, step + 1 if step < 0 else step, "week"))
    return values.neighbour(unit, today, step)


def next_to(match: Match, at: Moment) -> Reading | None:
    """The day before, the week after: counted from the latest time of the text."""
    place = "previous" if match["way"].lower() == "before" else "following"
    return beside_last(at, place, match["unit"].lower(), match.start())


def same_then(match: Match, at: Moment) -> Reading | None:
    """The same month last year."""
    today, unit = at.day(), match["unit"].lower()
    if today is None:
        return values.unresolved("DATE", unit)
    back = values.shift(today, 1 if match["rel"].lower() == "next" else -1, "year")
    return replace(values.containing(unit, back), score=0.6)


def weeks_from(match: Match, at: Moment) -> Reading | None:
    """A week from Tuesday, Monday week: a week after the coming one."""
    today, number = at.day(), names.weekday_number(match["weekday"])
    if today is None:
        return values.unresolved("DATE", "day")
    weeks = int(amount(match) or 1) if "number" in match.groupdict() else 1
    coming = values.shift(today, (number - today.weekday() - 1) % 7 + 1, "day")
    return values.day(values.shift(coming, weeks, "week"))


def weekdays_ago(match: Match, at: Moment) -> Reading | None:
    """Two Fridays ago: the second Friday before today."""
    today, number = at.day(), amount(match)
    if today is None or number is None:
        return values.unresolved("DATE", "day")
    latest = values.shift(today, -((today.weekday() - names.weekday_number(match["weekday"]) - 1) % 7) - 1, "day")
    return values.day(values.shift(latest, -int(number) + 1, "week"))


def year_end(match: Match, at: Moment) -> Reading | None:
    if match["year"]:
        return values.narrow(values.year(int(match["year"])), "END")
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "year")
    return values.narrow(values.year(today.year), "END")


def the_quarter(match: Match, at: Moment) -> Reading | None:
    """The latest or year-earlier quarter of a business report: the last whole one, or that of the year before."""
    words = match[0].lower()
    bare = words in {"the quarter", "quarter"}
    if bare and not (at.alone(match) or re.search(r"\b(?:in|during|for)\s+$", at.before(match.start()))):
        return None
    if bare and re.match(r"\s+(?:of|in)\b", at.text[match.end() :]):
        return None
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "quarter")
    found = values.neighbour("quarter", today, -1)
    if "year" in words and found.start:
        found = values.neighbour("quarter", found.start, -4)
    return replace(found, score=0.5)


def year_ago(_match: Match, at: Moment) -> Reading | None:
    """The year-ago figure of a business report: the year before that of publication."""
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "year")
    return replace(values.year(today.year - 1), score=0.5)


def length_around(at: Moment, number: float | None, unit: str, place: str) -> Reading | None:
    """A duration that ends or begins on the day of publication."""
    length = values.duration(number, unit)
    today = at.day()
    if today is None or place not in BACK | AHEAD:
        return length
    start, end = values.stretch(today, number, unit, place in AHEAD)
    return replace(length, start=start, end=end)


def next_some(match: Match, at: Moment) -> Reading | None:
    """The next 10 days, the past few weeks, the first nine months of 2009."""
    number, unit, place = amount(match), unit_of(match["unit"]), match["place"].lower().split()[-1]
    verb = at.token(match.start("place"))
    if place == "last" and verb is not None and verb.pos in {"VERB", "AUX"}:
        return None
    if place in {"first", "last"} and (match["year"] or match["whose"]):
        today = at.today if match["year"] else at.day()
        if today is None and not match["year"]:
            return values.duration(number, unit)
        step = {"last": -1, "next": 1}.get((match["whose"] or "").lower(), 0)
        whole = values.year(int(match["year"]) if match["year"] else (today or date.min).year + step)
        if number is None or whole.start is None or whole.end is None or unit not in {"day", "week", "month"}:
            return values.duration(number, unit)
        if place == "first":
            end = values.shift(values.shift(whole.start, int(number), unit), -1, "day")
            return replace(values.duration(number, unit), start=whole.start, end=end)
        start = values.shift(values.shift(whole.end, 1, "day"), -int(number), unit)
        return replace(values.duration(number, unit), start=start, end=whole.end)
    if match["top"] and number is not None:
        top = names.count(match["top"])
        found = length_around(at, top, unit, place)
        return found and replace(found, value=values.duration(number, unit).value)
    return length_around(at, number, unit, place)


def coming_some(match: Match, at: Moment) -> Reading | None:
    """Recent months, the coming days."""
    today = at.day()
    if match["place"].lower().endswith(("recent", "past", "last")):
        return replace(values.reference("PAST_REF"), end=today)
    return replace(values.reference("FUTURE_REF"), start=today)


def long_since(_match: Match, at: Moment) -> Reading | None:
    return replace(values.reference("PAST_REF"), end=at.today)


def amount(match: Match) -> float | None:
    words = (match["number"] or "").strip()
    return None if re.fullmatch(VAGUE_NUMBER, words, re.IGNORECASE) else names.count(words) if words else None


def ago(match: Match, at: Moment) -> Reading | None:
    """As `counted`, with what stands before: about three weeks ago, more than 20 years ago."""
    found, mod = counted(match, at), MODS.get((match["mod"] or "").lower())
    return replace(found, mod=mod) if found and mod and found.value else found


def counted(match: Match, at: Moment) -> Reading | None:
    """Three days ago, two weeks later, a week from now; whole units keep their grain."""
    unit, number, way = unit_of(match["unit"]), amount(match), match["way"].lower()
    here = way in {"ago", "from now", "hence", "from today"}
    back = way in {"ago", "earlier", "before", "previously", "prior"}
    if match["number"] is None or number is None:
        return values.reference("PAST_REF") if way == "ago" else values.unresolved("DATE", unit)
    if way == "earlier" and at.last is None and (unit, number) == ("year", 1):
        return year_ago(match, at)  # as in a business report: up from a year earlier
    anchor = at.day() if here else (at.last.start if at.last and at.last.start else None)
    if anchor is None or number != int(number):
        return values.unresolved("DATE", unit)
    if unit in {"second", "minute", "hour"}:
        if not here:
            return values.unresolved("TIME", unit)
        start, end = values.stretch(anchor, number, unit, not back)
        on = start if back else end
        return replace(values.day(on), score=0.6) if on else None
    if not here and at.last and at.last.start != at.last.end and unit in {"day", "week", "fortnight"}:
        return values.unresolved("DATE", unit)
    exact = match["exact"] is not None or re.match(r"\s+to\s+the\s+day\b", at.text[match.end() :]) is not None
    on = values.shift(anchor, int(-number if back else number), unit)
    if unit in {"day", "week", "fortnight"} or exact:
        day = values.day(on)
        if unit == "day" or exact or not here:
            return day
        return replace(values.week(on), score=0.75) if back else replace(day, score=0.75)
    if not here and at.last and at.last.grain in {"day", "part-of-day"} and unit == "month":
        return values.month(on.year, on.month)
    if unit == "year" and at.last and at.last.grain == "quarter" and not here:
        return values.containing("quarter", on)
    return values.containing("year" if unit in {"decade", "century"} else unit, on)


def broken_ago(match: Match, at: Moment) -> Reading | None:
    """Half a century ago, a year and a half ago: whole years of what is longer than a year, else months or days."""
    today, unit, share = at.day(), unit_of(match["unit"]), 0.25 if match["quarter"] else 0.5
    number = share + (names.count(match["number"]) or 0.0 if match["number"] else 0.0)
    low, many = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12), "month": ("day", 30)}[unit]
    if today is None:
        return values.unresolved("DATE", low)
    return replace(values.neighbour(low, today, -int(number * many)), score=0.7)


def rules() -> Iterator[Rule]:
    """The rules for relative times; of matches that are equally long the earlier rule is tried first."""
    day = r"(?P<day>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|overnight)"
    beside = rf"\b(?:(?:earlier|later)\s+(?:on\s+)?)?{day}(?:\s+{PART})?\b"
    yield rule("day beside today", DEICTIC_WORD, beside, deictic)
    place = r"(?:the\s+)?(?:last|next|coming|following|previous|same)|this coming|this past|this|each"
    place += r"|every(?:\s+(?:other|second))?"
    plural = r"(?P<plural>s(?![\w’'])|(?=\s+(?:morning|afternoon|evening|night)s\b))?"
    week = r"(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?"
    named = rf"\b(?:(?P<place>{place})\s+)?{WEEKDAY}{plural}\b(?!\.\w)(?:\s+{PART}s?\b)?{week}"
    yield rule("weekday", WEEKDAY_WORD, named, weekday)
    when = r"\b(?:(?P<when>earlier|later)\s+)?(?P<the>the\s+)?"
    which = r"(?P<place>last|this\s+past|this|next|past|previous|preceding|coming|following|current|that|same)\s+"
    unit = r"(?P<unit>day|week|fortnight|month|quarter|year|decade|century|weekend)\b(?!-)"
    yield rule("unit beside now", PLACE_WORD | UNIT_WORD, rf"{when}{which}{unit}", unit_place)
    others = rf"{'|'.join(names.WEEKDAYS)}|morning|afternoon|evening|night|day"
    far = rf"\bthe\s+(?P<unit>week|month|quarter|year|decade|century|weekend|{others})"
    yield rule("unit beyond", PLACE_WORD, rf"{far}\s+(?P<way>before\s+last|after\s+next)\b(?!-)", beyond)
    beside_it = r"\bthe\s+(?P<unit>week|month|year|day|morning|afternoon|evening|night)"
    near = rf"{beside_it}\s+(?P<way>before|after)(?=\s*(?:[.,;:!?]|$))"
    yield rule("unit beside now", UNIT_WORD, near, next_to)
    yield rule("part of a day", PART_WORD, near, next_to)
    yield rule("weekday", WEEKDAY_WORD | UNIT_WORD, rf"\b{WEEKDAY}\s+week\b(?!-)(?!\s*[’'])", weeks_from)
    some_weeks = rf"\b(?P<number>{SAID_NUMBER}|an?\b)\s+weeks?\s+(?:from|on)\s+{WEEKDAY}\b"
    yield rule("weekday", WEEKDAY_WORD | UNIT_WORD, some_weeks, weeks_from)
    yield rule("weekday", WEEKDAY_WORD, rf"\b(?P<number>{SAID_NUMBER})\s+{WEEKDAY}s\s+ago\b", weekdays_ago)
    same = r"\bthe\s+same\s+(?P<unit>day|week|month|quarter|weekend)\s+(?P<rel>last|next)\s+year\b"
    yield rule("unit beside now", PLACE_WORD | UNIT_WORD, same, same_then)
    hours = r"(?P<unit>morning|afternoon|evening|night)\b(?!-)"
    yield rule("part of a day", PLACE_WORD | PART_WORD, rf"{when}{which}{hours}", unit_place)
    yield rule("weekend", UNIT_WORD, r"\bthe\s+weekend\b", the_weekend)
    yield rule("unit now", UNIT_WORD, r"\bthe\s+(?P<unit>day|week|month|quarter|year|decade|century)\b", the_unit)
    yield rule("year's end", UNIT_WORD, rf"\byear(?:[’']s)?[\s-]end\b(?:\s+(?P<year>{FOUR})\b)?", year_end)
    report = r"(?:the\s+)?(?:latest|year-(?:ago|earlier))\s+(?:third\s+)?(?:quarter|period)\b|\bthe\s+quarter\b"
    yield rule("quarter of the report", UNIT_WORD, rf"\b(?:{report})", the_quarter)
    yield rule("year-ago", UNIT_WORD, r"\byear-(?:ago|earlier)\b", year_ago)
    yield from counted_rules()


def counted_rules() -> Iterator[Rule]:
    """The rules for a number of units before or after now or another time."""
    number = rf"(?P<number>{VAGUE_NUMBER}|{SAID_NUMBER}|an?\b)"
    top = rf"(?:\s+(?:or|to|and|-)\s+(?P<top>{SAID_NUMBER}))?"
    around = (
        r"(?:(?:the|these|its|his|her|their)\s+)?(?P<place>last|past|previous|next|coming|following|first|latest)\s+"
    )
    some = rf"\b{around}{number}{top}[\s-]+{UNIT}"
    some += rf"(?:\s+of\s+(?:(?P<year>{FOUR})|(?P<whose>the|this|last|next)\s+year)\b)?"
    yield rule("units beside now", PLACE_WORD | UNIT_WORD, some, next_some)
    units = UNIT.replace("s?", "s")
    ahead = r"\bthe\s+(?P<place>)(?:days|weeks|months|years)(?:\s+and\s+\w+)?\s+(?:ahead|to\s+come)\b"
    yield rule("units to come", UNIT_WORD, ahead, coming_some)
    long_ago = r"\b(?:not\s+(?:so\s+)?|so\s+|too\s+)?long\s+ago\b"
    yield rule("ago", REFERENCE, long_ago, long_since)
    vague = rf"\b(?:the\s+)?(?P<place>recent|coming|past|last)\s+{units}(?:\s+and\s+(?:weeks|months|years))?"
    yield rule("units to come", UNIT_WORD, vague, coming_some)
    broken = r"(?P<unit>months?|years?|decades?|centur(?:y|ies))"
    parts = rf"(?:half\s+an?|(?P<quarter>a\s+quarter\s+of\s+a))\s+{broken}(?P<number>)"
    later = rf"(?P<number>{SAID_NUMBER}|an?\b)\s+{broken}\s+and\s+a\s+half(?P<quarter>)"
    between = rf"(?P<number>{SAID_NUMBER})\s+and\s+a\s+half\s+{broken}(?P<quarter>)"
    for kind in (parts, later, between):
        yield rule("ago", UNIT_WORD, rf"\b(?:(?:about|around|nearly|almost|over|some)\s+)?{kind}\s+ago\b", broken_ago)
    mod = rf"\b(?:(?P<exact>exactly)\s+|(?:(?P<mod>{'|'.join(sorted(MODS, key=len, reverse=True))})|just)\s+)?"
    way = r"(?P<way>ago|earlier|later|from\s+now|from\s+today|hence|previously|prior(?!\s+to)"
    way += r"|before(?=\s*(?:[.,;!?]|$)))\b"
    yield rule("ago", UNIT_WORD, rf"{mod}(?:{number}[\s-]+)?{UNIT}(?:\s+or\s+so)?\s+{way}", ago)
