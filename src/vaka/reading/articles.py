"""From what a format gives to an `Article`: id, title before the text, date, language, genre, and issues.

Refuses (as an InputError that is returned, not raised) a report without text, in another language, or with
characters that no file can hold.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vaka.errors import InputError
from vaka.reading import genre, language
from vaka.reading.dates import iso_date
from vaka.reading.zones import header_lines, mark, title_at_head
from vaka.types import Article, Issue, Span

STAGE = "reading"
LANGUAGE = "language"
"""The stage of the issue that a report in another language than English carries."""
LARGE = 1_000_000
"""Characters from which a report is so long that it may be several."""
_DAMAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HEADER_FIELDS = {
    "title": "title", "headline": "title", "date": "published", "published": "published", "source": "source",
    "url": "url", "link": "url", "language": "language",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What a format knows of one report.

    `where` names file and row for messages, `name` the file for the id; `published` is as stated; `known` gives the
    zone kinds of paragraphs by their offset in `text` and is None where the source marks nothing.
    """

    where: str
    name: str
    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    sections: tuple[str, ...] = ()
    known: Mapping[int, str] | None = None
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what a reader of its page should know (no date, damaged characters)."""

    article: Article
    issues: tuple[Issue, ...] = ()


def build(given: Given, default_date: str | None = None, *, any_language: bool = False) -> Reading | InputError:
    """The article, or why there is none.

    `default_date` (ISO) applies where the report states no readable date. With `any_language` a report in another
    language than English is an article with an issue, for those who only want its text.
    """
    given = _with_headers(given)
    if not given.text.strip():
        return InputError(given.where, "holds no text; give a report with words")
    stated = (given.text, given.id, given.title, given.published, given.source, given.url, given.language)
    if any(_SURROGATE.search(words) for words in stated if words):
        return InputError(
            given.where, "holds half of a surrogate pair (\\ud800 to \\udfff), which is no character; escape it again"
        )
    other = language.refused(given.text, given.language)
    if other and not any_language:
        return InputError(given.where, f"language {other} is not supported yet (English only)")
    title = " ".join((given.title or "").split()) or None
    before = f"{title}\n\n" if title and not _opens(given.text, title) else ""
    published, date_issues = _published(given, default_date)
    article = Article(
        id=given.id or _hash_id(given),
        text=before + given.text,
        title=title,
        published=published,
        source=given.source,
        url=given.url,
        language=given.language or language.detect(given.text),
        genre=genre.guess(given.text, title or given.text.lstrip().split("\n")[0][:250], given.url, given.sections),
        body_start=len(before),
    )
    if given.known is not None:
        known = {len(before) + offset: kind for offset, kind in given.known.items()}
        article = replace(article, zones=mark(article, known))
    notes = tuple(Issue(STAGE, note) for note in given.notes)
    if other:
        what = f"language {other} is not supported yet (English only): the text is kept, nothing is coded from it"
        notes += (Issue(LANGUAGE, f"{given.where}: {what}"),)
    return Reading(article, date_issues + notes + _text_issues(article))


def from_text(
    text: str, *, published: str | None = None, id: str | None = None, title: str | None = None
) -> Reading | InputError:
    """A report that a program holds as a string; the same rules as for a file of plain text."""
    return build(Given(where="text", name="text", text=text, id=id, title=title, published=published))


def _with_headers(given: Given) -> Given:
    """Fills what was not given apart from `Title:`, `Date:` … lines at the head of the text."""
    told: dict[str, str] = {}
    for name, found in header_lines(given.text):
        key = _HEADER_FIELDS.get(name)
        if key and found["value"].strip() and getattr(given, key) is None:
            told.setdefault(key, found["value"].strip())
    if "language" in told and not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", told["language"]):
        del told["language"]
    return replace(given, **told) if told else given  # type: ignore[arg-type]


def _opens(text: str, title: str) -> bool:
    told = any(" ".join(found["value"].split()) == title for _, found in header_lines(text))
    return told or title_at_head(text, title) is not None


def _hash_id(given: Given) -> str:
    words = f"{given.source or given.url or given.name}\x1f{given.text}"
    # A file name need not be UTF-8: what stands in it for other bytes counts as those bytes.
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _published(given: Given, default_date: str | None) -> tuple[str | None, tuple[Issue, ...]]:
    if given.published and given.published.strip():
        if stated := iso_date(given.published):
            return stated, ()
        fault = f"published {given.published.strip()[:60]!r} is no date that can be read; write it as YYYY-MM-DD"
        return default_date, (Issue(STAGE, fault),)
    if default_date:
        return default_date, ()
    return None, (Issue(STAGE, "no publication date, so relative times stay open; give `published` or --date"),)


def _text_issues(article: Article) -> tuple[Issue, ...]:
    issues: list[Issue] = []
    damage = list(_DAMAGE.finditer(article.text))
    if damage:
        first = damage[0]
        span = Span(first.start(), first.end(), first[0])
        issues.append(Issue(STAGE, f"{len(damage)} damaged characters, the first at {first.start()}", span))
    if len(article.text) > LARGE:
        size = len(article.text) / 1e6
        issues.append(Issue(STAGE, f"{size:.1f} million characters in one report; is it several?"))
    return tuple(issues)
