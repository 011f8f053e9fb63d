"""RSS and Atom feeds, one report an item, by feedparser on bytes in memory; refuses entity declarations.

Nothing is fetched: an item that only links to its story is read as what the feed itself says of it.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from typing import Any

from vaka.errors import InputError
from vaka.reading.articles import Given
from vaka.reading.dates import iso_date
from vaka.reading.decoding import decode
from vaka.reading.formats.html import strip_markup

_XML_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)")
_ROOT = re.compile(r"<(?![?!])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PLAIN_PROLOG = re.compile(r"<\?xml.*?\?>|<!DOCTYPE[^>\[]*>", re.DOTALL | re.IGNORECASE)


def read_feed(data: bytes, name: str, path: str) -> Iterator[Given | InputError]:
    """The items in the feed's order."""
    stated = _XML_ENCODING.match(data.lstrip()[:200])
    decoded = decode(data, stated[1].decode("ascii") if stated else None)
    root = _ROOT.search(_blank_comments(decoded.text))
    prolog = decoded.text[: root.start()] if root else decoded.text
    if "<!ENTITY" in prolog.upper() or re.search(r"<!DOCTYPE[^>]*\[", prolog, re.IGNORECASE):
        yield InputError(path, "declares XML entities, which can hide a bomb; remove its DOCTYPE")
        return
    # A plain DOCTYPE (RSS 0.91) and the encoding that no longer holds are left out; the items do not change.
    body = _PLAIN_PROLOG.sub("", prolog) + decoded.text[len(prolog) :]
    feed = _parse(body)
    if feed is None or not feed.get("entries"):
        yield InputError(path, "the feed holds no items that can be read; check that it is RSS or Atom")
        return
    source = _words(feed.get("feed", {}).get("title"))
    notes = tuple(
        filter(
            None, (decoded.note, "the feed is not well-formed XML; items may be missing" if feed.get("bozo") else None)
        )
    )
    for number, entry in enumerate(feed["entries"], start=1):
        yield _item(entry, number, name, path, source, notes)


def _blank_comments(text: str) -> str:
    return _COMMENT.sub(lambda found: " " * len(found[0]), text)


def _parse(body: str) -> Any:
    import feedparser

    try:
        # A stream, since feedparser would open a string or bytes that happen to be a path.
        return feedparser.parse(
            io.BytesIO(body.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # its parsers raise whatever a broken feed provokes; the other inputs are still read
        return None


def _item(
    entry: Any, number: int, name: str, path: str, source: str | None, notes: tuple[str, ...]
) -> Given | InputError:
    where = f"{path}, item {number}"
    title = _words(entry.get("title"))
    contents = [content.get("value") or "" for content in dict.get(entry, "content") or ()]
    text = max((strip_markup(words) for words in (*contents, dict.get(entry, "summary") or "")), key=len)
    if not text and not title:
        return InputError(where, "has neither text nor title")
    return Given(
        where=where, name=f"{name}#{number}", text=text or title or "", id=dict.get(entry, "id") or None, title=title,
        published=_date(entry), source=source, url=dict.get(entry, "link") or None,
        sections=tuple(str(tag.get("term") or "") for tag in dict.get(entry, "tags") or ()), notes=notes,
    )  # fmt: skip


def _date(entry: Any) -> str | None:
    """The item's own date as written, or as feedparser understood it where the written form is rare."""
    for key in ("published", "updated", "created"):
        written = dict.get(entry, key)
        if not written:
            continue
        parsed = dict.get(entry, f"{key}_parsed")
        if iso_date(written) or not parsed:
            return str(written)
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
    return None


def _words(markup: str | None) -> str | None:
    return " ".join(strip_markup(markup).split()) or None if markup else None
