"""What the documentation says is true: its code runs, its pages are current, its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import attrs
import pytest
from click.testing import CliRunner

from iro_rules.cli import main
from iro_rules.facts.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def name(path: Path) -> str:
    """A page's name for the test report."""
    return path.relative_to(ROOT).as_posix()


def reference_tool() -> ModuleType:
    """tools/reference.py as a module."""
    spec = importlib.util.spec_from_file_location("reference_tool", ROOT / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", [p for p in PAGES if FENCE.search(p.read_text(encoding="utf-8"))], ids=name)
def test_every_python_block_of_a_page_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python on a page runs from top to bottom, each block after the one before it, and its assertions hold."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "documentation"}
    for block in FENCE.findall(page.read_text(encoding="utf-8")):
        exec(compile(block, str(page), "exec"), names)


def test_the_page_of_facts_says_which_fields_each_kind_needs() -> None:
    """A field is shown as needed just where its class has no value for it."""
    page = next(text for path, text in reference_tool().pages().items() if path.name == "facts.md")
    for kind, cls in KINDS.items():
        section = page.split(f"\n## {kind}\n")[1].split("\n#")[0]
        rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", section, re.MULTILINE)
        needed = {attribute.name for attribute in attrs.fields(cls) if attribute.default is attrs.NOTHING} - {"when"}
        assert {name for name, said in rows if said == "yes"} == needed, kind


def test_the_generated_reference_pages_say_what_the_code_says() -> None:
    """Facts and rules changed in code are changed in the reference."""
    for path, text in reference_tool().pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run python tools/reference.py"


def test_every_national_rule_is_on_one_page_and_its_open_questions_are_where_it_says() -> None:
    """The page of each instrument has its rules, no rule is on two, and every question linked to has its heading."""
    from iro_rules.assessment import setting
    from iro_rules.report.rules import shown_rules

    tool = reference_tool()
    texts = {name: (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8") for name in tool.INSTRUMENTS}
    told = [heading for text in texts.values() for heading in re.findall(r"^### (.+)$", text, re.MULTILINE)]
    assert sorted(told) == sorted(rule.id for rule in shown_rules(setting(unverified=True).rulebook))
    index = (DOCS / "reference" / "rules-national.md").read_text(encoding="utf-8")
    headings = {tool.anchor(heading) for heading in re.findall(r"^##+ (.+)$", index, re.MULTILINE)}
    linked = {target for text in texts.values() for target in re.findall(r"\(rules-national\.md#([^)]+)\)", text)}
    assert len(linked) > 1
    assert linked <= headings


def commands(page: Path) -> list[tuple[list[str], list[str]]]:
    """The `iro-rules` commands of a page that ask about an example, each with the lines it shows of the answer."""
    found: list[tuple[list[str], list[str]]] = []
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        shown: list[str] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                shown = []
                words = line.removeprefix("$ ").split()
                if words[0] == "iro-rules" and any(word.startswith("examples/") for word in words):
                    found.append((words[1:], shown))
            else:
                shown.append(line)
    return found


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=name)
def test_every_command_about_an_example_runs_and_says_what_the_page_shows(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is done, and the lines shown are lines of its answer, in their order."""
    monkeypatch.chdir(ROOT)
    for arguments, shown in commands(page):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        printed = iter(line.rstrip() for line in result.stdout.splitlines())
        for line in shown:
            assert line in printed, line


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_to_another_page_leads_to_it(page: Path) -> None:
    """A relative link names a file that is there."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("#"):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_every_hook_is_documented_with_its_exact_arguments() -> None:
    """The page of hooks has a heading for each hook, with its arguments by name."""
    import inspect

    from iro_rules.protocols import hookspecs

    page = (DOCS / "reference" / "hooks.md").read_text(encoding="utf-8")
    hooks = {n: f for n, f in vars(hookspecs).items() if n.startswith("iro_") and inspect.isfunction(f)}
    assert len(hooks) == 5
    for hook, function in hooks.items():
        heading = next(line for line in page.splitlines() if line.startswith(f"## `{hook}("))
        assert re.findall(r"(\w+): ", heading) == list(inspect.signature(function).parameters)


def test_every_standing_and_every_kind_of_rule_is_told_in_the_documentation() -> None:
    """A reader meets no word in a finding that the documents do not use."""
    from iro_rules.rulebook import Standing

    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for standing in Standing:
        assert standing.value.replace("_", " ") in text, standing
