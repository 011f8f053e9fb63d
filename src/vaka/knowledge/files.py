"""Reads knowledge files strictly: every scalar a string, no duplicate keys, each fault with its file and line.

YAML is read only when knowledge is compiled or a user's overlay is loaded; at run time the compiled JSON Lines under
`built/` are read instead.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import yaml

from vaka.errors import KnowledgeError

BUILT = Path(__file__).parent / "built"
OVERLAY = "VAKA_KNOWLEDGE"
"""The environment variable that names a user's own knowledge folder; worker processes inherit it."""
EMPTY = frozenset({"", "~", "null"})


class _Loader(yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader):  # type: ignore[misc]
    """Strings only (`NO` is Norway), mappings remember their line under `LINE`."""


LINE = "__line__"


def _mapping(loader: Any, node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {LINE: node.start_mark.line + 1}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is no plain word", key_node.start_mark
            )
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> Any:
    """The file's content with strings for all scalars and `LINE` in each mapping.

    Raises KnowledgeError with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), None, f"cannot be read as UTF-8 text: {error}") from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> Any:
    """The same of a text; `path` only names it in errors.

    Raises KnowledgeError with file and line.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # a BaseLoader: builds strings, lists and dicts, nothing else
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        raise KnowledgeError(str(path), line, error.problem or "is not well-formed YAML") from error


def rows_of(path: Path, key: str) -> list[dict[str, Any]]:
    """The list of mappings under `key`.

    Raises KnowledgeError when the file has another shape, or fewer rows than its `at_least`.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise KnowledgeError(str(path), None, f"must hold a list under {key!r}")
    rows: list[dict[str, Any]] = content[key]
    for row in rows:
        if not isinstance(row, dict):
            raise KnowledgeError(str(path), content[LINE], f"under {key!r} stands {row!r}; each row is a mapping")
    least = content.get("at_least")
    if least and len(rows) < int(least):
        raise KnowledgeError(str(path), content[LINE], f"holds {len(rows)} rows, and declares at least {least}")
    return rows


def without_lines(value: Any) -> Any:
    """The same data without the line marks and without empty values."""
    if isinstance(value, dict):
        rows = {k: without_lines(v) for k, v in value.items() if k != LINE}
        return {k: v for k, v in rows.items() if not (isinstance(v, str) and v in EMPTY) and v not in ([], {})}
    if isinstance(value, list):
        return [without_lines(item) for item in value]
    return value.strip() if isinstance(value, str) else value


def check_keys(path: Path, row: dict[str, Any], known: Iterable[str], needed: Iterable[str] = ()) -> None:
    """Refuses unknown and missing keys of a row.

    Raises KnowledgeError with the row's line.
    """
    line = row.get(LINE)
    if unknown := sorted(set(row) - set(known) - {LINE}):
        raise KnowledgeError(str(path), line, f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
    if missing := sorted(set(needed) - set(row)):
        raise KnowledgeError(str(path), line, f"the key {missing[0]!r} is missing")


def write_built(name: str, rows: Iterable[dict[str, Any]], folder: Path = BUILT) -> Path:
    """Writes rows as JSON Lines with sorted keys, in the order given."""
    path = folder / f"{name}.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) + b"\n")
    return path


def overlay_folder() -> Path | None:
    """The user's own knowledge folder, or None."""
    named = os.environ.get(OVERLAY)
    return Path(named) if named else None


def knowledge_rows(name: str) -> Iterator[dict[str, Any]]:
    """The built-in rows of that name with those of the user's overlay, which win, after them.

    Raises KnowledgeError on a fault in the overlay, with its file and line.
    """
    folder = overlay_folder()
    if folder is None:
        yield from read_built(name)
        return
    from vaka.knowledge.overlay import merged  # the compilers are needed only where there is an overlay

    yield from merged(name, read_built(name), folder)


def read_built(name: str, folder: Path = BUILT) -> Iterator[dict[str, Any]]:
    """The rows of a compiled file.

    Raises KnowledgeError when it is missing: `make data` compiles it.
    """
    path = folder / f"{name}.jsonl"
    if not path.exists():
        raise KnowledgeError(str(path), None, "is missing; `make data` compiles it from data/")
    for line in path.read_bytes().splitlines():
        yield orjson.loads(line)


def knowledge_hash(folder: Path = BUILT) -> str:
    """sha256 over all compiled files, in the order of their names, and over a user's overlay: the `knowledge` of a
    page's engine."""
    digest = hashlib.sha256()
    paths = sorted([*folder.glob("*.jsonl"), *folder.glob("*.gz")])
    if (own := overlay_folder()) is not None:
        paths += sorted([*own.glob("*/*.yml"), *own.glob("places/*.tsv")])
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
