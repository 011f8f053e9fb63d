"""The passages of cases/quotes.yml, all at once, and what must hold for any marks: no error and true spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vaka.coding.quotation import quoted_in
from vaka.coding.quotes import QuotesStage, quotes_of
from vaka.knowledge.cues import FRAMES, cues
from vaka.language.actors import ActorsStage
from vaka.language.parse import ParseStage
from vaka.types import Article, Page, Quote, Zone

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "quotes.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)["cases"]


def page_of(text: str, published: str | None = None, zone: str = "body") -> Page:
    return Page(Article(id=text, text=text, published=published, zones=(Zone(zone, 0, len(text)),)))


def coded(rows: list[Page]) -> list[Page]:
    return QuotesStage().run(ActorsStage().run(ParseStage().run(rows)))


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """The page of each case, coded in one batch."""
    return coded([page_of(c["text"], c.get("published"), "title" if c.get("title") else "body") for c in CASES])


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def summary(quote: Quote) -> str:
    """A quote in words, for a message."""
    speaker = f"{quote.speaker.span.text} ({quote.speaker.name})" if quote.speaker else "null"
    content = " … ".join(span.text for span in quote.content)
    to = f" to {quote.addressee.span.text}" if quote.addressee else ""
    return f"{quote.kind} | {speaker} | {quote.cue.text if quote.cue else 'null'}{to} | {content}"


def names(row: str, mention: str | None) -> bool:
    """Whether the mention is the one that the case names; articles and titles may stand in one and not in the other."""
    if row == "null" or mention is None:
        return row == "null" and mention is None
    asked, found = words(row), words(mention)
    return set(asked) <= set(found) or set(found) <= set(asked)


def faults_of(row: dict[str, Any], quote: Quote, quotes: tuple[Quote, ...]) -> Iterator[str]:
    """What is wrong with one quote of a case."""
    speaker = quote.speaker
    if row["kind"] != quote.kind:
        yield f"kind {quote.kind}"
    if [words(stretch) for stretch in row["content"]] != [words(span.text) for span in quote.content]:
        yield "content"
    if not names(row["speaker"], speaker.span.text if speaker else None):
        yield "speaker"
    if "name" in row and (speaker is None or row["name"] not in speaker.name):
        yield f"name {speaker.name if speaker else None}"
    if row["cue"] != (quote.cue.text if quote.cue else "null"):
        yield f"cue {quote.cue}"
    if not names(row.get("addressee", "null"), quote.addressee.span.text if quote.addressee else None):
        yield "addressee"
    parent = quotes[int(row["parent"]) - 1].id if "parent" in row else None
    if parent != quote.parent:
        yield "parent"


def faults(case: dict[str, Any], quotes: tuple[Quote, ...]) -> list[str]:
    """What is wrong with the quotes of a case, in words."""
    told = "\n      ".join(summary(quote) for quote in quotes)
    if len(quotes) != len(case["quotes"]):
        return [f"{case['text']!r}: wanted {len(case['quotes'])} quotes, found {len(quotes)}\n      {told}"]
    wrong = [
        fault for row, quote in zip(case["quotes"], quotes, strict=True) for fault in faults_of(row, quote, quotes)
    ]
    return [f"{case['text']!r}: {', '.join(wrong)}\n      {told}"] if wrong else []


def test_cases(pages: list[Page]) -> None:
    wrong = [fault for case, page in zip(CASES, pages, strict=True) for fault in faults(case, page.quotes)]
    assert not wrong, f"{len(wrong)} of {len(CASES)} cases:\n" + "\n".join(wrong)


def test_the_table_holds_enough_and_no_case_twice() -> None:
    assert len(CASES) >= 190
    assert sum(not case["quotes"] for case in CASES) >= 40
    assert not [text for text, n in Counter(case["text"] for case in CASES).items() if n > 1]


def check_spans(page: Page) -> None:
    """Every span of every quote stands in the text, content is in order, parents exist and hold their children."""
    text, by_id = page.article.text, {quote.id: quote for quote in page.quotes}
    assert len(by_id) == len(page.quotes)
    for quote in page.quotes:
        named = [actor.span for actor in (quote.speaker, quote.addressee) if actor is not None]
        for span in [*quote.content, *quote.evidence, *named, *([quote.cue] if quote.cue else [])]:
            assert text[span.start : span.end] == span.text
        assert quote.evidence and quote.content
        assert all(a.end <= b.start for a, b in pairwise(quote.content))
        assert 0 < quote.basis.score <= 1
        if quote.parent is not None:
            outer = by_id[quote.parent].content
            assert outer[0].start <= quote.content[0].start and quote.content[-1].end <= outer[-1].end


def test_spans_are_true_and_parents_hold_their_children(pages: list[Page]) -> None:
    for page in pages:
        check_spans(page)


PIECES = st.sampled_from(
    [
        '"',
        "'",
        "“",
        "”",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        "„",
        "\n\n",
        "\n",
        " ",
        ", ",
        ". ",
        ": ",
        "? ",
        "…",
        "he said",
        "the minister told the BBC",
        "according to police",
        "We will leave",
        "rock 'n' roll",
        "the '90s",
        "workers'",
        "It's over",
        "said Ms. O'Neill",
        "added",
        "that",
        "called it",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_marks_give_true_spans(text: str) -> None:
    for page in coded([page_of(text)]) if text.strip() else ():
        check_spans(page)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab. ,\n\"'“”‘’«»„`S", max_size=80))
def test_stretches_lie_inside_their_marks_and_in_order(text: str) -> None:
    if text:
        found = quoted_in(page_of(text).article)
        assert all(q.outer_start < q.start < q.end <= q.outer_end <= len(text) for q in found)
        assert all(a.outer_end <= b.outer_start for a, b in pairwise(found))


def test_a_page_without_a_parse_has_no_quotes() -> None:
    assert quotes_of(page_of("The mayor said nothing at all.")) == ()


def test_the_lexicon_is_large_and_every_cue_has_a_frame() -> None:
    table = cues()
    assert len(table) >= 400
    assert all(cue.frames and cue.frames <= FRAMES for cue in table.values())
