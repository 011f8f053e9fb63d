"""The article out of a web page, by trafilatura; refuses a page in which it finds none.

The text is built from trafilatura's tree, paragraph by paragraph, so that headings stay known as such.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from vaka.errors import InputError
from vaka.reading.articles import Given
from vaka.reading.decoding import Decoded, decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCK_TAGS = frozenset({"p", "head", "quote", "item", "row", "list", "table", "div", "figure", "code"})
_HTML_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_NOT_WORDS = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "title", "select", "button"}
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_EARLIEST = "1990-01-01"
_ADDRESS = re.compile(r"https?://\S+")
FEWEST_WORDS = 3
"""Words below which a page only shows its own furniture (Home, Log in)."""
_SMALL = 20_000
"""Characters of markup up to which a page without an article may be a bare fragment whose words all count."""


@dataclass(frozen=True, slots=True)
class PageFields:
    """What a row or an archive states about a page; it wins over the page's own words."""

    where: str
    name: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


def decode_html(data: bytes, stated: str | None = None) -> Decoded:
    """A page's text: byte order mark, the server's word, the page's own, UTF-8, Windows-1252."""
    own = _CHARSET.search(data[:4096])
    return decode(data, stated or (own[1].decode("ascii") if own else None))


def read_html(html: str, fields: PageFields) -> Given | InputError:
    """The page's article with its title, date, source and sections."""
    document = _extract(html, fields.url, precise=True) or _extract(html, fields.url, precise=False)
    blocks = _blocks(document.body) if document is not None else []
    if not blocks and len(html) <= _SMALL and "<nav" not in html.lower():
        blocks = [("body", words) for words in strip_markup(html).split("\n\n") if words]
    if sum(len(words.split()) for kind, words in blocks if kind == "body") < FEWEST_WORDS:
        return InputError(fields.where, "no article was found in this page; save its text as a .txt file instead")
    title = fields.title or (document.title if document is not None else None)
    published = fields.published or (document.date if document is not None else None)
    known: dict[int, str] = {}
    at = 0
    for kind, words in blocks:
        if kind == "heading":
            known[at] = kind
        at += len(words) + 2
    text = "\n\n".join(words for _, words in blocks)
    if title and blocks[0][1].casefold() == " ".join(title.split()).casefold():
        known.pop(0, None)
    return Given(
        where=fields.where, name=fields.name, text=text, id=fields.id, title=title, published=published,
        source=fields.source or (document and (document.sitename or document.hostname)) or None,
        url=fields.url or (document.url if document is not None else None) or None,
        language=fields.language, sections=_sections(document), known=known, notes=fields.notes,
    )  # fmt: skip


def strip_markup(html: str) -> str:
    """The words of a fragment, its blocks parted by empty lines."""
    from lxml import html as lxml_html  # type: ignore[import-untyped]
    from lxml.etree import ParserError  # type: ignore[import-untyped]

    try:
        root = lxml_html.fragment_fromstring(f"<div>{html.replace(chr(0), '')}</div>", create_parent=False)
    except (ParserError, ValueError, AssertionError):
        try:
            root = lxml_html.document_fromstring(html.replace("\x00", ""))
        except (ParserError, ValueError):
            return ""
    pieces: list[str] = []
    for event, element in _walk(root):
        tag = element.tag
        if tag in _HTML_BLOCKS:
            pieces.append("\n")
        words = element.text if event == "start" else element.tail
        if words and (event == "end" or tag not in _NOT_WORDS):
            pieces.append(re.sub(r"\s+", " ", words))
    paragraphs = (" ".join(block.split()) for block in "".join(pieces).split("\n"))
    return "\n\n".join(filter(None, paragraphs))


def _walk(root: Any) -> Any:
    """Start and end of each element that shows words, in the order of the page; never deeper than the stack allows."""
    from lxml.etree import iterwalk

    walker = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event in {"comment", "pi"}:
            if element.tail:
                yield "end", element
            continue
        if event == "start" and element.tag in _NOT_WORDS:
            walker.skip_subtree()
        yield event, element


def _extract(html: str, url: str | None, *, precise: bool) -> Any:
    """Trafilatura's document, or None; its log stays silent, since the caller says what failed."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "justext", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    safe_url = url if url and _ADDRESS.fullmatch(url) else None
    dates = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d", "min_date": _EARLIEST}
    try:
        return trafilatura.bare_extraction(
            html,
            url=safe_url,
            favor_precision=precise,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except Exception:  # its parsers raise whatever a broken page provokes; one page must not end a batch
        return None


def _blocks(body: Any) -> list[tuple[str, str]]:
    """(body | heading, words) in order; tails and nested blocks give paragraphs of their own."""
    found: list[tuple[str, str]] = []

    def close(kind: str, words: list[str]) -> None:
        flat = " ".join("".join(words).translate(_INVISIBLE).split())
        if flat:
            found.append((kind, flat))
        words.clear()

    def gather(element: Any, kind: str, words: list[str]) -> None:
        if element.text:
            words.append(element.text)
        for child in element:
            if child.tag in _BLOCK_TAGS:
                close(kind, words)
                inner: list[str] = []
                below = "heading" if child.tag == "head" else kind
                gather(child, below, inner)
                close(below, inner)
            elif child.tag == "lb":
                words.append("\n")
            else:
                gather(child, kind, words)
                if child.tag == "cell":
                    words.append(" ")
            if child.tail:
                words.append(child.tail)

    words: list[str] = []
    gather(body, "body", words)
    close("body", words)
    return found


def _sections(document: Any) -> tuple[str, ...]:
    return tuple(str(section) for section in (document.categories or ())) if document is not None else ()
