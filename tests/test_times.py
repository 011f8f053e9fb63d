"""The sentences of cases/times.yml, all at once, and what must hold for any text: no error, and spans that are true."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vaka.language import calendar_names as names
from vaka.language import time_values as values
from vaka.language.parse import ParseStage
from vaka.language.time import TimesStage, find_times
from vaka.syntax import Sentence, Token
from vaka.types import Article, Page, Time, Zone

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "times.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)["cases"]
FIELDS = ("start", "end", "grain", "mod", "type")


def page_of(text: str, published: str | None, zone: str = "body") -> Page:
    return Page(Article(id=text, text=text, published=published, zones=(Zone(zone, 0, len(text)),)))


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """The page of each case, parsed in one batch."""
    rows = [page_of(case["text"], case.get("published"), "title" if case.get("title") else "body") for case in CASES]
    return TimesStage().run(ParseStage().run(rows))


def wanted(row: dict[str, str], name: str) -> str | None:
    return None if row[name] == "null" else row[name]


def faults(case: dict[str, Any], times: tuple[Time, ...]) -> list[str]:
    """What is wrong with the times of a case, in words."""
    found = [(t.span.text if t.span else "", t.value) for t in times]
    asked = [(row["words"], wanted(row, "value")) for row in case["times"]]
    if found != asked:
        return [f"{case['text']!r} ({case.get('published')}): wanted {asked}, found {found}"]
    return [
        f"{case['text']!r}: {row['words']} has {name} {getattr(time, name)}, wanted {row[name]}"
        for row, time in zip(case["times"], times, strict=True)
        for name in FIELDS
        if name in row and getattr(time, name) != wanted(row, name)
    ]


def test_cases(pages: list[Page]) -> None:
    wrong = [fault for case, page in zip(CASES, pages, strict=True) for fault in faults(case, page.times)]
    assert not wrong, f"{len(wrong)} of {len(CASES)} cases:\n" + "\n".join(wrong)


def test_the_table_holds_enough_and_no_case_twice() -> None:
    assert len(CASES) >= 300
    assert sum(not case["times"] for case in CASES) >= 100
    twice = [text for text, n in Counter(case["text"] for case in CASES).items() if n > 1]
    assert not twice


def test_every_time_is_cited_and_its_days_are_in_order(pages: list[Page]) -> None:
    for page in pages:
        article, last = page.article, 0
        for time in page.times:
            assert time.span and article.text[time.span.start : time.span.end] == time.span.text
            assert time.span.start >= last
            last = time.span.end
            assert any(e.start <= time.span.start and time.span.end <= e.end for e in time.evidence)
            assert time.type in {"DATE", "TIME", "DURATION", "SET"}
            assert 0 < time.basis.score <= 1
            if time.start and time.end:
                assert date.fromisoformat(time.start) <= date.fromisoformat(time.end)
        assert len({time.id for time in page.times}) == len(page.times)


def test_a_missing_day_of_publication_is_told_once() -> None:
    page = page_of("The cabinet met on Tuesday. It met again last week. The war ended in 1995.", None)
    (read,) = TimesStage().run(ParseStage().run([page]))
    assert [time.value for time in read.times] == [None, None, "1995"]
    assert [issue.stage for issue in read.issues] == ["times"]


def test_a_sentence_anchors_the_next_one() -> None:
    page = page_of("Rebels took the port on 3 May 2013. The following day they left.", "2022-01-11")
    (read,) = TimesStage().run(ParseStage().run([page]))
    assert [time.value for time in read.times] == ["2013-05-03", "2013-05-04"]
    assert not read.issues


@pytest.mark.parametrize("published", ["2022-01-11T08:30:00+06:00", "not a date", "", None])
def test_odd_days_of_publication(published: str | None) -> None:
    (read,) = TimesStage().run(ParseStage().run([page_of("Police fired on Tuesday.", published)]))
    assert [time.value for time in read.times] == (["2022-01-11"] if published and published[0] == "2" else [None])


def flat(text: str, start: int = 0) -> Sentence:
    """A sentence whose words all hang on the first one: the grammar must stand even a useless parse."""
    tokens: list[Token] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        tokens.append(
            Token(len(tokens), start + at, start + at + len(word), word, word.lower(), "NOUN", "NN", "dep", 0)
        )
        at += len(word)
    return Sentence(0, start, start + len(text), "body", 0, tuple(tokens))


PIECES = (
    "on in since until by between from to and the a last next this past early late mid- end of every each ago later "
    "earlier two 3 10 31 29 February May March Jan. 2 5-7 1999 2000 0000 9999 2014-15 9/11 25/13/2022 32.01.2022 "
    "Tuesday Fridays morning night noon 8:30 a.m. 0600 GMT days week years centuries 1990s '90s century first half "
    "quarter Q3 summer fall Easter Ramadan Diwali twice daily now recently coming 99999999999 1,000,000 – ’s , . ( )"
)
WORDS = st.sampled_from(sorted(set(names.words(PIECES))))


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=80)), st.sampled_from(
    [None, "2022-01-11", "0001-01-01", "9999-12-31", "2024-02-29"]))  # fmt: skip
def test_any_text_gives_true_spans_and_no_error(text: str, published: str | None) -> None:
    article = Article(id="any", text="x" + text + " ", published=published)
    last = 1
    for time in find_times(flat(text, 1), article):
        assert time.span and article.text[time.span.start : time.span.end] == time.span.text
        assert time.span.start >= last
        last = time.span.end


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (names.easter(2024), date(2024, 3, 31)),
        (names.easter(1994), date(1994, 4, 3)),
        (names.orthodox_easter(2022), date(2022, 4, 24)),
        (names.orthodox_easter(2013), date(2013, 5, 5)),
        (names.LUNAR_NEW_YEAR(2023), date(2023, 1, 22)),
        (names.LUNAR_NEW_YEAR(2031), None),
        (names.DIWALI(2021), date(2021, 11, 4)),
    ],
)
def test_feasts(name: date | None, day: date | None) -> None:
    assert name == day


@pytest.mark.parametrize(
    ("month", "day", "told"),
    [
        (10, 1, "2012-08-19 2016-07-06 2019-06-04 2021-05-13 2023-04-21 2024-04-10 2025-03-30"),
        (12, 10, "2010-11-16 2015-09-24 2018-08-21 2020-07-31 2022-07-09 2023-06-28 2024-06-16"),
        (9, 1, "2022-04-02 2023-03-23 2024-03-11 2025-03-01"),
    ],
)
def test_the_civil_islamic_calendar_is_good_to_a_day(month: int, day: int, told: str) -> None:
    for seen in map(date.fromisoformat, told.split()):
        found = names.islamic(month, day, seen.year)
        assert found is not None and abs((found - seen).days) <= 1


def test_arithmetic_keeps_to_the_calendar() -> None:
    assert values.shift(date(2024, 1, 31), 1, "month") == date(2024, 2, 29)
    assert values.week(date(2021, 1, 2)).value == "2020-W53"
    assert values.containing("season", date(2022, 1, 11)).value == "2021-WI"
    assert values.narrow(values.month(2022, 1), "START").end == date(2022, 1, 10)
    assert values.duration(2, "fortnight").value == "P4W"
