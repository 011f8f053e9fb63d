"""Finds the whole id that a few first digits stand for; refuses digits that stand for several things."""

from __future__ import annotations

import re

from vaka.errors import RecordError
from vaka.record.merge import incident_id
from vaka.record.store import Record

LEAST = 4
"""Digits below which hardly any beginning is unique."""

_BEGINNING = re.compile(rf"[0-9a-f]{{{LEAST},15}}")
_KNOWN = """
SELECT id FROM reports WHERE id = :key UNION SELECT id FROM items WHERE id = :key
UNION SELECT incident FROM incident_events WHERE alias = :key
"""
_BEGIN_SO = """
SELECT id FROM items WHERE id >= :key AND id < :key || 'g'
UNION SELECT incident FROM incident_events WHERE alias >= :key AND alias < :key || 'g'
UNION SELECT id FROM reports WHERE id >= :key AND id < :key || 'g' AND length (id) = 16
ORDER BY id LIMIT 4
"""


def _vanished(record: Record, key: str) -> list[str]:
    """Ids that begin so of incidents which left the answers, since what told them was rejected."""
    rows = record.ask("SELECT item FROM reviewed WHERE verdict = 'rejected'")
    return sorted(made for row in rows if (made := incident_id(row["item"])).startswith(key))


def whole_id(record: Record, key: str) -> str:
    """The id itself, or the one id that begins so.

    Raises RecordError when several begin so; an id that nothing has comes back as it is.
    """
    if not _BEGINNING.fullmatch(key) or record.ask(_KNOWN, {"key": key}):
        return key
    found = [row["id"] for row in record.ask(_BEGIN_SO, {"key": key})] or _vanished(record, key)
    if len(found) > 1:
        raise RecordError(f"{key}: several ids begin so ({', '.join(found[:3])}); give more digits")
    return found[0] if found else key
