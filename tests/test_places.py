"""The sentences of cases/places.yml, all at once, and what must hold for any text: true spans, one spot a name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from vaka.errors import KnowledgeError
from vaka.knowledge.gazetteer import Gazetteer, gazetteer, read_gazetteer
from vaka.language.parse import ParseStage
from vaka.language.place import PlacesStage
from vaka.types import Article, Page, Place, Zone

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "places.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)["cases"]
FIELDS = ("country", "name", "admin1", "precision")


def page_of(text: str, published: str | None = None, zone: str = "body") -> Page:
    return Page(Article(id=text, text=text, published=published, zones=(Zone(zone, 0, len(text)),)))


def places_in(text: str, published: str | None = None) -> tuple[Place, ...]:
    (page,) = PlacesStage().run(ParseStage().run([page_of(text, published)]))
    return page.places


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """The page of each case, parsed in one batch."""
    return PlacesStage().run(ParseStage().run([page_of(case["text"], case.get("published")) for case in CASES]))


def faults(case: dict[str, Any], places: tuple[Place, ...]) -> list[str]:
    """What is wrong with the places of a case, in words."""
    found = [place.span.text for place in places]
    asked = [row["words"] for row in case["places"]]
    if found != asked:
        return [f"{case['text']!r}: wanted {asked}, found {found}"]
    wrong = []
    for row, place in zip(case["places"], places, strict=True):
        for name in FIELDS:
            value = getattr(place, name)
            if name in row and value != (None if row[name] == "null" else row[name]):
                wrong.append(f"{case['text']!r}: {row['words']} has {name} {value}, wanted {row[name]}")
        if (place.lat is None) != (row.get("placed") == "no"):
            wrong.append(f"{case['text']!r}: {row['words']} lies at {place.lat}, {place.lon}")
    return wrong


def test_cases(pages: list[Page]) -> None:
    wrong = [fault for case, page in zip(CASES, pages, strict=True) for fault in faults(case, page.places)]
    assert not wrong, f"{len(wrong)} faults in {len(CASES)} cases:\n" + "\n".join(wrong)


def test_the_table_holds_enough_and_no_case_twice() -> None:
    assert len(CASES) >= 150
    assert sum(not case["places"] for case in CASES) >= 60
    assert not [text for text, n in Counter(case["text"] for case in CASES).items() if n > 1]


def test_every_place_is_cited_and_whole(pages: list[Page]) -> None:
    for page in pages:
        article, last = page.article, 0
        for place in page.places:
            assert article.text[place.span.start : place.span.end] == place.span.text
            assert place.span.start >= last
            last = place.span.end
            assert any(e.start <= place.span.start and place.span.end <= e.end for e in place.evidence)
            assert (place.lat is None) == (place.lon is None) == (place.precision is None)
            assert place.precision in {None, "point", "city", "admin1", "country", "region"}
            assert 0 < place.basis.score <= 1
        assert len({place.id for place in page.places}) == len(page.places)


def test_one_name_is_one_spot_in_a_report() -> None:
    text = "A tornado hit Paris, Texas. Schools in Paris stayed closed."
    assert {place.country for place in places_in(text) if place.span.text == "Paris"} == {"USA"}


def test_two_places_of_one_name_can_stand_in_one_report() -> None:
    text = "The envoy flew from Tripoli, Libya, to Tripoli, Lebanon."
    assert [place.country for place in places_in(text)] == ["LBY", "LBY", "LBN", "LBN"]


def test_a_dateline_is_a_place() -> None:
    text = "LAGOS"
    (page,) = PlacesStage().run(ParseStage().run([page_of(text, None, "dateline")]))
    assert [(place.name, place.country) for place in page.places] == [("Lagos", "NGA")]


def test_an_american_town_needs_its_state() -> None:
    (bare,) = [place for place in places_in("The factory in Ottumwa closed.") if place.span.text == "Ottumwa"]
    assert bare.lat is None
    told = places_in("The factory in Ottumwa, Iowa, closed.")
    assert told[0].admin1 == "Iowa" and told[0].lat is not None


@pytest.mark.parametrize("published", ["not a date", "", None, "2022-01-11T08:30:00+06:00"])
def test_odd_days_of_publication(published: str | None) -> None:
    assert [place.country for place in places_in("Police fired on a crowd in Almaty.", published)] == ["KAZ"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "...",
        "In ,",
        "(AP)",
        "Bank of England",
        "Mr Paris",
        "in Reading, UK",
        "ÅÄÖ ÿ",
        "a" * 5000,
        "Kyiv" * 400,
        "St. " * 50,
    ],
)
def test_any_text_is_read(text: str) -> None:
    for place in places_in("x " + text):
        assert place.span.text in text


def test_names_are_found_however_they_are_spelt() -> None:
    known = gazetteer()
    for one, other in (
        ("Diyarbakır", "Diyarbakir"),
        ("KHARTOUM", "Khartoum"),
        ("Cox’s Bazar", "Cox's Bazar"),
        ("Харьков", "Kharkiv"),
    ):
        first, second = known.find(one), known.find(other)
        assert first is not None and second is not None
        assert {s.spot.country for s in first.senses} & {s.spot.country for s in second.senses}
    assert known.find("Xyzzyville") is None


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="make data"):
        read_gazetteer(tmp_path)


def test_the_gazetteer_reads_its_lines() -> None:
    small = Gazetteer("7\tcity\tAtown\tABC\tRegion\t1.5\t-2\t9000\n\tpoint\tGate\t\t\t3\t4\t\n\nAtown\t?\t0 ~1\n")
    name = small.find("Atown")
    assert name is not None and name.wary and not name.never
    assert [(s.spot.geonameid, s.spot.precision, s.other) for s in name.senses] == [
        (7, "city", False),
        (None, "point", True),
    ]
