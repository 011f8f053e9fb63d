"""Finds what stands between quotation marks, also over paragraphs; scare quotes and titles are sorted out later.

Straight marks are paired within a paragraph; a paragraph that opens with a mark and leaves it open goes on in the
next one that opens with a mark, as newspapers set long quotations. Apostrophes are never marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaka.types import Article

OPENING = {"“": "”", "«": "»", "„": "“"}
READ_ZONES = frozenset({"title", "caption", "body", "heading"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words inside a pair of marks (`start`, `end`) and the marks themselves (`outer_start`, `outer_end`)."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: tuple[int, int]
    goes_on: bool = False


def quoted_in(article: Article) -> list[Quoted]:
    """All quoted stretches in text order."""
    found: list[Quoted] = []
    for zone in article.zones:
        if zone.kind in READ_ZONES:
            at = zone.start
            for line in article.text[zone.start : zone.end].splitlines(keepends=True):
                found += _in_paragraph(article.text, at, at + len(line.rstrip()))
                at += len(line)
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quoted]:
    found: list[Quoted] = []
    opened: int | None = None
    closer = ""
    for i in range(start, end):
        char = text[i]
        if opened is None:
            closer = _closer(text, i, start)
            opened = i if closer else None
        elif char == closer or (closer == "”" and char == '"'):
            if not (closer == "’" and not _closes_single(text, i, end)):
                _keep(found, text, opened, i, (start, end), False)
                opened = None
    if opened is not None and closer not in {"’", "'"} and end - opened > 12:
        _keep(found, text, opened, end, (start, end), True)
    return found


def _closer(text: str, i: int, start: int) -> str:
    """The mark that would close what opens at i, or nothing."""
    char = text[i]
    if char in OPENING:
        return OPENING[char]
    if char == '"':
        return '"'
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    if char in "‘'" and not before.isalnum() and (after.isalnum()) and before not in "’'":
        closing = "’" if char == "‘" else "'"
        stop = text.find("\n", i)
        rest = text[i + 1 : stop if stop > 0 else len(text)]
        # A single mark opens only where a later one closes it: "the '90s" and "rock 'n' roll" have none that fits.
        if any(_closes_single(rest, k, len(rest)) for k, c in enumerate(rest) if c in "’'"):
            return closing
    return ""


def _closes_single(text: str, i: int, end: int) -> bool:
    after = text[i + 1] if i + 1 < end else " "
    before = text[i - 1] if i else " "
    return not after.isalnum() and (before.isalnum() or before in ".,!?…") and not (before == "s" and after == " " and i + 2 < end and text[i + 2].islower())


def _keep(found: list[Quoted], text: str, opened: int, closed: int, paragraph: tuple[int, int], goes_on: bool) -> None:
    start, end = opened + 1, closed
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        outer_end = closed if goes_on else min(closed + 1, paragraph[1])
        found.append(Quoted(start, end, opened, outer_end, paragraph, goes_on))
