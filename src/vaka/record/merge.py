"""Incidents: events of many reports that tell one happening, each in the incident it is most like.

An event joins an incident only if it fits every telling there. The order of work comes from the events themselves, so
the outcome does not depend on which report came first. Only tellings that share a party, a place or a word of their
triggers, at about one time, are compared at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vaka.record.fitting import (
    COARSE_DAYS,
    POINTS,
    SOFT_PLACES,
    Telling,
    at_large,
    fits,
    grows,
    keys,
    likeness,
    timeless_keys,
    why,
)
from vaka.record.parties import Party


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


Index = dict[tuple[str, str, int | None], set[int]]
"""Clusters by what their tellings share with what fits them, and by its day (None: whatever the day)."""


def _cluster(units: list[list[Telling]], block: list[Telling], apart: Sequence[frozenset[str]]) -> list[list[Telling]]:
    clusters = [list(unit) for unit in units]
    index: Index = defaultdict(set)
    for at, cluster in enumerate(clusters):
        for telling in cluster:
            _note(index, telling, at)
    for telling in block:
        near = set().union(*(index.get(address, ()) for address in _addresses(telling, reach=1)))
        fitting = [at for at in sorted(near) if all(fits(telling, other, apart) for other in clusters[at])]
        if fitting:
            best = max(fitting, key=lambda at: (max(likeness(telling, other) for other in clusters[at]), -at))
            clusters[best].append(telling)
        else:
            best = len(clusters)
            clusters.append([telling])
        _note(index, telling, best)
    return clusters


def _note(index: Index, telling: Telling, at: int) -> None:
    for address in _addresses(telling, reach=0):
        index[address].add(at)


def _addresses(telling: Telling, reach: int) -> Iterator[tuple[str, str, int | None]]:
    """Where the telling is looked for, up to `reach` days around its own; a long stretch stands under its first day."""
    days = telling.days
    if days is not None:
        last = days[1] if days[1] - days[0] <= COARSE_DAYS else days[0]
        for key in set(keys(telling)):
            yield from ((*key, day) for day in range(days[0] - reach, last + reach + 1))
    yield from ((*key, None) for key in timeless_keys(telling))


def _incident(cluster: list[Telling]) -> Incident:
    tellings = tuple(sorted(cluster, key=lambda t: (t.day is None, t.day or "", t.event)))
    modes = Counter(mode for telling in tellings for mode in telling.modes)
    growing = any(grows(tellings[0], telling) for telling in tellings[1:])
    dated = [t for t in tellings if t.start and not (growing and at_large(t))]
    placed = [t for t in tellings if t.place]
    statuses = {telling.status for telling in tellings}
    return Incident(
        id=incident_id(tellings[0].event),
        tellings=tellings,
        modes=tuple(sorted(modes, key=lambda mode: (-modes[mode], mode))),
        status="occurred" if "occurred" in statuses else tellings[0].status,
        when=min(dated, key=lambda t: _date_rank(t, dated)) if dated else None,
        where=min(placed, key=lambda t: _place_rank(t, placed, growing)) if placed else None,
        actors=_distinct(tellings, "actors"),
        recipients=_distinct(tellings, "recipients"),
        independent_sources=len({telling.story or telling.copy_group for telling in tellings}),
        why=tuple(why(telling, tellings[0]) for telling in tellings),
    )


def _date_rank(telling: Telling, dated: Sequence[Telling]) -> tuple[int, bool, int, str, str]:
    """The narrowest date that the text itself tells, and among those the one most tell."""
    days = telling.days or (0, COARSE_DAYS)
    agree = sum((t.start, t.end) == (telling.start, telling.end) for t in dated)
    return (days[1] - days[0], telling.soft_date, -agree, telling.start or "", telling.event)


def _place_rank(telling: Telling, placed: Sequence[Telling], growing: bool) -> tuple[bool, int, int, str]:
    """The closest place that the text itself tells; a growing count is of the whole country."""
    order = {"country": 0} if growing else {"point": 0, "city": 1, "admin1": 2, "country": 3}
    agree = sum(t.place == telling.place for t in placed)
    soft = telling.place_from in SOFT_PLACES and not growing
    return (soft, order.get(telling.precision or "", 4), -agree, telling.event)


def _distinct(tellings: Sequence[Telling], side: str) -> tuple[tuple[Telling, int], ...]:
    seen: dict[tuple[str, str], tuple[Telling, int]] = {}
    for telling in tellings:
        parties: tuple[Party, ...] = getattr(telling, side)
        for position, party in enumerate(parties):
            seen.setdefault(party.key, (telling, position))
    return tuple(seen.values())
