"""Whether two events told by reports are one happening; a doubtful pair is two.

Type, mode, parties, date and place must agree or be silent, and one of party, place and wording must agree outright.
Three things stretch a date: copies of one report, the beginning and the end of one long act, and a count that grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from anyascii import anyascii

from vaka.record.parties import NON_STATES, Party, fold, same_party, sides_agree

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Acts of speech: a minister performs several in one report, so two of one report are two."""
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Who is actor and who is recipient depends on the teller, so parties are compared as one list."""
STRIKING = frozenset({"ASSAULT", "DISASTER"})
"""Whom it hits is told as people by one report and as their country or town by the next."""
TOLLS = frozenset({"dead", "injured", "arrested"})
SOFT_DATES = frozenset({"published", "dateline", "story", None})
"""Origins of a date that may be a day off: the report appears the day after."""
SOFT_PLACES = frozenset({"dateline", "story"})
"""Origins of a place that name where the report was written or plays, not surely the spot."""
COARSE_DAYS = 31
"""Longer stretches ("this year") agree only with themselves: they overlap with almost anything. It is also the longest
that a beginning and an end may lie apart."""
COPY_DAYS = 3
"""Copies of one report print the same sentence some days apart."""
RUNNING_DAYS = 14
"""A count goes on growing through a crisis; one of a month ago is another crisis, or its balance."""
RETOLD_DAYS = 7
"""A report goes on naming an arrest without its day for about a week."""
ONCE = frozenset({"COERCE", "SANCTION", "RETREAT", "OFFICE"})
"""Arrested, convicted, released, appointed: not twice in a week."""
SAME_SENTENCE = 0.6
"""Share of words from which sentences of copies are one sentence, cut or turned round."""
SAME_WORDING = 3
"""Content words, the trigger's among them, that two passages share when nobody and no spot is named."""
POINTS = frozenset({"city", "point"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it. `day` is the report's; `words` are the stems of its evidence, `core` those of
    its trigger; `phases` holds begun or ended where its words say so, and `running` marks a count that goes on growing.
    """

    event: str
    report: str
    copy_group: str
    day: str | None
    type: str
    modes: tuple[str, ...]
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    start: str | None
    end: str | None
    date_from: str | None
    place: str | None
    country: str | None
    admin1: str | None
    geonameid: int | None
    precision: str | None
    place_from: str | None
    trigger: str
    words: frozenset[str]
    values: tuple[tuple[str, float | None, float | None], ...] = ()
    score: float = 0.0
    core: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    running: bool = False
    story: str = ""

    @property
    def days(self) -> tuple[int, int] | None:
        """First and last day as ordinals; the report's own day where the event has none."""
        first = _ordinal(self.start) or _ordinal(self.end) or _ordinal(self.day)
        if first is None:
            return None
        return first, max(first, _ordinal(self.end) or first)

    @property
    def soft_date(self) -> bool:
        return self.start is None or self.date_from in SOFT_DATES

    @property
    def status_class(self) -> str:
        return "happened" if self.status in ("occurred", "ongoing") else self.status


def fits(a: Telling, b: Telling, apart: Sequence[frozenset[str]]) -> bool:
    """Whether both may stand in one incident; `apart` are sets of events that a person keeps asunder."""
    if any(a.event in events and b.event in events for events in apart):
        return False
    if a.modes and b.modes and not set(a.modes) & set(b.modes) and not _two_modes_of_one(a, b):
        return False
    if a.report == b.report and (a.type in VERBAL or _values_differ(a, b)):
        return False
    if _copied(a, b):
        return True
    agreed, placed = parties_fit(a, b), places_fit(a, b)
    if agreed is None or placed is False:
        return False
    if grows(a, b):
        return True
    if _toll_falls(a, b) or not (_dates_fit(a, b) or _told_later(a, b)):
        return False
    return agreed or (placed is True and _comparable(a, b)) or _same_wording(a, b) or _general_strike(a, b)


def keys(telling: Telling) -> Iterator[tuple[str, str]]:
    """What two tellings share when they fit by their dates: a party, a place, or a word of the trigger."""
    for party in (*telling.actors, *telling.recipients):
        yield "name", fold(party.name)
        if party.org:
            yield "org", party.org
        if party.country and party.country not in NON_STATES:
            yield "country", party.country
        if party.kind == "person":
            yield from (("word", word) for word in fold(party.name).replace("-", " ").split())
    if telling.place:
        yield "place", fold(telling.place)
        if telling.geonameid is not None:
            yield "geonameid", str(telling.geonameid)
    yield from (("core", stem) for stem in telling.core)


def timeless_keys(telling: Telling) -> Iterator[tuple[str, str]]:
    """What two tellings share that fit over a longer time: one copied report, one long act, one growing count."""
    yield "copies", telling.copy_group
    if telling.running:
        yield "running", telling.country or ""
    if telling.type == "DISASTER":
        yield "disaster", telling.story
    yield from (("once", fold(party.name)) for party in _met_once(telling))
    if telling.phases:
        for party in (*telling.actors, *telling.recipients):
            yield "phase", party.org or party.country or fold(party.name)


def likeness(a: Telling, b: Telling) -> float:
    """How much two fitting events are alike: shared words weigh most, then trigger, date and place."""
    words = a.words | b.words
    score = 4 * len(a.words & b.words) / len(words) if words else 0.0
    score += 2 * (a.trigger.lower() == b.trigger.lower()) + (a.days == b.days) + (a.modes == b.modes)
    score += bool(sides_agree(a.recipients, b.recipients)) + bool(places_fit(a, b))
    return score + 2 * (a.copy_group == b.copy_group and a.report != b.report)


def why(telling: Telling, first: Telling) -> str:
    """What the telling shares with the first one, in words for a reader."""
    if telling is first:
        return "first telling"
    shared = ["type " + telling.type]
    if set(telling.modes) & set(first.modes):
        shared.append("mode " + sorted(set(telling.modes) & set(first.modes))[0])
    if sides_agree(telling.actors, first.actors):
        shared.append("actor")
    if sides_agree(telling.recipients, first.recipients):
        shared.append("recipient")
    if _dates_fit(telling, first):
        shared.append("date" if telling.days == first.days else "date within reach")
    elif grows(telling, first):
        shared.append("a growing count")
    if places_fit(telling, first):
        shared.append("place")
    if _same_wording(telling, first):
        shared.append("wording")
    if telling.copy_group == first.copy_group and telling.report != first.report:
        shared.append("a copy of its report")
    return ", ".join(shared)


def _values_differ(a: Telling, b: Telling) -> bool:
    """Two numbers of one kind in one report are two happenings: the report would not contradict itself."""
    known = {kind: (low, high) for kind, low, high in a.values}
    return any(kind in known and known[kind] != (low, high) for kind, low, high in b.values)


def _copied(a: Telling, b: Telling) -> bool:
    """The same sentence in two copies, which the coder may have read differently."""
    if a.copy_group != b.copy_group or a.report == b.report or _apart(a.day, b.day) > COPY_DAYS:
        return False
    words = a.words | b.words
    return bool(words) and len(a.words & b.words) >= SAME_SENTENCE * len(words)


def parties_fit(a: Telling, b: Telling) -> bool | None:
    """True where a side agrees outright, False where none does, None where they contradict.

    One speaker says many things in a day: of acts of speech both sides must agree, or the wording with one of them.
    """
    if a.type in MUTUAL:
        agreed = sides_agree(a.actors + a.recipients, b.actors + b.recipients)
        return None if agreed is False else bool(agreed)
    sides = (sides_agree(a.actors, b.actors), sides_agree(a.recipients, b.recipients))
    if sides[0] is False and _general_strike(a, b) and all(party.unnamed for party in (*a.actors, *b.actors)):
        sides = (None, sides[1])
    if sides[1] is False and a.type in STRIKING and sides_agree(_struck(a), _struck(b)) is not False:
        sides = (sides[0], None)
    if sides[1] is False and a.type == "PROTEST" and any(all(p.unnamed for p in t.recipients) for t in (a, b)):
        sides = (sides[0], None)  # Against whom a crowd marches is told by the way: the men in power, the mosque.
    if False in sides:
        return None
    if a.type in VERBAL and sides != (True, True):
        return True in sides and (bool(a.core & b.core) or _alike(a, b))
    return True in sides


def _struck(telling: Telling) -> list[Party]:
    """The recipients but for the state or town where it happened: a bomb in Iraq that kills 125 people hits both."""
    return [p for p in telling.recipients if not (p.town or (p.kind == "government" and p.org is None))]


def _comparable(a: Telling, b: Telling) -> bool:
    """Whether one side is told by both, or one of them names nobody: who fired and who was stormed are two stories."""
    if not (a.actors or a.recipients) or not (b.actors or b.recipients):
        return True
    return bool((a.actors and b.actors) or (a.recipients and b.recipients))


def _dates_fit(a: Telling, b: Telling) -> bool:
    first, second = a.days, b.days
    if first is None or second is None:
        return False
    if first == second:
        return True
    if max(first[1] - first[0], second[1] - second[0]) > COARSE_DAYS:
        return False
    if a.type not in VERBAL and (_one_act(a, b) or _one_act(b, a)):
        return True
    slack = int(a.soft_date or b.soft_date)
    return first[0] - slack <= second[1] and second[0] - slack <= first[1]


def _two_modes_of_one(a: Telling, b: Telling) -> bool:
    """One attack by gun and bomb, of which each report names the one: the same words tell it, of the same town."""
    return a.type == "ASSAULT" and places_fit(a, b) is True and _same_wording(a, b)


def _general_strike(a: Telling, b: Telling) -> bool:
    """A day's strike of a whole country: one report names teachers and railwaymen, the other the unions."""
    if "strike" not in a.modes or "strike" not in b.modes or a.days != b.days or a.soft_date or b.soft_date:
        return False
    return a.country is not None and a.country == b.country and a.precision == b.precision == "country"


def _toll_falls(a: Telling, b: Telling) -> bool:
    """Whether dates that need not be the same go with a count of the dead that the later report puts lower: that is the
    next day's attack, not this one's balance. A source that corrects itself is believed to mean the same."""
    if a.days == b.days or a.day is None or b.day is None or a.day == b.day or (a.story and a.story == b.story):
        return False
    earlier, later = sorted((a, b), key=lambda telling: telling.day or "")
    before = {kind: low for kind, low, high in earlier.values if kind == "dead" and low == high}
    after = {kind: low for kind, low, high in later.values if kind == "dead" and low == high}
    return any((after[kind] or 0) < (before[kind] or 0) for kind in before.keys() & after.keys())


def _told_later(a: Telling, b: Telling) -> bool:
    """Whether one date is silent or soft, and the act is of a kind that is not done to the same one twice in a week: an
    arrest that a report of some days later comes back to; or it is a disaster told by two versions of one story."""
    first, second = a.days, b.days
    if a.type == "DISASTER" and a.story and a.story == b.story:
        return places_fit(a, b) is True and not (a.date_from == b.date_from == "clause")
    if first is None or second is None or (a.start is None) == (b.start is None):
        return False
    dated, silent = (first, second) if b.start is None else (second, first)
    if not 0 <= silent[0] - dated[1] <= RETOLD_DAYS or not set(a.modes) & set(b.modes):
        return False
    return any(same_party(p, q) for p in _met_once(a) for q in _met_once(b))


def _met_once(telling: Telling) -> list[Party]:
    """The named persons to whom a thing is done that is not done again soon."""
    if telling.type not in ONCE:
        return []
    return [party for party in telling.recipients if party.kind == "person" and not party.unnamed]


def _one_act(begun: Telling, ended: Telling) -> bool:
    """The beginning and the end of one act that took some days; the text must date both."""
    first, last = begun.days, ended.days
    if first is None or last is None or begun.soft_date or ended.soft_date:
        return False
    phased = "begun" in begun.phases and "ended" in ended.phases
    return phased and first[0] <= last[1] and last[0] - first[1] <= COARSE_DAYS


def grows(a: Telling, b: Telling) -> bool:
    """Two counts of one crisis, the later not below the earlier, neither bound to a spot or to an earlier day."""
    if not (a.running and b.running) or not (at_large(a) and at_large(b)) or a.country != b.country:
        return False
    if a.day is None or b.day is None or _apart(a.day, b.day) > RUNNING_DAYS:
        return False
    earlier, later = sorted((a, b), key=lambda telling: telling.day or "")
    before = {kind: low if low is not None else high for kind, low, high in earlier.values if kind in TOLLS}
    after = {kind: low if low is not None else high for kind, low, high in later.values if kind in TOLLS}
    shared = before.keys() & after.keys()
    return bool(shared) and all((after[kind] or 0) >= (before[kind] or 0) for kind in shared)


def at_large(telling: Telling) -> bool:
    """Of a whole country (or of wherever the report plays), as things stand when it appears."""
    placed = telling.place is None or telling.precision == "country" or telling.place_from in SOFT_PLACES
    return placed and (telling.soft_date or (telling.start == telling.end == telling.day))


def places_fit(a: Telling, b: Telling) -> bool | None:
    """True for the same town (or, of extensions, the same region or country), None where nothing speaks against it."""
    if not a.place or not b.place:
        return None
    if a.country and b.country and a.country != b.country:
        return False
    if a.place_from in SOFT_PLACES and b.place_from in SOFT_PLACES:
        return None
    same = (a.geonameid is not None and a.geonameid == b.geonameid) or _same_name(a.place, b.place)
    if same:
        return True if a.precision in POINTS or not (a.actors or b.actors) else None
    if a.place_from in SOFT_PLACES or b.place_from in SOFT_PLACES:
        return None
    if a.precision in POINTS and b.precision in POINTS:
        return False
    return False if a.admin1 and b.admin1 and a.admin1 != b.admin1 else None


def _same_name(a: str, b: str) -> bool:
    return anyascii(a).lower() == anyascii(b).lower()


def _same_wording(a: Telling, b: Telling) -> bool:
    """Each passage has the other's trigger, and they share more content words than a sentence form would give."""
    return bool(a.core & b.words and b.core & a.words) and len(a.words & b.words) >= SAME_WORDING


def _alike(a: Telling, b: Telling) -> bool:
    """The wording shared, or more than half of the shorter passage's words."""
    return _same_wording(a, b) or len(a.words & b.words) * 2 > min(len(a.words), len(b.words))


def _apart(first: str | None, second: str | None) -> int:
    """Days between two dates; beyond any reach where one is missing."""
    days = _ordinal(first), _ordinal(second)
    return COARSE_DAYS + 1 if None in days else abs((days[0] or 0) - (days[1] or 0))


@lru_cache(maxsize=65536)
def _ordinal(text: str | None) -> int | None:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None
