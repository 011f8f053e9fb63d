"""Rows of an answer in words that people read: acts, parties, dates, places, numbers; it adds nothing to a row.

Words of reports are made safe for a terminal here: control and direction characters never pass.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from typing import Any

from vaka.frames.wording import clean

Row = dict[str, Any]

ACTS: dict[str, tuple[str, str]] = {
    "AGREE": ("agree", "agreement"),
    "CONSULT": ("talk", "talks"),
    "CONSULT/visit": ("visit", "visit"),
    "CONSULT/third-party": ("mediate", "mediation"),
    "CONSULT/multilateral": ("meet", "meeting"),
    "CONSULT/phone": ("speak by phone", "phone call"),
    "SUPPORT": ("support", "support"),
    "CONCEDE": ("concede", "concession"),
    "COOPERATE": ("cooperate", "cooperation"),
    "AID": ("aid", "aid"),
    "RETREAT": ("draw back", "retreat"),
    "RETREAT/withdraw": ("withdraw", "withdrawal"),
    "RETREAT/release": ("release", "release"),
    "RETREAT/disarm": ("disarm", "disarmament"),
    "RETREAT/ceasefire": ("hold fire", "ceasefire"),
    "RETREAT/access": ("give access", "access given"),
    "RETREAT/resign": ("resign", "resignation"),
    "REQUEST": ("request", "request"),
    "REQUEST/assist": ("ask for help", "request for help"),
    "REQUEST/change": ("demand a change", "demand for change"),
    "REQUEST/yield": ("demand a concession", "demand to yield"),
    "REQUEST/meet": ("ask for talks", "request for talks"),
    "ACCUSE": ("accuse", "accusation"),
    "ACCUSE/disapprove": ("criticize", "criticism"),
    "ACCUSE/investigate": ("investigate", "investigation"),
    "ACCUSE/allege": ("make allegations", "allegation"),
    "REJECT": ("reject", "refusal"),
    "REJECT/assist": ("refuse help", "refusal of help"),
    "REJECT/change": ("refuse a change", "refusal of a change"),
    "REJECT/yield": ("refuse to yield", "refusal to yield"),
    "REJECT/meet": ("refuse talks", "refusal of talks"),
    "THREATEN": ("threaten", "threat"),
    "THREATEN/restrict": ("threaten restrictions", "threat of restrictions"),
    "THREATEN/arrest": ("threaten arrest", "threat of arrest"),
    "THREATEN/relations": ("threaten relations", "threat to relations"),
    "THREATEN/expel": ("threaten expulsion", "threat of expulsion"),
    "THREATEN/territory": ("threaten to take territory", "threat to territory"),
    "THREATEN/violence": ("threaten force", "threat of force"),
    "PROTEST": ("protest", "protest"),
    "PROTEST/demo": ("demonstrate", "demonstration"),
    "PROTEST/riot": ("riot", "riot"),
    "PROTEST/strike": ("strike", "strike"),
    "PROTEST/hunger": ("go on hunger strike", "hunger strike"),
    "PROTEST/boycott": ("boycott", "boycott"),
    "PROTEST/obstruct": ("block the way", "blockade"),
    "PROTEST/vandalize": ("vandalize", "vandalism"),
    "SANCTION": ("sanction", "sanctions"),
    "SANCTION/convict": ("convict", "conviction"),
    "SANCTION/expel": ("expel", "expulsion"),
    "SANCTION/withdraw": ("withdraw from relations", "withdrawal from relations"),
    "SANCTION/discontinue": ("cut off", "cut in relations"),
    "MOBILIZE": ("mobilize", "mobilization"),
    "MOBILIZE/troops": ("mobilize troops", "troops mobilized"),
    "MOBILIZE/weapons": ("move weapons", "weapons moved"),
    "MOBILIZE/police": ("deploy police", "police deployed"),
    "MOBILIZE/militia": ("mobilize militia", "militia mobilized"),
    "COERCE": ("coerce", "repression"),
    "COERCE/seize": ("seize", "seizure"),
    "COERCE/restrict": ("impose restrictions", "restrictions"),
    "COERCE/arrest": ("detain", "arrests"),
    "COERCE/deport": ("deport", "deportation"),
    "COERCE/withhold": ("withhold goods or services", "withholding"),
    "COERCE/cyber": ("mount a cyber attack", "cyber attack"),
    "COERCE/censor": ("censor", "censorship"),
    "COERCE/curfew": ("impose a curfew", "curfew"),
    "COERCE/misinformation": ("spread misinformation", "misinformation"),
    "COERCE/martial-law": ("declare martial law", "martial law"),
    "ASSAULT": ("attack", "attack"),
    "ASSAULT/abduct": ("abduct", "abduction"),
    "ASSAULT/torture": ("torture", "torture"),
    "ASSAULT/sexual": ("assault sexually", "sexual violence"),
    "ASSAULT/destroy": ("destroy", "destruction"),
    "ASSAULT/beat": ("beat", "beating"),
    "ASSAULT/crowd-control": ("use crowd control", "crowd control"),
    "ASSAULT/primitive": ("attack with simple weapons", "attack with simple weapons"),
    "ASSAULT/firearms": ("shoot", "shooting"),
    "ASSAULT/explosives": ("bomb", "bombing"),
    "ASSAULT/targeted": ("assassinate", "assassination"),
    "ASSAULT/suicide-attack": ("carry out a suicide attack", "suicide attack"),
    "ASSAULT/aerial": ("strike from the air", "air strike"),
    "ASSAULT/drone": ("strike by drone", "drone strike"),
    "ASSAULT/heavy-weapons": ("shell", "shelling"),
    "ASSAULT/unconventional": ("use unconventional weapons", "unconventional weapons"),
    "CONDITION": ("", "condition"),
    "CONDITION/price-rise": ("", "prices rise"),
    "CONDITION/price-fall": ("", "prices fall"),
    "CONDITION/shortage": ("", "shortage"),
    "CONDITION/outage": ("", "outage"),
    "CONDITION/unrest": ("", "unrest"),
    "CONDITION/calm": ("", "calm"),
    "CONDITION/currency-fall": ("", "currency falls"),
    "OFFICE": ("change an office", "change of office"),
    "OFFICE/appoint": ("appoint", "appointment"),
    "OFFICE/elect": ("elect", "election"),
    "OFFICE/dismiss": ("dismiss", "dismissal"),
    "OFFICE/swear-in": ("swear in", "swearing-in"),
    "OFFICE/succeed": ("take over", "succession"),
    "DISASTER": ("", "disaster"),
    "DISASTER/quake": ("", "earthquake"),
}  # fmt: skip
"""By type and mode: what the actor does, and the act as a noun where nobody is known to have done it."""
MARK_MOVED = "→"
PARTIES = 3
"""Parties named before the rest is only counted."""


def excerpt(text: str, length: int = 150) -> str:
    """The words on one line, cut after a word where they are longer."""
    whole = clean(text)
    if len(whole) <= length:
        return whole
    cut = whole[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:– ") + "…"


def act_words(kind: str, mode: str | None) -> tuple[str, str]:
    """The act as a verb (empty where nobody does it) and as a noun."""
    found = ACTS.get(f"{kind}/{mode}") or ACTS.get(kind) or (kind.lower(), kind.lower())
    if mode and f"{kind}/{mode}" not in ACTS:
        return (f"{found[0]} ({mode})" if found[0] else "", mode.replace("-", " "))
    return found


def what(row: Row) -> str:
    """An event or an incident in a line: "Kazakhstan · declares martial law", "Russia · aids → Kazakhstan"."""
    verb, noun = act_words(row["type"], row.get("mode"))
    actors, recipients = names(row.get("actors", ())), names(row.get("recipients", ()))
    if actors and verb:
        line = f"{actors} · {verb if are_many(row['actors']) else third_person(verb)}"
    else:
        line = f"{actors} · {noun}" if actors else noun
    return f"{line} {MARK_MOVED} {recipients}" if recipients else line


def are_many(parties: Sequence[Row]) -> bool:
    """Whether the verb after them stands in the plural."""
    first = parties[0]
    last = (str(first["name"]).split() or [""])[-1]
    nobody = first.get("org") is None and first.get("kind") not in {"person", "government", "organization"}
    several = last.endswith("s") and not last.endswith("ss") and (last.islower() or nobody)
    people = last.lower() in {"police", "people"} or str(first["name"]).startswith("People of ")
    return len(parties) > 1 or several or people


def third_person(verb: str) -> str:
    """ "declare martial law" as "declares martial law"."""
    first, _, rest = verb.partition(" ")
    if re.search(r"[^aeiou]y$", first):
        first = first[:-1] + "ies"
    else:
        first += "es" if re.search(r"(s|sh|ch|x|z|o)$", first) else "s"
    return f"{first} {rest}".rstrip()


def names(parties: Sequence[Row]) -> str:
    """The parties' names, the first few in full."""
    told = list(dict.fromkeys(clean(party["name"]) for party in parties))
    if len(told) > PARTIES + 1:
        return f"{', '.join(told[:PARTIES])} and {len(told) - PARTIES} more"
    return ", ".join(told)


def party(actor: Row | None) -> str:
    """A party with its country: "foreign minister Mukhtar Tileuberdi (KAZ)"."""
    if actor is None:
        return "unknown"
    name = clean(actor["name"])
    role = actor.get("role")
    named = f"{clean(role)} {name}" if role and role.lower() not in name.lower() else name
    return f"{named} ({actor['country']})" if actor.get("country") else named


def when(time: Row | None) -> str:
    """The day, or from day to day; empty where no date was observed."""
    if not time or not time.get("start"):
        return ""
    start, end = str(time["start"])[:10], str(time.get("end") or time["start"])[:10]
    if start == end:
        return start
    if start[5:] == "01-01" and end == f"{start[:4]}-12-31":
        return start[:4]
    if start.endswith("-01") and start[:7] == end[:7] and end == _last_day(start[:7]):
        return start[:7]
    return f"{start} – {end[5:] if end[:4] == start[:4] else end}"


def due(time: Row | None) -> str:
    """The last day on which a promise is in time: "by the end of the year" begins today and is due on its last day."""
    if not time or not (time.get("start") or time.get("end")):
        return ""
    if not time.get("end"):
        return f"from {str(time['start'])[:10]}"
    whole = when(time)
    return whole if len(whole) in {len("2023"), len("2023-01")} else str(time["end"])[:10]


def _last_day(month: str) -> str:
    try:
        return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02d}"
    except (ValueError, IndexError):
        return ""


def where(place: Row | None) -> str:
    """The place with its country, which is said once."""
    if not place or not place.get("name"):
        return ""
    name = clean(place["name"])
    country = place.get("country")
    return f"{name}, {country}" if country and place.get("precision") != "country" else name


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def span_of(quantity: Row) -> str:
    """A number as told: "at least 164", "up to 30", "20–30"."""
    low, high = quantity["low"], quantity["high"]
    if low is None and high is None:
        return clean(quantity.get("text") or "")
    if high is None:
        return f"at least {number(low)}"
    if low is None:
        return f"up to {number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def told_as(kind: str, quantity: Row) -> str:
    """A sum of money in the report's own words, which name the currency; else the number."""
    return clean(quantity["text"]) if kind == "money" and quantity.get("text") else span_of(quantity)


def magnitudes(row: Row) -> str:
    """The numbers of an event: "dead 164, injured at least 2,200"."""
    return ", ".join(f"{kind} {told_as(kind, value)}" for kind, value in row.get("magnitude", {}).items())


def values(incident: Row) -> str:
    """The numbers of an incident, those that disagree side by side, what a source told before it knew more in brackets:
    "dead 164 / 225 (before: 26)"."""
    found: list[str] = []
    for kind, several in incident.get("values", {}).items():
        told = dict.fromkeys(told_as(kind, value) for value in several if not value["superseded"])
        old = dict.fromkeys(told_as(kind, value) for value in several if value["superseded"])
        before = f" (before: {' / '.join(one for one in old if one not in told)})" if old.keys() - told.keys() else ""
        found.append(f"{kind} {' / '.join(told)}{before}")
    return ", ".join(found)


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """ "1 report", "32 reports"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
