"""`vaka.code` and `vaka.read`: one text, or the reports of a file, without building an engine by hand."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

from vaka.engine import Engine
from vaka.errors import InputError
from vaka.reading.sources import read as read_inputs
from vaka.types import Article, Page


@functools.cache
def engine() -> Engine:
    """The engine with all stages, built once a process."""
    return Engine()


def code(text: str, *, published: str | None = None, title: str | None = None, id: str | None = None) -> Page:
    """The page of one report.

    `published` is an ISO date; without it, year-less dates and weekdays stay open. A `title` that does not open the
    text is put before it. Raises InputError on an empty text.
    """
    if not text.strip():
        raise InputError("text", "is empty; give the report's words")
    opened = title is not None and not text.startswith(title)
    whole = f"{title}\n\n{text}" if opened else text
    digest = id or hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]
    article = Article(digest, whole, title=title, published=published, language="en", body_start=len(whole) - len(text))
    return next(engine().code([article]))


def read(path: str | Path) -> Iterator[Article]:
    """The reports of a file, a folder or a glob, in order.

    Raises InputError at the first one that cannot be read, after those before it were given.
    """
    for item in read_inputs([path]):
        if isinstance(item, InputError):
            raise item
        yield item
