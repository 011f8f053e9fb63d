"""Names that the calendar knows: months, weekdays, numbers, units, seasons, and feasts with their dates; no grammar.

Feasts of the sun are counted; those of the moon stand as data for 1990 to 2030 (the Chinese and Hindu ones), and the
Islamic ones are counted from the new moon as in Saudi Arabia's calendar, which may differ by a day from a country's
sighting of the moon.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS_OF_DAY = {
    "morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI",
    "dawn": "TMO", "daybreak": "TMO", "sunrise": "TMO", "dusk": "TEV", "sunset": "TEV", "nightfall": "TEV",
    "noon": "T12:00", "midday": "T12:00", "midnight": "T00:00",
}  # fmt: skip
UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "centurie": "C",
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21, "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25,
    "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30,
    "thirty-first": 31, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "hundred": 100, "dozen": 12, "couple": 2,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set: lists of words read better without a hundred quotation marks."""
    return frozenset(text.split())


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its short form, with or without the point."""
    start = name.lower().strip(". ")[:3]
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(start))


def weekday_number(name: str) -> int:
    """0 for Monday, as in `date.weekday`."""
    start = name.lower()[:3]
    return next(n for n, day in enumerate(WEEKDAYS) if day.startswith(start))


def ordinal(words: str) -> int:
    """1 for first and 1st, 22 for twenty-second and twenty second."""
    plain = "-".join(words.lower().replace("-", " ").split())
    return ORDINALS[plain] if plain in ORDINALS else int(plain.rstrip("stndrh"))


def count(words: str) -> float | None:
    """The number that the words say, or None where they are vague (few, several, dozens of)."""
    plain = words.lower().replace(",", "").replace("-", " ").strip()
    if plain and plain[0].isdigit():
        digits = plain.split()[0]
        return float(digits) if digits.replace(".", "", 1).isdigit() else None
    total = 0.0
    for word in plain.split():
        if word in TENS:
            total += TENS[word]
        elif word in {"hundred", "dozen", "couple"} and total == 1:
            total = SMALL[word]
        elif word in SMALL:
            total += SMALL[word]
        elif word not in {"of", "and"}:
            return None
    return total or None


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, in the Gregorian calendar; right for 1900 to 2099."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    f = d + e + 114
    return date(year, f // 31, f % 31 + 1) + timedelta(days=13)


def new_moon(near: date) -> float:
    """The new moon nearest to a day, as days after that day's midnight UTC; right to some minutes (Meeus, chapter 49).

    Only the terms of more than a quarter of an hour are kept: those of the two anomalies and the moon's latitude.
    """
    julian = near.toordinal() + 1721424.5
    k = round((julian - 2451550.09766) / 29.530588861)
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k)
    latitude = math.radians(160.7108 + 390.67050284 * k)
    moment = 2451550.09766 + 29.530588861 * k
    moment += -0.40720 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
    moment += 0.01039 * math.sin(2 * latitude) + 0.00739 * math.sin(moon - sun) - 0.00514 * math.sin(moon + sun)
    return moment - julian


LATEST_NEW_MOON = 10 / 24
"""Part of the day in UTC until which a new moon lets the moon set after the sun at Mecca. Fitted to 58 Saudi days of
2005 to 2026, of which it gives 51; those days were written down from memory and are not checked against a source."""


def islamic_month(civil: date) -> date:
    """The first day of the Islamic month that begins about a day of the civil calendar."""
    return civil + timedelta(days=math.ceil(new_moon(civil) - LATEST_NEW_MOON) + 1)


def islamic(month: int, day: int, year: int) -> date | None:
    """The Gregorian day of an Islamic month and day that falls in `year` (the last one if two).

    The civil calendar finds the month; it begins, as in Saudi Arabia's calendar, on the day after the new moon, and a
    day later where the new moon comes too late for a moonset after sunset at Mecca.
    """
    around = round((year - 622) * 33 / 32)
    for hijri in (around + 1, around, around - 1):
        days = 1 + (59 * (month - 1) + 1) // 2 + (hijri - 1) * 354 + (3 + 11 * hijri) // 30
        civil = date.fromordinal(days + 227014)
        found = islamic_month(civil) + timedelta(days=day - 1)
        if found.year == year:
            return found
    return None


def _nowruz(year: int) -> date:
    """20 March where the Iranian year began that early, else the 21st."""
    return date(year, 3, 20 if year in {1996, 2000, 2004, 2008, 2012, 2016, 2020, 2024, 2028, 2029} else 21)


def _listed(days: str) -> Callable[[int], date | None]:
    """Month and day for each year from 1990 on."""
    rows = dict(enumerate(days.split(), 1990))
    return lambda year: date.fromisoformat(f"{year}-{rows[year]}") if year in rows else None


def _fixed(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date | None]:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date | None]:
    """The nth weekday (0 for Monday) of a month; the last one where `nth` is 0."""

    def on(year: int) -> date:
        start = date(year, month, 1) if nth else date(year, month + 1, 1)
        return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))

    return on


def _from_hijri(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: islamic(month, day, year)


LUNAR_NEW_YEAR = _listed(
    "01-27 02-15 02-04 01-23 02-10 01-31 02-19 02-07 01-28 02-16 02-05 01-24 02-12 02-01 01-22 02-09 01-29 02-18 "
    "02-07 01-26 02-14 02-03 01-23 02-10 01-31 02-19 02-08 01-28 02-16 02-05 01-25 02-12 02-01 01-22 02-10 01-29 "
    "02-17 02-06 01-26 02-13 02-03"
)
DIWALI = _listed(
    "10-18 11-05 10-25 11-13 11-03 10-23 11-10 10-30 10-19 11-07 10-26 11-14 11-04 10-25 11-12 11-01 10-21 11-09 "
    "10-28 10-17 11-05 10-26 11-13 11-03 10-23 11-11 10-30 10-19 11-07 10-27 11-14 11-04 10-24 11-12 11-01 10-20 "
    "11-08 10-29 10-17 11-05 10-26"
)
_EID_FITR, _EID_ADHA = _from_hijri(10, 1), _from_hijri(12, 10)

FEASTS: dict[str, tuple[Callable[[int], date | None], int]] = {
    r"new year[’']?s eve": (_fixed(12, 31), 1),
    r"new year[’']?s day": (_fixed(1, 1), 1),
    r"(?:orthodox|coptic) christmas(?: day| eve)?": (_fixed(1, 7), 1),
    r"christmas eve": (_fixed(12, 24), 1),
    r"christmas(?: day)?": (_fixed(12, 25), 1),
    r"boxing day": (_fixed(12, 26), 1),
    r"valentine[’']?s day": (_fixed(2, 14), 1),
    r"(?:international )?women[’']?s day": (_fixed(3, 8), 1),
    r"may day": (_fixed(5, 1), 1),
    r"victory day": (_fixed(5, 9), 1),
    r"bastille day": (_fixed(7, 14), 1),
    r"halloween": (_fixed(10, 31), 1),
    r"thanksgiving(?: day)?": (_nth(11, 3, 4), 1),
    r"labor day": (_nth(9, 0, 1), 1),
    r"memorial day": (_nth(5, 0, 0), 1),
    r"martin luther king(?: jr\.?)? day": (_nth(1, 0, 3), 1),
    r"presidents[’']? day": (_nth(2, 0, 3), 1),
    r"columbus day": (_nth(10, 0, 2), 1),
    r"remembrance sunday": (_nth(11, 6, 2), 1),
    r"veterans day|remembrance day": (_fixed(11, 11), 1),
    r"juneteenth": (_fixed(6, 19), 1),
    r"canada day": (_fixed(7, 1), 1),
    r"australia day": (_fixed(1, 26), 1),
    r"anzac day": (_fixed(4, 25), 1),
    r"earth day": (_fixed(4, 22), 1),
    r"st\.? patrick[’']s day": (_fixed(3, 17), 1),
    r"epiphany": (_fixed(1, 6), 1),
    r"armistice day": (_fixed(11, 11), 1),
    r"all saints[’']? day": (_fixed(11, 1), 1),
    r"ash wednesday": (_from_easter(-46), 1),
    r"palm sunday": (_from_easter(-7), 1),
    r"maundy thursday": (_from_easter(-3), 1),
    r"good friday": (_from_easter(-2), 1),
    r"orthodox easter(?: sunday)?": (orthodox_easter, 1),
    r"holy saturday": (_from_easter(-1), 1),
    r"ascension day": (_from_easter(39), 1),
    r"pentecost|whit sunday": (_from_easter(49), 1),
    r"easter monday": (_from_easter(1), 1),
    r"easter(?: sunday)?": (_from_easter(0), 1),
    r"whit monday": (_from_easter(50), 1),
    r"n[ao][uvw]?r[ouy]+z|newroz": (_nowruz, 1),
    r"(?:the )?(?:chinese|lunar) new year": (LUNAR_NEW_YEAR, 1),
    r"diwali|deepavali": (DIWALI, 1),
    r"eid[ -](?:al|ul|el)[ -]fitr": (_EID_FITR, 1),
    r"eid[ -](?:al|ul|el)[ -]adha": (_EID_ADHA, 1),
    r"kurban bayram[ıi]?": (_EID_ADHA, 1),
    r"ashura": (_from_hijri(1, 10), 1),
    r"(?:the (?:holy |fasting )?month of )?ramad(?:an|han)": (_from_hijri(9, 1), 30),
}
"""Name (a pattern), the first day in a year, and how many days it lasts (Ramadan has 29 where the month is short)."""
LUNAR = ("eid", "kurban", "ashura", "ramad")
"""Names whose day follows the sighting of the moon: dates are good to a day."""
