"""Marks what each stretch of a report is: title, body, caption, promo, credit …; deletes and changes nothing.

Set phrases come first (marks.py), then the shape of the text: a line without a full stop between paragraphs is a
heading, a paragraph above a bare credit is a caption, a stray fragment at the end is a widget. What nothing explains
is body, since words lost to the coder cost more than words read in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vaka.reading import marks
from vaka.types import Article, Page, Zone

LONGEST_TITLE = 250
"""Characters; the longest headlines of news agencies stay under 200."""
LONGEST_HEADING = 12
"""Words; a longer line without a full stop is more often a sentence that lost it."""
LONGEST_CAPTION = 90
"""Words of a paragraph that a credit in the next paragraph can turn into a caption."""
WIDEST = 132
"""Characters of the longest line that is hard-wrapped: the width of a wide terminal."""
TOP = 8
"""Paragraphs from the first in which bylines and lone dates stand."""

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_FINAL = re.compile(r"[.!?…;,:][\"'”’»)\]]*$")
_STOPPED = re.compile(r"[.!;,:…][\"'”’»)\]]*$")
_VERBISH = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|must|says?|said|told|\w{2,}(?:ed|ing|ies|ises|izes))\b",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(r"^(?:[-•*·▪●>]|[a-z(])|[.!?][\"”’]?\s+[A-Z\"“]|,[\"”]|,\s*[\"“]|<\w")
"""List marks, a sentence within, or reported speech."""
_SOFT_START = re.compile(r"[a-z(]")


@dataclass(slots=True)
class _Unit:
    """A line, or the lines of one hard-wrapped paragraph; `block` numbers the stretch between blank lines."""

    start: int
    end: int
    block: int
    words: str
    kind: str = ""

    @property
    def count(self) -> int:
        return len(self.words.split())

    @property
    def bare(self) -> bool:
        """Short and without a full stop: a heading, a label or a fragment."""
        return self.count <= LONGEST_HEADING and not _STOPPED.search(self.words)

    @property
    def told(self) -> bool:
        """A sentence or more: closed by a stop, or too long to be a label."""
        return self.count > LONGEST_HEADING or (self.count > 3 and bool(_FINAL.search(self.words)))


class ZonesStage:
    """Needs nothing; gives zones. Zones that a reader of HTML already marked stay."""

    name = "zones"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"zones"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return [
            page if page.article.zones else replace(page, article=replace(page.article, zones=mark(page.article)))
            for page in pages
        ]


def mark(article: Article, known: Mapping[int, str] | None = None) -> tuple[Zone, ...]:
    """Sorted zones that do not overlap and cover every character but white space.

    `known` gives the kind of paragraphs whose source says it (an HTML heading), by their offset.
    """
    zones, at = _opening(article)
    units = list(_units(article.text, at))
    for unit in units:
        unit.kind = (known or {}).get(unit.start, "")
    if len(units) == 1 and not units[0].kind:
        units[0].kind = "body"
    else:
        _classify(units, titled=any(zone.kind == "title" for zone in zones))
    zones += (zone for unit in units for zone in _cut(unit))
    return tuple(_cut_datelines(zones, article.text))


def header_lines(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The `Title:`, `Date:`, `Source:`, `URL:` lines that a text opens with; none counts as the whole text."""
    at = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    while found := marks.HEADER_LINE.match(text, at):
        if len(found["value"]) > 500 or not text[found.end() :].strip():
            return
        yield found["name"].lower(), found
        line_end = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)").match(text, found.end())
        at = line_end.end() if line_end else len(text)


def _opening(article: Article) -> tuple[list[Zone], int]:
    """Zones of a title given apart and of header lines, and where the rest of the text begins."""
    zones: list[Zone] = []
    at = 0
    if title := title_at_head(article.text, article.title):
        zones.append(Zone("title", *title))
        at = max(title[1], article.body_start)
    if at in (0, article.body_start):
        for name, found in header_lines(article.text[at:]):
            cut = at + found.start("value")
            value = Zone(
                "title" if name in {"title", "headline"} and found["value"].strip() else "header", cut, at + found.end()
            )
            if value.kind == "title":
                label = article.text[at + found.start() : cut].rstrip()
                zones.append(Zone("header", at + found.start(), at + found.start() + len(label)))
                zones.append(replace(value, end=cut + len(found["value"].rstrip())))
            else:
                zones.append(Zone("header", at + found.start(), at + found.start() + len(found[0].rstrip())))
    return zones, zones[-1].end if zones else 0


def title_at_head(text: str, title: str | None) -> tuple[int, int] | None:
    """Where the text opens with its title, whatever the spacing and case; None where it does not.

    A first sentence that only begins with the title's words does not open with the title.
    """
    if not title or not title.strip():
        return None
    words = r"\s+".join(re.escape(word) for word in title.split())
    found = re.match(rf"\s*({words})(?=[ \t]*(?:[\r\n\u2028\u2029]|$)|[.:!?|]|\s+[–—|-]\s)[.:!?]*", text, re.IGNORECASE)
    return (found.start(1), found.end()) if found else None


def _units(text: str, at: int) -> Iterator[_Unit]:
    """Lines from `at` on, those of a hard-wrapped paragraph together."""
    block: list[tuple[int, int]] = []
    number = 0
    for found in _LINE.finditer(text, at):
        line = found[0]
        start = found.start() + len(line) - len(line.lstrip())
        blank = not line.strip()
        if block and (blank or "\n\n" in _newlines(text[block[-1][1] : start])):
            yield from _unwrap(text, block, number)
            block, number = [], number + 1
        if not blank:
            block.append((start, found.start() + len(line.rstrip())))
    if block:
        yield from _unwrap(text, block, number)


def _newlines(gap: str) -> str:
    return gap.replace("\r\n", "\n").replace("\r", "\n")


def _unwrap(text: str, lines: list[tuple[int, int]], block: int) -> Iterator[_Unit]:
    widest = max(end - start for start, end in lines)
    start, end = lines[0]
    for following, stop in lines[1:]:
        if _is_soft(text[start:end].rsplit("\n", 1)[-1], text[following:stop], widest, len(lines)):
            end = stop
            continue
        yield _Unit(start, end, block, text[start:end])
        start, end = following, stop
    yield _Unit(start, end, block, text[start:end])


def _is_soft(line: str, following: str, widest: int, count: int) -> bool:
    """Whether a line break only wraps a sentence: typewriter widths, no full stop, and the sentence goes on."""
    if widest > WIDEST or len(line) < 30 or (_FINAL.search(line) and not line.endswith(",")):
        return False
    return bool(_SOFT_START.match(following)) or (
        count >= 3 and len(line) >= 0.75 * widest and not marks.BYLINE.fullmatch(following)
    )


def _classify(units: list[_Unit], titled: bool) -> None:
    for unit in units:
        unit.kind = _by_words(unit.words) or unit.kind
    _mark_promo_lists(units)
    if not titled:
        _mark_title(units)
    _mark_top(units)
    _mark_captions(units)
    _mark_headings(units)
    _mark_strays(units)
    for unit in units:
        unit.kind = unit.kind or "body"


def _by_words(words: str) -> str:
    flat = " ".join(words.split())
    for kind, fits in marks.LONE_MARKS:
        if fits(flat):
            return kind
    return ""


def _mark_promo_lists(units: list[_Unit]) -> None:
    """The link titles under a lone READ MORE; at most five, and no line that ends like a sentence."""
    for number, unit in enumerate(units):
        if unit.kind != "promo" or not marks.PROMO_HEAD.fullmatch(unit.words):
            continue
        for link in units[number + 1 : number + 6]:
            apart = link.block - unit.block
            if link.kind or apart > 1 or link.count > 20 or _STOPPED.search(link.words):
                break
            link.kind = "promo"


def _mark_title(units: list[_Unit]) -> None:
    """The first line that no set phrase explains, when it is short, unstopped and more text follows."""
    first = next((number for number, unit in enumerate(units) if not unit.kind), None)
    if first is None or first > 4 or first == len(units) - 1:
        return
    unit = units[first]
    stopped = _STOPPED.search(unit.words) and not unit.words.endswith(("...", "…"))
    if len(unit.words) > LONGEST_TITLE or stopped or marks.dateline(unit.words) or marks.BYLINE.fullmatch(unit.words):
        return
    if marks.is_date_line(unit.words) or marks.LONE_DATELINE.fullmatch(unit.words):
        return
    if any(later.told for later in units[first + 1 :]):
        unit.kind = "title"


def _mark_top(units: list[_Unit]) -> None:
    """Bylines and lone dates, near the head only: further down the same words belong to the story."""
    for unit in units[:TOP]:
        if unit.kind:
            continue
        flat = " ".join(unit.words.split())
        if len(flat) <= 120 and marks.BYLINE.fullmatch(flat):
            unit.kind = "byline"
        elif marks.is_date_line(flat):
            unit.kind = "header"
        elif marks.LONE_DATELINE.fullmatch(flat):
            unit.kind = "dateline"
    for last in units[-1:]:
        signed = len(last.words) <= 80 and re.match(r"(?:By|BY)\s", last.words) and marks.BYLINE.fullmatch(last.words)
        if signed and not last.kind:
            last.kind = "byline"


def _mark_captions(units: list[_Unit]) -> None:
    credits = {number for number, unit in enumerate(units) if unit.kind == "credit"}
    last_told = max((number for number, unit in enumerate(units) if not unit.kind and unit.told), default=-1)
    seen: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        if not unit.kind:
            seen.setdefault(" ".join(unit.words.lower().split()), []).append(number)
    for number, unit in enumerate(units):
        if unit.kind:
            continue
        if marks.CAPTION_HEAD.match(unit.words) or (
            2 < unit.count <= LONGEST_CAPTION and marks.CREDIT_TAIL.search(unit.words)
        ):
            unit.kind = "caption"
        elif number + 1 in credits and unit.count <= LONGEST_CAPTION and unit.count > 2:
            # At the end of a text a credit names the report's source, unless picture and caption share a block.
            same_block = units[number + 1].block == unit.block
            if number < last_told or (same_block and len(units) > 3 and number + 2 < len(units)):
                unit.kind = "caption"
    for numbers in seen.values():
        if len(numbers) > 1 and units[numbers[0]].count >= 5 and any(abs(n - c) <= 2 for n in numbers for c in credits):
            for number in numbers:
                units[number].kind = "caption"


def _mark_headings(units: list[_Unit]) -> None:
    """Bare lines that stand between paragraphs; runs of three and more are a list, and lists are body."""
    told = [unit for unit in units if not unit.kind and unit.count > LONGEST_HEADING]
    stopped = sum(bool(_FINAL.search(unit.words)) for unit in told)
    if stopped * 2 < len(told):
        return  # a text without full stops (subtitles, damaged copy) gives no sign by their absence
    number = 0
    while number < len(units):
        run = number
        while run < len(units) and not units[run].kind and _heading_like(units[run]):
            run += 1
        if 0 < run - number <= 2 and run < len(units) and not units[run].kind and units[run].told:
            for unit in units[number:run]:
                standfirst = number > 0 and units[number - 1].kind == "title" and unit.count >= 6
                unit.kind = "" if standfirst else "heading"
        number = max(run, number + 1)


def _heading_like(unit: _Unit) -> bool:
    if len(unit.words) > 120 or _NO_HEADING.search(unit.words):
        return False
    # "Key dates:" is a label; "The envoy went on:" leads to a quote and names its speaker.
    label = unit.words.endswith(":") and unit.count <= 4 and not _VERBISH.search(unit.words)
    return unit.bare or label


def _mark_strays(units: list[_Unit]) -> None:
    """Short fragments after the last sentence: widgets and link labels that were copied with the page."""
    tail = len(units)
    while tail > 0 and (units[tail - 1].kind not in {"", "body"} or not units[tail - 1].told):
        tail -= 1
    if tail == 0:
        return
    for unit in units[tail:]:
        if unit.kind:
            continue
        if unit.count <= 5 and not _FINAL.search(unit.words) and not _VERBISH.search(unit.words):
            unit.kind = "boilerplate"


def _cut(unit: _Unit) -> Iterator[Zone]:
    """The unit's zones: a caption gives up its credit, the rest is one zone."""
    start, end = unit.start, unit.end
    if unit.kind == "caption":
        if head := marks.credit_head(unit.words):
            yield Zone("credit", start, start + head)
            start += head + len(unit.words[head:]) - len(unit.words[head:].lstrip())
        if (tail := marks.CREDIT_TAIL.search(unit.words)) and unit.start + tail.start() > start:
            stop = start + len(unit.words[start - unit.start : tail.start()].rstrip())
            yield Zone("caption", start, stop)
            yield Zone("credit", unit.start + tail.start(), end)
            return
    yield Zone(unit.kind, start, end)


def _cut_datelines(zones: list[Zone], text: str) -> Iterator[Zone]:
    """Cuts datelines off body: any form on the first three paragraphs, then only with an agency in brackets."""
    seen = 0
    for zone in zones:
        if zone.kind != "body":
            yield zone
            continue
        seen += 1
        words = text[zone.start : zone.end]
        length = marks.dateline(words[:200])
        if length and (seen <= 3 or "(" in words[:length]) and words[length:].strip():
            yield Zone("dateline", zone.start, zone.start + len(words[:length].rstrip()))
            yield Zone("body", zone.start + length, zone.end)
        else:
            yield zone
