"""Judgements of people in words, for tables and screens: corrected values, and who said what of an item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from vaka.frames.tables import Row

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: object) -> str:
    """The words on one line, without characters that steer a terminal or turn the reading direction."""
    return _UNSAFE.sub("\ufffd", " ".join(str(text).split()))


def in_words(value: Any) -> str:
    """A corrected value as it is written: Aktau, KAZ; 2022-01-05/2022-01-07; Turkey (TUR)."""
    if value is None or value == []:
        return "(not told)"
    if isinstance(value, list):
        return "; ".join(map(in_words, value))
    if not isinstance(value, dict):
        return str(value)
    if "start" in value:
        return value["start"] if value["start"] == value["end"] else f"{value['start']}/{value['end']}"
    if "text" in value:
        return str(value["text"])
    country = value.get("country")
    if not country:
        return str(value["name"])
    return f"{value['name']} ({country})" if "kind" in value else f"{value['name']}, {country}"


def judged(row: Row) -> str:
    """ "rejected by Ana: a film", "corrected by Ana: type PROTEST, not COERCE"; empty where nobody has judged it."""
    found = [_of_item(row)] if row.get("review") else []
    tellings = [telling for telling in row.get("tellings", ()) if telling.get("review")]
    if len(tellings) == len(row.get("tellings", ())) == 1:
        found.append(_of_item(tellings[0]))
    elif tellings:
        count = Counter(telling["review"]["verdict"] for telling in tellings if telling["review"]["verdict"])
        found += [f"{number} of {len(row['tellings'])} tellings {verdict}" for verdict, number in count.items()]
    return clean("; ".join(words for words in found if words))


def _of_item(row: Row) -> str:
    review = row["review"]
    made = review["judgements"]
    changed = " (the answer has changed since)" if any(one["changed"] for one in made) else ""
    found = []
    if review["verdict"] == "corrected":
        told = ", ".join(f"{c['field']} {in_words(c['is'])}, not {in_words(c['was'])}" for c in review["corrections"])
        found.append(f"corrected by {_names(made, 'correct')}: {told}")
    elif review["verdict"]:
        kind = review["verdict"].removesuffix("ed")
        why = next((one["why"] for one in made if one["kind"] == kind and one["why"]), "")
        found.append(f"{review['verdict']} by {_names(made, kind)}" + (f": {why}" if why else ""))
    found += [f"{kind} by {_names(made, kind)}" for kind in ("merge", "split") if any(m["kind"] == kind for m in made)]
    if review["credibility"]:
        found.append(f"graded {review['credibility']}")
    return "; ".join(found) + changed


def _names(made: Sequence[Row], kind: str) -> str:
    return " and ".join(dict.fromkeys(one["by"] for one in made if one["kind"] == kind))
