"""What a record answers: incidents, promises, filters and search, on hand-made pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import report
from record_pages import bombing, clock, crisis, dump, fill, promise, retreat, statement

from vaka.errors import RecordError, UsageError
from vaka.record import Filters, Record, query
from vaka.record.search import asked, match_expression, search
from vaka.record.table import COLUMNS, event_table
from vaka.types import Page


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "crisis.db", clock=clock) as made:
        yield made


# Incidents


def test_numbers_that_disagree_stand_side_by_side(record: Record) -> None:
    fill(record, crisis())
    [incident] = [row for row in query.incidents(record)["rows"] if row["type"] == "ASSAULT"]
    assert incident["independent_sources"] == 2
    assert [(v["low"], v["reports"]) for v in incident["values"]["dead"]] == [(2, ["post-1"]), (4, ["tribune-1"])]
    assert incident["when"]["start"] == "2015-06-05"
    assert incident["where"]["name"] == "Diyarbakır"
    found = query.disagreements(record)["rows"]
    assert {(row["type"], *row["exclusive"]) for row in found} == {("ASSAULT", "dead"), ("DISASTER", "dead")}


def test_copies_count_once_in_an_incident(record: Record) -> None:
    fill(record, crisis())
    [incident] = [row for row in query.incidents(record)["rows"] if row["type"] == "DISASTER"]
    assert (len(incident["tellings"]), incident["independent_sources"]) == (3, 1)
    assert [v["reports"] for v in incident["values"]["dead"]] == [["paper-1", "wire-1"], ["wire-2"]]


@pytest.mark.parametrize("status", ["planned", "expected", "threatened", "negated", "historical", "hypothetical"])
def test_what_did_not_happen_stays_apart(record: Record, status: str) -> None:
    sentence = "Syria withdrew its last troops from Lebanon."
    record.add(retreat("one", sentence, "2005-04-26"))
    record.add(retreat("two", "On Tuesday " + sentence, "2005-04-26", status=status))
    assert sorted(row["status"] for row in query.incidents(record)["rows"]) == sorted(["occurred", status])


@pytest.mark.parametrize(
    ("second", "day", "merged"),
    [
        ("Ankara lauded Kazakhstan for its steadiness.", "2022-01-11", True),
        ("Ankara lauded Kazakhstan for its steadiness.", "2022-01-12", True),
        ("Ankara lauded Kazakhstan for its steadiness.", "2022-01-14", False),
    ],
)
def test_dates_taken_from_publication_may_be_a_day_off(record: Record, second: str, day: str, merged: bool) -> None:
    record.add(statement("a", "Ankara lauded Kazakhstan for its calm.", "lauded", "SUPPORT", "2022-01-11").page())
    record.add(statement("b", second, "lauded", "SUPPORT", day).page())
    assert len(query.incidents(record)["rows"]) == (1 if merged else 2)


def test_two_towns_are_two_incidents(record: Record) -> None:
    first = bombing("a", "two", 2, "2015-06-05", "One")
    other = bombing("b", "two", 2, "2015-06-05", "Two")
    event = other.events[0]
    assert event.where is not None
    moved = replace(event, where=replace(event.where, name="Mersin", geonameid=304531, admin1="32"))
    fill(record, [first, replace(other, events=(moved,))])
    assert len(query.incidents(record)["rows"]) == 2


def test_two_named_persons_of_one_country_are_two_parties(record: Record) -> None:
    for name, speaker in (("a", "Kofi Adjei"), ("b", "Ama Mensah")):
        draft = statement(name, f"Ankara, {speaker} praised Kazakhstan.", "praised", "CONSULT", "2022-01-11")
        person = draft.actor(speaker, country="TUR", kind="person", sectors=("GOV",))
        record.add(replace(draft.page(), events=(replace(draft.events[0], actors=(person,)),)))
    assert len(query.incidents(record)["rows"]) == 2


def test_an_incident_keeps_answering_to_its_old_id(record: Record) -> None:
    record.add(bombing("late", "four", 4, "2015-06-06", "Danube Tribune"))
    old = query.incidents(record)["rows"][0]["id"]
    record.add(bombing("early", "two", 2, "2015-06-05", "Bosphorus Post"))
    new = query.incidents(record)["rows"][0]["id"]
    assert new != old
    assert query.show(record, old)["id"] == query.show(record, new)["id"] == new


def test_a_persons_split_and_merge_stand_and_can_be_undone(record: Record) -> None:
    fill(record, [bombing("a", "two", 2, "2015-06-05", "One"), bombing("b", "four", 4, "2015-06-06", "Two")])
    [incident] = query.incidents(record)["rows"]
    events = [row["event"] for row in incident["tellings"]]
    split = record.split(incident["id"], events[1:], by="R. Okafor", why="two bombs")
    assert len(query.incidents(record)["rows"]) == 2
    with pytest.raises(RecordError, match=r"a split keeps these events asunder \(R. Okafor"):
        record.merge(events, by="L. Duarte", why="one attack after all")
    record.undo(split, by="L. Duarte", why="one attack after all")
    assert len(query.incidents(record)["rows"]) == 1
    record.merge(events, by="L. Duarte", why="one attack after all")
    [incident] = query.incidents(record)["rows"]
    assert {telling["by"] for telling in incident["tellings"]} == {"L. Duarte"}
    with pytest.raises(RecordError, match=r"a merge binds these events \(L. Duarte"):
        record.split(incident["id"], events[1:], by="x", why="y")
    with pytest.raises(RecordError, match="holds nothing of this id"):
        record.merge(["nothing", events[0]], by="x", why="y")
    with pytest.raises(RecordError, match="no standing judgement"):
        record.undo(split, by="x")


# Pledges


def fate(record: Record, *pages: Page) -> tuple[str, list[str]]:
    fill(record, [promise(), *pages])
    [pledge] = query.pledges(record)["rows"]
    assert pledge["history"][-1]["status"] == pledge["status"]
    for change in pledge["history"]:
        [span] = change["evidence"]
        assert record.page(change["report"]).article.text[span["start"] : span["end"]] == span["text"]
    return pledge["status"], [change["status"] for change in pledge["history"]]


WITHDREW = "Syria withdrew its last troops from Lebanon."


def test_a_pledge_alone_is_open(record: Record) -> None:
    assert fate(record) == ("open", ["open"])


@pytest.mark.parametrize(
    ("sentence", "day", "status", "history"),
    [
        (WITHDREW, "2005-04-26", "occurred", ["open", "kept"]),
        ("Syria withdrew the first batch of troops from Lebanon.", "2005-04-10", "occurred", ["open", "partly-kept"]),
        (WITHDREW, "2005-04-26", "planned", ["open"]),
        (WITHDREW, "2005-05-26", "planned", ["open", "overdue"]),
        (WITHDREW, "2005-05-26", "occurred", ["open", "overdue", "kept"]),
        (WITHDREW, "2005-03-01", "occurred", ["open"]),
        ("Syria withdrew no troops from Lebanon.", "2005-05-03", "negated", ["open", "overdue", "broken"]),
        ("Syria withdrew its pledge to Lebanon on troops.", "2005-04-10", "occurred", ["open", "withdrawn"]),
    ],
)
def test_what_becomes_of_a_pledge(record: Record, sentence: str, day: str, status: str, history: list[str]) -> None:
    assert fate(record, retreat("later", sentence, day, status=status)) == (history[-1], history)


def test_another_countrys_deed_keeps_nothing(record: Record) -> None:
    page = retreat("later", WITHDREW, "2005-04-26")
    [event] = page.events
    israel = replace(event.actors[0], name="Israel", country="ISR")
    assert fate(record, replace(page, events=(replace(event, actors=(israel,)),)))[0] == "open"


def test_a_pledge_in_a_copy_stands_once(record: Record) -> None:
    first, copy = promise("post"), promise("copy", "2005-04-04")
    fill(record, [first, copy])
    [pledge] = query.pledges(record)["rows"]
    assert (pledge["report"], pledge["reports"]) == ("post", ["copy", "post"])


@pytest.mark.parametrize(
    ("sentence", "history"),
    [
        ("Syria has kept its promise to pull its last troops out of Lebanon.", ["open", "kept"]),
        ("Syria has not kept its promise to pull its last troops out of Lebanon.", ["open"]),
        ("Syria pulled its last troops out of Lebanon, as it had promised.", ["open", "kept"]),
        ("Syria broke its pledge to pull its last troops out of Lebanon.", ["open", "broken"]),
        ("Syria took back the promise to pull its last troops out of Lebanon.", ["open", "withdrawn"]),
        (
            "Syria kept its promise of troops. When the last will pull out has not been settled.",
            ["open", "partly-kept"],
        ),
        ("Syria kept its promise to lower the price of bread.", ["open"]),
    ],
)
def test_what_a_report_says_outright_of_a_pledge(record: Record, sentence: str, history: list[str]) -> None:
    draft = report("later", sentence, published="2005-04-26", source="Cedar Daily")
    draft.actor("Syria", "Syria", "SYR", kind="government", sectors=("GOV",))
    assert fate(record, draft.page()) == (history[-1], history)


def test_another_sides_report_says_nothing_of_a_pledge(record: Record) -> None:
    draft = report("later", "Chad took back the promise to pull its last troops out of Mali.", published="2005-04-26")
    draft.actor("Chad", "Chad", "TCD", kind="government", sectors=("GOV",))
    assert fate(record, draft.page()) == ("open", ["open"])


def test_what_holds_until_a_day_is_not_overdue_after_it(record: Record) -> None:
    draft = report("first", "Syria said the curfew in Homs would stay in force until 30 April.", published="2005-04-03")
    syria = draft.actor("Syria", "Syria", "SYR", kind="government", sectors=("GOV",))
    due = draft.time("30 April", "2005-04-30")
    draft.pledge("the curfew in Homs would stay in force until 30 April", syria, due=due)
    fill(record, [draft.page(), retreat("later", WITHDREW, "2005-06-01")])
    [pledge] = query.pledges(record)["rows"]
    assert pledge["status"] == "open"


def test_a_pledge_that_another_will_act_is_kept_by_that_other(record: Record) -> None:
    draft = report(
        "first", "Lebanon announced that Syria would withdraw its brigades in April.", published="2005-04-03"
    )
    lebanon = draft.actor("Lebanon", "Lebanon", "LBN", kind="government", sectors=("GOV",))
    draft.actor("Syria", "Syria", "SYR", kind="government", sectors=("GOV",), resolved_by="knowledge")
    draft.pledge("Syria would withdraw its brigades in April", lebanon, act="RETREAT")
    fill(record, [draft.page(), retreat("later", "Syria withdrew its brigades from Lebanon.", "2005-04-20")])
    [pledge] = query.pledges(record)["rows"]
    assert [change["status"] for change in pledge["history"]] == ["open", "kept"]


def test_questions_about_pledges(record: Record) -> None:
    fill(record, crisis())
    assert query.pledges(record)["rows"][0]["status"] == "kept"
    assert query.pledges(record, open_only=True)["rows"] == []
    assert len(query.pledges(record, by="syr")["rows"]) == 1
    assert len(query.pledges(record, by="Lebanon")["rows"]) == 0
    assert len(query.pledges(record, due_before="2005-04")["rows"]) == 1
    assert len(query.pledges(record, due_before="2005-03")["rows"]) == 0


# Questions


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        (Filters(country=("KAZ",)), {"SUPPORT"}),
        (Filters(country=("kaz", "lbn")), {"SUPPORT", "AGREE", "RETREAT"}),
        (Filters(actor=("turkey",)), {"SUPPORT", "DISASTER", "ASSAULT"}),
        (Filters(type=("assault",)), {"ASSAULT"}),
        (Filters(since="2015"), {"ASSAULT", "SUPPORT"}),
        (Filters(until="1999-08"), {"DISASTER"}),
        (Filters(source=("levant post",)), {"AGREE"}),
        (Filters(min_score=0.95), set()),
        (Filters(status=("planned",)), set()),
        (Filters(genre=("opinion",)), set()),
        (Filters(genre=("news",)), {"DISASTER"}),
    ],
)
def test_filters(record: Record, filters: Filters, types: set[str]) -> None:
    fill(record, crisis())
    for answer in (query.timeline(record, filters), query.incidents(record, filters),
                   query.timeline(record, filters, by="events")):  # fmt: skip
        assert {row["type"] for row in answer["rows"]} == types
        assert answer["schema"].startswith("vaka.")


def test_a_limit_and_wrong_dates(record: Record) -> None:
    fill(record, crisis())
    assert query.timeline(record, Filters(limit=2))["count"] == 2
    for filters in (Filters(limit=0), Filters(since="last week"), Filters(until="2022-13-40")):
        with pytest.raises(UsageError):
            query.timeline(record, filters)


def test_the_timeline_is_in_order_of_time(record: Record) -> None:
    dates = [row["date"] for row in query.timeline(fill(record, crisis()))["rows"]]
    assert dates == sorted(dates)


@pytest.mark.parametrize("word", ["'; DROP TABLE reports; --", '" OR 1=1 --', "%", "_", "KAZ' OR 'a'='a", "\x00", ""])
def test_filters_are_values_and_nothing_else(record: Record, word: str) -> None:
    fill(record, crisis())
    before = dump(record)
    for name in ("country", "actor", "type", "status", "source", "genre"):
        values: dict[str, Any] = {name: (word,)}
        filters = Filters(**values)
        assert query.timeline(record, filters)["rows"] == []
        assert query.actors(record, filters)["rows"] == []
    assert query.pledges(record, by=word or "'")["rows"] == []
    with pytest.raises(RecordError):
        query.show(record, word)
    assert dump(record) == before


def test_actors_are_counted_by_side(record: Record) -> None:
    fill(record, crisis())
    rows = {row["name"]: row for row in query.actors(record, Filters(country=("LBN",)))["rows"]}
    assert (rows["Syria"]["as_actor"], rows["Syria"]["as_recipient"], rows["Syria"]["reports"]) == (2, 0, 2)
    assert rows["Lebanon"]["types"] == {"AGREE": 1, "RETREAT": 1}
    assert [row["name"] for row in query.actors(record, Filters(actor=("SYR",)))["rows"]] == ["Syria"]


def test_show_finds_any_id(record: Record) -> None:
    fill(record, crisis())
    page = promise()
    layers: dict[str, tuple[Any, ...]] = {
        "event": page.events,
        "quote": page.quotes,
        "pledge": page.pledges,
        "cause": page.causes,
    }
    for layer, items in layers.items():
        shown = query.show(record, items[0].id)
        assert (shown["schema"], shown["id"], shown["report"]) == (f"vaka.{layer}/1", items[0].id, "promise")
    assert query.show(record, "promise")["page"] == page.to_dict()
    incident = query.show(record, page.events[0].id)["incident"]
    assert query.show(record, incident)["schema"] == "vaka.incident/1"


def test_the_event_table_is_wide_and_unique(record: Record) -> None:
    rows = event_table(fill(record, crisis()))
    assert len({row["id"] for row in rows}) == len(rows) == 8
    assert all(tuple(row) == COLUMNS for row in rows)
    [row] = [row for row in rows if row["report"] == "post-1"]
    assert (row["date"], row["country"], row["dead_low"], row["actor_names"]) == ("2015-06-05", "TUR", 2, None)
    assert row["evidence"].startswith("Bombs at")


# Search


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("diyarbakir", {"post-1", "tribune-1"}),
        ("Diyarbakır", {"post-1", "tribune-1"}),
        ("DIYARBAKIR bombs", {"post-1", "tribune-1"}),
        ('"last troops"', {"promise", "done"}),
        ("troops last syr*", {"promise", "done"}),
        ('"troops last"', set()),
        ("al-Sharaa", {"promise"}),
    ],
)
def test_search(record: Record, words: str, found: set[str]) -> None:
    fill(record, crisis())
    rows = search(record, words)["rows"]
    assert {row["id"] for row in rows} == found
    for row in rows:
        text = record.page(row["id"]).article.text
        assert row["passages"]
        for passage in row["passages"]:
            assert text[passage["start"] : passage["end"]] == passage["text"]
            assert passage["match"]["text"] in passage["text"]


@pytest.mark.parametrize(
    "words",
    ["", '"', '""', "***", "a AND", "NEAR(", "title:", "{x y}: z", "^", "OR NOT AND", "' OR 1=1", "\x00", "a\x00b", "-",
     "+", '"unclosed', "(", "x*y*", "col : x", "\ud800", "😀", "—", "½", "日本"],
)  # fmt: skip
def test_no_question_is_an_error(record: Record, words: str) -> None:
    fill(record, crisis())
    assert search(record, words)["schema"] == "vaka.search/1"


def test_operators_are_words() -> None:
    assert match_expression(asked('rally" OR')) == '("rally" OR "rally") AND ("OR" OR "OR")'


def test_search_filters(record: Record) -> None:
    fill(record, crisis())
    assert [row["id"] for row in search(record, "troops", Filters(since="2005-04-10"))["rows"]] == ["done"]
    assert [row["id"] for row in search(record, "troops", Filters(country=("KAZ",)))["rows"]] == []
