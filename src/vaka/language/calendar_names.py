"""Names that the calendar knows: months, weekdays, numbers, units, seasons, and feasts with their dates; no grammar.

Feasts of the sun are counted; those of the moon stand as data for 1990 to 2030 (the Chinese and Hindu ones), and the
Islamic ones are counted in the civil calendar, which may differ by a day from a country's sighting of the moon.
"""

from __future__ import annotations

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
    "twenty-first": 21, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
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


def islamic(month: int, day: int, year: int) -> date | None:
    """The Gregorian day of an Islamic month and day that falls in `year` (civil calendar, the last one if two)."""
    around = round((year - 622) * 33 / 32)
    for hijri in (around + 1, around, around - 1):
        days = day + (59 * (month - 1) + 1) // 2 + (hijri - 1) * 354 + (3 + 11 * hijri) // 30
        found = date.fromordinal(days + 227014)
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
    r"armistice day": (_fixed(11, 11), 1),
    r"all saints[’']? day": (_fixed(11, 1), 1),
    r"ash wednesday": (_from_easter(-46), 1),
    r"palm sunday": (_from_easter(-7), 1),
    r"maundy thursday": (_from_easter(-3), 1),
    r"good friday": (_from_easter(-2), 1),
    r"orthodox easter(?: sunday)?": (orthodox_easter, 1),
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
"""Name (a pattern), the first day in a year, and how many days it lasts."""
LUNAR = ("eid", "kurban", "ashura", "ramad")
"""Names whose day follows the sighting of the moon: dates are good to a day."""
