"""Countries that the story gives to its own institutions: "police" in a report from Nairobi are Kenya's.

Only organs and people of a place that act or are acted on at home get one; an unknown attacker, rebel or foreign
party never does, since a place is not the perpetrator of what happened in it (PLOVER).
"""

from __future__ import annotations

from dataclasses import replace

from vaka.story import is_state
from vaka.types import Actor, Event

ORGANS = frozenset({"COP", "JUD", "LEG", "GOV", "SPY"})
RESIDENTS = frozenset({"CVL", "OPP", "EDU", "LAB", "AGR", "JRN", "REL", "MED", "PTY", "BUS", "SOC", "ELI"})
ARMED = frozenset({"MIL", "REB", "PRM"})
"""Forces that get the story's country only in an act without parties of other countries: they cross borders."""
ABROAD = frozenset(
    [
        "foreign",
        "neighbour",
        "neighbor",
        "international",
        "visiting",
        "exiled",
        "peacekeeper",
        "tourist",
        "diplomat",
        "envoy",
        "ambassador",
        "consul",
        "refugee",
        "migrant",
        "alien",
        "delegation",
        "mediator",
        "observer",
        "inspector",
        "expatriate",
        "western",
        "european",
        "arab",
        "african",
        "asian",
        "allied",
        "coalition",
    ]
)
OPEN_RULES = frozenset({"role-noun", "definite-role", "crowd", "same-noun"})
HOME_ACTS = frozenset({"COERCE", "SANCTION", "ASSAULT", "CONCEDE", "RETREAT", "ACCUSE", "REJECT", "AGREE", "REQUEST"})


def at_home(event: Event, story: tuple[str | None, bool]) -> Event:
    """The event with the countries that its place, its story or its other party gives to parties without one."""
    about, _ = story
    here = event.where.country if event.where is not None and event.where.precision != "region" else None
    parties = (*event.actors, *event.recipients)
    # "The court ordered Venezuela": a court that deals with a whole state is hardly that state's own.
    whole = {a.country for a in parties if a.kind == "government" and a.basis.rule not in OPEN_RULES}
    here, country = (None if code in whole else code for code in (here, about))
    abroad = {a.country for a in parties if is_state(a.country)} - {about}
    forces = None if abroad else country
    actors = tuple(_placed(actor, here, country, forces) for actor in event.actors)
    recipients = tuple(_next_door(_placed(actor, here, country, forces), about, actors) for actor in event.recipients)
    home = next((a.country for a in actors if a.sector in {"COP", "JUD", "LEG"} and is_state(a.country)), None)
    if home is None and event.type in {"COERCE", "CONCEDE"}:
        home = next((a.country for a in actors if a.sector in ORGANS and is_state(a.country)), None)
    if home is not None and event.type in HOME_ACTS:
        recipients = tuple(_domestic(actor, home) for actor in recipients)
    return replace(event, actors=actors, recipients=recipients)


def _open(actor: Actor) -> bool:
    """A role noun without a country, an organization or a foreign ring."""
    words = set(actor.span.text.lower().split())
    lemmas = {word.rstrip("s") for word in words} | words
    return (
        actor.country is None and actor.org is None and actor.basis.rule in OPEN_RULES and not lemmas & ABROAD
    )  # fmt: skip


def _placed(actor: Actor, here: str | None, story: str | None, forces: str | None) -> Actor:
    """The party with the country of the event's place or of the story; `forces` is what armed groups may get."""
    if not _open(actor):
        return actor
    if actor.sector in ORGANS | RESIDENTS and (here or story):
        return _given(actor, here or story, "event-place" if here else "story-country")
    if actor.sector in ARMED and forces:
        return _given(actor, forces, "story-country")
    return actor


def _next_door(actor: Actor, story: str | None, actors: tuple[Actor, ...]) -> Actor:
    """ "Its neighbour", said of another state in a report about Niger, is Niger."""
    words = set(actor.span.text.lower().split())
    near = bool(words & {"neighbour", "neighbor"}) and actor.country is None
    if not near or not story or story in {a.country for a in actors}:
        return actor
    return _given(actor, story, "story-country")


def _domestic(actor: Actor, home: str | None) -> Actor:
    if _open(actor) and actor.sector in RESIDENTS | {"CRM", "LEG", "GOV", "COP", "JUD"}:
        return _given(actor, home, "domestic-target")
    return actor


def _given(actor: Actor, country: str | None, rule: str) -> Actor:
    basis = replace(actor.basis, rule=rule, score=0.7)
    return replace(actor, country=country, resolved_by="descriptor", basis=basis)
