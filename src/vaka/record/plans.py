"""Statements narrowed to the filters that are set: it drops what filters nothing, and says where to look first.

SQLite plans a statement before it knows its values, so `(:country IS NULL OR …)` would read every row. All text here is
the room's own; what a user gives stays a bound value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_OPTIONAL = re.compile(r"\(:(\w+) IS NULL\s+OR\s")
_COUNTRY = """
 AND e.id IN (SELECT id FROM events WHERE where_country IN (SELECT value FROM json_each (:country))
  UNION SELECT event FROM event_actors WHERE country IN (SELECT value FROM json_each (:country))
  UNION SELECT a.event FROM remembered m JOIN event_actors a ON a.mention = m.mention
    WHERE m.country IN (SELECT value FROM json_each (:country))
  UNION SELECT id FROM corrected_events)
"""
_ACTOR = """
 AND e.id IN (SELECT event FROM event_actors WHERE name IN (SELECT value FROM json_each (:named))
  UNION SELECT a.event FROM remembered m JOIN event_actors a ON a.mention = m.mention
    WHERE m.name IN (SELECT value FROM json_each (:named)))
"""
_DAYS = """
 AND e.id IN (SELECT id FROM events WHERE when_start IS NOT NULL
    AND (:since IS NULL OR coalesce (when_end, when_start) >= :since)
    AND (:until IS NULL OR substr (when_start, 1, length (:until)) <= :until)
  UNION SELECT d.id FROM reports p JOIN events d ON d.report = p.id WHERE d.when_start IS NULL
    AND (:since IS NULL OR coalesce (d.when_end, p.published) >= :since)
    AND (:until IS NULL OR substr (p.published, 1, length (:until)) <= :until)
  UNION SELECT id FROM corrected_events)
"""


def narrowed(sql: str, values: Mapping[str, object]) -> str:
    """The statement without the conditions whose filter is not set."""
    found, at = [], 0
    for match in _OPTIONAL.finditer(sql):
        if match.start() < at or match[1] not in values:
            continue  # Inside a condition that is dropped, or no filter.
        if values[match[1]] is None:
            found += [sql[at : match.start()], "1"]
            at = _closing(sql, match.start()) + 1
        else:
            found += [sql[at : match.start()], "("]
            at = match.end()
    return "".join([*found, sql[at:]])


def first(values: Mapping[str, object]) -> str:
    """Conditions on events `e` that follow from the filters and that an index answers; empty where none is set. What
    people corrected passes all of them, and the filters themselves decide."""
    found = _COUNTRY if values["country"] is not None else ""
    found += _ACTOR if values["actor"] is not None else ""
    return found + (_DAYS if values["since"] is not None or values["until"] is not None else "")


def narrows(values: Mapping[str, object]) -> bool:
    """Whether anything but the genre is filtered."""
    return any(value is not None for name, value in values.items() if name not in {"genre", "limit"})


def _closing(sql: str, opening: int) -> int:
    """Where the bracket at `opening` closes; the statements hold no brackets in texts."""
    depth = 0
    for at in range(opening, len(sql)):
        depth += (sql[at] == "(") - (sql[at] == ")")
        if depth == 0:
            return at
    raise ValueError(f"a bracket is left open: {sql[opening : opening + 40]}")
