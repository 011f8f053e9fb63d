"""Times of a report: finds their words and resolves them to days; it makes up no day that it cannot tell.

The grammar is Vaka's own: `time_dates`, `time_years`, `time_spans`, `time_lengths` and `time_clock` hold the
rules, `time_joins` what stands around them, `time_names` what only looks like a time, `time_tense` reads which way a
clause points.

Where TIMEX3 leaves a choice, docs/reference/times.md says what is chosen and why.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from vaka.language import time_clock, time_dates, time_lengths, time_spans, time_years
from vaka.language.time_grammar import Moment, Rule, kinds_in, scan
from vaka.language.time_joins import join
from vaka.language.time_values import Reading
from vaka.syntax import Sentence
from vaka.types import Article, Basis, Issue, Page, Time, item_id

VERSION = "1"


class TimesStage:
    """Needs sentences; gives times, and one issue where a missing day of publication left some without a value."""

    name = "times"
    needs = frozenset({"sentences"})
    gives = frozenset({"times"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return [timed(page) for page in pages]


def timed(page: Page) -> Page:
    """The page with the times of all its sentences; what a sentence names anchors the next (the following day)."""
    times: list[Time] = []
    last: Reading | None = None
    asked = False
    for sentence in mended(page.sentences, page.article.text):
        found, last, missed = _read(sentence, page.article, last)
        times.extend(found)
        asked = asked or missed
    issues = page.issues
    if asked:
        message = "the report has no day of publication, so times that leave out year or week stay without a value"
        issues = (*issues, Issue("times", message))
    return replace(page, times=tuple(times), issues=issues)


HALF_OF_DAY = re.compile(r"\b[ap]\.\s?m\.$")
GOES_ON = re.compile(r"\(|on\b|(?:[A-Z]\w+ ){1,2}time\b|local\b|[A-Z]{2,4}\b")


def mended(sentences: Sequence[Sentence], text: str) -> Iterator[Sentence]:
    """The sentences, but one that the parser ended at "8 p.m." goes on where the next opens with a zone or a day."""
    held: Sentence | None = None
    for sentence in sentences:
        if held is None:
            held = sentence
            continue
        near = (held.zone, held.paragraph) == (sentence.zone, sentence.paragraph)
        opens = text[sentence.start : sentence.start + 40]
        if near and HALF_OF_DAY.search(text[held.start : held.end].rstrip()) and GOES_ON.match(opens):
            held = joined(held, sentence)
        else:
            yield held
            held = sentence
    if held is not None:
        yield held


def joined(first: Sentence, second: Sentence) -> Sentence:
    """Two sentences as one, the root of the second hanging on the last word of the first."""
    shift = len(first.tokens)
    tokens = [replace(t, i=t.i + shift, head=t.head + shift) for t in second.tokens]
    if not shift:
        return second
    tokens = [replace(t, head=shift - 1, dep="appos") if t.head == t.i else t for t in tokens]
    return replace(first, end=second.end, tokens=(*first.tokens, *tokens), kids=())


def find_times(sentence: Sentence, article: Article, last: Reading | None = None) -> list[Time]:
    """The times of one sentence, in text order and without overlaps.

    `article.day` fills what the words leave out. `last` is the latest located reading before the sentence, from which
    "the following day" is counted. A time that cannot be told has neither value nor days.
    """
    return _read(sentence, article, last)[0]


def _read(sentence: Sentence, article: Article, last: Reading | None) -> tuple[list[Time], Reading | None, bool]:
    """Times, the reading to count from next, and whether the day of publication was missed."""
    text = article.text[sentence.start : sentence.end]
    if not kinds_in(text):
        return [], last, False
    moment = Moment(sentence, text, published(article), last)
    scan(rules(), moment)
    found = join(moment) if moment.found else []
    span = article.span(sentence.start, sentence.end) if found else None
    times = []
    for item in found:
        start, end, reading = sentence.start + item.start, sentence.start + item.end, item.reading
        times.append(
            Time(
                id=item_id(article, "time", start, end),
                evidence=(span,) if span else (),
                basis=Basis("times", item.rule, VERSION, round(reading.score, 2)),
                span=article.span(start, end),
                type=reading.type,
                value=reading.value,
                start=reading.start.isoformat() if reading.start else None,
                end=reading.end.isoformat() if reading.end else None,
                grain=reading.grain,
                mod=reading.mod,
            )
        )
    return times, moment.last, moment.asked


def published(article: Article) -> date | None:
    """The day of publication; None where there is none or it is not a date."""
    try:
        return date.fromisoformat(article.day) if article.day else None
    except ValueError:
        return None


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules; of matches that begin together and are equally long the first one here is tried first."""
    rooms = (time_lengths, time_spans, time_clock, time_dates, time_years)
    return tuple(rule for room in rooms for rule in room.rules())
