"""No plain `str` reaches a widget that parses markup: data could restyle the screen, crash it or run an action."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "zjtui" / "ui"
PARSING = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Option", "Tab", "TabPane", "Collapsible", "Hit"}
TITLES = {"border_title", "border_subtitle", "tooltip"}


@cache
def content_functions() -> set[str]:
    """Return the functions of the package that are declared to return Content."""
    names = {"Content", "content", "lines", "styled", "prompt"}
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.returns and "Content" in ast.unparse(node.returns):
                names.add(node.name)
    return names


def is_safe(node: ast.expr, safe: set[str]) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Starred):
        return is_safe(node.value, safe)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return is_safe(node.elt, safe)
    if isinstance(node, ast.IfExp):
        return is_safe(node.body, safe) and is_safe(node.orelse, safe)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in safe or (name == "join" and "Content" in ast.unparse(node.func)) or name in PARSING
    return False


def violations(source: str, safe: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        titled = isinstance(node, ast.Assign) and {getattr(target, "attr", "") for target in node.targets} & TITLES
        if titled and not is_safe(node.value, safe):
            yield f"{node.lineno}: {ast.unparse(node)}"
        if (
            isinstance(node, ast.FunctionDef)
            and node.name == "render"
            and ast.unparse(node.returns or ast.Constant("")) == "str"
        ):
            yield f"{node.lineno}: render() returns str"
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        shows = name in PARSING or (name == "update" and "Static" in ast.unparse(node.func))
        first = node.args[1 if name == "Hit" else 0 :][:1]
        if shows and first and not is_safe(first[0], safe):
            yield f"{node.lineno}: {ast.unparse(node)[:90]}"
        if name == "notify" and not any(k.arg == "markup" and ast.unparse(k.value) == "False" for k in node.keywords):
            yield f"{node.lineno}: notify without markup=False"


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_no_data_reaches_a_markup_parser(path: Path) -> None:
    assert list(violations(path.read_text("utf-8"), content_functions())) == []


@pytest.mark.parametrize(
    "planted",
    [
        "Static(name)",
        "Static(f'{name}')",
        "self.query_one('#x', Static).update(record.title)",
        "self.notify(str(error))",
        "self.notify(text, markup=True)",
        "Option(choice.label)",
        "widget.border_title = project.name",
        "widget.tooltip = str(x)",
        "Static(str(x) if y else content(x))",
        "def render(self) -> str: return self.name",
    ],
)
def test_the_lint_sees_a_planted_violation(planted: str) -> None:
    assert list(violations(planted, content_functions()))
