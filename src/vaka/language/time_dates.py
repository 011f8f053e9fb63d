"""Rules for days and months of the calendar and for feasts; nothing relative.

What leaves its year out is put into the year that the tense and the day of publication make likeliest. Dates that
two countries would read differently (03/04/2022) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.time_grammar import (
    COUNTED,
    DAY,
    FEAST_WORD,
    FOUR,
    FOUR_DIGITS,
    LATER_YEAR,
    MONTH,
    MONTH_WORD,
    NUMBER,
    UNIT_WORD,
    WEEKDAY,
    WEEKDAY_BEFORE,
    WEEKDAY_WORD,
    Moment,
    Rule,
    rule,
)
from vaka.language.time_values import NOTHING, Reading

Match = re.Match[str]
Again = Callable[[int], Reading | None]


AHEAD_COSTS = 1.8


def placed(match: Match, at: Moment, kind: str, grain: str, again: Again, fixed: int | None = None) -> Reading | None:
    """The reading for the year that is said (`fixed`), named shortly before, or likeliest; `again` makes it."""
    if fixed is not None:
        return again(fixed)
    today = at.day()
    if today is None:
        return values.unresolved(kind, grain)
    pointed = 0 if at.was_to(match) else at.direction(match)
    said = at.year_said(match)
    if said is not None and pointed <= 0:
        found = again(said)
    else:
        found = nearest([r for y in (-1, 0, 1) if (r := again(today.year + y)) is not None], today, pointed)
    return found and replace(found, again=again, score=0.85 if abs(pointed) == 2 else 0.7)


def nearest(options: list[Reading], today: date, pointed: int) -> Reading | None:
    """The latest not after today for a past verb, the first not before it for a future one, else the closest."""
    rows = [(option, option.start, option.end) for option in options if option.start and option.end]
    if not rows:
        return None
    if pointed == -2:
        rows = [row for row in rows if row[1] <= today] or rows
    if pointed > 0:
        rows = [row for row in rows if row[2] >= today] or rows

    def cost(row: tuple[Reading, date, date]) -> float:
        _, start, end = row
        if start <= today <= end:
            return 0
        return (start - today).days * AHEAD_COSTS if start > today else (today - end).days

    return min(rows, key=cost)[0]


def fixed_year(match: Match, at: Moment) -> tuple[bool, int | None]:
    """Whether the words fix a year, and which (None where it hangs on a missing day of publication)."""
    groups = match.groupdict()
    if groups.get("year"):
        return True, int(groups["year"])
    if (groups.get("rel") or "").lower().endswith(("that", "same")):
        return True, at.last.start.year if at.last is not None and at.last.start else None
    if groups.get("rel"):
        today = at.day()
        step = {"last": -1, "this": 0, "next": 1, "the": 0}[groups["rel"].lower()]
        return True, today.year + step if today else None
    return False, None


def common_word(match: Match, at: Moment) -> bool:
    """May, march and august in small letters, which are months only beside a year or after a preposition."""
    name = match["month"]
    if name not in {"may", "march", "mar", "august", "sun", "jan", "dec"} or match.groupdict().get("year"):
        return False
    return not re.search(r"\b(?:on|since|until|till|by|from|of)\s+$", at.before(match.start()))


GROUP = re.compile(
    r"\s+(?:(?:youth|martyrs['’]?|revolution(?:ary)?|liberation|popular|students?)\s+)?(?:movements?|alliance|coalition|brigades?|revolution(?:ary)?|party|bloc|group|forces|square|street|"
    r"avenue|bridge|university|stadium|hospital)\b",
    re.IGNORECASE,
)


GROUP_BEFORE = re.compile(r"\b(?:groups?|movement|guerrillas|brigade|organi[sz]ation|faction)\s+$", re.IGNORECASE)


def month_day(match: Match, at: Moment) -> Reading | None:
    if GROUP.match(at.text, match.end()) or GROUP_BEFORE.search(at.before(match.start())):
        return NOTHING
    if common_word(match, at):
        return None
    of, on = names.month_number(match["month"]), names.ordinal(match["day"])
    date(2000, of, on)  # 29 February is a day of some years
    is_fixed, number = fixed_year(match, at)
    if short := match.groupdict().get("short"):
        is_fixed, number = True, int(short)
    if is_fixed and number is None:
        return values.unresolved("DATE", "day")

    def again(of_year: int) -> Reading | None:
        try:
            return values.day(date(of_year, of, on))
        except ValueError:
            return None

    if match["wd"] and not is_fixed and at.today:
        wanted = names.weekday_number(match["wd"])
        years = [y for y in range(at.today.year - 1, at.today.year + 2) if date(y, of, min(on, 28)).weekday() == (
            wanted - (on - min(on, 28))) % 7]  # fmt: skip
        if len(years) == 1:
            return again(years[0])
    return placed(match, at, "DATE", "day", again, number)


def day_of_month(match: Match, at: Moment) -> Reading | None:
    """The 15th of the month, the first of next month."""
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "day")
    whole = values.neighbour("month", today, {"last": -1, "next": 1}.get(match["rel"].lower(), 0))
    return values.day(whole.start.replace(day=names.ordinal(match["day"]))) if whole.start else None


def nth_weekday(match: Match, at: Moment) -> Reading | None:
    """The first Thursday in May, the last Sunday of next month, the second Tuesday of November 2016."""
    nth = match["nth"].lower()
    if match["yr"]:
        whole = values.year(int(match["yr"]))
        return values.day((whole.start if nth == "first" else whole.end) or date.max) if match["unit"] else None
    if match["unit"] and nth not in {"first", "last", "final"}:
        return None
    if (match["span"] or "").lower() in {"every", "each"}:
        return Reading("SET", "P1M", grain="day")

    def within(whole: Reading) -> Reading | None:
        if whole.start is None or whole.end is None:
            return None
        if match["unit"]:
            return values.day(whole.start if nth == "first" else whole.end)
        on = names.weekday_number(match["weekday"])
        if nth in {"last", "final"}:
            return values.day(values.shift(whole.end, -((whole.end.weekday() - on) % 7), "day"))
        first = values.shift(whole.start, (on - whole.start.weekday()) % 7, "day")
        found = values.shift(first, names.ordinal(nth) - 1, "week")
        return values.day(found) if found <= whole.end else None

    if match["month"]:
        of = names.month_number(match["month"])
        is_fixed, number = fixed_year(match, at)
        if is_fixed and number is None:
            return values.unresolved("DATE", "day")
        return placed(match, at, "DATE", "day", lambda year: within(values.month(year, of)), number)
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "day")
    return within(values.neighbour("month", today, {"last": -1, "next": 1}.get(match["span"].lower(), 0)))


def same_month_days(match: Match, at: Moment) -> Reading | None:
    """3 to 9 January, January 5-7."""
    of, first, last = names.month_number(match["month"]), int(match["day"]), int(match["last"])
    if last <= first or common_word(match, at):
        return None
    if match.groupdict().get("more") and [int(n) for n in re.findall(r"\d+", match["more"])] != list(
        range(first + 1, last)
    ):
        return None
    date(2000, of, last)
    is_fixed, number = fixed_year(match, at)
    if is_fixed and number is None:
        return values.unresolved("DATE", "day")

    def again(of_year: int) -> Reading:
        return values.interval(values.day(date(of_year, of, first)), values.day(date(of_year, of, last)))

    return placed(match, at, "DATE", "day", again, number)


def written(match: Match, _at: Moment) -> Reading | None:
    """2022-01-11, with a clock or not; 25/01/2022 and 01/25/2022; 11.01.2022."""
    groups = match.groupdict()
    if groups.get("iso"):
        on = date.fromisoformat(match["iso"])
        return values.part(on, match["clock"]) if match["clock"] else values.day(on)
    first, second, number = int(match["a"]), int(match["b"]), int(match["y"])
    if number < 100:
        number += 2000 if number < 50 else 1900
    if match["sep"] == "." or first > 12 or first == second:
        return values.day(date(number, second, first))
    return values.day(date(number, first, second)) if second > 12 else None


MONTH_LEADS = re.compile(
    r"(?:\b(?:in|since|until|till|by|last|next|this|early|late|mid|from|to|through|during|and|or|of|between|before|after|"
    r"for|every|each|around|throughout|the|its|their|a|end|start|beginning|middle|previous|following|coming|as of|on)"
    r"[\s-]+|[,–—-]\s*)$",
    re.IGNORECASE,
)


SURE_LEADS = re.compile(
    r"\b(?:in|since|until|till|last|next|early|late|mid|during|through|throughout|end|start|beginning|middle|this|between)"
    r"(?:\s+of)?[\s-]+$",
    re.IGNORECASE,
)


MAY_PERSON = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Minister|Secretary|Brian|James|Erskine)\s+$")


def bare_month(match: Match, at: Moment) -> Reading | None:
    name, before = match["month"], at.before(match.start())
    of = names.month_number(name)
    number = fixed_year(match, at)[1]
    if not (at.alone(match) or match["rel"] or match["year"]):
        if name.islower() and name in {"march", "may", "august"}:
            return None
        if not month_name(match, at, before):
            return None
    if match["place"] or (number is None and match["rel"]):
        return placed_month(match, at, of)
    return placed(match, at, "DATE", "month", lambda y: values.month(y, of), number)


def month_name(match: Match, at: Moment, before: str) -> bool:
    """Whether a month's name alone means the month here, and not a person, a place or a verb."""
    name = match["month"]
    if MAY_PERSON.search(before) or GROUP.match(at.text, match.end()):
        return False
    if name.endswith(".") and not SURE_LEADS.search(before):
        return False
    if re.match(rf"\s?[-–/]\s?{MONTH}", at.text[match.end() :], re.I):
        return True
    if len(name) < 5 and name.lower().rstrip(".") in names.SHORT_MONTHS and not name.endswith("."):
        return False
    token = at.token(match.start("month"))
    if match["place"]:
        return True
    person = token is not None and token.ent == "PERSON"
    if name.lower() in {"may", "march", "august"}:
        return doubtful_month(match, at, before, person)
    follows = re.match(r"\s+([A-Z][a-z]+)", at.text[match.end() :])
    if follows and not MONTH_LEADS.search(before):
        return False
    if person and follows:
        return False
    return bool(MONTH_LEADS.search(before)) or match.start() == 0 or (token is not None and token.ent == "DATE")


def doubtful_month(match: Match, at: Moment, before: str, person: bool) -> bool:
    """May is also a minister and a verb, March a verb and a noun, August a name."""
    name, after = match["month"].lower(), at.text[match.end() :]
    if SURE_LEADS.search(before) or re.search(r"\b(?:weeks?|days?|half|part|month|middle|close)\s+of\s+$", before):
        return True
    if name == "march" and re.match(r"\s+(?:on|for|against|to|of|from)\b", after):
        return False
    if (
        at.found
        and at.found[-1].reading.grain == "month"
        and re.fullmatch(r"[-–—]", at.text[at.found[-1].end : match.start()])
    ):
        return True
    if re.search(r"\b(?:year|months|quarter|weeks|season)\s+to\s+$", before):
        return True
    if re.search(r"\bto\s+$", before) and at.found and at.found[-1].reading.grain == "month":
        return at.text[at.found[-1].end : match.start()].strip() in {"to", "and to"}
    if name == "march" and re.search(r"\bto\s+$", before):
        return False
    if name == "may":
        ends_there = re.match(r"\s*(?:[.,;]|\d|and\b|$)", after) is not None
        return not person and ends_there and re.search(r"\b(?:by|to|and)\s+$", before) is not None
    return not person and re.search(r"\b(?:by|of|from|to|and|before|after|the)\s+$", before) is not None


def placed_month(match: Match, at: Moment, of: int) -> Reading | None:
    """Last July, next October, this September."""
    today = at.day()
    if today is None:
        return values.unresolved("DATE", "month")
    place = (match["place"] or "this").lower().split()[-1]
    if place in {"last", "past", "previous"}:
        return values.month(today.year - (of >= today.month), of)
    if place in {"next", "coming"}:
        return values.month(today.year + (of <= today.month), of)
    return values.month(today.year, of)


def that_month(match: Match, at: Moment) -> Reading | None:
    """That June: of the year told before, or the next one where its month has passed."""
    token = at.token(match.start())
    if token is None or token.dep != "det" or at.last is None or at.last.start is None:
        return None
    of = names.month_number(match["month"])
    passed = at.last.grain != "year" and of < at.last.start.month
    return values.month(at.last.start.year + passed, of)


def bare_day(match: Match, at: Moment) -> Reading | None:
    """On the 7th: the day of this month, or of the one that the verb points to."""
    token, today = at.token(match.start("day")), at.today
    if today is None or token is None or token.dep != "pobj":
        return None
    day, pointed = names.ordinal(match["day"]), at.direction(match)
    months = [values.neighbour("month", today, step) for step in (-1, 0, 1)]
    days = [
        values.day(whole.start.replace(day=day))
        for whole in months
        if whole.start and whole.end and day <= whole.end.day
    ]
    found = nearest(days, today, pointed)
    return found and replace(found, score=0.5)


THINGS = re.compile(
    r"\s+(?:brothers|sisters|family|clan|masks?|costumes?|eggs?|trees?|cards?|cakes?|puddings?|bunny|carols?|lights|decorations|presents?|gifts?)\b"
)


PACT = re.compile(r"\s+(?:deal|agreement|accords?|agreements|pact|treaty)\b", re.IGNORECASE)
HELD_ON_FEASTS = re.compile(
    r"\s+(?:Mass|Services?|Prayers?|Parade|Sunday|Monday|Day|Eve|Week|Weekend|Vigil|Truce|Message|Address|Speech|Festival)\b"
)


def part_of_name(match: Match, at: Moment) -> bool:
    """Whether the feast opens or ends a name: Earth Day Network, Christmas Bay, 10th of Ramadan City."""
    follows = re.match(r"\s+([A-Z][\w’'-]+)", at.text[match.end() :])
    if at.sentence.zone == "title" or not follows or HELD_ON_FEASTS.match(at.text, match.end()):
        return False
    if re.search(r"\b\d{1,2}(?:st|nd|rd|th)\s+of\s+$", at.before(match.start())):
        return True
    last, after = at.token(match.end("feast") - 1), at.token(match.start() + len(match[0]) + 1)
    if last is None or after is None or after.pos != "PROPN" or after.ent == "DATE" or match.group() != match["feast"]:
        return False
    led = re.search(
        r"\b(?:on|at|over|since|until|by|before|after|during|this|last|next)\s+$", at.before(match.start()), re.I
    )
    return led is None and last.dep in {"compound", "nmod", "nsubj", "npadvmod"}


def feast(match: Match, at: Moment) -> Reading | None:
    name = match["feast"]
    if THINGS.match(at.text, match.end()) or PACT.match(at.text, match.end()) or part_of_name(match, at):
        return NOTHING
    if name.islower() and name not in {"nowruz", "nauryz"}:
        return None
    known = next(row for pattern, row in names.FEASTS.items() if re.fullmatch(pattern, name, re.IGNORECASE))
    first, days = known
    moon = any(word in name.lower() for word in names.LUNAR)

    def again(of_year: int) -> Reading | None:
        on = first(of_year)
        if on is None:
            return None
        last = values.shift(on, days - 1, "day")
        if days == 30 and names.islamic_month(last) == last:
            last = values.shift(last, -1, "day")
        found = values.day(on) if days == 1 else values.interval(values.day(on), values.day(last))
        return replace(found, score=0.7 if moon else 0.85)

    is_fixed, number = fixed_year(match, at)
    place, today = (match["place"] or "").lower().split()[-1:], at.today
    if place and place[0] in {"every", "each"}:
        always = first(2001) if first(2001) == (first(2002) or date.min).replace(year=2001) else None
        return Reading("SET", f"XXXX-{always:%m-%d}" if always else "P1Y", grain="day")
    if is_fixed and number is None:
        return values.unresolved("DATE", "day")
    if place and today and not is_fixed:
        near = [found for year in (-1, 0, 1) if (found := again(today.year + year)) and found.start and found.end]
        past = [found for found in near if found.end and found.end < today]
        ahead = [found for found in near if found.start and found.start > today]
        if place[0] in {"last", "next"} and (past if place[0] == "last" else ahead):
            return past[-1] if place[0] == "last" else ahead[0]
    return placed(match, at, "DATE", "day", again, number) or values.unresolved("DATE", "day")


ATTACKS = {"9/11": (2001, 9, 11), "26/11": (2008, 11, 26), "7/7": (2005, 7, 7), "september 11": (2001, 9, 11),
           "october 7": (2023, 10, 7), "7 october": (2023, 10, 7), "11 september": (2001, 9, 11)}  # fmt: skip


def attack(match: Match, at: Moment) -> Reading | None:
    """Days that stand for what happened on them; None in reports from before."""
    name = re.sub(r"[^\w/]+", " ", match["attack"].lower().replace("sept.", "september").replace("oct.", "october"))
    on = date(*ATTACKS[re.sub(r"(\d)(?:st|nd|rd|th)", r"\1", name)])
    return values.day(on) if at.today is None or at.today >= on else None


def rules() -> Iterator[Rule]:
    """The rules for days and months; of matches that are equally long the earlier rule is tried first."""
    guard = rf"(?![,.:/]\d|\s*(?:{COUNTED})|[-–]\d)"
    link = r"\s*(?:[-–—]|\bto\b|\bthrough\b|(?<=\d)\s+and\b)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?"
    both = MONTH_WORD | NUMBER
    terror = r"(?=\s+(?:terror(?:ist)?\s+)?(?:attacks?|massacre|hijackers)\b)"
    days = r"sept(?:ember|\.)\s+11(?:th)?|11(?:th)?\s+september|oct(?:ober|\.)\s+7(?:th)?|7(?:th)?\s+october"
    known = rf"(?<![\d/.-])(?P<attack>9/11|26/11|7/7(?=\s+(?:bomb|attack))|(?:{days}){terror})(?![\d/])"
    yield rule("known day", NUMBER, known, attack)
    iso = r"(?<![\d-])(?P<iso>\d{4}-\d\d-\d\d)(?P<clock>T\d\d:\d\d(?::\d\d)?)?(?:Z\b)?(?![\d-])"
    yield rule("date", FOUR_DIGITS, iso, written)
    slashed = (
        r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|(?<=/)\d\d)(?![\d/.-]\d|\d)"
    )
    yield rule("date", NUMBER, slashed, written)
    yield rule("date", both, rf"\b{WEEKDAY_BEFORE}{MONTH}\s+(?:the\s+)?{DAY}{guard}{LATER_YEAR}", month_day)
    free = r"(?<![\d.,$€£/:])(?<!\d[–-])\b"
    yield rule(
        "date",
        both,
        rf"{free}{WEEKDAY_BEFORE}(?:the\s+)?{DAY}[\s-]+(?:of\s+)?{MONTH}(?:(?![\w-]){LATER_YEAR}|-(?P<short>{FOUR})\b)",
        month_day,
    )
    said = "|".join(word.replace("-", r"[\s-]") for word in sorted(names.ORDINALS, key=len, reverse=True))
    nth = rf"(?P<day>{said})\b(?![\s-]+(?:quarter|half|week))(?!-)"
    of_month = rf"\s+(?:day\s+)?of\s+{MONTH}(?![\w’'-]){LATER_YEAR}"
    yield rule("date", MONTH_WORD, rf"\b{WEEKDAY_BEFORE}(?:the\s+)?{nth}{of_month}", month_day)
    yield rule("date", MONTH_WORD, rf"\b{WEEKDAY_BEFORE}{MONTH}\s+the\s+{nth}{LATER_YEAR}", month_day)
    of_now = rf"(?P<day>{said}|\d{{1,2}}(?:st|nd|rd|th))\s+of\s+(?P<rel>this|last|next|the)\s+month\b"
    yield rule("date", UNIT_WORD, rf"\bthe\s+{of_now}", day_of_month)
    lead = r"(?:(?<=\bon\s)|(?<=\buntil\s)|(?<=\bsince\s))"
    alone = r"(?P<day>(?:[12]?1st|2?2nd|2?3rd|31st|\d{1,2}th))\b(?!\s+(?:of|floor|day|anniversary)|[-’'])"
    yield rule("date", NUMBER, rf"{lead}the\s+{alone}", bare_day)
    which = rf"(?P<nth>{said}|last|final)\s+(?:{WEEKDAY}|(?P<unit>day))\b"
    of_some = rf"(?:{MONTH}(?!\w){LATER_YEAR}|(?P<span>this|last|next|the|every|each)\s+month\b|(?P<yr>{FOUR})\b)"
    for need in (WEEKDAY_WORD, UNIT_WORD):
        yield rule("date", need, rf"\b(?:the\s+)?{which}\s+(?:of|in)\s+{of_some}", nth_weekday)
    yield rule("days of a month", both, rf"\b{MONTH}\s+{DAY}{link}\b(?![,.:/]\d){LATER_YEAR}", same_month_days)
    yield rule("days of a month", both, rf"{free}{DAY}{link}\s+(?:of\s+)?{MONTH}(?!\w){LATER_YEAR}", same_month_days)
    row = r"(?P<more>(?:,\s+\d{1,2})+),?\s+and\s+(?P<last>\d{1,2})\b"
    yield rule("days of a month", both, rf"{free}{DAY}{row}\s+{MONTH}(?!\w){LATER_YEAR}", same_month_days)
    yield rule("days of a month", both, rf"\b{MONTH}\s+{DAY}{row}(?![,.:/]\d){LATER_YEAR}", same_month_days)
    place = r"(?:(?:the\s+)?(?P<place>last|this past|next|this|previous|past|coming)\s+)?"
    yield rule("month of a year", MONTH_WORD, rf"\b{place}{MONTH}(?!\w){LATER_YEAR}", bare_month)
    yield rule("month of a year", MONTH_WORD, rf"\bthat\s+{MONTH}(?![\w-])(?!\s+\d)", that_month)
    at = r"(?:(?P<place>last|next|this|every|each)\s+)?"
    yield rule("feast", FEAST_WORD, rf"\b{at}(?P<feast>{'|'.join(names.FEASTS)}){LATER_YEAR}(?!\w)", feast)
