"""Whose act it is: parties of other clauses, of passives without an agent and of claims stay out; and old acts."""

from __future__ import annotations

import pytest

from vaka.engine import Engine
from vaka.types import Article, Event


def events(text: str) -> list[Event]:
    [page] = Engine().code([Article("p", text, published="2024-03-14")])
    return list(page.events)


@pytest.mark.parametrize(
    ("text", "type", "actors", "recipients"),
    [
        ("A judge was shot dead in Karachi, as a strike by lorry drivers began.", "ASSAULT", [], ["judge"]),
        ("Indian commandos freed two engineers who had been kidnapped.", "ASSAULT", [], ["two engineers"]),
        ("The president condemned the murder and ordered the army to patrol the capital.", "ACCUSE", ["president"], []),
        ("The junta said the government had decided to expel the UN envoy.", "SANCTION", ["government"], ["UN envoy"]),
        ("Speaking in Tunis, the minister condemned the raids.", "ACCUSE", ["minister"], []),
    ],
)
def test_who_acted_on_whom(text: str, type: str, actors: list[str], recipients: list[str]) -> None:
    [event] = [event for event in events(text) if event.type == type]
    assert [actor.span.text for actor in event.actors] == actors
    assert [party.span.text for party in event.recipients] == recipients


@pytest.mark.parametrize(
    "text",
    [
        "The ministry rejected that account.",
        "Kigali has always denied backing the rebels.",
        "The rebels re-emerged in the hills.",
        "Hundreds of young people took to the streets to celebrate.",
    ],
)
def test_no_act_is_made_of_a_denial_or_a_feast(text: str) -> None:
    assert [event.type for event in events(text) if event.type in {"REJECT", "PROTEST", "ASSAULT"}] == []


def test_a_strike_that_is_called_is_planned_for_its_day() -> None:
    [event] = [event for event in events("The union called a general strike for Monday.") if event.type == "PROTEST"]
    assert event.status == "planned"
    assert event.when is not None
    assert event.when.start == "2024-03-18"


def test_what_hangs_on_an_old_clause_is_old() -> None:
    told = events("Talks with the rebels collapsed in Caracas in 1992 after they murdered a minister.")
    assert {event.status for event in told if event.type == "ASSAULT"} == {"historical"}


def test_a_month_of_that_year_is_of_the_year_told_before() -> None:
    [page] = Engine().code(
        [Article("t", "The war began in 2009. In March that year rebels took Gao.", published="2024-01-01")]
    )
    assert [time.value for time in page.times] == ["2009", "2009-03"]


def test_a_self_styled_group_is_the_one_that_it_names() -> None:
    text = "The United Nations met. The group that styles itself Islamic State in the Greater Sahara attacked Ansongo."
    [event] = [event for event in events(text) if event.type == "ASSAULT"]
    assert [actor.name for actor in event.actors] == ["Islamic State in the Greater Sahara"]
