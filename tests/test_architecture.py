"""The direction of dependencies that the design draws, read from the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kb", "assistant", "ingestion", "evals", "api")
MAY_IMPORT = {
    "kb": {"kb"},
    "assistant": {"assistant", "kb"},
    "ingestion": {"ingestion", "kb"},
    "evals": {"evals", "assistant", "ingestion", "kb"},
    "api": {"api", "assistant", "ingestion", "kb"},
}
SOURCES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if path.name != "__main__.py"  # made to be run
)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    allowed = MAY_IMPORT[package]
    if path.is_relative_to(ROOT / "api" / "cli"):
        allowed = allowed | {"evals"}
    found = {name.split(".")[0] for name in imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert found & set(PACKAGES) <= allowed


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_does_no_work_when_it_is_imported(path: Path) -> None:
    """Nothing is opened, read or connected at import: only names are bound."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant), f"line {node.lineno} runs at import"
        calls = (c for c in ast.walk(node) if isinstance(c, ast.Call))
        if isinstance(node, ast.Assign | ast.AnnAssign):
            names = {c.func.attr for c in calls if isinstance(c.func, ast.Attribute)}
            opened = names & {"open", "read_text", "read_bytes", "connect", "joinpath"}
            assert not opened, f"line {node.lineno} reads at import"


def test_only_the_chat_model_room_and_the_retriever_know_langchain() -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not path.is_relative_to(ROOT / "evals" / "peers")  # what others would use
        and any(
            name.split(".")[0].startswith("langchain")
            for name in imports(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    assert users <= {"kb/chat_model.py", "kb/retriever.py"}
