"""What of an item a person may correct, and how the value is written; refuses what no item could say.

    type=PROTEST  mode=riot  status=negated  date=2022-01-05/2022-01-07  place=Aktau, KAZ
    actors=Kazakhstan (KAZ); crowd  dead=160-170  due=2022-02-01  promiser=Turkey (TUR)  speaker=Ana Ruiz (ESP)

An empty value says that the text does not tell it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from vaka.errors import UsageError
from vaka.knowledge.actors import actors
from vaka.knowledge.ontology import ontology
from vaka.record.parties import NON_STATES, Party
from vaka.types import EVENT_TYPES, EXTENSION_TYPES, STATUSES

TYPES = (*EVENT_TYPES, *EXTENSION_TYPES)
PLEDGE_STATUSES = ("open", "kept", "partly-kept", "broken", "overdue", "withdrawn", "unverifiable")
NUMBERS = ("dead", "injured", "arrested", "size", "money", "percent")

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PARTY = re.compile(r"(?P<name>[^;()]+?)\s*(?:\((?P<country>[A-Za-z]{3})\))?")
_PLACE = re.compile(r"(?P<name>.+?)\s*(?:,\s*(?P<country>[A-Z]{3}))?")
_RANGE = re.compile(r"(?P<low>\d[\d,]*(?:\.\d+)?)?\s*(?P<open>-)?\s*(?P<high>\d[\d,]*(?:\.\d+)?)?")


def _one_of(*known: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        found = next((name for name in known if name.lower() == value.lower()), None)
        if found is None:
            raise UsageError(f"{value!r} is none of {', '.join(known)}")
        return found

    return read


def _text(value: str) -> str | None:
    return value or None


def _dates(value: str) -> dict[str, str] | None:
    """First and last day of a day, month, year or range."""
    if not value:
        return None
    first, _, last = value.partition("/")
    start, end = _ends(first)[0], _ends(last or first)[1]
    if end < start:
        raise UsageError(f"{value!r} ends before it begins")
    return {"start": start, "end": end}


def _ends(text: str) -> tuple[str, str]:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        first = date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise UsageError(f"{text!r} is no date; give 2022-01-11, 2022-01, 2022, or two with a stroke between") from None
    if len(text) == 10:
        return text, text
    after = date(first.year + 1, 1, 1)
    if len(text) == 7 and first.month < 12:
        after = date(first.year, first.month + 1, 1)
    return first.isoformat(), date.fromordinal(after.toordinal() - 1).isoformat()


def whole_day(text: str | None) -> str | None:
    """Raises UsageError for anything but a day, as 2022-01-11, or None."""
    if text is not None and (len(text) != 10 or _ends(text)[0] != text):
        raise UsageError(f"{text!r} is no day; give one as 2022-01-11")
    return text


def _country(code: str | None, of: str) -> str | None:
    if code is None:
        return None
    if code.upper() not in actors().states and code.upper() not in NON_STATES:
        raise UsageError(f"{of!r}: {code!r} is no country code; give ISO 3166 alpha-3, as KAZ, or one of PLOVER's")
    return code.upper()


def _place(value: str) -> dict[str, Any] | None:
    if not value:
        return None
    found = _PLACE.fullmatch(value)
    assert found is not None  # it takes any text that is not empty
    return {"name": found["name"], "country": _country(found["country"], value)}


def _party(value: str) -> dict[str, Any] | None:
    """The party of that name: with sectors, kind and organization where the knowledge has it, else as it is told."""
    if not value:
        return None
    found = _PARTY.fullmatch(value)
    if found is None:
        raise UsageError(f"{value!r} names no party; give a name, with a country code behind it: Turkey (TUR)")
    name, country = found["name"], _country(found["country"], value)
    hits = [hit for hit in actors().find(name) if (hit.start, hit.end) == (0, len(name))]
    known = hits[0].entry if hits else None
    if known is None or (country and known.country and known.country != country):
        return {"name": name, "country": country, "sectors": [], "kind": "other", "org": None}
    org = known.key if known.category in ("organization", "body") else None
    more = {"sectors": list(known.sectors), "kind": known.kind, "org": org}
    return {"name": known.name, "country": country or known.country} | more


def _parties(value: str) -> list[dict[str, Any]]:
    return [party for part in value.split(";") if (party := _party(part.strip()))]


def _number(value: str) -> dict[str, Any] | None:
    """ "164", "160-170", "at least" as "160-", "up to" as "-170"."""
    if not value:
        return None
    found = _RANGE.fullmatch(value)
    if found is None or not (found["low"] or found["high"]) or (found["high"] and not found["open"]):
        raise UsageError(f"{value!r} is no number; give 164, 160-170, 160- (at least) or -170 (at most)")
    low, high = (float(text.replace(",", "")) if text else None for text in (found["low"], found["high"]))
    if not found["open"]:
        high = low
    if low is not None and high is not None and low > high:
        raise UsageError(f"{value!r}: the lower number stands first")
    return {"low": low, "high": high, "text": value}


FIELDS: dict[str, dict[str, Callable[[str], Any]]] = {
    "event": {
        "type": _one_of(*TYPES),
        "mode": _text,
        "status": _one_of(*STATUSES),
        "date": _dates,
        "place": _place,
        "actors": _parties,
        "recipients": _parties,
        **dict.fromkeys(NUMBERS, _number),
    },
    "pledge": {
        "kind": _one_of("pledge", "expectation", "ultimatum"),
        "status": _one_of(*PLEDGE_STATUSES),
        "act": lambda value: _one_of(*TYPES)(value) if value else None,
        "due": _dates,
        "promiser": _party,
        "beneficiary": _party,
    },
    "quote": {"kind": _one_of("direct", "indirect", "mixed"), "speaker": _party, "addressee": _party},
    "time": {"date": _dates},
    "place": {"place": _place},
    "actor": {"party": _party},
    "cause": {},
}
"""The fields of each layer. Those of quotes, times, places and actors stand beside the machine's; those of events and
pledges are also what incidents and outcomes are derived from."""


def read_correction(layer: str, text: str) -> tuple[str, Any]:
    """Field and value of FIELD=VALUE.

    Raises UsageError for a field that the layer has not, or a value that the field cannot have.
    """
    field, sign, value = text.partition("=")
    field = field.strip().lower()
    known = FIELDS[layer]
    if not known:
        raise UsageError(f"of a {layer} no field can be corrected; accept it or reject it")
    if field not in known:
        raise UsageError(f"a {layer} has no field {field!r} to correct; give one of {', '.join(known)}")
    if not sign:
        raise UsageError(f"{text!r}: give {field}=VALUE, or {field}= where the text does not tell it")
    try:
        return field, known[field](value.strip())
    except UsageError as error:
        raise UsageError(f"{field}: {error}") from None


def check_mode(kind: str, mode: str | None) -> None:
    """Raises UsageError for a mode that the event type has not."""
    modes = ontology().types[kind].modes
    if mode is not None and mode not in modes:
        raise UsageError(f"mode: {kind} has no mode {mode!r}; give one of {', '.join(modes) or 'none'}")


def machine_value(layer: str, field: str, item: dict[str, Any]) -> Any:
    """What the machine says to the field, in the shape of `read_correction`; `item` is that of the page."""
    if field in ("date", "due"):
        when = item if layer == "time" else item["when" if field == "date" else "due"]
        return {"start": when["start"], "end": when["end"] or when["start"]} if when and when["start"] else None
    if field == "place":
        where = item if layer == "place" else item["where"]
        return {"name": where["name"], "country": where["country"]} if where else None
    if field in NUMBERS:
        number = item["magnitude"].get(field)
        return {name: number[name] for name in ("low", "high", "text")} if number else None
    if field in ("actors", "recipients"):
        return [_known_of(party) for party in item[field]]
    if field in ("promiser", "beneficiary", "speaker", "addressee"):
        return _known_of(item[field]) if item[field] else None
    return _known_of(item) if field == "party" else item[field]


def _known_of(party: dict[str, Any]) -> dict[str, Any]:
    return {name: party[name] for name in ("name", "country", "sectors", "kind", "org")}


def as_party(value: dict[str, Any]) -> Party:
    return Party(value["name"], value["country"], tuple(value["sectors"]), value["kind"], value["org"])
