"""The codebook says what the compiled ontology holds."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from vaka.types import EVENT_TYPES, EXTENSION_TYPES, STATUSES

DOCS = Path(__file__).parent.parent / "docs"


def script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "make_codebook.py"))


def test_the_codebook_is_up_to_date() -> None:
    stored = (DOCS / "reference" / "codebook.md").read_text(encoding="utf-8")
    assert stored == script()["codebook"](), "run `python docs/make_codebook.py` and commit what it changes"


def test_the_codebook_names_every_type_mode_and_status() -> None:
    text = (DOCS / "reference" / "codebook.md").read_text(encoding="utf-8")
    for name in EVENT_TYPES + EXTENSION_TYPES:
        assert f"\n### {name}\n" in text
    for status in STATUSES:
        assert f"| `{status}` |" in text
    assert set(script()["MEANINGS"]) == set(STATUSES)
