"""The HTML page of coded reports: everything shown, everything escaped, nothing that runs."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from builders import report
from hypothesis import given
from hypothesis import strategies as st
from record_pages import crisis, promise

from vaka.reports.page_html import marks_of, render
from vaka.types import Article, Basis, Page, Quote, Zone

HOSTILE = '<script>alert("x")</script> & <img src=x onerror=alert(1)> \'"'


class Reader(HTMLParser):
    """Collects tags, the text of the report, and ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "article":
            self._inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def hostile_page() -> Page:
    draft = report("hostile", f"Envoys met in Oslo. {HOSTILE} they said.", title=f"T {HOSTILE}", source=HOSTILE,
                   url="javascript:alert(1)", published="2001-02-03")  # fmt: skip
    envoys = draft.actor("Envoys", HOSTILE, "NOR", role=HOSTILE)
    draft.event("CONSULT", "met", actors=(envoys,), where=draft.place("Oslo", "NOR", name=HOSTILE))
    draft.quote(HOSTILE, envoys, "said")
    return draft.page()


def test_hostile_words_are_only_words() -> None:
    page = render([hostile_page()])
    reader = Reader(page)
    assert not {"script", "img", "iframe", "object", "form"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert not [value for _, value in reader.attributes if value and value.startswith("javascript:")]
    assert "<script" not in page and "onerror=alert(1)>" not in page
    assert HOSTILE in unescape(page)


def test_nothing_comes_from_elsewhere() -> None:
    page = render(crisis())
    assert not re.search(r"<(link|script|iframe|img|object|embed)\b", page)
    assert "url(" not in page and "@import" not in page
    assert "default-src 'none'" in page


def test_the_whole_text_stands_there() -> None:
    pages = crisis()
    reader = Reader(render(pages))
    assert reader.texts == [page.article.text for page in pages]


def test_every_span_is_marked_and_linked_with_its_row() -> None:
    source = promise()
    page = render([source])
    shown: list[str] = re.findall(r'id="w-(r1-\d+)"', page)
    rows = re.findall(r'class="row" id="(r1-\d+)"', page)
    assert sorted(shown) == sorted(rows) == sorted(set(rows))
    assert len(rows) == sum(
        len(getattr(source, layer)) for layer in ("events", "quotes", "pledges", "causes", "times", "places", "actors")
    )
    pieces = re.findall(r'<(?:a|span)[^>]* class="([^"]*)"[^>]*>([^<]*)</(?:a|span)>', page)
    for number, key in enumerate(rows):
        assert any(f"i-{key}" in classes.split() for classes, _ in pieces), number
    for mark in marks_of(source):
        words = source.article.text[mark.start : mark.end]
        lane = f"lane-{mark.lane}"
        if mark.part != "evidence":
            told = "".join(unescape(text) for classes, text in pieces if lane in classes.split())
            assert words in told, (mark.lane, words)


def test_several_reports_are_sections_with_ids_of_their_own() -> None:
    page = render([promise(), promise()])
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<section") == 2
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(ids)


def test_an_empty_page_is_a_page() -> None:
    page = render([Page(Article("bare", "No act is told here."))])
    assert "No act is told here." in page


@given(
    st.text(alphabet="ab <&>\n\"'é😀", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20)), max_size=8),
)
def test_spans_that_cross_lose_no_letter(text: str, cuts: list[tuple[int, int]]) -> None:
    article = Article("any", text, zones=(Zone("body", 0, len(text)),))
    quotes = []
    for number, (start, length) in enumerate(cuts):
        if start < len(text):
            span = article.span(start, min(len(text), start + length))
            quotes.append(Quote(f"q{number}", (span,), Basis("test", "any", "1", 0.5), "direct", None, None, (span,)))
    reader = Reader(render([Page(article, quotes=tuple(quotes))]))
    assert reader.texts[0] == text
