"""The engine: an order that cannot work is refused, a fault costs one layer of one page, long reports are windowed."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
import pytest

import vaka
from vaka import windows
from vaka.engine import STAGES, Engine
from vaka.errors import EngineError
from vaka.types import Article, Page

PARAGRAPH = "Troops shelled the town of Bakhmut on Tuesday and killed {n} people, the ministry said."


def long_text() -> str:
    count = windows.LONG // len(PARAGRAPH) + 200
    return "\n\n".join(PARAGRAPH.format(n=n) for n in range(2, count))


class Stumbles:
    """A stage that cannot read one of the reports."""

    name = "stumbles"
    needs = frozenset({"zones"})
    gives: frozenset[str] = frozenset()

    def run(self, pages: Sequence[Page]) -> list[Page]:
        for page in pages:
            if "unreadable" in page.article.text:
                raise ValueError("no such word")
        return list(pages)


NEIGHBOURS = (
    "Kenya's government offered the striking nurses a new wage on Monday, and their union turned it down.",
    "At least 14 miners were killed near Carletonville when police fired on a march, a hospital said.",
    "Peru recalled its ambassador. Lima said that it would close the crossing at Tumbes unless Quito apologised.",
    "Thousands are expected in Tbilisi, where the opposition has called for a rally against the foreign agents law.",
)


def test_a_page_is_the_same_whatever_it_is_coded_with() -> None:
    engine = Engine()
    articles = [Article(str(number), text, published="2014-03-03") for number, text in enumerate(NEIGHBOURS)]
    together = list(engine.code(articles))
    assert all(page.events for page in together)
    assert [next(engine.code([article])) for article in articles] == together
    assert list(engine.code(articles[::-1]))[::-1] == together


def test_an_order_that_cannot_work_is_refused() -> None:
    with pytest.raises(EngineError, match=r"needs '\w+', which no stage before it gives"):
        Engine(tuple(reversed(STAGES)))


def test_a_fault_becomes_an_issue_of_the_page_that_has_it() -> None:
    engine = Engine((STAGES[0], Stumbles()))
    good, bad = engine.code([Article("a", "Troops left."), Article("b", "An unreadable report.")])
    assert not good.issues
    assert [(issue.stage, "no such word" in issue.message) for issue in bad.issues] == [("stumbles", True)]


def test_another_language_is_kept_and_not_coded() -> None:
    reports = [
        Article("a", "Police arrested two men in Lima."),
        Article("b", "La policía detuvo a dos hombres.", language="es"),
    ]
    english, spanish = vaka.Engine().code(reports)
    assert english.events
    assert not spanish.events
    assert spanish.article.zones


def test_a_very_long_report_is_read_in_windows_with_true_spans() -> None:
    text = long_text()
    page = vaka.code(text, published="2023-05-30")
    assert page.article.text == text
    assert [issue.stage for issue in page.issues] == ["engine"]
    told = {span.start // windows.SIZE for event in page.events for span in event.evidence}
    assert len(told) >= len(text) // windows.SIZE
    for event in page.events[:50]:
        for span in (*event.evidence, event.trigger):
            assert text[span.start : span.end] == span.text
    ids = [item.id for layer in (page.events, page.quotes, page.actors) for item in layer]
    assert len(ids) == len(set(ids))


def test_the_json_of_a_page_is_its_plain_data() -> None:
    page = vaka.code("Kenya will send 100 officers to Haiti by 5 May, its president said.", published="2023-04-02")
    assert orjson.loads(page.to_json()) == orjson.loads(orjson.dumps(page.to_dict()))
