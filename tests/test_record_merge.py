"""Which events are one happening, pair by pair; and copies, whatever the order in which reports come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaka.record.copies import Body, agency, credit_keys, group_copies, signature
from vaka.record.fitting import Telling
from vaka.record.merge import merge
from vaka.record.parties import Party, same_party
from vaka.types import Article, Zone

FRANCE = Party("France", "FRA", ("GOV",), "government")
FRENCH_TROOPS = Party("French Armed Forces", "FRA", ("MIL",), "organization")
MALI = Party("Mali", "MLI", ("GOV",), "government")
NIGER = Party("Niger", "NER", ("GOV",), "government")
STRIKERS = Party("People of France", "FRA", ("LAB",), "population")
ECOWAS = Party("Economic Community of West African States", "IGO", ("GOV",), "organization", "ECOWAS")
UNION = Party("African Union", "IGO", ("GOV",), "organization", "AU")


def telling(event: str, **more: Any) -> Telling:
    fields: dict[str, Any] = {
        "report": f"report of {event}", "copy_group": f"group of {event}", "day": "2013-01-12", "type": "ASSAULT",
        "modes": (), "status": "occurred", "actors": (FRANCE,), "recipients": (), "start": "2013-01-11",
        "end": "2013-01-11", "date_from": "clause", "place": None, "country": None, "admin1": None, "geonameid": None,
        "precision": None, "place_from": None, "trigger": "struck", "words": frozenset(),
    }  # fmt: skip
    return Telling(event=event, **(fields | more))


def city(name: str, country: str = "MLI", **more: Any) -> dict[str, Any]:
    return {"place": name, "country": country, "precision": "city", "place_from": "clause"} | more


CROWD, WORKERS = Party("crowd", "MLI", ("CVL",), "population"), Party("Workers", "MLI", ("CVL",), "population")
COUNT: dict[str, Any] = {
    "type": "COERCE", "actors": (), "start": None, "end": None, "running": True, "place": "Mali", "country": "MLI",
    "precision": "country", "place_from": "story", "recipients": (Party("200 people", "MLI", ("CVL",), "population"),),
}  # fmt: skip
REBELS = Party("rebels", "MLI", ("REB",), "armed-group")
ANSAR = Party("Ansar Dine", "DZA", ("REB",), "armed-group", "ANSAR_DINE")
POLICE = Party("police", "MLI", ("COP",), "organization")
ARREST: dict[str, Any] = {
    "type": "COERCE", "modes": ("arrest",), "recipients": (Party("Ali Traore", "MLI", kind="person"),), "actors": (),
}  # fmt: skip
FLOOD: dict[str, Any] = {"type": "DISASTER", "actors": (), "date_from": "sentence", "story": "s", **city("Konna")}
STRIKE: dict[str, Any] = {
    "type": "PROTEST", "modes": ("strike",), "actors": (Party("teachers", "MLI", ("EDU",), "person"),),
    "place": "Mali", "country": "MLI", "precision": "country", "place_from": "clause",
}  # fmt: skip
MARCH: dict[str, Any] = {"type": "PROTEST", "actors": (), "recipients": (NIGER,), **city("Konna")}
WORDED: dict[str, Any] = {
    "actors": (Party("soldiers", None, ("MIL",), "person"),), "core": frozenset({"shel"}),
    "words": frozenset({"shel", "mark", "noon", "stall"}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("why", "first", "second", "one"),
    [
        ("the same act", {}, {}, True),
        ("another type", {}, {"type": "COERCE"}, False),
        ("a mode that one leaves out", {"modes": ("aerial",)}, {}, True),
        ("two modes", {"modes": ("aerial",)}, {"modes": ("firearms",)}, False),
        ("ongoing is happening too", {}, {"status": "ongoing"}, True),
        ("planned is not", {}, {"status": "planned"}, False),
        ("planned and expected differ", {"status": "expected"}, {"status": "planned"}, False),
        ("a state and its troops", {}, {"actors": (FRENCH_TROOPS,)}, True),
        ("a state and its strikers", {}, {"actors": (STRIKERS,)}, False),
        ("two states", {}, {"actors": (MALI,)}, False),
        ("two organizations", {"actors": (ECOWAS,)}, {"actors": (UNION,)}, False),
        ("no actor told, recipient agrees", {"recipients": (MALI,)}, {"actors": (), "recipients": (MALI,)}, True),
        ("nothing agrees outright", {}, {"actors": (), "recipients": (MALI,)}, False),
        ("nobody named, the same town", {"actors": (), **city("Konna")}, {"actors": (), **city("Konna")}, True),
        ("nobody named, no place", {"actors": ()}, {"actors": ()}, False),
        ("two towns", city("Konna"), city("Gao"), False),
        ("a town and its country", city("Konna"), city("Mali", precision="country"), True),
        ("two countries", city("Konna"), city("Niamey", "NER"), False),
        ("a town of the dateline is no spot", city("Konna"), city("Bamako", place_from="dateline"), True),
        ("the next day, both told", {}, {"start": "2013-01-12", "end": "2013-01-12"}, False),
        ("the next day, from publication", {}, {"start": "2013-01-12", "end": None, "date_from": "published"}, True),
        ("no date told, published in time", {}, {"start": None, "end": None}, True),
        ("no date at all", {}, {"start": None, "end": None, "day": None}, False),
        ("a week around the day", {}, {"start": "2013-01-07", "end": "2013-01-13"}, True),
        ("a year around the day", {}, {"start": "2013-01-01", "end": "2013-12-31"}, False),
        ("one report, other numbers", {"report": "r", "values": (("dead", 2, 2),)},
         {"report": "r", "values": (("dead", 5, 5),)}, False),
        ("one report, told again", {"report": "r"}, {"report": "r"}, True),
        ("one report, two statements", {"report": "r", "type": "ACCUSE"}, {"report": "r", "type": "ACCUSE"}, False),
        ("a meeting told from either side", {"type": "CONSULT", "recipients": (MALI,)},
         {"type": "CONSULT", "actors": (MALI, FRANCE)}, True),
        ("a count that grows", {**COUNT, "day": "2013-01-12", "values": (("arrested", 200, None),)},
         {**COUNT, "day": "2013-01-20", "values": (("arrested", 900, 900),)}, True),
        ("a count that shrinks is another", {**COUNT, "day": "2013-01-12", "values": (("arrested", 900, 900),)},
         {**COUNT, "day": "2013-01-20", "values": (("arrested", 200, None),)}, False),
        ("a count of a month later", {**COUNT, "day": "2013-01-12", "values": (("arrested", 200, None),)},
         {**COUNT, "day": "2013-02-12", "values": (("arrested", 900, 900),)}, False),
        ("a count of one town", {**COUNT, "day": "2013-01-12", "values": (("arrested", 200, None),)},
         {**COUNT, **city("Gao"), "day": "2013-01-20", "values": (("arrested", 900, 900),)}, False),
        ("its beginning and its end", {"type": "RETREAT", "phases": frozenset({"begun"})},
         {"type": "RETREAT", "phases": frozenset({"ended"}), "start": "2013-01-19", "end": "2013-01-19"}, True),
        ("two beginnings", {"type": "RETREAT", "phases": frozenset({"begun"})},
         {"type": "RETREAT", "phases": frozenset({"begun"}), "start": "2013-01-19", "end": "2013-01-19"}, False),
        ("nobody and no spot named, the same wording", WORDED, {**WORDED, "actors": ()}, True),
        ("a copy that was read differently", {**WORDED, "copy_group": "g", "actors": (FRANCE,)},
         {**WORDED, "copy_group": "g", "actors": (MALI,)}, True),
        ("one speaker, two matters", {"type": "CONCEDE"}, {"type": "CONCEDE", "trigger": "yielded"}, False),
        ("two crowds of one country", {"actors": (CROWD,)}, {"actors": (WORKERS,)}, False),
        ("who fired and who was stormed", city("Konna"), {**city("Konna"), "actors": (), "recipients": (MALI,)}, False),
        ("people of one report, their country of the next", {"recipients": (CROWD,), "actors": (), **city("Konna")},
         {"recipients": (MALI,), "actors": (), **city("Konna")}, True),
        ("two peoples hit are two", {"recipients": (CROWD,), "actors": ()},
         {"recipients": (NIGER,), "actors": ()}, False),
        ("a gun and a bomb in the same words", {**WORDED, **city("Konna"), "modes": ("firearms",)},
         {**WORDED, **city("Konna"), "modes": ("explosives",)}, True),
        ("a gun and a bomb of two towns", {**WORDED, **city("Konna"), "modes": ("firearms",)},
         {**WORDED, **city("Gao"), "modes": ("explosives",)}, False),
        ("fewer dead a day later", {"values": (("dead", 4, 4),), "day": "2013-01-11"},
         {"start": None, "end": None, "values": (("dead", 2, 2),)}, False),
        ("more dead a day later", {"values": (("dead", 4, 4),), "day": "2013-01-11"},
         {"start": None, "end": None, "values": (("dead", 6, 6),)}, True),
        ("fewer dead in a version of the same story", {"values": (("dead", 4, 4),), "day": "2013-01-11", "story": "s"},
         {"start": None, "end": None, "values": (("dead", 2, 2),), "story": "s"}, True),
        ("an arrest named days later", ARREST, {**ARREST, "start": None, "end": None, "day": "2013-01-16"}, True),
        ("an arrest named weeks later", ARREST, {**ARREST, "start": None, "end": None, "day": "2013-02-16"}, False),
        ("two arrests with their days", ARREST, {**ARREST, "start": "2013-01-16", "end": "2013-01-16"}, False),
        ("another man's arrest", ARREST,
         {**ARREST, "recipients": (Party("Modibo Keita", "MLI", kind="person"),), "start": None, "end": None}, False),
        ("a flood in two versions of one story", FLOOD, {**FLOOD, "start": "2013-01-20", "end": "2013-01-20"}, True),
        ("a flood of two stories", FLOOD, {**FLOOD, "start": "2013-01-20", "end": "2013-01-20", "story": "t"}, False),
        ("a general strike by its trades", STRIKE, {**STRIKE, "actors": (CROWD,)}, True),
        ("strikes of two days", STRIKE,
         {**STRIKE, "actors": (CROWD,), "start": "2013-01-12", "end": "2013-01-12"}, False),
        ("the rebels and their name", {"actors": (REBELS,), **city("Konna")},
         {"actors": (ANSAR,), **city("Konna")}, True),
        ("the police and the rebels' name", {"actors": (POLICE,), **city("Konna")},
         {"actors": (ANSAR,), **city("Konna")}, False),
        ("against men, against a mosque", {**MARCH, "recipients": (CROWD,)},
         {**MARCH, "recipients": (Party("old mosque", "MLI", ("REL",), "organization"),)}, True),
        ("against two states", MARCH, {**MARCH, "recipients": (MALI,)}, False),
        ("two meetings of one host", {"type": "CONSULT", "actors": (FRANCE, MALI)},
         {"type": "CONSULT", "actors": (FRANCE, NIGER)}, False),
    ],
)  # fmt: skip
def test_two_events(why: str, first: dict[str, Any], second: dict[str, Any], one: bool) -> None:
    a, b = telling("a", **first), telling("b", **second)
    assert (len(merge([a, b])) == 1) is one, why
    assert merge([b, a]) == merge([a, b])


def test_an_event_joins_the_incident_it_is_most_like() -> None:
    first = telling("a", type="ACCUSE", report="r", words=frozenset({"border", "closed"}))
    second = telling("b", type="ACCUSE", report="r", words=frozenset({"ballot", "counted"}))
    later = telling("c", type="ACCUSE", words=frozenset({"ballot", "counted", "again"}))
    together = [{t.event for t in incident.tellings} for incident in merge([first, second, later])]
    assert {"b", "c"} in together


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (Party("Tokayev", "KAZ", kind="person"), Party("Kassym-Jomart Tokayev", "KAZ", kind="person"), True),
        (Party("Ágnes Horváth", kind="person"), Party("agnes horvath", kind="person"), True),
        (Party("Georgia", "GEO"), Party("Georgia", "USA"), False),
        (Party("Oxfam", "NGO"), Party("Amnesty International", "NGO"), False),
        (Party("Idriss Deby", "TCD", ("GOV",), "person"), Party("Chad", "TCD", ("GOV",), "government"), True),
    ],
)
def test_parties(first: Party, second: Party, one: bool) -> None:
    assert same_party(first, second) is same_party(second, first) is one


day = st.dates(min_value=date(2013, 1, 1), max_value=date(2013, 1, 9))
tellings = st.builds(
    telling,
    event=st.uuids().map(str),
    report=st.sampled_from(["r1", "r2", "r3"]),
    type=st.sampled_from(["ASSAULT", "CONSULT", "ACCUSE"]),
    modes=st.sampled_from([(), ("aerial",), ("firearms",)]),
    status=st.sampled_from(["occurred", "ongoing", "planned"]),
    actors=st.sampled_from([(), (FRANCE,), (FRENCH_TROOPS,), (MALI, FRANCE)]),
    recipients=st.sampled_from([(), (MALI,), (NIGER,)]),
    start=day.map(str),
    end=st.none(),
    date_from=st.sampled_from(["clause", "published"]),
)


@given(st.lists(tellings, max_size=12, unique_by=lambda t: t.event), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_incidents(told: list[Telling], random: Any) -> None:
    expected = merge(told)
    assert sorted(t.event for incident in expected for t in incident.tellings) == sorted(t.event for t in told)
    random.shuffle(told)
    assert merge(told) == expected


def body(name: str, text: str, published: str, source: str, credit: str | None = None, **more: Any) -> Body:
    words = tuple(text.lower().split())
    keys, title = credit_keys(source, credit), more.pop("title", None)
    return Body(name, name, published, published, source, title, keys, signature(words), lambda: text, **more)


LONG = " ".join(f"word{i}" for i in range(120))
REWRITTEN = " ".join([f"other{i}" for i in range(45)] + LONG.split()[45:])


@pytest.mark.parametrize(
    ("why", "text", "credit", "one"),
    [
        ("word for word", LONG, None, True),
        ("cut to its first half", " ".join(LONG.split()[:60]), None, True),
        ("a third rewritten", REWRITTEN, None, False),
        ("a third rewritten, the agency named", REWRITTEN, "A", True),
        ("nothing shared", " ".join(f"other{i}" for i in range(120)), "A", False),
    ],
)  # fmt: skip
def test_copies(why: str, text: str, credit: str | None, one: bool) -> None:
    found = group_copies([body("b", text, "2013-01-12", "B", credit), body("a", LONG, "2013-01-11", "A")])
    assert (found.group["b"] == "a") is one, why
    assert found.version_of == {}


@pytest.mark.parametrize(
    ("why", "url", "source", "day", "version"),
    [
        ("one address", "https://a.example/story/1", "A", "2013-01-12", True),
        ("one address with a slash", "https://a.example/story/1/", "A", "2013-01-12", True),
        ("another address", "https://a.example/story/2", "A", "2013-01-12", False),
        ("another source", "https://a.example/story/1", "B", "2013-01-12", False),
        ("a month later", "https://a.example/story/1", "A", "2013-02-12", False),
    ],
)
def test_a_text_under_one_address_replaces_the_earlier(
    why: str, url: str, source: str, day: str, version: bool
) -> None:
    first = body("z", LONG, "2013-01-11", "A", url="https://a.example/story/1")
    second = body("a", " ".join(f"other{i}" for i in range(120)), day, source, url=url)
    found = group_copies([second, first])
    assert (found.version_of == {"a": "z"}, found.group["a"] == "z") == (version, version), why


def test_a_home_page_is_no_address_of_a_story() -> None:
    bodies = [body(name, f"{name} " * 30, "2013-01-11", "A", url="https://a.example/") for name in "ab"]
    assert group_copies(bodies).version_of == {}


def test_of_one_day_a_text_that_says_so_is_the_later() -> None:
    url = "https://a.example/story/1"
    first = body("z", LONG, "2013-01-11", "A", url=url, title="Troops land in Konna")
    for title in ("UPDATE 2 - Troops land in Konna", "CORRECTED: Troops land in Konna"):
        second = body("a", REWRITTEN, "2013-01-11", "A", url=url, title=title)
        assert group_copies([second, first]).version_of == {"a": "z"}


def test_short_texts_must_be_all_but_equal() -> None:
    first = body("a", "two people died in the fire on monday", "2013-01-11", "A")
    second = body("b", "two people died in the fire on tuesday", "2013-01-12", "B")
    assert group_copies([first, second]).group["b"] == "b"


@pytest.mark.parametrize(
    ("text", "zones", "name"),
    [
        ("BAMAKO, Mali (Sahel Wire) — Troops left.", (), "Sahel Wire"),
        ("Troops (about 400) left the town - at last.", (), None),
        ("Troops left.\nSource: Sahel Wire.", (), "Sahel Wire"),
        ("Troops left.\nAFP", (Zone("body", 0, 12), Zone("credit", 13, 16)), "AFP"),
        ("Troops left.", (), None),
    ],
)
def test_agencies(text: str, zones: tuple[Zone, ...], name: str | None) -> None:
    assert agency(Article("a", text, zones=zones)) == name
