"""Rules for years and what they are made of or make up: quarters, halves, seasons, decades, centuries.

Four digits are a year only where the words around them say so; counts, routes, flights and resolutions are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.time_dates import fixed_year, nearest
from vaka.language.time_grammar import (
    COUNTED,
    DECADE_WORD,
    FOUR,
    FOUR_DIGITS,
    NUMBER,
    ORDER_WORD,
    SEASON_WORD,
    SPELLED_YEAR,
    Moment,
    Rule,
    rule,
)
from vaka.language.time_values import NOTHING, Reading

Match = re.Match[str]
YEAR_LEADS = re.compile(
    r"(?:\b(?:in|both|since|until|till|by|early|late|mid|circa|calendar|pre|post|during|throughout|before|after|year|years|spring|summer|autumn|"
    r"fall|winter|end|start|beginning|back in|through|election|elections|late)[\s-]+(?:the\s+(?:year\s+)?)?|\()$",
    re.IGNORECASE,
)


YEAR_OWNED = re.compile(r"(?:\b(?:the|its|his|her|their|our|that|this|a)|[’']s)\s+$", re.IGNORECASE)


YEAR_LINKED = re.compile(r"(?:\b(?:of|from|about|around|than|for)\s+|\b(?:for|on)\s+the\s+)$", re.IGNORECASE)


YEAR_VERBS = re.compile(
    r"\s+(?:was|saw|is|marked|brought|ended|began|has|will|proved|became|alone|or later|or earlier)\b"
)


YEAR_AFTER_YEAR = re.compile(r"^\s*(?:,|and|or|,\s*and|to|through|until|till|[-–—])\s*$", re.IGNORECASE)


COLLECTIVE = re.compile(
    r"\b(?:crowd|total|cost|population|force|group|fine|bail|score|maximum|minimum|average|number|record|vehicles|height|"
    r"distance|weight|price|speed|altitude)\s+of\s+$",
    re.IGNORECASE,
)


def bare_year(match: Match, at: Moment) -> Reading | None:
    number, before = int(match["year"]), at.before(match.start())
    after = at.text[match.end() :]
    if re.match(rf"\s+(?:and|to|or|-)\s+\d[\d,]*\s+(?:{COUNTED})", after, re.IGNORECASE) or COLLECTIVE.search(before):
        return None
    if at.alone(match):
        return values.year(number)
    token = at.token(match.start())
    owned = bool(YEAR_OWNED.search(before))
    named = re.search(r"\byear\s+$", before, re.IGNORECASE) is not None
    if token is not None and token.dep == "nummod" and not (owned or named) and number < 1900:
        return None
    if YEAR_LEADS.search(before):
        return values.year(number) if number >= 1400 or re.search(r"\b(?:in|since)\s+$", before) else None
    if not 1700 <= number <= 2100:
        return None
    noun_follows = re.match(r"\s+[a-z]+", after) is not None
    if owned and re.match(r"\s+[A-Za-z]{3,}", after):
        return values.year(number)
    counts = token is not None and token.dep == "nummod" and noun_follows
    if YEAR_LINKED.search(before) and not counts:
        return values.year(number)
    if (
        at.found
        and at.found[-1].reading.grain == "year"
        and YEAR_AFTER_YEAR.match(at.text[at.found[-1].end : match.start()])
    ):
        return None if counts else values.year(number)
    if re.search(r"\bbetween\s+$", before) and re.match(rf"\s+and\s+{FOUR}\b(?!\s+[a-z]+s\b)", after):
        return values.year(number)
    return values.year(number) if match.start() == 0 and YEAR_VERBS.match(after) else None


NUMBERED = re.compile(
    r"\b(?:directive|regulation|decision|resolution|case|docket|law|decree|act|order|file|no\.?|number)\s+$",
    re.IGNORECASE,
)
"""Papers that are numbered by year and count (Directive 2001/02); with a slash only neighbouring years are a season."""


def year_pair(match: Match, at: Moment) -> Reading | None:
    """2014-15 and 2014-2016; the second must follow the first."""
    first = int(match["year"])
    last = int(match["last"]) if len(match["last"]) == 4 else first - first % 100 + int(match["last"])
    if not (1500 <= first < last <= 2100 and last - first < 100):
        return None
    if "/" in match[0] and (last != first + 1 or NUMBERED.search(at.before(match.start()))):
        return None
    if not (at.alone(match) or re.search(r"(?:\b[a-z]+\s+|\()$", at.before(match.start()), re.I)):
        return None
    return values.interval(values.year(first), values.year(last))


WARMTH = re.compile(r"\b(?:temperatures?|degrees|thermometers?|heat|cold|mercury)\b", re.IGNORECASE)


def decade(match: Match, at: Moment) -> Reading | None:
    groups = match.groupdict()
    if groups.get("four"):
        return values.decade(int(match["four"]))
    if groups.get("word") and WARMTH.search(at.text):
        return None
    two = names.DECADES[match["word"].lower()] if groups.get("word") else int(match["two"])
    if (
        groups.get("two")
        and not groups.get("mark")
        and re.search(r"temperature|degree|high|low|shot|aged", at.text, re.I)
    ):
        return None
    number = 1900 + two
    return values.decade(number + 100 if two == 20 and at.today and at.today.year > 2030 else number)


def century(match: Match, _at: Moment) -> Reading | None:
    word = match["n"].lower()
    number = int(re.sub(r"\D", "", word)) if word[0].isdigit() else names.ORDINALS[word]
    return values.century(number) if 1 <= number <= 30 and not match["bc"] else NOTHING


def quarter(match: Match, at: Moment) -> Reading | None:
    groups = match.groupdict()
    word = (groups.get("q") or groups.get("q2") or groups["q3"]).lower()
    year = groups.get("y1") or groups.get("y2") or groups.get("y3")
    rel = groups.get("rel") or groups.get("rel2")
    if word in {"last", "final"} and not (year or rel):
        return None
    of = 4 if word in {"last", "final"} else names.ordinal(word)
    if of > 4:
        return None
    today = at.day() if not year else at.today
    if year or (rel and today):
        number = int(year) if year else (today or date.min).year + {"last": -1, "next": 1}.get((rel or "").lower(), 0)
        return values.quarter(number, of)
    if today is None:
        return values.unresolved("DATE", "quarter")
    if not rel and re.match(r"\s+of\s+(?!the\s+year)", at.text[match.end() :]):
        return None
    options = [values.quarter(today.year + step, of) for step in (-1, 0, 1)]
    pointed = at.direction(match)
    return replace(nearest(options, today, pointed if pointed > 0 else -2) or options[1], score=0.75)


def half(match: Match, at: Moment) -> Reading | None:
    of = 1 if match["half"].lower() in {"first", "1"} else 2
    is_fixed, number = fixed_year(match, at)
    if not is_fixed:
        return None
    return values.half(number, of) if number else values.unresolved("DATE", "half-year")


def fiscal(match: Match, _at: Moment) -> Reading | None:
    """A year of accounts has its number and no days: in which month it begins hangs on the country."""
    return Reading("DATE", f"{int(match['year']):04d}", grain="year", score=0.7)


def fiscal_now(match: Match, at: Moment) -> Reading | None:
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "year")
    step = {"last": -1, "previous": -1, "next": 1}.get(match["rel"].lower(), 0)
    return Reading("DATE", f"{today.year + step:04d}", grain="year", score=0.5)


SEASON_LEADS = re.compile(
    r"\b(?:in|during|by|since|until|till|of|through|early|late|mid|throughout)[\s-]+(?:the\s+)?$", re.I
)


def season_meant(match: Match, at: Moment) -> bool:
    """Whether a season without last, this or next is one, and not a source, a drop or a name."""
    before, after = at.before(match.start()) + "the " * bool(match["the"]), at.text[match.end() :]
    if at.alone(match):
        return True
    if match["season"][0].isupper() or re.match(r"\s+(?:of|in|palace|olympics|games|sports?|[A-Z])", after):
        return False
    if match["season"].lower() in {"fall", "spring"} and not match["the"]:
        return re.search(r"\bin\s+$", before) is not None
    return SEASON_LEADS.search(before) is not None


def season(match: Match, at: Moment) -> Reading | None:
    letters = names.SEASONS[match["season"].lower()]
    place = (match["place"] or "").lower()
    is_fixed, number = fixed_year(match, at)
    if is_fixed:
        return values.season(number, letters) if number else values.unresolved("DATE", "season")
    if not place and not season_meant(match, at):
        return None
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "season")
    options = [values.season(today.year + step, letters) for step in (-2, -1, 0, 1)]
    if "next" in place or "coming" in place:
        return next(option for option in options if option.start and option.start > today)
    if "last" in place or "past" in place:
        return [option for option in options if option.end and option.end < today][-1]
    return nearest(options[1:], today, max(-1, at.direction(match)))


def short_year(match: Match, _at: Moment) -> Reading | None:
    """In '68, of '07."""
    two = int(match["short"])
    return replace(values.year(two + (2000 if two < 20 else 1900)), score=0.7)


def spelled_year(match: Match, _at: Moment) -> Reading | None:
    rest = names.count(match["rest"].replace("-", " "))
    return values.year(names.SMALL[match["hundreds"].lower()] * 100 + int(rest)) if rest and rest >= 10 else None


def rules() -> Iterator[Rule]:
    """The rules for years and their parts; of matches that are equally long the earlier rule is tried first."""
    guard = rf"(?![.,:/]\d|[-–]\d|\s*(?:{COUNTED}|gmt|utc|hours|hrs))"
    yield rule("year", FOUR_DIGITS, rf"(?<![\d.,$€£/#:&])(?<!\d[-–])(?P<year>{FOUR})\b{guard}", bare_year)
    pair = rf"(?P<year>{FOUR})\s?[-–/]\s?(?P<last>\d{{4}}|\d\d)\b(?![.,:/-]\d|\s*(?:{COUNTED}))"
    yield rule("years", FOUR_DIGITS, rf"(?<![\d.,$€£/#:-]){pair}", year_pair)
    yield rule("decade", DECADE_WORD | NUMBER, r"(?<![\w$])(?:the\s+)?(?P<four>(?:1[4-9]|20)\d0)[’']?s\b", decade)
    yield rule("decade", DECADE_WORD | NUMBER, r"\b(?:the\s+)(?=(?P<mark>[’'‘])?)[’'‘]?(?P<two>[2-9]0)s\b", decade)
    third = r"(?:(?<=mid-)|(?<=mid\s)|(?<=early\s)|(?<=late\s))"
    yield rule("decade", DECADE_WORD | NUMBER, rf"{third}(?P<mark>[’'‘])(?P<two>[2-9]0)s\b", decade)
    yield rule(
        "decade", DECADE_WORD, rf"\bthe\s+(?:nineteen[\s-]|roaring\s+)?(?P<word>{'|'.join(names.DECADES)})\b", decade
    )
    led = r"(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bsince\s)|(?<=\bspring\s)|(?<=\bsummer\s))"
    yield rule("year", NUMBER, rf"{led}[’'‘](?P<short>[2-9]\d|0\d)\b(?!s)", short_year)
    ordinals = "|".join(sorted((word for word in names.ORDINALS if word[0].isalpha()), key=len, reverse=True))
    nth = rf"(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{ordinals})"
    yield rule("century", DECADE_WORD, rf"\b(?:the\s+)?{nth}[\s-]+century\b(?P<bc>\s+b\.?c)?", century)
    whose = rf"(?:(?P<rel>last|this|next)\s+year[’']s\s+|(?:the|its)\s+(?:(?P<y1>{FOUR})\s+)?)?"
    of = rf"(?:\s+(?:of\s+)?(?:(?P<y2>{FOUR})\b|(?P<rel2>this|last|next|the)\s+year\b))?"
    q = r"(?P<q>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[\s-]+quarter\b(?!-)"
    yield rule("quarter", ORDER_WORD, rf"\b{whose}(?:(?:calendar|fiscal)[\s-]+)?{q}{of}", quarter)
    short = rf"(?:Q(?P<q2>[1-4]),?\s+(?:of\s+)?(?P<y2>{FOUR})|(?P<y3>{FOUR})\s+Q(?P<q3>[1-4]))"
    yield rule("quarter", ORDER_WORD | NUMBER, rf"\b{short}\b", quarter)
    yield rule("half-year", FOUR_DIGITS, rf"\bH(?P<half>[12]),?\s+(?:of\s+)?(?P<year>{FOUR})\b", half, cased=True)
    alone = r"(?:(?<=\b[Ii]n\s)|(?<=\bof\s)|(?<=\b[Ff]or\s))Q(?P<q>[1-4])\b(?P<y1>)(?P<rel>)"
    yield rule("quarter", ORDER_WORD, alone, quarter, cased=True)
    of_year = rf"of\s+(?:(?P<year>{FOUR})\b|(?P<rel>this|last|next|the)\s+year\b)"
    which = r"(?P<half>first|second|latter|last)[\s-]+half"
    yield rule("half-year", ORDER_WORD, rf"\b(?:the\s+)?{which}\s+{of_year}", half)
    owned = rf"(?:(?P<rel>last|this|next|the)\s+year[’']s|the\s+(?P<year>{FOUR}))\s+{which}\b"
    yield rule("half-year", ORDER_WORD, rf"\b{owned}", half)
    books = r"\b(?:the\s+)?(?:(?:fiscal|financial)(?:\s+year)?|FY)\s*"
    yield rule("fiscal year", ORDER_WORD | FOUR_DIGITS, rf"{books}(?P<year>{FOUR})(?:[-/–]\d\d(?:\d\d)?)?\b", fiscal)
    hung = r"\b(?:the\s+)?(?P<rel>last|this|current|next|previous)\s+(?:fiscal|financial)\s+year\b"
    yield rule("fiscal year", ORDER_WORD, hung, fiscal_now)
    yield rule(
        "fiscal year", ORDER_WORD | FOUR_DIGITS, rf"\bthe\s+(?P<year>{FOUR})\s+(?:fiscal|financial)\s+year\b", fiscal
    )
    place = r"(?:(?:the\s+)?(?P<place>last|next|this past|this|past|coming)\s+|(?P<the>the\s+))?"
    verb = r"(?!-)(?!\s+(?:up|back|apart|short|out|down|into|behind|when|if))"
    number = rf"(?P<year>{FOUR})(?:[-–/]\d\d)?\b(?!\s*(?:{COUNTED}))"
    when = rf"(?:,?\s+(?:of\s+)?(?:{number}|(?P<rel>last|this|next)\s+year\b))?"
    yield rule("season", SEASON_WORD, rf"\b{place}(?P<season>spring|summer|autumn|fall|winter)\b{verb}{when}", season)
    tens, ones = "|".join(names.TENS), "one|two|three|four|five|six|seven|eight|nine"
    teens = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    rest = rf"(?P<rest>(?:{tens})(?:[\s-](?:{ones}))?|{teens})"
    yield rule("spelled year", SPELLED_YEAR, rf"\b(?P<hundreds>nineteen|eighteen)[\s-]{rest}\b", spelled_year)
