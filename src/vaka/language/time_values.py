"""Readings: a type, a TIMEX3 value and the days that it covers; here is the arithmetic, and no words are read.

Weeks are ISO weeks. Seasons are those of the northern hemisphere, by whole months, and a winter belongs to the year
in which it begins. Units count: E a decade, C a century, as in TimeBank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What words mean. `clock` is the part of `value` after the day; `dated` is false for a clock time whose day was
    only supposed; `again` gives the same reading for another year where the words left the year out."""

    type: str
    value: str | None
    start: date | None = None
    end: date | None = None
    grain: str | None = None
    mod: str | None = None
    score: float = 0.9
    clock: str = ""
    dated: bool = True
    again: Callable[[int], Reading | None] | None = field(default=None, compare=False, repr=False)


NOTHING = Reading("", None)
"""The words are a name or a number and no time: they are taken, and give nothing."""


def year(number: int) -> Reading:
    return Reading("DATE", f"{number:04d}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(first: int) -> Reading:
    first -= first % 10
    return Reading("DATE", str(first // 10), date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century(number: int) -> Reading:
    """The nth century, from year 1 to year 100 of it; the value is TimeML's two digits."""
    start, end = date(number * 100 - 99, 1, 1), date(number * 100, 12, 31)
    return Reading("DATE", f"{number - 1:02d}", start, end, "century")


def month(number: int, of: int) -> Reading:
    start = date(number, of, 1)
    return Reading("DATE", f"{number:04d}-{of:02d}", start, shift(start, 1, "month") - DAY, "month")


def day(on: date) -> Reading:
    return Reading("DATE", on.isoformat(), on, on, "day")


def week(on: date) -> Reading:
    start = on - on.weekday() * DAY
    iso = on.isocalendar()
    return Reading("DATE", f"{iso.year:04d}-W{iso.week:02d}", start, start + 6 * DAY, "week")


def weekend(on: date) -> Reading:
    """The Saturday and Sunday of the week of `on`."""
    whole = week(on)
    start = on - on.weekday() * DAY + 5 * DAY
    return Reading("DATE", f"{whole.value}-WE", start, start + DAY, "weekend")


def quarter(number: int, of: int) -> Reading:
    start = date(number, of * 3 - 2, 1)
    return Reading("DATE", f"{number:04d}-Q{of}", start, shift(start, 3, "month") - DAY, "quarter")


def half(number: int, of: int) -> Reading:
    start = date(number, of * 6 - 5, 1)
    return Reading("DATE", f"{number:04d}-H{of}", start, shift(start, 6, "month") - DAY, "half-year")


def season(number: int, of: str) -> Reading:
    start = date(number, SEASON_MONTH[of], 1)
    return Reading("DATE", f"{number:04d}-{of}", start, shift(start, 3, "month") - DAY, "season")


def part(on: date, clock: str, dated: bool = True) -> Reading:
    """A part of a day (TMO, TNI …) or a clock time (T14:00, T17) on a day."""
    grain = "part-of-day" if clock[1:2].isalpha() else ("minute" if ":" in clock else "hour")
    return Reading("TIME", on.isoformat() + clock, on, on, grain, clock=clock, dated=dated)


def duration(number: float | None, unit: str) -> Reading:
    """A length of time; no number is a vague one (PXD)."""
    letter = {"fortnight": "W"}.get(unit) or LETTERS[unit]
    if number is not None and unit == "fortnight":
        number *= 2
    size = "X" if number is None else f"{number:g}" if number < 1e6 else f"{number:.0f}"
    clock = "T" if unit in {"second", "minute", "hour"} else ""
    return Reading("DURATION", f"P{clock}{size}{letter}", grain="week" if unit == "fortnight" else unit)


LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
    "decade": "E", "century": "C",
}  # fmt: skip


def reference(name: str) -> Reading:
    """PRESENT_REF, PAST_REF or FUTURE_REF."""
    return Reading("DATE", name)


def unresolved(kind: str, grain: str | None, score: float = 0.5) -> Reading:
    """Words that are a time, of which it cannot be said which one."""
    return Reading(kind, None, grain=grain, score=score)


def interval(first: Reading, last: Reading) -> Reading:
    """From the start of one to the end of the other, as an ISO 8601 interval."""
    kind = "TIME" if "TIME" in (first.type, last.type) else "DATE"
    value = f"{first.value}/{last.value}" if first.value and last.value else None
    both = f"{first.clock}/{last.clock}" if first.clock and last.clock and not (first.dated or last.dated) else ""
    sure = min(first.score, last.score)
    return Reading(kind, value, first.start, last.end, last.grain, score=sure, clock=both, dated=not both)


def shift(on: date, number: int, unit: str) -> date:
    """`on` moved by whole units; the day of the month is cut to the month's length.

    Raises OverflowError or ValueError outside the years 1 to 9999.
    """
    if unit in {"day", "week", "fortnight"}:
        return on + number * {"day": 1, "week": 7, "fortnight": 14}[unit] * DAY
    months = number * {"month": 1, "season": 3, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    total = on.year * 12 + on.month - 1 + months
    first = date(total // 12, total % 12 + 1, 1)
    after = date((total + 1) // 12, (total + 1) % 12 + 1, 1)
    return min(first + (on.day - 1) * DAY, after - DAY)


def containing(unit: str, on: date) -> Reading:
    """The day, week, weekend, month, quarter, season, year, decade or century that holds `on`."""
    if unit == "month":
        return month(on.year, on.month)
    if unit == "quarter":
        return quarter(on.year, (on.month + 2) // 3)
    if unit == "season":
        back = shift(on, -2, "month") if on.month < 3 else on
        return season(back.year, ("SP", "SU", "FA", "WI")[(on.month - 3) % 12 // 3])
    if unit == "century":
        return century((on.year + 99) // 100)
    if unit in {"year", "decade"}:
        return year(on.year) if unit == "year" else decade(on.year)
    return {"day": day, "week": week, "fortnight": week, "weekend": weekend}[unit](on)


def neighbour(unit: str, on: date, number: int) -> Reading:
    """The unit that lies `number` units from the one that holds `on`."""
    return containing(unit, shift(on, number, "week" if unit == "weekend" else unit))


THIRDS = {"decade": ("year", 4, 7), "year": ("month", 4, 8), "month": ("day", 10, 20)}
"""Where a decade, a year and a month are cut in three."""


def narrow(whole: Reading, mod: str) -> Reading:
    """The first, middle or last third of a reading longer than three days; shorter ones keep their days."""
    found = replace(whole, mod=mod)
    if whole.start is None or whole.end is None or (whole.end - whole.start).days < 3:
        return found
    days = (whole.end - whole.start).days + 1
    unit, first, second = THIRDS.get(whole.grain or "", ("day", days // 3, days * 2 // 3))
    one, two = shift(whole.start, first, unit), shift(whole.start, second, unit)
    if mod == "START":
        return replace(found, end=one - DAY)
    if mod == "MID":
        return replace(found, start=one, end=two - DAY)
    return replace(found, start=two)


def stretch(on: date, number: float | None, unit: str, forward: bool) -> tuple[date | None, date | None]:
    """The days from `on` so many units ahead or back; the far side is open for a vague number. Hours count as the
    days that they fill (24 hours reach the next day)."""
    if number is None:
        return (on, None) if forward else (None, on)
    if unit in {"second", "minute", "hour"}:
        hours = number / {"second": 3600, "minute": 60, "hour": 1}[unit]
        number, unit = hours // 24, "day"
    whole = int(number)
    far = shift(on, whole if forward else -whole, unit)
    if number != whole:
        rest = round((number - whole) * {"day": 1, "week": 7, "month": 30, "year": 365}.get(unit, 0))
        far += (rest if forward else -rest) * DAY
    return (on, far) if forward else (far, on)
