"""Full-text search of a record; the asker's words are always quoted, so no word of theirs is an operator."""

from __future__ import annotations

import re

from anyascii import anyascii

from vaka.frames.answer import Answer
from vaka.record.plans import narrowed
from vaka.record.query import COUNTED, REPORT_FILTER, TELLS, Filters, answer
from vaka.record.shapes import Row, judged_reports, report_shape
from vaka.record.store import Record

PASSAGES = 3
"""Passages shown a report."""
AROUND = 80
"""Characters shown on either side of a found word."""

_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"\w+")

_SEARCH = f"""
SELECT r.*, bm25 (reports_fts, 4.0, 1.0, 0.5) AS rank
FROM reports_fts JOIN reports r ON r.n = reports_fts.rowid
WHERE reports_fts MATCH :words
  AND {REPORT_FILTER}
  AND (:since IS NULL OR r.published >= :since)
  AND (:until IS NULL OR substr (r.published, 1, length (:until)) <= :until)
  AND {TELLS}
ORDER BY rank, r.published, r.id LIMIT :limit
"""


def search(record: Record, words: str, filters: Filters = COUNTED) -> Answer:
    """Reports that hold all the words, best first, with the passages as spans of their texts.

    Words between double quotes stand together; a last `*` finds all that begins so. Accents and letters outside ASCII
    match their ASCII reading. Words without a letter or digit are left out, and nothing is found for none. Filters on
    events keep reports that tell such an event.
    """
    terms = asked(words)
    if not terms:
        return answer("search", [])
    values = filters.values() | {"words": match_expression(terms)}
    rows = record.ask(narrowed(_SEARCH, values), values)
    shapes = [
        report_shape(row) | {"rank": round(-row["rank"], 4), "passages": passages(row["text"], terms)} for row in rows
    ]
    return answer("search", judged_reports(record, shapes))


def asked(words: str) -> list[tuple[str, bool]]:
    """The terms of a question: (term, whether it is the beginning of a word)."""
    terms: list[tuple[str, bool]] = []
    for phrase, word in _ASKED.findall(words.replace("\x00", " ")):
        term = (phrase or word).replace('"', " ").strip()
        tokens = _TOKEN.findall(anyascii(term))
        if tokens:
            terms.append((term, term.endswith("*")))
    return terms


def match_expression(terms: list[tuple[str, bool]]) -> str:
    """FTS5's syntax with every term as a string, in the letters given and in ASCII."""
    parts = []
    for term, begins in terms:
        star = "*" if begins else ""
        folded = " ".join(_TOKEN.findall(anyascii(term)))
        given = " ".join(_TOKEN.findall(term))
        parts.append(f'("{given or folded}"{star} OR "{folded}"{star})')
    return " AND ".join(parts)


def passages(text: str, terms: list[tuple[str, bool]]) -> list[Row]:
    """Where the terms first stand in the text, as spans cut at words, with the found words marked."""
    wanted = [([t.lower() for t in _TOKEN.findall(anyascii(term))], begins) for term, begins in terms]
    tokens = [(m.start(), m.end(), anyascii(m[0]).lower()) for m in _TOKEN.finditer(text)]
    found: list[Row] = []
    for words, begins in wanted:
        for at in range(len(tokens) - len(words) + 1):
            if _stands(words, begins, [token[2] for token in tokens[at : at + len(words)]]):
                start, end = tokens[at][0], tokens[at + len(words) - 1][1]
                if not any(row["start"] <= start and end <= row["end"] for row in found):
                    found.append(_passage(text, start, end))
                break
    return sorted(found, key=lambda row: row["start"])[:PASSAGES]


def _stands(words: list[str], begins: bool, tokens: list[str]) -> bool:
    if begins:
        return words[:-1] == tokens[:-1] and tokens[-1].startswith(words[-1])
    return words == tokens


def _passage(text: str, start: int, end: int) -> Row:
    """The found words with what stands around them on the same line."""
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    if first and not text[first - 1].isspace():
        first = next((at + 1 for at in range(first, start) if text[at].isspace()), start)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + AROUND)
    if last < len(text) and not text[last].isspace():
        last = next((at for at in range(last, end, -1) if text[at].isspace()), end)
    match = {"start": start, "end": end, "text": text[start:end]}
    return {"start": first, "end": last, "text": text[first:last], "match": match}
