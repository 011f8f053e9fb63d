"""Whole reports against their golden pages; where a change is meant, `make golden` rewrites them."""

from __future__ import annotations

import json

import golden
import pytest

Pages = dict[str, golden.Row]


@pytest.fixture(scope="module")
def pages() -> Pages:
    return golden.golden_pages()


@pytest.mark.parametrize("name", [name.rsplit(".", 1)[0] for name in golden.CHOSEN])
@pytest.mark.parametrize("layer", ["events", "quotes", "pledges", "causes", "issues"])
def test_a_report_gives_its_golden_page(pages: Pages, name: str, layer: str) -> None:
    written = json.loads((golden.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert pages[name][layer] == written[layer]


def test_there_is_no_other_golden_page() -> None:
    assert {path.stem for path in golden.FOLDER.glob("*.json")} == {name.rsplit(".", 1)[0] for name in golden.CHOSEN}
