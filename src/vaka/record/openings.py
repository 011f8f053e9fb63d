"""What a report opens with: its headline's words, its first paragraphs, and the dead, injured and arrested told there.

It reads words and numbers of one report and compares no two; the patterns are coarse, since they only tell whether two
openings may be takes of one story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vaka.knowledge.counting import COUNTED, counting
from vaka.record.copies import body_words, shingles
from vaka.record.pledges import NUMBERS
from vaka.record.words import stems, tells
from vaka.types import Article, Span

PARAGRAPHS = 2
"""A toll that is not told by the second paragraph is not what the report is about."""
REACH = 45
"""Characters between a number and the word of what it counts: some seven words (136 people are known to have died)."""

_NUMBER = r"\d{1,3}(?:[,.]\d{3})+|\d+"
_SMALL = [word for word, value in NUMBERS.items() if value < 20]
_TENS = [word for word, value in NUMBERS.items() if value >= 20]
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_AMOUNT = re.compile(
    rf"(?i)(?<![\d.,])(?:{_NUMBER}|\b(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[:9])}))?|{'|'.join(_SMALL)})\b)"
    r"(?:\.\d+(?= (?:million|billion)))?"
    r"(?![\d%]|[-.,]\d|(?:st|nd|rd|th)\b|[- ](?:percent|per cent|years?|months?|weeks?|days?|hours?|minutes?)\b)"
)
_CLAUSE = re.compile(r"[,;:]|\band\b")
_BREAK = 20
"""Characters that an "and" weighs: in "1,200 died and thirty were wounded" each number keeps its own word."""
_YEAR = re.compile(r"(?:19|20)\d\d")
"""A count of that size is written with a comma mostly; the others are lost."""
_BODY = frozenset({"body", "heading"})


@dataclass(frozen=True, slots=True)
class Count:
    """A number told of the dead, the injured, the arrested, or of people otherwise. `vague` marks words (dozens), for
    which `value` is the least that they can mean; `span` holds the words of the number."""

    kind: str
    value: float
    vague: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Opening:
    """`title` and `lead` are stems: of the title, and of it with the first paragraph; `matter` has the second one too.

    `first` are the shingles of the first sentence; `ends` where the first paragraph, and the last that counts here, end
    in the text. `counts` are all, `heading` those of title and first paragraph, `figures` all numbers, whatever they
    count. `again`, `corrects` and `running` mark what title and first paragraph say.
    """

    title: frozenset[str]
    lead: frozenset[str]
    matter: frozenset[str]
    first: frozenset[tuple[str, ...]]
    ends: tuple[int, int]
    counts: tuple[Count, ...]
    heading: tuple[Count, ...]
    figures: frozenset[float]
    again: bool
    corrects: bool
    running: bool


def opening(article: Article) -> Opening:
    """The opening; a report without a title is headed by its first sentence."""
    paragraphs = list(_paragraphs(article))[:PARAGRAPHS]
    first = paragraphs[0] if paragraphs else Span(0, 0, "")
    sentence = found.group() if (found := _SENTENCE.search(first.text)) else first.text
    head = article.title or sentence
    parts = [*_title(article), *paragraphs]
    told = f"{head}\n{sentence}"
    found_counts = tuple(count for part in parts for count in counts(part))
    return Opening(
        title=stems(head) - counted_stems(),
        lead=stems(f"{head}\n{first.text}") - counted_stems(),
        matter=stems("\n".join([head, *(part.text for part in paragraphs)])) - counted_stems(),
        first=shingles(body_words(sentence)),
        ends=(first.end, paragraphs[-1].end if paragraphs else first.end),
        counts=found_counts,
        heading=tuple(count for count in found_counts if count.span.start < first.end),
        figures=frozenset(value for part in parts for value, *_ in _amounts(part.text)),
        again=tells("again", told),
        running=tells("running", f"{head}\n{first.text}"),
        corrects=tells("corrected", f"{head}\n{first.text}"),
    )


def body_sentences(article: Article) -> list[Span]:
    """The sentences of the report's body, as far as stops and lines tell."""
    return [
        sentence
        for paragraph in _paragraphs(article)
        for sentence in _spans(_SENTENCE, paragraph.start, paragraph.text)
    ]


def counts(passage: Span) -> Iterator[Count]:
    """The numbers of the passage that stand near a word of dying, being hurt or being arrested, each with the nearest
    such word of its sentence; else those right before a word for people."""
    for sentence in _spans(_SENTENCE, passage.start, passage.text):
        words = [(kind, at.start(), at.end()) for kind in COUNTED for at in _counted(kind).finditer(sentence.text)]
        for value, vague, start, end in _amounts(sentence.text):
            near = [(_gap(sentence.text, (start, end), (a, b)), kind) for kind, a, b in words]
            span = Span(sentence.start + start, sentence.start + end, sentence.text[start:end])
            if near and min(near)[0] <= REACH:
                yield Count(min(near)[1], value, vague, span)
            elif _people().match(sentence.text, end):
                yield Count("people", value, vague, span)


def _gap(text: str, number: tuple[int, int], word: tuple[int, int]) -> int:
    """Characters between them; what stands beyond an "and" or a comma is farther than all that does not."""
    start, end = (number[1], word[0]) if number[1] <= word[0] else (word[1], number[0])
    return max(end - start, 0) + (_BREAK if _CLAUSE.search(text[start:end]) else 0)


def _title(article: Article) -> list[Span]:
    return [Span(z.start, z.end, article.text[z.start : z.end]) for z in article.zones if z.kind == "title"][:1]


def _paragraphs(article: Article) -> Iterator[Span]:
    text = article.text
    ranges = [(zone.start, zone.end) for zone in article.zones if zone.kind in _BODY]
    for start, end in ranges or [(article.body_start, len(text))]:
        for line in re.finditer(r"[^\n]*\S[^\n]*", text[start:end]):
            yield Span(start + line.start(), start + line.end(), line.group())


def _spans(pattern: re.Pattern[str], offset: int, text: str) -> Iterator[Span]:
    for found in pattern.finditer(text):
        bare = found.group().strip()
        if bare:
            start = offset + found.start() + found.group().index(bare)
            yield Span(start, start + len(bare), bare)


def _amounts(text: str) -> Iterator[tuple[float, bool, int, int]]:
    taken: list[tuple[int, int]] = []
    for found in _vague().finditer(text):
        taken.append(found.span())
        yield counting().vague[found.group().lower()][0], True, *found.span()
    for found in _AMOUNT.finditer(text):
        if _YEAR.fullmatch(found.group()) or any(start < found.end() and found.start() < end for start, end in taken):
            continue
        scale = _scale().match(text, found.end())
        factor = counting().scales[scale[1].lower()] if scale else 1
        yield factor * _value(found.group().lower()), False, found.start(), scale.end() if scale else found.end()


def _value(text: str) -> float:
    if text[0].isdigit():
        return float(text) if re.fullmatch(r"\d+\.\d{1,2}", text) else float(re.sub(r"[,.]", "", text))
    return float(sum(NUMBERS[word] for word in text.replace("-", " ").split()))


@cache
def _vague() -> re.Pattern[str]:
    words = sorted((word for word in counting().vague if word.endswith("s")), key=len, reverse=True)
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b")


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(rf"(?i)[ -]({'|'.join(word for word in counting().scales if len(word) > 2)})\b")


@cache
def _people() -> re.Pattern[str]:
    """A word for people, after one word more at most: 2,000 unarmed men."""
    words = "|".join(sorted(counting().words["person"], key=len, reverse=True))
    return re.compile(rf"(?i)(?: of| \w+)? (?:{words})s?\b")


@cache
def _counted(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(sorted(_forms(kind), key=len, reverse=True))})\b")


@cache
def _forms(kind: str) -> frozenset[str]:
    """Words of the kind: those that say what became of people, and the verbs that these are forms of. Other verbs
    (gun, round, hang) stand for much else where nothing parses the sentence."""
    words = counting().words
    parts = {part: words.get(f"{kind} {part}", frozenset()) for part in ("state", "fate", "noun", "deed", "toll")}
    single = {word for part in parts.values() for word in part if " " not in word}
    bare = {word.removesuffix("ed") for word in parts["state"] if word.endswith("ed")} | set(parts["fate"])
    inflected = {f"{verb}{end}" for verb in bare if " " not in verb for end in ("", "s", "d", "ed", "ing")}
    return frozenset(single | inflected)


@cache
def counted_stems() -> frozenset[str]:
    """Stems of the words of all kinds, which any two reports of violence share."""
    return stems(" ".join(word for kind in COUNTED for word in _forms(kind)))
