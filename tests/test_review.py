"""What people say to a record: beside the machine's answer, in force in what is derived, undone and never deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from answers import faults
from record_pages import bombing, clock, crisis, dump, fill, promise, retreat

from vaka.errors import RecordError, UsageError, VakaError
from vaka.record import Record, query
from vaka.record.judge import latest_on
from vaka.record.query import Filters
from vaka.record.review import log, next_item, orphans, stats, wilson
from vaka.record.table import event_table
from vaka.reports.schemas import schema
from vaka.types import Page

ANA, BEN = "Ana Ruiz", "Ben Okafor"
EVENT = crisis()[0].events[0].id  # the bombing as post-1 tells it
OTHER = crisis()[1].events[0].id  # as tribune-1 does
PLEDGE = promise().pledges[0].id
QUOTE = promise().quotes[0].id
CAUSE = promise().causes[0].id


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "crisis.db", clock=clock) as made:
        yield fill(made, crisis())


def incident_of(record: Record, event: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = query.incidents(record)["rows"]
    [row] = [row for row in rows if event in [telling["event"] for telling in row["tellings"]]]
    return row


def derived(record: Record) -> tuple[Any, ...]:
    return tuple(getattr(query, name)(record) for name in ("timeline", "incidents", "pledges", "actors", "memory"))


# Verdicts


def test_an_accepted_item_says_so_and_nothing_else_changes(record: Record) -> None:
    before = query.incidents(record)
    number = record.accept(EVENT, by=ANA)
    review = query.show(record, EVENT)["review"]
    assert (review["verdict"], review["judgements"][0]["by"], review["judgements"][0]["changed"]) == (
        "accepted", ANA, False,
    )  # fmt: skip
    telling = next(t for t in incident_of(record, EVENT)["tellings"] if t["event"] == EVENT)
    assert telling["review"] == review
    record.undo(number, by=BEN, why="not yet sure")
    assert query.incidents(record) == before
    assert query.show(record, EVENT)["review"] is None


def test_a_rejected_event_leaves_incidents_and_answers(record: Record) -> None:
    before = derived(record)
    assert incident_of(record, EVENT)["values"]["dead"][0]["low"] == 2
    number = record.reject(EVENT, by=ANA, why="another town")
    incident = incident_of(record, OTHER)
    assert [telling["event"] for telling in incident["tellings"]] == [OTHER]
    assert [value["low"] for value in incident["values"]["dead"]] == [4]
    assert EVENT not in [row["id"] for row in query.timeline(record, by="events")["rows"]]
    assert EVENT not in [row["id"] for row in event_table(record)]
    assert "post-1" not in [row["id"] for row in query.reports(record, Filters(type=("ASSAULT",)))["rows"]]
    shown = query.show(record, EVENT)
    assert (shown["type"], shown["incident"], shown["review"]["verdict"]) == ("ASSAULT", None, "rejected")
    assert record.verify() == []
    record.undo(number, by=ANA)
    assert derived(record) == before


def test_an_incident_is_judged_by_all_its_tellings_and_found_again_when_it_has_left(record: Record) -> None:
    key = incident_of(record, EVENT)["id"]
    record.reject(key, by=ANA, why="a film")
    assert key not in [row["id"] for row in query.incidents(record)["rows"]]
    with pytest.raises(RecordError, match="all that told this incident was rejected"):
        query.show(record, key)
    with pytest.raises(RecordError, match=r"was rejected \(Ana Ruiz on 2026-01-01, judgement 1\); undo that first"):
        record.accept(key, by=BEN)
    record.undo(latest_on(record, key), by=BEN)
    assert incident_of(record, EVENT)["id"] == key


def test_rejected_deeds_and_pledges_count_no_more(record: Record) -> None:
    assert query.pledges(record)["rows"][0]["status"] == "kept"
    deed = next(page for page in crisis() if page.article.id == "done").events[0].id
    record.reject(deed, by=ANA, why="a misreading")
    assert query.pledges(record)["rows"][0]["status"] == "kept", "its words still say that the pull-out was completed"
    record.reject(PLEDGE, by=ANA, why="no promise")
    assert query.pledges(record)["rows"] == []
    assert query.show(record, PLEDGE)["review"]["verdict"] == "rejected"


def test_a_rejected_mention_teaches_nothing(tmp_path: Path) -> None:
    import vaka

    told = "Gabonese Interior Minister Hermann Ngoulou Bata ordered police to clear the port."
    with Record(tmp_path / "a.db") as record:
        record.add(vaka.code(told, published="2024-03-05", id="a"))
        [lesson] = query.memory(record, Filters(genre=("none", "news")))["rows"]
        assert query.memory(record, Filters(source=("Fjord Times",)))["rows"] == []
        assert query.memory(record, Filters(genre=("opinion",)))["rows"] == []
        mention = record.ask("SELECT mention FROM memory_passages WHERE memory = ?", (lesson["id"],))[0]["mention"]
        record.reject(mention, by=ANA, why="a slip of the paper")
        assert query.memory(record)["rows"] == []


# Corrections


def test_a_corrected_type_is_in_force_beside_the_machines(record: Record) -> None:
    record.correct(EVENT, "type=protest", "mode=riot", by=ANA, why="nobody was attacked")
    shown = query.show(record, EVENT)
    assert (shown["type"], shown["review"]["verdict"]) == ("ASSAULT", "corrected")
    assert [(c["field"], c["was"], c["is"]) for c in shown["review"]["corrections"]] == [
        ("type", "ASSAULT", "PROTEST"),
        ("mode", "explosives", "riot"),
    ]
    incident = incident_of(record, EVENT)
    assert (incident["type"], incident["modes"], len(incident["tellings"])) == ("PROTEST", ["riot"], 1)
    assert incident_of(record, OTHER)["type"] == "ASSAULT"
    [found] = query.timeline(record, Filters(type=("PROTEST",)), by="events")["rows"]
    assert found["id"] == EVENT
    row = next(row for row in event_table(record) if row["id"] == EVENT)
    assert (row["type"], row["verdict"], row["corrected"]) == ("ASSAULT", "corrected", "type=PROTEST; mode=riot")
    assert record.page("post-1") == crisis()[0]
    assert record.verify() == []


def test_corrected_parties_place_date_and_number(record: Record) -> None:
    record.correct(
        EVENT,
        "actors=Islamic State; masked men (IRQ)",
        "place=Suruç, TUR",
        "date=2015-07-20",
        "dead=30-34",
        by=ANA,
        why="x",
    )
    incident = incident_of(record, EVENT)
    assert [(a["country"], a["resolved_by"], a["span"]) for a in incident["actors"]][1] == ("IRQ", "person", None)
    assert (incident["where"]["name"], incident["where"]["country"]) == ("Suruç", "TUR")
    assert (incident["when"]["start"], incident["when"]["span"]) == ("2015-07-20", None)
    value = {"low": 30.0, "high": 34.0, "reports": ["post-1"], "text": "30-34", "superseded": False}
    assert incident["values"]["dead"] == [value]
    for filters in (
        Filters(country=("IRQ",)),
        Filters(actor=("masked men",)),
        Filters(since="2015-07", until="2015-07"),
    ):
        assert [r["id"] for r in query.incidents(record, filters)["rows"]] == [incident["id"]]
    assert "masked men" in [row["name"] for row in query.actors(record)["rows"]]
    assert record.verify() == []
    record.undo(1, by=ANA)
    assert incident_of(record, EVENT)["actors"] == []


def test_an_empty_value_says_that_the_text_does_not_tell_it(record: Record) -> None:
    record.reject(OTHER, by=ANA, why="told again, it would lend what this one lacks")
    record.correct(EVENT, "recipients=", "place=", "dead=", "date=", by=ANA, why="a summary")
    incident = incident_of(record, EVENT)
    assert (incident["recipients"], incident["where"], incident["when"], incident["values"]) == ([], None, None, {})


def test_a_persons_word_on_a_pledge_is_the_last(record: Record) -> None:
    record.correct(PLEDGE, "status=broken", by=BEN, why="agents stayed behind", on="2005-05-02")
    [row] = query.pledges(record)["rows"]
    last = row["history"][-1]
    assert (row["status"], last["by"], last["date"], last["why"]) == (
        "broken",
        BEN,
        "2005-05-02",
        "agents stayed behind",
    )
    assert [change["status"] for change in row["history"]] == ["open", "kept", "broken"]
    assert [row["review"]["corrections"][0][name] for name in ("was", "is")] == ["kept", "broken"]
    assert query.pledges(record, Filters(status=("kept",)))["rows"] == []
    stood = {
        day: query.pledges(record, on=day)["rows"] for day in ("2005-04-02", "2005-04-10", "2005-04-28", "2005-06-01")
    }
    assert [[r["status"] for r in rows] for rows in stood.values()] == [[], ["open"], ["kept"], ["broken"]]
    assert query.pledges(record, on="2005-04-28", open_only=True)["rows"] == []
    assert query.pledges(record, Filters(status=("kept",)), on="2005-04-28")["count"] == 1
    record.undo(1, by=ANA)
    assert query.pledges(record)["rows"][0]["status"] == "kept"


def test_a_corrected_pledge_is_followed_and_filtered_as_corrected(record: Record) -> None:
    record.correct(PLEDGE, "due=2005-03", "promiser=Iran (IRN)", "act=AID", by=ANA, why="x")
    [row] = query.pledges(record, by="IRN")["rows"]
    assert row["promiser"]["country"] == "SYR", "the machine's answer stands beside it"
    assert query.pledges(record, by="SYR")["rows"] == []
    assert query.pledges(record, due_before="2005-03-31")["count"] == 1
    assert query.pledges(record, Filters(type=("AID",)))["count"] == 1


@pytest.mark.parametrize(
    ("key", "given", "words"),
    [
        (EVENT, "colour=red", "an event has no field|a event has no field 'colour'"),
        (EVENT, "type", "give type=VALUE"),
        (EVENT, "type=WAR", "type: 'WAR' is none of AGREE"),
        (EVENT, "status=maybe", "status: 'maybe' is none of occurred"),
        (EVENT, "mode=picnic", "mode: ASSAULT has no mode 'picnic'"),
        (EVENT, "date=2015-13", "date: '2015-13' is no date"),
        (EVENT, "date=2015-06-07/2015-06-01", "ends before it begins"),
        (EVENT, "place=Aktau, XQZ", "'XQZ' is no country code"),
        (EVENT, "actors=Turkey (TR)", "names no party"),
        (EVENT, "dead=many", "dead: 'many' is no number"),
        (EVENT, "dead=9-3", "the lower number stands first"),
        (EVENT, "type=ASSAULT", "type is ASSAULT already; accept it instead"),
        (PLEDGE, "status=forgotten", "status: 'forgotten' is none of open"),
        (PLEDGE, "status=kept", "status is kept already"),
        (QUOTE, "speaker=(SYR)", "names no party"),
        (CAUSE, "cause=rain", "of a cause no field can be corrected"),
        ("nothing", "type=PROTEST", "nothing: the record holds nothing of this id"),
        ("post-1", "type=PROTEST", "post-1: is a report; review its rows"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_written(record: Record, key: str, given: str, words: str) -> None:
    before = dump(record)
    with pytest.raises(VakaError, match=words):
        record.correct(key, given, by=ANA, why="x")
    assert dump(record) == before


def test_corrections_are_made_all_or_none(record: Record) -> None:
    with pytest.raises(UsageError, match="mode: PROTEST has no mode 'explosives'"):
        record.correct(EVENT, "type=PROTEST", "mode=explosives", by=ANA, why="x")
    with pytest.raises(UsageError, match="on goes with a correction of a pledge's status"):
        record.correct(EVENT, "type=PROTEST", by=ANA, why="x", on="2015-06-05")
    with pytest.raises(UsageError, match="'2015' is no day"):
        record.correct(PLEDGE, "status=broken", by=ANA, why="x", on="2015")
    with pytest.raises(UsageError, match="a field is corrected once"):
        record.correct(EVENT, "dead=3", "dead=4", by=ANA, why="x")
    with pytest.raises(RecordError, match="has 2 tellings; correct the one that is wrong"):
        record.correct(incident_of(record, EVENT)["id"], "type=PROTEST", by=ANA, why="x")
    assert log(record) == []


# Contradictions


def test_one_verdict_stands_and_the_log_keeps_the_rest(record: Record) -> None:
    record.accept(EVENT, by=ANA)
    stands = r"was accepted \(Ana Ruiz on 2026-01-01, judgement 1\); undo that first"
    with pytest.raises(RecordError, match=stands):
        record.reject(EVENT, by=BEN, why="x")
    with pytest.raises(RecordError, match=stands):
        record.correct(EVENT, "type=PROTEST", by=BEN, why="x")
    with pytest.raises(RecordError, match="is accepted already"):
        record.accept(EVENT, by=BEN)
    record.undo(1, by=BEN, why="it is not")
    record.correct(EVENT, "type=PROTEST", by=BEN, why="x")
    with pytest.raises(RecordError, match="type was corrected already"):
        record.correct(EVENT, "type=COERCE", by=ANA, why="x")
    with pytest.raises(RecordError, match="was corrected"):
        record.accept(EVENT, by=ANA)
    told = log(record)
    assert [(row["id"], row["kind"], row["by"]) for row in told] == [(2, "correct", BEN), (1, "accept", ANA)]
    assert told[1]["undone"] == {"at": clock(), "by": BEN, "why": "it is not"}
    assert log(record, key=OTHER) == []
    assert len(log(record, key="post-1")) == 2


def test_who_and_why_are_needed(record: Record) -> None:
    with pytest.raises(UsageError, match="needs the name of who makes it"):
        record.accept(EVENT, by=" ")
    with pytest.raises(UsageError, match="to reject something, say why"):
        record.reject(EVENT, by=ANA, why="")
    with pytest.raises(UsageError, match="to merge something, say why"):
        record.merge([EVENT, OTHER], by=ANA, why=" ")
    with pytest.raises(UsageError, match="to grade something, say why"):
        record.grade("Levant Post", "B", by=ANA, why="")


def test_a_judgement_cannot_be_changed_or_deleted(record: Record) -> None:
    record.correct(EVENT, "dead=3", by=ANA, why="x")
    for change in (
        "DELETE FROM judgements",
        "UPDATE judgements SET who = 'Nobody'",
        "UPDATE judgements SET why = 'for fun'",
        "UPDATE judgements SET value = '{}'",
        "UPDATE judgements SET undone_by = 'Nobody'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            record.db.execute(change)
    record.undo(1, by=ANA)
    with pytest.raises(sqlite3.IntegrityError, match="undone once"):
        record.db.execute("UPDATE judgements SET undone_at = NULL")
    with pytest.raises(RecordError, match="no standing judgement"):
        record.undo(1, by=ANA)


# Merge and split


def test_merged_incidents_are_one_until_undone(record: Record) -> None:
    record.correct(EVENT, "date=2015-07-20", "place=Suruç, TUR", by=ANA, why="x")
    before = derived(record)
    first, second = incident_of(record, EVENT)["id"], incident_of(record, OTHER)["id"]
    assert first != second
    number = record.merge([first, second], by=ANA, why="one bomb, told twice")
    merged = incident_of(record, EVENT)
    assert {telling["event"] for telling in merged["tellings"]} == {EVENT, OTHER}
    assert [made["kind"] for made in merged["review"]["judgements"]] == ["merge"]
    with pytest.raises(RecordError, match="a merge takes two"):
        record.merge([EVENT], by=ANA, why="x")
    record.undo(number, by=BEN)
    assert derived(record) == before


def test_what_cannot_be_one_is_refused(record: Record) -> None:
    quake = next(page for page in crisis() if page.article.id == "wire-1").events[0].id
    with pytest.raises(RecordError, match="ASSAULT and DISASTER are not one happening; correct a type first"):
        record.merge([EVENT, quake], by=ANA, why="x")
    with pytest.raises(RecordError, match="is no event and no incident"):
        record.merge([EVENT, PLEDGE], by=ANA, why="x")
    record.reject(EVENT, by=ANA, why="x")
    with pytest.raises(RecordError, match=r"was rejected \(Ana Ruiz"):
        record.merge([EVENT, OTHER], by=ANA, why="x")


def test_a_split_takes_some_out_and_leaves_the_others_together(tmp_path: Path) -> None:
    pages = [
        bombing(f"r{n}", word, n, "2015-06-05", f"Paper {n}") for n, word in ((2, "two"), (3, "three"), (4, "four"))
    ]
    with Record(tmp_path / "a.db", clock=clock) as record:
        fill(record, pages)
        [incident] = query.incidents(record)["rows"]
        a, b, c = (page.events[0].id for page in pages)
        record.split(incident["id"], [c], by=ANA, why="the second bomb")
        found = {frozenset(t["event"] for t in row["tellings"]) for row in query.incidents(record)["rows"]}
        assert found == {frozenset({a, b}), frozenset({c})}
        with pytest.raises(RecordError, match="a split keeps these events asunder"):
            record.merge([a, c], by=BEN, why="x")
        with pytest.raises(RecordError, match="is no telling of the incident"):
            record.split(a, [c], by=BEN, why="x")
        with pytest.raises(RecordError, match="takes some of its 2 tellings out"):
            record.split(incident_of(record, a)["id"], [a, b], by=BEN, why="x")


# Grades


def test_sources_and_what_they_say_are_graded(record: Record) -> None:
    record.grade("levant post", "b", by=ANA, why="its man was there")
    record.grade("promise", "2", by=ANA, why="others say so")
    record.grade(PLEDGE, "3", by=ANA, why="x")
    key = incident_of(record, EVENT)["id"]
    record.grade(key, "5", by=ANA, why="x")
    record.grade(key, "1", by=BEN, why="seen myself")
    [report] = [row for row in query.reports(record)["rows"] if row["id"] == "promise"]
    assert (report["reliability"], report["credibility"]) == ("B", 2)
    assert query.show(record, PLEDGE)["review"]["credibility"] == 3
    assert query.show(record, QUOTE)["source"]["reliability"] == "B"
    assert incident_of(record, EVENT)["review"]["credibility"] == 1
    row = next(row for row in event_table(record) if row["report"] == "promise")
    assert (row["reliability"], row["credibility"]) == ("B", 2)
    record.undo(latest_on(record, "Levant Post"), by=ANA)
    assert query.show(record, "promise")["reliability"] is None


@pytest.mark.parametrize(
    ("what", "grade", "words"),
    [
        ("Levant Post", "G", "'G' is no grade"),
        ("Levant Post", "B2", "'B2' is no grade"),
        ("Nobody's Paper", "B", "no report is of this source"),
        ("Levant Post", "2", "no report, incident or row of this id"),
    ],
)
def test_grades_that_cannot_be(record: Record, what: str, grade: str, words: str) -> None:
    with pytest.raises(VakaError, match=words):
        record.grade(what, grade, by=ANA, why="x")


# Figures


def test_precision_by_type_with_its_interval(record: Record) -> None:
    record.accept(EVENT, by=ANA)
    record.correct(OTHER, "dead=5", by=ANA, why="x")
    quakes = [page.events[0].id for page in crisis() if page.article.id in ("wire-1", "wire-2", "paper-1")]
    record.reject(quakes[0], by=ANA, why="x")
    record.correct(quakes[1], "type=CONDITION", by=ANA, why="x")
    record.undo(record.accept(quakes[2], by=ANA), by=ANA)
    rows = {(row["layer"], row["type"]): row for row in stats(record)}
    assert list(rows) == [("event", None), ("event", "ASSAULT"), ("event", "DISASTER")]
    assert (rows["event", None]["reviewed"], rows["event", None]["precision"], rows["event", None]["exact"]) == (
        4,
        0.5,
        0.25,
    )
    assert (rows["event", "ASSAULT"]["precision"], rows["event", "DISASTER"]["precision"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    # As the formula gives them, worked out by hand to four places.
    [(8, 10, 0.4902, 0.9433), (0, 5, 0.0, 0.4345), (5, 5, 0.5655, 1.0), (90, 100, 0.8256, 0.9448)],
)
def test_wilsons_interval(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=1e-4)


def test_what_comes_next_is_what_nobody_has_judged(record: Record) -> None:
    seen = []
    while key := next_item(record):
        seen.append(key)
        record.accept(key, by=ANA)
    assert seen == sorted(page.events[0].id for page in crisis())
    assert next_item(record, layer="quote") == QUOTE
    with pytest.raises(UsageError, match="no layer 'mood'"):
        next_item(record, layer="mood")


# Another engine


def retyped(page: Page, **change: Any) -> Page:
    return replace(page, events=tuple(replace(event, **change) for event in page.events))


def test_coding_again_keeps_what_people_judged(record: Record) -> None:
    record.accept(EVENT, by=ANA)
    record.reject(OTHER, by=ANA, why="x")
    record.correct(PLEDGE, "status=broken", by=ANA, why="x")
    before = derived(record)
    for page in crisis():
        record.recode(page.article.id, page)
    assert derived(record) == before
    record.recode("post-1", retyped(crisis()[0], status="planned"))
    review = query.show(record, EVENT)["review"]
    assert (review["verdict"], review["judgements"][0]["changed"]) == ("accepted", True)
    assert orphans(record) == []
    assert record.verify() == []


def test_judgements_without_their_item_wait_for_it(record: Record) -> None:
    record.correct(EVENT, "type=PROTEST", by=ANA, why="x")
    other = retyped(crisis()[0], id="0123456789abcdef", type="PROTEST", modes=())
    record.recode("post-1", other)
    [lost] = orphans(record)
    assert (lost["item"], lost["words"], lost["now"], lost["withdrawn"]) == (
        EVENT, "Bombs", ["0123456789abcdef"], False,
    )  # fmt: skip
    assert incident_of(record, "0123456789abcdef")["tellings"][0]["review"] is None
    assert stats(record)[0]["reviewed"] == 1
    assert record.verify() == []
    record.recode("post-1", crisis()[0])
    assert orphans(record) == []
    assert incident_of(record, EVENT)["type"] == "PROTEST"


def test_a_page_of_another_text_does_not_take_a_reports_place(record: Record) -> None:
    with pytest.raises(RecordError, match="this page is of another text"):
        record.recode("post-1", crisis()[1])
    with pytest.raises(RecordError, match="holds no report"):
        record.recode("nothing", crisis()[1])
    page = crisis()[0]
    before = dump(record)
    with pytest.raises(RecordError, match="cannot be kept"):
        record.recode("post-1", replace(page, events=page.events * 2))
    assert dump(record) == before


def test_judgements_follow_from_themselves_and_not_from_arrival(tmp_path: Path) -> None:
    answers = []
    for name, pages in (("a", crisis()), ("b", crisis()[::-1])):
        with Record(tmp_path / f"{name}.db", clock=clock) as record:
            fill(record, pages[:5])
            for page in pages[5:]:
                fill(record, [page])
            record.correct(EVENT, "type=PROTEST", by=ANA, why="x")
            record.reject(OTHER, by=ANA, why="x")
            answers.append(derived(record))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["timeline", "incidents", "pledges", "reports"])
def test_judged_answers_keep_to_their_schemas(record: Record, name: str) -> None:
    record.accept(EVENT, by=ANA)
    record.correct(OTHER, "actors=Turkey (TUR)", "date=2015-06-07", "place=Van, TUR", by=ANA, why="x")
    record.correct(PLEDGE, "status=unverifiable", by=ANA, why="x")
    record.grade("Levant Post", "A", by=ANA, why="x")
    record.grade(incident_of(record, EVENT)["id"], "2", by=ANA, why="x")
    answer = getattr(query, name)(record)
    assert faults(answer, schema(name), schema(name)) == []
    for key in (EVENT, OTHER, PLEDGE, incident_of(record, OTHER)["id"], "promise"):
        shown = query.show(record, key)
        kind = shown["schema"].split(".")[1].split("/")[0]
        assert faults(shown, schema(kind), schema(kind)) == [], kind


def test_the_pledge_that_a_later_report_keeps_stays_a_matter_of_reports(record: Record) -> None:
    """A person's word that is undone leaves what reports say, also of reports that came since."""
    number = record.correct(PLEDGE, "status=withdrawn", by=ANA, why="x")[0]
    fill(record, [retreat("more", "Syria withdrew its last agents from Lebanon.", "2005-05-20")])
    assert query.pledges(record)["rows"][0]["status"] == "withdrawn"
    record.undo(number, by=ANA)
    assert query.pledges(record)["rows"][0]["status"] == "kept"
