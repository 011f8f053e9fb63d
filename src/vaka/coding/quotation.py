"""Finds what stands between quotation marks, also over paragraphs; whose words they are is told elsewhere.

Straight marks are paired within a paragraph; a paragraph that opens with a mark and leaves it open goes on in the
next one that opens with a mark, as newspapers set long quotations. Apostrophes are never marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaka.types import Article

OPENING = {"“": "”", "«": "»", "„": "“", "``": "''", "''": "''", '"': '"'}
DOUBLES = frozenset({"”", '"', "''", "“", "„"})
SINGLES = {"‘": "’", "'": "'"}
READ_ZONES = frozenset({"title", "caption", "body", "heading"})
SHORTEST_OPEN = 12
"""Characters after a mark that is never closed, below which it is a slip of the typesetter."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words inside a pair of marks (`start`, `end`) and the marks themselves (`outer_start`, `outer_end`).
    `goes_on` says that the paragraph ends with the marks still open."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: tuple[int, int]
    goes_on: bool = False

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end


def quoted_in(article: Article) -> list[Quoted]:
    """All quoted stretches in text order."""
    found: list[Quoted] = []
    for zone in article.zones:
        if zone.kind in READ_ZONES:
            for start, end in paragraphs(article.text, zone.start, zone.end):
                found += _in_paragraph(article.text, start, end)
    return found


def inside_of(text: str, outer: Quoted) -> list[Quoted]:
    """What a quotation itself quotes, between single marks: "He told us, 'Leave,' and left"."""
    if text[outer.outer_start] in SINGLES:
        return []
    found = _in_paragraph(text, outer.start, outer.end)
    return [stretch for stretch in found if text[stretch.outer_start] in SINGLES and not stretch.goes_on]


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Lines of the text, those of one hard-wrapped paragraph joined."""
    found: list[tuple[int, int]] = []
    at, blank = start, True
    for line in text[start:end].splitlines(keepends=True):
        body = line.strip()
        begin = at + len(line) - len(line.lstrip())
        at += len(line)
        if body and found and not blank and _is_wrapped(text[found[-1][0] : found[-1][1]], body):
            found[-1] = (found[-1][0], begin + len(body))
        elif body:
            found.append((begin, begin + len(body)))
        blank = not body
    return found


def _is_wrapped(before: str, line: str) -> bool:
    """Whether a line only goes on with the one before it."""
    if before[-1] not in ".!?:…\"”'’»)":
        return True
    return (before.count('"') % 2 == 1 or before.count("“") > before.count("”")) and line[0] not in '"“'


def _in_paragraph(text: str, start: int, end: int) -> list[Quoted]:
    found: list[Quoted] = []
    opened, closer, width, i = -1, "", 0, start
    while i < end:
        mark = _mark_at(text, i, end)
        if opened < 0:
            closer = _closer(text, i, start, end)
            if closer:
                opened, width = i, len(mark)
        elif _closes(text, i, mark, closer, (opened + width, start, end)):
            _keep(found, text, (opened, width), (i, len(mark)), (start, end))
            opened = -1
        i += max(1, len(mark))
    if opened >= 0 and closer not in SINGLES.values() and end - opened > SHORTEST_OPEN:
        _keep(found, text, (opened, width), (end, 0), (start, end))
    return found


def _mark_at(text: str, i: int, end: int) -> str:
    """The one or two characters at i that may be a mark; any other character stands for itself."""
    return text[i : i + 2] if text[i : i + 2] in {"``", "''"} and i + 2 <= end else text[i]


def _closer(text: str, i: int, start: int, end: int) -> str:
    """The mark that would close what opens at i, or nothing."""
    mark = _mark_at(text, i, end)
    before = text[i - 1] if i > start else " "
    after = text[i + len(mark)] if i + len(mark) < end else " "
    if mark in OPENING:
        # Straight marks look the same at both ends: one before a blank, or after a digit (inches), opens nothing.
        return "" if mark in {'"', "''"} and (after.isspace() or before.isdigit()) else OPENING[mark]
    if mark in SINGLES and not before.isalnum() and after.isalnum() and before not in "’'":
        closing = SINGLES[mark]
        # A single mark opens only where a later one closes it: "the '90s" and "rock 'n' roll" have none that fits.
        if any(_closes_single(text, k, end) for k in range(i + 2, end) if text[k] in "’'"):
            return closing
    return ""


def _closes(text: str, i: int, mark: str, closer: str, bounds: tuple[int, int, int]) -> bool:
    """Whether the mark at i closes the stretch that was opened; `bounds` are its first word and its paragraph."""
    first, start, end = bounds
    if closer in SINGLES.values():
        return mark in {closer, "’"} and _closes_single(text, i, end)
    if mark == closer or (mark in {"”", '"', "''"} and closer in DOUBLES):
        return True
    # An opening mark set by mistake where a closing one belongs: “It's unusual,“ said …
    return mark == "“" and i > max(first, start) and text[i - 1] in ",.!?" and (i + 1 >= end or text[i + 1].isspace())


def _closes_single(text: str, i: int, end: int) -> bool:
    """Whether the apostrophe at i can be a closing mark and is no possessive or shortened word."""
    after = text[i + 1] if i + 1 < end else " "
    before = text[i - 1] if i else " "
    if after.isalnum() or not (before.isalnum() or before in '.,!?…”"'):
        return False
    return not (before == "s" and after == " " and i + 2 < end and text[i + 2].islower())


def _keep(
    found: list[Quoted], text: str, opened: tuple[int, int], closed: tuple[int, int], paragraph: tuple[int, int]
) -> None:
    """Adds the stretch between two marks, each given as offset and width (0 where the paragraph ends open)."""
    start, end = opened[0] + opened[1], closed[0]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        outer_end = closed[0] + closed[1]
        found.append(Quoted(start, end, opened[0], outer_end, paragraph, closed[1] == 0))
