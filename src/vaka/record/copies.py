"""Which reports copy one another, and which update an earlier one; it compares words alone and judges no source.

Two bodies are near-copies when their three-word shingles agree (exact Jaccard, after MinHash has proposed the pair).
A shared wire credit, or one body standing almost whole inside the other, lowers the bar: papers cut wire stories. A
text that a source puts under the address of an earlier one replaces it, however little they share.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlsplit

from anyascii import anyascii
from rensa import RMinHash

from vaka.record.groups import Groups
from vaka.record.words import stems, tells
from vaka.types import Article, Zone

PERMUTATIONS = 128
ROWS = 2
"""Rows a band: 64 bands of 2 propose pairs of Jaccard .25 and more with a chance above .98."""
SEED = 20220111
COPY = 0.5
"""Jaccard of shingles from which two bodies are copies: independent reports of one event stay below .2."""
CREDITED = 0.3
"""The same where both credit one agency."""
CONTAINED = 0.8
"""Share of the shorter body's shingles found in the longer one from which it is a cut copy."""
SHORT = 20
"""Below so many shingles a few shared phrases weigh too much: such bodies must be all but equal."""
SAME_SHORT = 0.9
UPDATE = 0.3
"""Jaccard from which a later report of the same source updates the earlier one."""
UPDATE_TITLED = 0.12
"""The same where the titles also agree."""
SAME_TITLE = 0.6
SAME_ADDRESS = 1.0
"""An address says more than any share of words."""
CREDIT_LINE = 40
"""Letters of a wire's name with what stands around it; a heading is longer."""
NEIGHBOURS = 40
"""In a band that very many reports share (one wire story in every paper) each is compared with the next ones only."""
UPDATE_DAYS = 14
"""A running story is not taken up under one headline after two weeks."""
OPENING = 12
"""Letters of a title or a note in which it says that it replaces another text."""

_WORD = re.compile(r"\w+")
_REVISED = re.compile(r"\(|[A-Z]{3}|(?:Correct|Updat|Clarif|Refil)")
"""A note in brackets, capitals, or the bare word: a title that only begins with "Adds" is no note."""
_DATELINE_CREDIT = re.compile(r"\(([^()\n]{2,40})\)\s*(?:[-–—:]|$)")
_CREDIT_LINE = re.compile(r"^\s*(?:source|via|credit)\s*:\s*(.{2,60})$", re.IGNORECASE | re.MULTILINE)
_BODY_KINDS = frozenset({"body", "heading"})


@dataclass(frozen=True)
class Body:
    """What is compared of a report. `id` orders ties and must not depend on arrival; `read` gives the body's text, and
    is called only when another signature comes near."""

    id: str
    article: str
    day: str | None
    published: str | None
    source: str | None
    title: str | None
    credits: frozenset[str]
    digest: bytes
    read: Callable[[], str]
    url: str | None = None

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        return shingles(body_words(self.read()))

    @cached_property
    def revised(self) -> bool:
        """Whether title or first line say that it replaces an earlier text: CORRECTED, UPDATE 2, (Adds ...)."""
        opening = self.read().lstrip().split("\n", 1)[0]
        return any(_REVISED.match(text) and tells("revised", text[:OPENING]) for text in (self.title or "", opening))

    @cached_property
    def address(self) -> str | None:
        """The address of one story; None for a home page, which many reports may give as theirs."""
        parts = urlsplit(self.url or "")
        path = parts.path.rstrip("/")
        return f"{parts.netloc}{path}?{parts.query}".lower() if parts.netloc and path.count("/") else None

    @cached_property
    def title_words(self) -> frozenset[str]:
        return frozenset(body_words(self.title or ""))

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The content words of the title, or of the first sentence where there is none."""
        return stems(self.title or self.read().lstrip().split(". ", 1)[0])


@dataclass(frozen=True, slots=True)
class Copies:
    """By body id: the first member of its group (in order of publication), the report that it updates, and, once the
    versions are linked, the first report of the story that copies and versions make up."""

    group: dict[str, str]
    version_of: dict[str, str]
    story: dict[str, str] = field(default_factory=dict)


def body_text(article: Article) -> str:
    """The words of the report itself: no title, header, byline, promo or credit."""
    zones = [zone for zone in article.zones if zone.kind in _BODY_KINDS]
    if not zones:
        return article.text[article.body_start :]
    return "\n".join(article.text[zone.start : zone.end] for zone in zones)


def body_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(anyascii(text).lower()))


def shingles(words: Sequence[str], size: int = 3) -> frozenset[tuple[str, ...]]:
    if len(words) < size:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def signature(words: Sequence[str]) -> bytes:
    """The MinHash of the shingles; empty for a body without words."""
    parts = sorted(" ".join(shingle) for shingle in shingles(words))
    if not parts:
        return b""
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update(parts)
    return array("I", sketch.digest()).tobytes()


def agency(article: Article) -> str | None:
    """The wire service that a dateline's brackets, or a credit line, name."""
    opening = [article.text[z.start : z.end] for z in article.zones if z.kind == "dateline"]
    opening.append(body_text(article).lstrip()[:100].split("\n", 1)[0])
    for line in opening:
        if found := _DATELINE_CREDIT.search(line):
            return found[1].strip()
    for text in [article.text[z.start : z.end] for z in (*_of_kind(article, "credit"), *_over_dateline(article))]:
        if text.strip():
            return text.strip(" ()\n").splitlines()[0][:60]
    found = _CREDIT_LINE.search(article.text[article.body_start :])
    return found[1].strip(" .") if found else None


def _of_kind(article: Article, kind: str) -> list[Zone]:
    return [zone for zone in article.zones if zone.kind == kind]


def _over_dateline(article: Article) -> list[Zone]:
    """The short line right over a dateline, where papers put the name of the wire."""
    pairs = pairwise(article.zones)
    return [a for a, b in pairs if (a.kind, b.kind) == ("heading", "dateline") and a.end - a.start <= CREDIT_LINE]


def credit_keys(*names: str | None) -> frozenset[str]:
    return frozenset(key for name in names if name and (key := " ".join(body_words(name))))


def group_copies(bodies: Iterable[Body]) -> Copies:
    """The groups and updates of all bodies, the same in whatever order they come."""
    ordered = sorted(bodies, key=by_date)
    place = {body.id: position for position, body in enumerate(ordered)}
    groups = Groups(len(ordered))
    updates: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for first, second in _replaced(ordered):
        updates[second].append((SAME_ADDRESS, first))
        groups.join(first, second)
    for first, second in sorted(_candidates(ordered)):
        earlier, later = ordered[first], ordered[second]
        if earlier.source != later.source and groups.first(first) == groups.first(second):
            continue  # Already one group, and no update of one another.
        likeness = jaccard(earlier.shingles, later.shingles)
        updated = _updates(earlier, later, likeness)
        if updated:
            updates[second].append((likeness, first))
        if updated or _is_copy(earlier, later, likeness):
            groups.join(first, second)
    for group in _versions(ordered, place):
        for first, second in pairwise(group):
            groups.join(first, second)
    version_of = {ordered[at].id: ordered[_latest(found, ordered)].id for at, found in updates.items()}
    return Copies({body.id: ordered[groups.first(at)].id for at, body in enumerate(ordered)}, version_of)


def by_date(body: Body) -> tuple[bool, str, bool, bool, str]:
    """In order of publication; of one moment, first what credits nobody else, and last what says it is a revision."""
    revised = body.address is not None and body.revised
    return (body.published is None, body.published or "", revised, len(body.credits) > 1, body.id)


def _replaced(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """Each text of one source with the text before it under the same address."""
    stories: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for at, body in enumerate(bodies):
        if body.address and body.published:
            stories[body.source, body.address].append(at)
    pairs = [pair for story in stories.values() for pair in pairwise(story)]
    return sorted((a, b) for a, b in pairs if days_between(bodies[a].day, bodies[b].day) <= UPDATE_DAYS)


def _candidates(bodies: Sequence[Body]) -> set[tuple[int, int]]:
    """Pairs that share a band, in order of publication."""
    bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    width = 4 * ROWS
    for at, body in enumerate(bodies):
        for band in range(0, len(body.digest), width):
            bands[band, body.digest[band : band + width]].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in bands.values():
        pairs.update((a, b) for i, a in enumerate(members) for b in members[i + 1 : i + 1 + NEIGHBOURS])
    return pairs


def jaccard(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def _is_copy(a: Body, b: Body, likeness: float) -> bool:
    smaller = min(len(a.shingles), len(b.shingles))
    if smaller < SHORT:
        return likeness >= SAME_SHORT
    contained = len(a.shingles & b.shingles) / smaller
    return likeness >= (CREDITED if a.credits & b.credits else COPY) or contained >= CONTAINED


def _updates(earlier: Body, later: Body, likeness: float) -> bool:
    """Whether the same source took up the same story again on a later date."""
    if not earlier.source or credit_keys(earlier.source) != credit_keys(later.source):
        return False
    if not earlier.published or not later.published or earlier.published >= later.published:
        return False
    if days_between(earlier.day, later.day) > UPDATE_DAYS or min(len(earlier.shingles), len(later.shingles)) < SHORT:
        return False
    titles = earlier.title_words | later.title_words
    titled = bool(titles) and len(earlier.title_words & later.title_words) / len(titles) >= SAME_TITLE
    return likeness >= (UPDATE_TITLED if titled else UPDATE)


def days_between(first: str | None, second: str | None) -> int:
    """Days between two dates; beyond any update's reach where one is missing."""
    try:
        return abs((date.fromisoformat(second or "") - date.fromisoformat(first or "")).days)
    except ValueError:
        return UPDATE_DAYS + 1


def _versions(bodies: Sequence[Body], place: dict[str, int]) -> list[list[int]]:
    """Texts of one article id, which are one story however much they differ."""
    same: dict[str, list[int]] = defaultdict(list)
    for body in bodies:
        same[body.article].append(place[body.id])
    return [group for group in same.values() if len(group) > 1]


def _latest(found: list[tuple[float, int]], bodies: Sequence[Body]) -> int:
    """The version just before: the latest of those updated, the most alike among those of one moment."""
    return max(found, key=lambda pair: (bodies[pair[1]].published or "", pair[0], -pair[1]))[1]
