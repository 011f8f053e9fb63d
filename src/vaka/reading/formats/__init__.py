"""The formats of reports, one module each, and how their first bytes tell them apart; refuses none by its name."""

from __future__ import annotations

import re

from vaka.reading.decoding import binary, decode

COLUMNS = frozenset({"id", "text", "html", "title", "published", "source", "url", "language"})
_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
_FEED_ROOT = re.compile(r"<(?:rss|(?:\w+:)?feed|rdf:rdf)\b", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"<(?:html|head|body|title|meta|link|script|style|div|article|section|main|header|nav|p|h[1-6]|span|table|ul|ol|a|br|b|i|"
    r"em|strong|img|figure|blockquote)\b[^<]*>",
    re.IGNORECASE,
)
_ROW = re.compile(r'\{\s*(?:"|\})')
DELIMITERS = ",;\t|"


def recognise(head: bytes, name: str) -> str:
    """One of empty, binary, warc, html, feed, xml, json, jsonl, csv, text; the name only breaks a tie."""
    if head.startswith(b"WARC/"):
        return "warc"
    if binary(head):
        return "binary"
    text = decode(head).text.lstrip("\ufeff \t\r\n\f")
    if not text:
        return "empty"
    lower = name.lower().removesuffix(".gz")
    if text.startswith("<"):
        return _markup(text, lower)
    if _is_rows(text, lower):
        return "jsonl"
    if text.startswith("[") and re.match(r"\[\s*(?:\{\s*\"|\])", text):
        return "json"
    if _is_table(text, lower):
        return "csv"
    if lower.endswith((".html", ".htm", ".xhtml")) and _HTML_TAG.search(text):
        return "html"
    return "text"


def _markup(text: str, name: str) -> str:
    prolog = _PROLOG.match(text)
    at = prolog.end() if prolog else 0
    if _FEED_ROOT.match(text, at):
        return "feed"
    if re.match(r"(?:<\?.*?\?>\s*)?<!doctype\s+html|<html\b", text, re.IGNORECASE | re.DOTALL) or _HTML_TAG.match(
        text, at
    ):
        return "html"
    if re.search(r"<!DOCTYPE\s+(?:rss|feed|rdf)|<(?:rss|feed)\b", text[:4096], re.IGNORECASE):
        return "feed"
    if text.startswith("<?xml"):
        return "xml"
    return "html" if name.endswith((".html", ".htm", ".xhtml")) else "text"


def _is_rows(text: str, name: str) -> bool:
    if name.endswith((".jsonl", ".ndjson", ".jsonlines")):
        return True
    return any(_ROW.match(line) and '"' in line for line in text.split("\n", 3)[:3])


def _is_table(text: str, name: str) -> bool:
    if name.endswith((".csv", ".tsv")):
        return True
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    for delimiter in DELIMITERS:
        names = [cell.strip().strip('"').lower() for cell in first.split(delimiter)]
        if len(names) > 1 and {"text", "html"} & set(names) and len(COLUMNS & set(names)) >= 2:
            return True
    return False
