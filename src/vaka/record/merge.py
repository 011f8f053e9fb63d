"""Incidents: events of many reports that tell one happening; a doubtful pair stays two incidents.

Two events may be one when type, mode, class of status, parties, date and place agree or are silent, and at least one of
party and place agrees outright. An event joins the incident it is most like, and only if it fits every telling there.
The order of work comes from the events themselves, so the outcome does not depend on which report came first.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from anyascii import anyascii

from vaka.record.parties import Party, sides_agree

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Acts of speech: a minister performs several in one report, so two of one report are two."""
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Who is actor and who is recipient depends on the teller, so parties are compared as one list."""
SOFT_DATES = frozenset({"published", "dateline", "story", None})
"""Origins of a date that may be a day off: the report appears the day after."""
SOFT_PLACES = frozenset({"dateline", "story"})
"""Origins of a place that name where the report was written or plays, not surely the spot."""
COARSE_DAYS = 31
"""Longer stretches ("this year") agree only with themselves: they overlap with almost anything."""
COPY_DAYS = 3
"""Copies of one report print the same sentence some days apart."""
POINTS = frozenset({"city", "point"})

_WORD = re.compile(r"[^\W\d_]{4,}")
_PLAIN = frozenset(
    {
        "about", "above", "after", "again", "against", "along", "also", "although", "among", "another", "around",
        "because", "been", "before", "being", "below", "between", "both", "could", "does", "during", "each", "from",
        "have", "having", "here", "however", "into", "just", "last", "later", "made", "make", "many", "more", "most",
        "much", "next", "only", "other", "over", "said", "same", "says", "several", "should", "since", "some", "such",
        "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "today", "told",
        "under", "until", "upon", "very", "week", "were", "what", "when", "where", "which", "while", "will", "with",
        "would", "year", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday",
        "tomorrow", "statement", "according",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it. `day` is the report's; `words` are the stems of its evidence."""

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


@dataclass(frozen=True, slots=True)
class Incident:
    """Tellings in order of publication. `parties` point at (telling, position in its list)."""

    id: str
    tellings: tuple[Telling, ...]
    modes: tuple[str, ...]
    status: str
    when: Telling | None
    where: Telling | None
    actors: tuple[tuple[Telling, int], ...]
    recipients: tuple[tuple[Telling, int], ...]
    independent_sources: int
    why: tuple[str, ...] = field(default=())


def stems(text: str) -> frozenset[str]:
    """The content words of a passage, cut to six letters so that withdraw meets withdrew."""
    return frozenset(word[:6] for word in _WORD.findall(anyascii(text).lower()) if word not in _PLAIN)


def incident_id(event: str) -> str:
    """The id of the incident that this event would tell first; also the alias by which any telling finds it."""
    return hashlib.sha256(f"incident\x1f{event}".encode()).hexdigest()[:16]


def merge(
    tellings: Iterable[Telling],
    together: Sequence[frozenset[str]] = (),
    apart: Sequence[frozenset[str]] = (),
) -> list[Incident]:
    """All incidents, in order of their ids.

    `together` and `apart` hold sets of event ids that a person has put into one incident, or into different ones.
    """
    blocks: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    forced: dict[str, frozenset[str]] = {event: events for events in together for event in events}
    units: dict[frozenset[str], list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=_work_order):
        if telling.event in forced:
            units[forced[telling.event]].append(telling)
        else:
            blocks[telling.type, telling.status_class].append(telling)
    clusters: list[list[Telling]] = []
    for unit in units.values():
        blocks.setdefault((unit[0].type, unit[0].status_class), [])
    for (kind, status_class), block in sorted(blocks.items()):
        mine = [u for u in units.values() if (u[0].type, u[0].status_class) == (kind, status_class)]
        clusters += _cluster(mine, block, apart)
    return sorted(map(_incident, clusters), key=lambda incident: incident.id)


def _work_order(telling: Telling) -> tuple[int, str, str, str]:
    """The most specific first, so that vague tellings find what they may belong to."""
    specific = (
        2 * (not telling.soft_date)
        + 2 * (telling.precision in POINTS)
        + bool(telling.modes)
        + bool(telling.actors)
        + bool(telling.recipients)
    )
    return (-specific, telling.start or telling.day or "9999", telling.day or "9999", telling.event)


def _cluster(units: list[list[Telling]], block: list[Telling], apart: Sequence[frozenset[str]]) -> list[list[Telling]]:
    clusters = [list(unit) for unit in units]
    by_day: dict[int | None, set[int]] = defaultdict(set)
    for at, cluster in enumerate(clusters):
        for telling in cluster:
            _note(by_day, telling, at)
    for telling in block:
        near = sorted(set().union(*(by_day.get(day, set()) for day in _days_near(telling))))
        fitting = [at for at in near if all(_fits(telling, other, apart) for other in clusters[at])]
        if fitting:
            best = max(fitting, key=lambda at: (max(_likeness(telling, other) for other in clusters[at]), -at))
            clusters[best].append(telling)
        else:
            best = len(clusters)
            clusters.append([telling])
        _note(by_day, telling, best)
    return clusters


def _note(by_day: dict[int | None, set[int]], telling: Telling, at: int) -> None:
    days = telling.days
    if days and days[1] - days[0] <= COARSE_DAYS:
        for day in range(days[0], days[1] + 1):
            by_day[day].add(at)
    else:
        by_day[days[0] if days else None].add(at)


def _days_near(telling: Telling) -> list[int | None]:
    days = telling.days
    if days is None:
        return [None]
    last = days[1] if days[1] - days[0] <= COARSE_DAYS else days[0]
    return [*range(days[0] - COPY_DAYS, last + COPY_DAYS + 1), None]


def _fits(a: Telling, b: Telling, apart: Sequence[frozenset[str]]) -> bool:
    if any(a.event in events and b.event in events for events in apart):
        return False
    if a.modes and b.modes and not set(a.modes) & set(b.modes):
        return False
    if a.report == b.report and (a.type in VERBAL or _values_differ(a, b)):
        return False
    anchored = _parties_fit(a, b)
    if anchored is None or not _dates_fit(a, b):
        return False
    placed = _places_fit(a, b)
    return placed is not False and (anchored or placed is True)


def _values_differ(a: Telling, b: Telling) -> bool:
    """Two numbers of one kind in one report are two happenings: the report would not contradict itself."""
    known = {kind: (low, high) for kind, low, high in a.values}
    return any(kind in known and known[kind] != (low, high) for kind, low, high in b.values)


def _parties_fit(a: Telling, b: Telling) -> bool | None:
    """True where a side agrees outright, False where all are silent, None where they contradict."""
    if a.type in MUTUAL:
        agreed = sides_agree(a.actors + a.recipients, b.actors + b.recipients)
        return None if agreed is False else bool(agreed)
    sides = (sides_agree(a.actors, b.actors), sides_agree(a.recipients, b.recipients))
    return None if False in sides else True in sides


def _dates_fit(a: Telling, b: Telling) -> bool:
    first, second = a.days, b.days
    copied = a.copy_group == b.copy_group and a.report != b.report and a.trigger == b.trigger
    if first is None or second is None:
        return copied
    if first == second:
        return True
    if max(first[1] - first[0], second[1] - second[0]) > COARSE_DAYS:
        return False
    slack = COPY_DAYS if copied else int(a.soft_date or b.soft_date)
    return first[0] - slack <= second[1] and second[0] - slack <= first[1]


def _places_fit(a: Telling, b: Telling) -> bool | None:
    """True for the same town (or, of extensions, the same region or country), None where nothing speaks against it."""
    if not a.place or not b.place:
        return None
    if a.country and b.country and a.country != b.country:
        return False
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


def _likeness(a: Telling, b: Telling) -> float:
    """How much two fitting events are alike: shared words weigh most, then trigger, date and place."""
    words = a.words | b.words
    score = 4 * len(a.words & b.words) / len(words) if words else 0.0
    score += 2 * (a.trigger.lower() == b.trigger.lower()) + (a.days == b.days) + (a.modes == b.modes)
    score += bool(sides_agree(a.recipients, b.recipients)) + bool(_places_fit(a, b))
    return score + 2 * (a.copy_group == b.copy_group and a.report != b.report)


def _incident(cluster: list[Telling]) -> Incident:
    tellings = tuple(sorted(cluster, key=lambda t: (t.day is None, t.day or "", t.event)))
    modes = Counter(mode for telling in tellings for mode in telling.modes)
    dated = [t for t in tellings if t.start]
    placed = [t for t in tellings if t.place]
    statuses = {telling.status for telling in tellings}
    return Incident(
        id=incident_id(tellings[0].event),
        tellings=tellings,
        modes=tuple(sorted(modes, key=lambda mode: (-modes[mode], mode))),
        status="occurred" if "occurred" in statuses else tellings[0].status,
        when=min(dated, key=lambda t: _date_rank(t, dated)) if dated else None,
        where=min(placed, key=lambda t: _place_rank(t, placed)) if placed else None,
        actors=_distinct(tellings, "actors"),
        recipients=_distinct(tellings, "recipients"),
        independent_sources=len({telling.copy_group for telling in tellings}),
        why=tuple(_why(telling, tellings[0]) for telling in tellings),
    )


def _date_rank(telling: Telling, dated: Sequence[Telling]) -> tuple[int, bool, int, str, str]:
    """The narrowest date that the text itself tells, and among those the one most tell."""
    days = telling.days or (0, COARSE_DAYS)
    agree = sum((t.start, t.end) == (telling.start, telling.end) for t in dated)
    return (days[1] - days[0], telling.soft_date, -agree, telling.start or "", telling.event)


def _place_rank(telling: Telling, placed: Sequence[Telling]) -> tuple[bool, int, int, str]:
    order = {"point": 0, "city": 1, "admin1": 2, "country": 3}
    agree = sum(t.place == telling.place for t in placed)
    soft = telling.place_from in SOFT_PLACES
    return (soft, order.get(telling.precision or "", 4), -agree, telling.event)


def _distinct(tellings: Sequence[Telling], side: str) -> tuple[tuple[Telling, int], ...]:
    seen: dict[tuple[str, str], tuple[Telling, int]] = {}
    for telling in tellings:
        parties: tuple[Party, ...] = getattr(telling, side)
        for position, party in enumerate(parties):
            seen.setdefault(party.key, (telling, position))
    return tuple(seen.values())


def _why(telling: Telling, first: Telling) -> str:
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
    shared.append("date" if telling.days == first.days else "date within reach")
    if _places_fit(telling, first):
        shared.append("place")
    if telling.copy_group == first.copy_group and telling.report != first.report:
        shared.append("a copy of its report")
    return ", ".join(shared)


def _ordinal(text: str | None) -> int | None:
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None
