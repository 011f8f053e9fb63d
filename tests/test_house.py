"""The plan of the house: who may import whom, how long functions and modules may be, what stands where."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "vaka"
FLOORS = [
    {"errors"},
    {"syntax", "frames"},
    {"types"},
    {"story", "windows"},
    {"knowledge"},
    {"reading", "language", "coding", "record"},
    {"engine", "reports"},
    {"api"},
    {"scale"},
    {"desk"},
    {"cli"},
]
"""From the ground up; a room imports from lower floors only. `vaka/__init__.py` is the face and may name all."""
MODULES = sorted(SOURCE.rglob("*.py"))


def floor_of(room: str) -> int:
    for number, rooms in enumerate(FLOORS):
        if room in rooms:
            return number
    raise AssertionError(f"the room {room!r} stands on no floor; add it to FLOORS")


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Rooms of vaka that the module imports anywhere, also inside functions and under TYPE_CHECKING."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "vaka" else [f"vaka.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("vaka.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_from_lower_floors_only(path: Path) -> None:
    if path == SOURCE / "__init__.py":
        return
    room = room_of(path)
    wrong = {other for other in imports_of(path) if other != room and floor_of(other) >= floor_of(room)}
    assert not wrong, f"{room} may not import {sorted(wrong)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_and_functions_stay_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500, "a module over 500 lines holds two things"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", [p for p in MODULES if p.stat().st_size], ids=lambda p: str(p.relative_to(SOURCE)))
def test_each_module_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def _outside(room: str, words: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(SOURCE)}: {word}"
        for path in MODULES
        if str(path.relative_to(SOURCE)) not in allowed and room_of(path) != room
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]


def test_only_the_seam_imports_the_nlp_library() -> None:
    assert not _outside("", ("import spacy", "import thinc", "from spacy"), ("language/parse.py",))


def test_sql_stands_only_in_the_record() -> None:
    assert not _outside("record", ("sqlite3", "SELECT ", "INSERT INTO"), ())


def test_prints_and_exits_stand_only_in_the_command_line() -> None:
    for path in MODULES:
        if room_of(path) in {"cli"} or path.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in {"print", "sys.exit", "exit", "quit"}, f"{path}:{node.lineno} calls {name}"
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{path}:{node.lineno} has a bare except"


def test_the_floors_hold_a_plan_that_can_fail(tmp_path: Path) -> None:
    """The reader of imports sees what hides in functions and under TYPE_CHECKING."""
    module = tmp_path / "hidden.py"
    module.write_text("def f():\n    from vaka.cli import main\n    return main\n", encoding="utf-8")
    assert imports_of(module) == {"cli"}
    with pytest.raises(AssertionError, match="no floor"):
        floor_of("attic")
