"""How time words are found in a sentence: the pieces that patterns are built of, rules, and the choice among matches.

A rule is a pattern and a function that reads its match; it runs only on sentences that hold its kinds of words. Of
rules that match at the same place the longest that reads as a time wins. A function may refuse (None: the next
candidate is tried) or take the words as a name (`NOTHING`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from vaka.language import calendar_names as names
from vaka.language import time_tense
from vaka.language.calendar_names import words
from vaka.language.time_names import is_name
from vaka.language.time_values import Reading
from vaka.syntax import Sentence, Token

MONTH_WORD, WEEKDAY_WORD, UNIT_WORD, NUMBER, FOUR_DIGITS, PLACE_WORD, REFERENCE, PART_WORD = (1 << n for n in range(8))
SEASON_WORD, FEAST_WORD, SET_WORD, DECADE_WORD, ORDER_WORD, DEICTIC_WORD, SPELLED_YEAR, CLOCK_WORD = (
    1 << n for n in range(8, 16)
)


def _kinds() -> dict[str, int]:
    kinds: dict[str, int] = {}
    rows: list[tuple[int, Iterable[str]]] = [
        (MONTH_WORD, (*names.MONTHS, *names.SHORT_MONTHS)),
        (WEEKDAY_WORD, [day + s for day in names.WEEKDAYS for s in ("", "s")]),
        (UNIT_WORD, [unit + s for unit in names.UNITS for s in ("", "s")]),
        (UNIT_WORD, words("weekend weekends period daylong weeklong monthlong yearlong")),
        (PLACE_WORD, words("last this next past previous preceding following coming same that current first latest")),
        (
            REFERENCE,
            words(
                "now currently current presently present moment nowadays recently recent lately while ago soon formerly"
            ),
        ),
        (REFERENCE, words("previously future earlier past days")),
        (PART_WORD, [part + s for part in names.PARTS_OF_DAY for s in ("", "s")]),
        (SEASON_WORD, names.SEASONS),
        (FEAST_WORD, words("year christmas boxing valentine women may victory bastille halloween armistice saints")),
        (
            FEAST_WORD,
            words("thanksgiving labor memorial martin presidents columbus remembrance veterans juneteenth canada"),
        ),
        (FEAST_WORD, words("australia anzac earth patrick epiphany holy ascension pentecost")),
        (FEAST_WORD, words("ash palm maundy good easter whit chinese lunar diwali deepavali eid kurban ashura")),
        (FEAST_WORD, words("ramadan ramadhan nowruz nauryz navruz novruz norouz nouruz newroz noruz nowrouz")),
        (
            SET_WORD,
            words(
                "every each fortnightly annually yearly daily hourly weekly monthly quarterly nightly once twice times"
            ),
        ),
        (DECADE_WORD, (*names.DECADES, "s", "century")),
        (ORDER_WORD, words("quarter half fiscal financial fy q century")),
        (DEICTIC_WORD, words("today yesterday tomorrow tonight overnight")),
        (SPELLED_YEAR, ("eighteen", "nineteen")),
        (CLOCK_WORD, ("clock",)),
    ]
    for kind, listed in rows:
        for word in listed:
            kinds[word] = kinds.get(word, 0) | kind
    return kinds


KINDS = _kinds()
_WORD = re.compile(r"[a-z]+|\d+")


def kinds_in(text: str) -> int:
    """The kinds of time words in a text, as bits: the cheap look that spares most sentences the grammar."""
    found = 0
    for word in _WORD.findall(text.lower()):
        if word in KINDS:
            found |= KINDS[word]
        elif word[0] <= "9":
            found |= NUMBER | FOUR_DIGITS if len(word) == 4 else NUMBER
            if word == "9":
                found |= FEAST_WORD
            if len(word) > 1 and word[0] == "q":
                found |= ORDER_WORD
    return found


# Pieces of patterns. All are matched without regard to case; rules look at the case where it matters.
MONTH = rf"(?P<month>(?:{'|'.join(names.MONTHS)})\b|(?:{'|'.join(names.SHORT_MONTHS)})\b\.?)"
WEEKDAY = rf"(?P<weekday>{'|'.join(names.WEEKDAYS)})"
WEEKDAY_BEFORE = r"(?:(?P<wd>mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?,?\s+(?:the\s+)?)?"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
FOUR = r"(?:1\d|20|21)\d\d"
UNIT = (
    r"(?P<unit>seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))\b"
)
_TENS = "|".join(names.TENS)
_ONES = "|".join(word for word in names.SMALL if word not in {"a", "an", "hundred", "dozen", "couple"})
SAID_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
    rf"|(?:{_TENS})(?:[-\s](?:{_ONES}))?\b|(?:{_ONES})\b(?:\s+hundred\b)?|(?:an?\s+)?(?:hundred|dozen|couple(?:\s+of)?)\b)"
)
VAGUE_NUMBER = r"(?:(?:a|the)\s+few|(?:dozens|hundreds|thousands|scores)\s+of|few|several|some|many)\b"
COUNTED = (
    r"(?:people|persons?|men|women|children|troops|soldiers|rebels|fighters|militants|prisoners|refugees|migrants|police|"
    r"officers|civilians|families|houses|homes|villages|households|workers|students|protesters|demonstrators|victims|"
    r"cases|dollars?|euros?|pounds|rou?bles?|tenge|som|lira|yuan|yen|francs?|rupees?|dinars?|rials?|pesos?|lei|hryvnias?|"
    r"kilomet(?:re|er)s?|met(?:re|er)s?|km|mm|cm|miles?|feet|kilograms?|kilos?|kg|tons?|tonnes?|barrels?|litres?|hectares?|"
    r"acres?|degrees?|points?|seats?|votes?|shares?|vehicles?|tanks?|guns?|rounds?|shells?|missiles?|rockets?|bombs?|"
    r"sorties|megawatts?|mw|gigawatts?|volts?|percent|per cent|hp|cc|tents|beds|jobs|members|passengers|tourists|"
    r"delegates|observers|peacekeepers|monitors|guests|schools|others|million|billion|thousand|hundred|times|street|"
    r"avenue|road|st\.|copies|pages|animals|sheep|horses|head|firefighters|inmates|recruits|reservists|volunteers|block)\b|%"
)
LATER_YEAR = (
    rf"(?:,?\s+(?:of\s+)?(?:(?P<year>{FOUR})\b(?!\s*(?:gmt|utc|hours))(?![.,]\d)"
    r"|(?P<rel>last|this|next|that|the\s+same)\s+year\b))?"
)

MODS = {
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "less than": "LESS_THAN", "under": "LESS_THAN",
    "just under": "LESS_THAN",
    "more than": "MORE_THAN", "over": "MORE_THAN", "well over": "MORE_THAN", "just over": "MORE_THAN",
    "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "up to": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS", "a maximum of": "EQUAL_OR_LESS", "as long as": "EQUAL_OR_LESS",
}  # fmt: skip

Build = Callable[["re.Match[str]", "Moment"], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs` are bits of `kinds_in`; a sentence must hold them all."""

    name: str
    needs: int
    pattern: re.Pattern[str]
    build: Build


def rule(name: str, needs: int, pattern: str, build: Build, cased: bool = False) -> Rule:
    return Rule(name, needs, re.compile(pattern, 0 if cased else re.IGNORECASE), build)


@dataclass(slots=True)
class Found:
    """A reading and where it stands in the sentence's text."""

    start: int
    end: int
    reading: Reading
    rule: str


@dataclass(slots=True)
class Moment:
    """What a rule may ask while a sentence is read: its words, the day of publication, and what was read before.

    `last` is the latest located time of the page so far, `asked` becomes true when the missing day was needed.
    """

    sentence: Sentence
    text: str
    today: date | None
    last: Reading | None = None
    found: list[Found] = field(default_factory=list)
    asked: bool = False

    def day(self) -> date | None:
        """The day of publication; remembers that it was needed and missing."""
        self.asked = self.asked or self.today is None
        return self.today

    def direction(self, match: re.Match[str]) -> int:
        """As `time_tense.direction`, with the words before taken into account: since, until, by, ahead of, due."""
        before = self.before(match.start())
        start, end = self.sentence.start + match.start(), self.sentence.start + match.end()
        cue = _CUE.search(before)
        if cue:
            word = cue["cue"].lower()
            if word == "since":
                return -2
            if word not in {"until", "till", "by"}:
                return 2
            lasting = time_tense.stays(self.sentence, start, end)
            return -2 if lasting or (word == "by" and _PERFECT.search(self.text)) else 2
        pointed = time_tense.direction(self.sentence, start, end)
        return max(-1, min(1, pointed)) if _ASIDE.search(before) else pointed

    def was_to(self, match: re.Match[str]) -> bool:
        return time_tense.was_to(self.sentence, self.sentence.start + match.start(), self.sentence.start + match.end())

    def before(self, at: int, width: int = 40) -> str:
        return self.text[max(0, at - width) : at]

    def token(self, at: int) -> Token | None:
        """The token that holds a place of the sentence's text."""
        place = self.sentence.start + at
        for token in self.sentence.tokens:
            if token.start <= place < token.end:
                return token
        return None

    def alone(self, match: re.Match[str]) -> bool:
        """Whether the match is the whole text but for punctuation."""
        return not (self.text[: match.start()] + self.text[match.end() :]).strip(" .,;:!?\"'()")

    def year_said(self, match: re.Match[str]) -> int | None:
        """A year that the sentence named shortly before, in which its yearless months lie (in 1979 … in April)."""
        for seen in reversed(self.found):
            spelled = seen.reading.again is None and seen.reading.grain in {"year", "month", "day"}
            if spelled and seen.reading.start and seen.reading.value and match.start() - seen.end < 60:
                if _OTHER_CLAUSE.search(self.text[seen.end : match.start()]):
                    return None
                owned = seen.rule == "year" and not re.search(r"\b(?:in|of|during)\s+$", self.before(seen.start), re.I)
                return seen.reading.start.year if seen.rule in YEARS_LAST and not owned else None
        return None


YEARS_LAST = {"year", "date", "month of a year"}
"""Rules whose year holds for the yearless months right after them."""
_CUE = re.compile(
    r"\b(?P<cue>since|until|till|by|ahead of|upcoming|no later than|due|(?:scheduled|set|planned|slated) (?:for|on)"
    r"|(?:call(?:ed|s|ing)?\s(?:\w+[\s-]){1,5}(?:strike|rally|protest|march|demonstration|boycott|vote|election)s?\s(?:for|on)))\s+"
    r"(?:\w+\s+|(?:(?:[\d:.]+(?:\s*[ap]\.?m\.?)?|noon|midnight|dawn|GMT|UTC|local time|on|at|the end of|late|early)"
    r"\s+)+)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:from|to|for|before|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_PERFECT = re.compile(r"\bhad\s+(?!to\b)", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(r"\b(?:will|now|would|who|which|said|says|reported)\b", re.IGNORECASE)


def scan(rules: Iterable[Rule], moment: Moment) -> list[Found]:
    """The times of a sentence in text order, none overlapping; also kept in `moment.found` as they are read."""
    held = kinds_in(moment.text)
    candidates: list[tuple[int, int, int, Rule, re.Match[str]]] = []
    for order, each in enumerate(rules):
        if each.needs & held == each.needs:
            for match in each.pattern.finditer(moment.text):
                candidates.append((match.start(), -match.end(), order, each, match))
    candidates.sort(key=lambda row: row[:3])
    at = 0
    for start, end, _, each, match in candidates:
        if start < at:
            continue
        reading = read(each, match, moment)
        if reading is None:
            continue
        at = -end
        if reading.type and is_name(moment.sentence, moment.text, start, -end, each.name):
            continue
        if reading.type:
            moment.found.append(Found(start, -end, reading, each.name))
            if reading.start and reading.type in {"DATE", "TIME"}:
                moment.last = reading
    return moment.found


def read(each: Rule, match: re.Match[str], moment: Moment) -> Reading | None:
    """What the rule makes of its match; None also where the words name no day of the calendar (31 February)."""
    try:
        return each.build(match, moment)
    except (ValueError, OverflowError):
        return None
