"""Who may be meant by a name: given names beside a known surname, bare surnames, descriptions that several bear."""

from __future__ import annotations

import pytest

import vaka
from vaka.language.naming import may_bear

SERDYUKOV = frozenset({"anatoly", "serdyukov"})


@pytest.mark.parametrize(
    ("own", "given", "surname", "may"),
    [
        (SERDYUKOV, ["Anatoliy"], ["Serdyukov"], True),
        (SERDYUKOV, ["A."], ["Serdyukov"], True),
        (SERDYUKOV, ["Andrey"], ["Serdyukov"], False),
        (SERDYUKOV, ["Sergei"], ["Serdyukov"], False),  # the surname's own beginning proves nothing
        (SERDYUKOV, [], ["Serdyukov"], True),
        (frozenset({"muhammad", "morsi"}), ["Mohamed"], ["Morsi"], True),
        (frozenset({"abdel", "fattah", "al", "sisi"}), ["Albert"], ["Sisi"], False),  # nor does a particle
        (frozenset({"putin"}), ["Igor"], ["Putin"], True),
    ],
)
def test_given_names_tell_people_of_one_surname_apart(
    own: frozenset[str], given: list[str], surname: list[str], may: bool
) -> None:
    assert may_bear(own, given, surname) is may


def parties(text: str, day: str) -> dict[str, str | None]:
    return {actor.name: actor.country for actor in vaka.code(text, published=day, min_score=0).actors}


def test_a_surname_is_a_persons_wherever_the_report_has_named_him_in_full() -> None:
    text = (
        "President Ali Bongo was detained in Libreville on Wednesday. Soldiers patrolled the city. "
        "Albert Ondo Ossa had accused Bongo of fraud on Saturday."
    )
    page = vaka.code(text, published="2023-08-30", min_score=0)
    [accusing] = [event for event in page.events if event.type == "ACCUSE"]
    assert [actor.name for actor in accusing.recipients] == ["Ali Bongo"]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Gunmen shot the mayor of Lyon on Friday.", "Anne Hidalgo"),
        ("A human rights group accused police of torture in Kano on Friday.", "Amnesty International"),
        ("Police raided an opposition newspaper in Lusaka on Friday.", "Cumhuriyet"),
    ],
)
def test_what_many_are_called_names_none_of_them(text: str, nobody: str) -> None:
    assert nobody not in parties(text, "2019-05-10")
