"""The import law: packages form an order, so do the files inside each, and some libraries have one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the ground up: a part imports only what stands before it. `version` has no imports.
ORDER = (
    "version",
    "errors",
    "language",
    "derivation",
    "problems",
    "document",
    "platforms",
    "project",
    "build",
    "cli",
)
# Libraries and the only parts that may import them.
HOMES: Mapping[str, frozenset[str]] = {
    "sympy": frozenset({"language", "derivation"}),
    "segno": frozenset({"document"}),
    "numpy": frozenset({"language", "derivation", "problems"}),
    "pylatex": frozenset({"document"}),
    "jinja2": frozenset({"document"}),
    "subprocess": frozenset({"build"}),
    "multiprocessing": frozenset({"build"}),
    "concurrent": frozenset({"build"}),
    "distributed": frozenset({"build"}),
    "rich": frozenset({"cli"}),
    "argparse": frozenset({"cli"}),
}
# The public face and the ways in stand above everything.
TOP = frozenset({"__init__", "__main__", "start"})
FACE = ROOT / "gen" / "__init__.py"
FILES = sorted((ROOT / "gen").rglob("*.py"))


def module_name(file: Path) -> str:
    """`gen.language.node` for gen/language/node.py; a package by its own name."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = frozenset(module_name(file) for file in FILES)


def imported(file: Path) -> Iterator[str]:
    """The full names of the modules that `file` imports, of whatever kind of import."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)
        elif isinstance(node, ast.Constant) and node.value in MODULES and "." in str(node.value):
            # Modules are loaded by name too: from a record, or where SymPy is wanted only sometimes.
            yield str(node.value)


def part(module: str) -> str:
    """The part of the house a module of ours belongs to."""
    return module.split(".")[1] if "." in module else "__init__"


def test_there_is_something_to_hold_against_the_law() -> None:
    assert len(FILES) > 40


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_imports_go_down(file: Path) -> None:
    own = part(module_name(file))
    if own in TOP:
        return
    assert own in ORDER, f"{own} has no place in the order"
    for module in imported(file):
        if module.split(".")[0] == "gen":
            assert part(module) in ORDER[: ORDER.index(own) + 1], f"{file} imports {module}"


def test_files_of_a_package_form_an_order() -> None:
    ours = {module_name(file): file for file in FILES}
    graph = {
        name: {module for module in imported(file) if module in ours and module != name}
        for name, file in ours.items()
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail("a circle of imports: " + " -> ".join(error.args[1]))


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_libraries_stay_at_home(file: Path) -> None:
    own = part(module_name(file))
    for module in imported(file):
        homes = HOMES.get(module.split(".")[0])
        assert homes is None or own in homes, f"{file} imports {module}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_imports_stand_at_the_top(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    blocks = [block for block in tree.body if _asks_for_the_system(block) or _is_of_the_face(file, block)]
    top |= {id(node) for block in blocks for node in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert id(node) in top, f"{file}:{node.lineno}: import inside a block"
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    if file != FACE:
        assert "TYPE_CHECKING" not in names, f"{file}: a block for type checkers"


def _is_of_the_face(file: Path, block: ast.stmt) -> bool:
    """What the public face says to type checkers only, since it loads things when they are asked for."""
    return file == FACE and isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"


def _asks_for_the_system(block: ast.stmt) -> bool:
    """`if sys.platform != "win32":`, since some modules exist on some systems only."""
    return isinstance(block, ast.If) and "sys.platform" in ast.unparse(block.test)


PRINTERS_AND_PARSER = {"parser", "text", "latex", "terminal", "writer", "node_writer"}


@pytest.mark.parametrize("rules", sorted((ROOT / "gen" / "derivation").glob("*rules*.py")), ids=module_name)
def test_rules_import_no_printer_parser_or_document(rules: Path) -> None:
    for module in imported(rules):
        last = module.split(".")[-1]
        assert last not in PRINTERS_AND_PARSER, f"{rules} imports {module}"
        assert "document" not in module


def test_the_checker_imports_no_rules() -> None:
    for module in imported(ROOT / "gen" / "derivation" / "check.py"):
        assert "rules" not in module
