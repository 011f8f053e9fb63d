"""What a version of a story changed: sentences that came, sentences that went, and numbers of people told anew.

It compares the stored texts of two reports when it is asked, and keeps nothing.
"""

from __future__ import annotations

from typing import Any

from vaka.record.openings import Count, body_sentences, counts
from vaka.record.words import stems
from vaka.types import Article, Span, plain

SAME_SENTENCE = 0.5
"""Share of two sentences' content words from which one is the other, shortened or with another number."""


def changes(earlier: Article, later: Article) -> dict[str, Any]:
    """{"added": spans of the later text, "removed": spans of the earlier one, "values": [{"kind", "was", "is"}]}.

    `kind` is dead, injured, arrested or people; `was` and `is` are the spans of its numbers, largest first, in the
    earlier and in the later text. A kind that only one of them counts stands too.
    """
    before, after = body_sentences(earlier), body_sentences(later)
    return {
        "added": [plain(span) for span in _without_match(after, before)],
        "removed": [plain(span) for span in _without_match(before, after)],
        "values": _values(before, after),
    }


def _without_match(sentences: list[Span], others: list[Span]) -> list[Span]:
    words = [stems(other.text) for other in others]
    return [span for span in sentences if not any(_one(stems(span.text), other) for other in words)]


def _one(a: frozenset[str], b: frozenset[str]) -> bool:
    return a == b or (bool(a & b) and len(a & b) >= SAME_SENTENCE * max(len(a), len(b)))


def _values(before: list[Span], after: list[Span]) -> list[dict[str, Any]]:
    sides = [[count for sentence in side for count in counts(sentence)] for side in (before, after)]
    kinds = sorted({count.kind for side in sides for count in side})
    told = [(kind, _of_kind(kind, sides[0]), _of_kind(kind, sides[1])) for kind in kinds]
    return [
        {"kind": kind, "was": [plain(count.span) for count in was], "is": [plain(count.span) for count in now]}
        for kind, was, now in told
        if {(count.value, count.vague) for count in was} != {(count.value, count.vague) for count in now}
    ]


def _of_kind(kind: str, counted: list[Count]) -> list[Count]:
    """Each value once, where it is told first."""
    first: dict[tuple[float, bool], Count] = {}
    for count in counted:
        if count.kind == kind:
            first.setdefault((count.value, count.vague), count)
    return sorted(first.values(), key=lambda count: (-count.value, count.span.start))
