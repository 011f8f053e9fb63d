"""Rules for lengths of time, for what recurs, and for now, then and soon; also for the names that only look like times.

Ages (a 34-year-old), rates (barrels a day), newspapers and movements are taken and give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.time_grammar import (
    COUNTED,
    FOUR,
    MODS,
    MONTH,
    MONTH_WORD,
    REFERENCE,
    SAID_NUMBER,
    SEASON_WORD,
    SET_WORD,
    UNIT,
    UNIT_WORD,
    VAGUE_NUMBER,
    WEEKDAY_WORD,
    Moment,
    Rule,
    rule,
)
from vaka.language.time_spans import amount, unit_of
from vaka.language.time_values import NOTHING, Reading

Match = re.Match[str]
RATE_BEFORE = re.compile(
    rf"(?:{COUNTED}|\$\s?[\d.,]+|€\s?[\d.,]+|£\s?[\d.,]+|\d|mph|kph|times|once|twice|each|per)\s*$", re.I
)


MORE_BEFORE = re.compile(
    r"\b(?:for|after|of|in|lasted|lasting|took|taken|waited|spent|by|with|within|than|lasts)\s+$", re.I
)
"""Before "over two days", where it is more than two; elsewhere it is two days' course."""
OF_SOLEMN = re.compile(
    r"\s+of\s+(?:mourning|rage|anger|prayer|action|protest|remembrance|unity|reckoning|reflection|silence|shame|sorrow|grief|"
    r"joy|pride|infamy|judge?ment|celebration|thanksgiving|destiny|decision|hope|reconciliation|solidarity)\b",
    re.I,
)


AGED_BEFORE = re.compile(r"\baged\s+$|\b(?:man|woman|boy|girl|child|baby|youth|student|mother|father)\s+of\s+$", re.I)
HOURS_OF = re.compile(
    r"\b(?:(?:mega|kilo|giga|tera)watt|man|working|office|opening|business|visiting|school|rush)[\s-]+$", re.I
)


SCORED = re.compile(r"\b(?:scor(?:ed|es|ing)|hits?|hitting|struck|maiden|unbeaten)\s+$", re.I)
"""Before "a century" of cricket."""


def length(match: Match, at: Moment) -> Reading | None:
    """For two years, a six-month ban, weeks; rates (barrels a day) and ages are no times."""
    unit, words = unit_of(match["unit"]), (match["number"] or "").lower()
    before, after = at.before(match.start()), at.text[match.end() :]
    plural = match["unit"].lower().endswith("s")
    if re.match(r"[\s-]*(?:old|of age)\b", after, re.I) or AGED_BEFORE.search(before):
        return NOTHING
    token = at.token(match.start("unit"))
    if (
        token is not None
        and match["unit"].lower() == "minute"
        and (token.pos == "ADJ" or token.dep in {"amod", "nmod"})
    ):
        return None  # a minute quantity
    if (unit == "hour" and HOURS_OF.search(before)) or (unit == "century" and SCORED.search(before)):
        return NOTHING
    number = amount(match)
    if words == "many" and re.search(r"\bas\s+$", before):
        return NOTHING  # the third attack in as many days
    if unit == "hour" and re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", words):
        return None
    if not words and not plural:
        return None
    if words == "one" and unit == "day" and re.match(r"\s+(?:he|she|they|we|it|I|the|soon)\b", after):
        return None
    if words in {"a", "an", "one"} and (OF_SOLEMN.match(after) or unit == "second"):
        return None
    granted = re.match(r"\s+to\s+[a-z]", after) is not None
    if words in {"a", "an"} and not granted and (RATE_BEFORE.search(before) or rate(match, at)):
        return None
    if (unit == "second" and (number is None or number < 2)) or (unit == "quarter" and words in {"a", "an", "one", ""}):
        return None
    if (
        number is not None
        and number > 1
        and not plural
        and not match["hyphen"]
        and unit not in {"day", "week", "month", "year"}
    ):
        return None
    if not words and re.search(
        r"\b(?:those|his|her|their|these|the|early|small|wee|old|my|our|final|last|first|opening|closing)\s+$",
        before,
        re.I,
    ):
        return None
    found = (
        fraction(number, unit)
        if (match["half"] or match["more"]) and number is not None
        else values.duration(number, unit)
    )
    return around(found, match, at, number, unit, before)


def rate(match: Match, at: Moment) -> bool:
    """Whether "a day" hangs on a noun before it, as in "300 barrels a day"."""
    token = at.token(match.start("unit"))
    if token is None or token.dep not in {"npadvmod", "appos"} or match.start() == 0:
        return False
    head = at.sentence.head(token)
    return (
        head.pos in {"NOUN", "NUM", "SYM"}
        and head.end <= token.start
        and "," not in at.text[max(0, match.start() - 2) : match.start()]
    )


RANKED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|only|last|[a-z]+est|most\s+\w+)"
    r"(?:\s+[\w-]+){0,3}\s+(?:with)?in\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""The third vote in two years, the worst drought in a decade: a length that is past, whatever the verb says."""


def around(found: Reading, match: Match, at: Moment, number: float | None, unit: str, before: str) -> Reading:
    """Adds the modifier, and the days where the words count from publication (within 10 days)."""
    mod = MODS.get((match["mod"] or "").lower())
    if (match["mod"] or "").lower() == "over" and not (before == "" or MORE_BEFORE.search(before)):
        mod = None
    found = replace(found, mod=mod) if mod else found
    within = re.search(r"\b(within|in)\s+(?:the\s+)?$", before, re.IGNORECASE)
    if not within or number is None or re.match(r"\s+(?:of|after|from)\b", at.text[match.end() :]):
        return found
    if match["hyphen"] or at.today is None or at.alone(match) or RANKED.search(before):
        return found
    pointed = at.direction(match)
    if pointed > 0 or (within[1].lower() == "within" and pointed == 0 and not at.found):
        start, end = values.stretch(at.today, number, unit, True)
        return replace(found, start=start, end=end, score=0.75)
    return found


def fraction(number: float, unit: str) -> Reading:
    """One and a half hours as PT1H30M; other halves as a decimal."""
    if unit in {"hour", "minute"}:
        low = "M" if unit == "hour" else "S"
        return Reading("DURATION", f"PT{int(number)}{values.LETTERS[unit]}30{low}", grain=unit)
    if unit == "year":
        return Reading("DURATION", f"P{int(number)}Y6M", grain=unit)
    return values.duration(number + 0.5, unit)


def two_units(match: Match, _at: Moment) -> Reading | None:
    """Two years and three months as P2Y3M, one hour and 20 minutes as PT1H20M."""
    units = [unit_of(match["unit"]), unit_of(match["low"])]
    sizes = [names.count(match["number"]), names.count(match["lower"])]
    order = list(values.LETTERS)
    clock = [unit in {"second", "minute", "hour"} for unit in units]
    if None in sizes or order.index(units[0]) <= order.index(units[1]) or clock[0] != clock[1]:
        return None
    value = "".join(f"{size:g}{values.LETTERS[unit]}" for size, unit in zip(sizes, units, strict=True))
    return Reading("DURATION", f"P{'T' if clock[0] else ''}{value}", grain=units[1])


def quarters(match: Match, _at: Moment) -> Reading | None:
    """A quarter of an hour, three quarters of an hour, a quarter of a century."""
    size = 3 if (match["three"] or "").lower() == "three" else 1
    unit = match["unit"].lower()
    return Reading("DURATION", f"PT{15 * size}M" if unit == "hour" else f"P{25 * size}Y", grain=unit)


def half_unit(match: Match, _at: Moment) -> Reading | None:
    unit = unit_of(match["unit"])
    whole = {"hour": "PT30M", "minute": "PT30S", "year": "P6M", "day": "PT12H", "century": "P50Y", "decade": "P5Y"}.get(
        unit
    )
    return Reading("DURATION", whole, grain=unit) if whole else values.duration(0.5, unit)


def long_unit(match: Match, _at: Moment) -> Reading | None:
    """Month-long, decades-long, weeklong."""
    word = match["unit"].lower()
    return values.duration(None if word.endswith("s") else 1, unit_of(word))


def a_while(_match: Match, _at: Moment) -> Reading | None:
    return Reading("DURATION", "PXX")


def every(match: Match, _at: Moment) -> Reading | None:
    unit = unit_of(match["unit"])
    number = amount(match) if match["number"] else 1.0
    if unit == "second" and not match["number"] and not match["other"]:
        return None
    if match["other"]:
        number = 2.0
    if nth := match.groupdict().get("nth"):
        number = float(names.ordinal(nth))
    found = values.duration(number, unit)
    return replace(found, type="SET")


def every_named(match: Match, _at: Moment) -> Reading | None:
    """Every May, each 9 May, every night, every summer, each weekend."""
    groups = match.groupdict()
    word = next(groups[name] for name in ("month", "month2", "part", "season", "unit") if groups.get(name))
    if groups.get("month") or groups.get("month2"):
        if word[0].islower() and word in {"may", "march", "august"}:
            return None
        value, grain = f"XXXX-{names.month_number(word):02d}", "month"
        if day := groups.get("day") or groups.get("day2"):
            value, grain = f"{value}-{int(day):02d}", "day"
    elif groups.get("part"):
        value, grain = "XXXX-XX-XX" + names.PARTS_OF_DAY[word.lower()], "part-of-day"
    elif groups.get("season"):
        value, grain = f"XXXX-{names.SEASONS[word.lower()]}", "season"
    else:
        value, grain = "XXXX-WXX-WE", "weekend"
    return Reading("SET", value, grain=grain)


FREQUENT = {
    "annually": "XXXX", "yearly": "XXXX", "daily": "XXXX-XX-XX", "hourly": "XXXX-XX-XXTXX", "weekly": "XXXX-WXX",
    "fortnightly": "P2W", "monthly": "XXXX-XX", "quarterly": "XXXX-QX", "nightly": "XXXX-XX-XXTNI",
}  # fmt: skip


PAPER = re.compile(
    r"\s+(?:[A-Z]|newspapers?|magazines?|papers?|journals?|tabloids?|broadsheets?|column|edition|life|lives)"
)


def frequent(match: Match, at: Moment) -> Reading | None:
    """Daily, annually; not where it names a newspaper."""
    word, token = match[0], at.token(match.start())
    if token is not None and token.pos == "NOUN" and not at.alone(match):
        return None
    if (word[0].isupper() and match.start() and not at.text.isupper()) or PAPER.match(at.text, match.end()):
        return None
    if re.search(r"\b(?:a|the|another|independent|leading)\s+$", at.before(match.start())) and re.match(
        r"\s*(?:[,.;]|$|said|reported)", at.text[match.end() :]
    ):
        return None
    return Reading("SET", FREQUENT[word.lower()])


def refer(match: Match, at: Moment) -> Reading | None:
    word = match["word"].lower()
    if word.startswith("current") and not word.endswith("ly"):
        wet = re.search(r"\b(?:ocean|sea|electric|strong|river|tidal|air|direct)\s+$", at.before(match.start()), re.I)
        token = at.token(match.start("word"))
        if (
            wet
            or (token is not None and token.pos == "NOUN" and not at.alone(match))
            or not (at.alone(match) or re.match(r"\s+\w", at.text[match.end() :]))
        ):
            return None
        return values.reference("PRESENT_REF")
    if word.startswith(("formerly", "recent", "lately", "previous", "earlier", "in the past", "the past")):
        return replace(values.reference("PAST_REF"), end=at.today)
    if "future" in word or "soon" in word or word == "shortly":
        return replace(values.reference("FUTURE_REF"), start=at.today)
    if word == "now" and match[0][0].isupper() and (match.start() or match[0].isupper()) and not at.text.isupper():
        return None
    return replace(values.reference("PRESENT_REF"), start=at.today, end=at.today)


def nothing(_match: Match, _at: Moment) -> Reading | None:
    return NOTHING


def traps() -> Iterator[Rule]:
    """Names, ages and idioms that are no times."""
    colours = r"(?:Bloody|Black|Super|Cyber|Sheffield|Ruby|Giving|Joe)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    papers = (
        r"(?:Fri|Satur|Sun|Mon)day\s+(?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Independent|World|Star|Tribune"
        r"|Business|Review|Magazine|Standard|Night\s+Live|Mosque|Club|Market|School)"
        r"|(?:Mail|Independent|Post|Scotland|Express)\s+on\s+S(?:un|atur)day"
    )
    yield rule("name", WEEKDAY_WORD, rf"\b(?:{colours}|{papers})\b", nothing, cased=True)
    yield rule("name", MONTH_WORD, r"\b(?:Black|Red)\s+(?:September|October)\b", nothing, cased=True)
    yield rule("name", SEASON_WORD, r"\b(?:Arab|Prague|Seoul|Croatian|Beijing)\s+Spring\b", nothing, cased=True)
    old = rf"(?:{SAID_NUMBER}|an?)[\s-]+(?:years?|months?|weeks?|days?)[\s-]+(?:olds?\b|of\s+age\b)"
    yield rule("age", UNIT_WORD, rf"\b{old}", nothing)
    idioms = r"(?:last|eleventh|11th)[\s-](?:minute|hour|second)|(?:rush|happy|zero)\s+hour|days?\s+of\s+rage"
    idioms += (
        r"|light[\s-]years?|(?:a\s+)?year-round|one-day\s+internationals?|(?:a|one|two)\s+minutes?[’']s?\s+silence"
    )
    idioms += rf"|(?:three|two)\s+quarters\s+of\s+(?!an?\s)(?:the\s+)?(?!{FOUR}\b|year\b)[a-z]+"
    yield rule("idiom", UNIT_WORD, rf"\b(?:{idioms})\b", nothing)
    shrug = r"at\s+the\s+end\s+of\s+the\s+day(?=,|\s+(?:it|we|they|he|she|you|I|this|that|there|what)\b)"
    yield rule("idiom", UNIT_WORD, rf"\b{shrug}", nothing)
    things = r"[Ss]chools?|[Ll]eagues?|roasts?|editions?|supplements?|newspapers?|papers?|magazines?"
    yield rule("name", MONTH_WORD, r"\bIdes\s+of\s+March\b", nothing, cased=True)
    yield rule("name", WEEKDAY_WORD, rf"\bS(?:un|atur)day(?:\s+(?:{things})\b|-best\b)", nothing, cased=True)
    yield rule("name", UNIT_WORD, rf"\b(?:the\s+)?weekend\s+(?:{things})\b", nothing)


def rules() -> Iterator[Rule]:
    """The rules for lengths, sets and references; of matches that are equally long the earlier rule is tried first."""
    yield from traps()
    number = rf"(?P<number>{VAGUE_NUMBER}|{SAID_NUMBER}|an?\b)"
    mod = rf"(?:(?P<mod>{'|'.join(sorted(MODS, key=len, reverse=True))})\s+)?"
    top = rf"(?:\s+(?:or|to|and|-)\s+{SAID_NUMBER})?"
    more = r"(?P<more>[\s-]+and[\s-]a[\s-]half|[\s-]1/2|½)?"
    more += r"(?:\s+(?:more|full|whole|straight|consecutive|further))?(?:(?P<hyphen>-)|\s+)"
    many = rf"(?<![\w$€£])(?<!\d[.,]){mod}(?:{number}{top}{more})?{UNIT}(?P<half>\s+and\s+a\s+half)?(?:-long\b)?"
    yield rule("duration", UNIT_WORD, many, length)
    whole = r"\b(?:all|the\s+(?:whole|entire)|an?\s+(?:whole|entire))\s+(?P<unit>day|week|month|year|decade|century)\b"
    yield rule("duration", UNIT_WORD, whole, long_unit)
    halves = r"\b(?:half\s+(?:an?\s+)|a\s+half[\s-])(?P<unit>hour|minute|year|day|century|decade)\b"
    yield rule("duration", UNIT_WORD, halves, half_unit)
    yield rule("duration", REFERENCE, r"\b(?:quite\s+)?a\s+while\b(?!\s+back)", a_while)
    low = r"(?P<low>seconds?|minutes?|hours?|days?|weeks?|months?)\b"
    both = rf"(?P<number>{SAID_NUMBER}|an?\b)\s+{UNIT}(?:\s+and|,)?\s+(?P<lower>{SAID_NUMBER}|an?\b)\s+{low}"
    yield rule("duration", UNIT_WORD, rf"(?<![\w$€£])(?<!\d[.,]){both}", two_units)
    parts = r"(?:(?P<three>three|an?)\s+)?quarters?(?:\s+of\s+an?\s+|-)(?P<unit>hour|century)\b"
    yield rule("duration", UNIT_WORD, rf"\b{parts}", quarters)
    long = r"\b(?P<unit>hours|days|weeks|months|years|decades|centuries|day|week|month|year)-?long\b"
    yield rule("duration", UNIT_WORD, long, long_unit)
    other = r"(?P<other>other\s+)?"
    yield rule("set", SET_WORD | UNIT_WORD, rf"\b(?:every|each)\s+(?:single\s+)?{other}(?:{number}\s+)?{UNIT}", every)
    nth = r"(?P<nth>second|third|fourth|fifth|sixth|\d{1,2}(?:nd|rd|th))"
    third = rf"\b(?:every|each)\s+{nth}\s+{UNIT}(?P<number>)(?P<other>)"
    yield rule("set", SET_WORD | UNIT_WORD, third, every)
    ending = r"(?:st|nd|rd|th)?\b"
    month = rf"{MONTH}(?:\s+(?P<day>[12]\d|3[01]|[1-9]){ending})?"
    dated = rf"(?:(?P<day2>[12]\d|3[01]|[1-9]){ending}\s+{MONTH.replace('month>', 'month2>')}|{month})"
    named = rf"(?:{dated}|(?P<part>morning|afternoon|evening|night|dawn|midnight)\b"
    named += rf"|(?P<season>{'|'.join(names.SEASONS)})\b|(?P<unit>weekend)\b)"
    yield rule("set", SET_WORD, rf"\b(?:every|each)\s+{named}(?!-)", every_named)
    yield rule("set", UNIT_WORD, r"\b(?<!last\s)(?<!next\s)(?<!two\s)(?P<unit>weekends)\b", every_named)
    often = rf"\b(?:once|twice|{SAID_NUMBER}\s+times|several\s+times|many\s+times)\s+(?:an?|per|every|each)\s+"
    yield rule("set", SET_WORD | UNIT_WORD, rf"{often}{other}{UNIT}(?P<number>)?", every)
    yield rule("set", SET_WORD, rf"\b(?:{'|'.join(FREQUENT)})\b", frequent)
    here = r"(?:right\s+)?now(?!-)|currently|current|at\s+present|presently|at\s+the\s+moment|these\s+days|nowadays"
    here += r"|as\s+soon\s+as\s+possible|soon(?!\s+as\b)|shortly(?=\s*[.,;]|$)"
    past = r"formerly|recently|recent|lately|previously|in\s+the\s+past(?!\s+\w)|(?<!-)earlier(?=\s*,|$)"
    ahead = r"(?:the\s+)?(?:near\s+|foreseeable\s+|distant\s+)?future(?=\s*(?:[.,;:!?]|$))"
    yield rule("reference", REFERENCE, rf"\b(?P<word>{here}|{past}|{ahead})\b", refer)
