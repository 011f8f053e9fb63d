"""Numbers as text tells them: digits, words, vague words, ranges, money and percent, with the sides left open.

It reads what stands in the words; what a number counts is `magnitude.py`'s to say. Dates and ages are numbers too here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vaka.knowledge.counting import counting
from vaka.types import Article, Quantity

ONES = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: float(at) for at, word in enumerate(ONES.split(), 1)}
WORDS |= {word: 10.0 * at for at, word in enumerate(TENS.split(), 2)}
SYMBOLS = r"(?:(?:US|A|C|NZ|HK|S|R)?\$|€|£|¥|₹|₽|₺|₦|₴|₪|Rs\.?\s?|(?:USD|EUR|GBP|CHF)\s?)"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
LONE_SCALES = frozenset({"k", "m", "mn", "mln", "bn", "tn"})
"""Scales that stand behind digits only."""
AGE_OR_PART = re.compile(r"[-\s]years?[-\s]olds?\b|[-–]?(?:st|nd|rd|th)\b|s\b|/\d|:\d|[-–][A-Za-z]", re.I)
"""What follows a number that counts nothing: ages, ordinals, decades, scores, names with a hyphen (500-kg, 20s)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by its offsets in the text; `of` is money or percent, or empty. `low` and `high` are None where open."""

    start: int
    end: int
    low: float | None
    high: float | None
    of: str = ""


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A number; what stands before one; a currency after one."""
    known = counting()
    scale = any_of(known.scales)
    word = rf"(?:{'|'.join(WORDS)})"
    spelled = rf"{word}(?:[\s-](?:and\s+)?(?:{word}|hundred|thousand|million|billion|dozen)\b)*"
    one = r"(?:half\s+an?\s+|quarter\s+of\s+a\s+|an?\s+)(?:hundred|thousand|million|billion|trillion|dozen)\b"
    one += r"|a\s+couple\s+of\b"
    several = r"(?:several|a\s+few|few)\s+(?:dozen|hundred|thousand|million|billion)s?\b"
    atom = re.compile(
        rf"(?<![\w.,/:])(?<![A-Za-z]-)(?P<symbol>{SYMBOLS})?(?:(?P<digits>{DIGITS})(?:[\s-]?(?P<scale>{scale})\b)?"
        rf"|\b(?P<one>{one})|\b(?P<several>{several})|\b(?P<vague>{any_of(known.vague)})\b|\b(?P<spelled>{spelled})\b)"
        r"(?P<odd>[-\s]odd\b)?",
        re.IGNORECASE,
    )
    lead = {says: any_of(known.words[says]) for says in ("least", "most", "about")}
    before = re.compile(
        rf"(?:\b(?:(?P<least>{lead['least']})|(?P<most>{lead['most']})|(?:{lead['about']}))\s+)$", re.IGNORECASE
    )
    after = re.compile(
        rf"\s?(?:(?P<percent>percent\b|per\s+cent\b|%|percentage\s+points?\b)"
        rf"|(?:of\s+)?(?:[A-Z][a-z]+\s+|U\.?S\.?\s+)?(?P<currency>{any_of(known.words['currency'])})\b)",
        re.IGNORECASE,
    )
    return atom, before, after


def any_of(phrases: Iterable[str]) -> str:
    """The longest first, since a pattern takes the first that fits; spaces may be line breaks."""
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=lambda p: (-len(p), p)))
    return rf"(?:{'|'.join(escaped)})"


@functools.lru_cache(maxsize=512)
def figures(text: str) -> tuple[Figure, ...]:
    """All numbers of a passage in text order, ranges as one, each with the words before it that leave a side open."""
    atom, _, after = _patterns()
    found: list[Figure] = []
    previous: tuple[Figure, float] | None = None  # the last number without its lead, and its scale
    for match in atom.finditer(text):
        read = _value(match)
        if read is None or (match["digits"] and not match["scale"] and AGE_OR_PART.match(text, match.end())):
            previous = None
            continue
        low, high, scale = read
        follows = after.match(text, match.end())
        of = "money" if match["symbol"] or (follows and follows["currency"]) else "percent" if follows else ""
        end = follows.end() if follows and of else match.end()
        figure = Figure(match.start(), end, low, high, of)
        joined = _range(text, previous, figure, scale) if previous else None
        if joined is not None:
            found[-1] = _opened(text, joined)
            previous = None
        else:
            found.append(_opened(text, figure))
            previous = (figure, scale)
    return tuple(found)


def _value(match: re.Match[str]) -> tuple[float, float | None, float] | None:
    """Low, high and scale of one number; None where the words are none ("m" alone)."""
    known = counting()
    if match["digits"]:
        word = (match["scale"] or "").lower()
        if word in LONE_SCALES and not match["symbol"] and match[0][-len(word) - 1] in " -":
            return None
        scale = known.scales[word] if word else 1.0
        value = float(match["digits"].replace(",", "")) * scale
        return value, value, scale
    plain = " ".join((match["one"] or match["several"] or match["vague"] or match["spelled"]).lower().split())
    if match["one"]:
        part = 0.5 if plain.startswith("half") else 0.25 if plain.startswith("quarter") else 1.0
        scale = 2.0 if "couple" in plain else known.scales[plain.split()[-1]]
        return part * scale, part * scale, scale
    if match["several"]:
        few, factor = known.vague[plain.split()[-2]], known.scales[plain.split()[-1].rstrip("s")]
        return few[0] * factor, few[1] * factor if few[1] else None, factor
    if match["vague"]:
        return (*known.vague[plain], 1.0)
    spelled = spelled_number(plain)
    return None if spelled is None else (spelled, spelled, 1.0)


def spelled_number(plain: str) -> float | None:
    """One hundred and thirty as 130, twenty-one as 21, two dozen as 24."""
    scales, total, current = counting().scales, 0.0, 0.0
    for word in re.split(r"[\s-]+", plain):
        if word in WORDS:
            current += WORDS[word]
        elif word == "hundred" or word == "dozen":
            current = (current or 1.0) * scales[word]
        elif word in scales:
            total, current = total + (current or 1.0) * scales[word], 0.0
        elif word != "and":
            return None
    return total + current or None


LINK = re.compile(rf"\s*(?:(?P<and>and)|to|or|[-–—])\s*(?:{SYMBOLS})?\s*", re.IGNORECASE)
OPENED = re.compile(r"\b(?P<word>between|from)\s+$", re.IGNORECASE)


def _range(text: str, previous: tuple[Figure, float], last: Figure, scale: float) -> Figure | None:
    """Between 10 and 15, 10 to 15, 300 to 500 million: the lower end takes the scale that it leaves out."""
    first, own = previous
    link = LINK.fullmatch(text[first.end : last.start])
    opened = OPENED.search(text[: first.start])
    if link is None or first.low is None or last.high is None or {first.of, last.of} == {"money", "percent"}:
        return None
    if link["and"] and not (opened and opened["word"].lower() == "between"):
        return None
    low = first.low * scale if own == 1.0 and first.low * scale < last.high else first.low
    if low >= last.high:
        return None
    start = opened.start() if opened and opened["word"].lower() == "between" else first.start
    if opened and opened["word"].lower() == "from" and not link["and"]:
        return replace(last, start=first.start, low=last.low)  # from 41 to 58: what it has come to
    return Figure(start, last.end, low, last.high, last.of or first.of)


def _opened(text: str, figure: Figure) -> Figure:
    """The figure with the words before it: at least 12 has no high, up to 12 no low."""
    before = _patterns()[1]
    low, high, start = figure.low, figure.high, figure.start
    while lead := before.search(text[max(0, start - 40) : start]):
        if lead["least"] and low == high:
            high = None
        elif lead["most"]:
            low = None
        start -= len(lead.group())
    return replace(figure, low=low, high=high, start=start)


def in_article(article: Article, figure: Figure, offset: int) -> Quantity:
    """The figure of a passage that begins at `offset` as a quantity of the article."""
    span = article.span(offset + figure.start, offset + figure.end)
    return Quantity(figure.low, figure.high, span.text, span)


def money_in(article: Article, start: int, end: int) -> Quantity | None:
    """The first sum of money between two offsets."""
    found = next((figure for figure in figures(article.text[start:end]) if figure.of == "money"), None)
    return in_article(article, found, start) if found else None
