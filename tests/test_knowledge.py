"""Knowledge files are read strictly, and every example in the lexicon holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from vaka.engine import STAGES, Engine
from vaka.errors import KnowledgeError
from vaka.knowledge.compile_actors import compile_actors
from vaka.knowledge.files import read_yaml, rows_of, without_lines
from vaka.knowledge.ontology import compile_ontology
from vaka.types import Article, Event, Page, Zone

DATA = Path(__file__).parent.parent / "data"


def test_scalars_stay_strings_and_lines_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("states:\n  - code: NO\n    from: 2022-01\n    on: yes\n", encoding="utf-8")
    row = rows_of(path, "states")[0]
    assert without_lines(row) == {"code": "NO", "from": "2022-01", "on": "yes"}
    assert row["__line__"] == 2


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a: 1\na: 2\n", "stands twice", 2),
        ("a: [1\nb: 2\n", "expected", 2),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, text: str, words: str, line: int) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_yaml(path)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert "bad.yml" in str(caught.value)


def test_a_tag_builds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tag.yml"
    path.write_text("a: !!python/object/apply:os.system [ls]\n", encoding="utf-8")
    assert without_lines(read_yaml(path)) == {"a": ["ls"]}


def test_a_file_below_its_declared_minimum_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "few.yml"
    path.write_text("at_least: 3\nrows:\n  - {a: b}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="at least 3"):
        rows_of(path, "rows")


def test_impossible_dates_and_unknown_sectors_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    for row, words in (
        ("{key: A, name: A, country: KAZ, from: 2022-05, until: 2020}", "before it begins"),
        ("{key: A, name: A, country: KAZ, sector: ARMY}", "not one of PLOVER"),
        ("{key: A, name: A, country: Kazakhstan}", "no code of three letters"),
        ("{key: A, name: A, since: 2020}", "unknown key"),
        ("{key: A, name: A, from: May 2020}", "is no date"),
    ):
        (folder / "groups-x.yml").write_text(f"groups:\n  - {row}\n", encoding="utf-8")
        with pytest.raises(KnowledgeError, match=words):
            compile_actors(tmp_path)


class NoSignals:
    """Stands in for the network, so that the lexicon's examples test the lexicon."""

    name = "signals"
    needs = frozenset({"sentences"})
    gives = frozenset({"signals"})

    def run(self, pages: Sequence[Page]) -> list[Page]:
        return list(pages)


LEXICON_ALONE = Engine([NoSignals() if stage.name == "signals" else stage for stage in STAGES])


def examples() -> Iterator[tuple[str, str, dict[str, Any], bool]]:
    """Pattern id, type, example and whether it is one that must fire."""
    for path in sorted((DATA / "ontology").glob("*.yml")):
        raw = without_lines(read_yaml(path))
        for pattern in raw["patterns"]:
            for example in pattern["examples"]:
                yield pattern["id"], raw["type"], example, True
            for text in pattern.get("not", ()):
                yield pattern["id"], raw["type"], {"text": text}, False


def test_every_example_of_the_lexicon_holds() -> None:
    """An example gives an event of its type with the parties it names; a counter-example none that its pattern made."""
    rows = list(examples())
    assert len(rows) > 1500
    articles = [
        Article(f"e{n}", row[2]["text"], published=row[2].get("published", "2015-06-10"), language="en",
                zones=(Zone("body", 0, len(row[2]["text"])),))
        for n, row in enumerate(rows)
    ]  # fmt: skip
    wrong = []
    for (pattern, kind, example, fires), page in zip(rows, LEXICON_ALONE.code(articles), strict=True):
        if fires and not any(_as_told(event, kind, example) for event in page.events):
            wrong.append(f"{pattern}: {example['text']} gave {[(e.type, e.basis.rule) for e in page.events]}")
        if not fires and any(e.basis.rule == pattern and e.status in {"occurred", "ongoing"} for e in page.events):
            wrong.append(f"{pattern} fired on: {example['text']}")
    assert not wrong, f"{len(wrong)} examples do not hold:\n" + "\n".join(wrong[:60])


def _as_told(event: Event, kind: str, example: dict[str, Any]) -> bool:
    if event.type != example.get("type", kind):
        return False
    if example.get("mode") and event.mode != example["mode"]:
        return False
    if example.get("status") and event.status != example["status"]:
        return False
    for words, side in ((example.get("actors", ()), event.actors), (example.get("recipients", ()), event.recipients)):
        said = " | ".join(f"{actor.span.text} {actor.name}" for actor in side).lower()
        if any(not any(part in said for part in phrase.lower().split()) for phrase in words):
            return False
    return True


def test_the_ontology_has_the_types_and_modes_of_the_codebook() -> None:
    types, patterns = compile_ontology(DATA)
    assert len(types) == 19
    assert (
        sum(len(row.get("modes", {})) for row in types if row["type"] not in {"CONDITION", "OFFICE", "DISASTER"}) == 67
    )
    assert {row["type"] for row in patterns} == {row["type"] for row in types}
