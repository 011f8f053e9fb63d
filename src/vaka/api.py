"""`vaka.code` and `vaka.read`: one text, or the reports of a file, without building an engine by hand."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from vaka.engine import Engine, at_least
from vaka.errors import InputError
from vaka.reading.articles import from_text
from vaka.reading.sources import read as read_inputs
from vaka.types import Article, Page


@functools.cache
def engine() -> Engine:
    """The engine with all stages, built once a process."""
    return Engine()


def code(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    id: str | None = None,
    min_score: float | None = None,
) -> Page:
    """The page of one report.

    `published` is an ISO date; without it, year-less dates and weekdays stay open. A `title` that does not open the
    text is put before it. Events that score less than `min_score` (0 to 1; None: the default) are left out. Raises
    InputError on an empty text and on one in another language.
    """
    reading = from_text(text, published=published, title=title, id=id)
    if isinstance(reading, InputError):
        raise reading
    return at_least(next(engine().code([Page(reading.article, issues=reading.issues)])), min_score)


def read(path: str | Path) -> Iterator[Article]:
    """The reports of a file, a folder or a glob, in order.

    Raises InputError at the first one that cannot be read, after those before it were given.
    """
    for item in read_inputs([path]):
        if isinstance(item, InputError):
            raise item
        yield item
