"""Turns a stated publication date into ISO 8601; refuses what is ambiguous (03/04/2022) or not a full day.

Only dates that stand apart are read here (a header line, a field, a feed's element); dates inside running text are
the language room's business.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:,?\s+(?:at\s+|[-–|·]\s*)?(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>gmt|utc|z|\(?[a-z]{2,5}\)?)?)?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = tuple(
    re.compile(_WEEKDAY + form + _CLOCK + r"\.?", re.IGNORECASE)
    for form in (
        _MONTH + r"\s+" + _DAY + r",?\s+(?P<year>\d{4})",
        _DAY + r"(?:\s+of)?[\s-]+" + _MONTH + r",?[\s-]+(?P<year>\d{4})",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_NUMERIC = re.compile(r"(?P<one>\d{1,2})[/.-](?P<two>\d{1,2})[/.-](?P<year>\d{4})" + _CLOCK, re.IGNORECASE)
_MAIL = re.compile(r"(?:\w{3,9},\s*)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d{1,2}:\d\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")


def iso_date(words: str) -> str | None:
    """`YYYY-MM-DD`, with `THH:MM:SS` and an offset where they are told; None for anything unclear.

    A zone name other than GMT and UTC is dropped, since most of them have several meanings.
    """
    words = " ".join(words.split())
    if len(words) > 60:
        return None
    if _ISO.fullmatch(words):
        return _from_iso(words)
    if _MAIL.match(words):
        return _from_mail(words) or _from_words(words)
    return _from_words(words)


def _from_iso(words: str) -> str | None:
    try:
        if len(words) == 10:
            return date.fromisoformat(words).isoformat()
        return _stamp(datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d|Z|UTC|GMT)", "", words).replace("UTC", "Z")))
    except ValueError:
        return None


def _from_mail(words: str) -> str | None:
    try:
        return _stamp(parsedate_to_datetime(words))
    except (ValueError, IndexError, OverflowError):
        return None


def _from_words(words: str) -> str | None:
    for form in _WRITTEN:
        if found := form.fullmatch(words):
            month = found["month"].lower()
            return _compose(found, int(found["year"]), MONTHS.get(month) or int(month), int(found["day"]))
    if found := _NUMERIC.fullmatch(words):
        one, two = int(found["one"]), int(found["two"])
        if one > 12 or one == two:
            return _compose(found, int(found["year"]), two, one)
        if two > 12:
            return _compose(found, int(found["year"]), one, two)
    return None


def _compose(found: re.Match[str], year: int, month: int, day: int) -> str | None:
    try:
        when = date(year, month, day)
        if found["hour"] is None:
            return when.isoformat()
        hour = int(found["hour"])
        if half := found["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
        clock = time(hour, int(found["minute"]), int(found["second"] or 0))
        zone = (found["zone"] or "").lower() in {"gmt", "utc", "z"}
        return _stamp(datetime.combine(when, clock)) + ("Z" if zone else "")
    except ValueError:
        return None


def _stamp(when: datetime) -> str:
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")
