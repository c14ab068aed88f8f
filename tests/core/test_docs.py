"""The documents say what is: their code runs, their commands are understood, their links lead on.

The tables of docs/filter.md are run by tests/cli/test_messages.py, the examples of
docs/engines.md by tests/integrations/test_examples.py.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import zhclean
from tests.cli.command import shell
from tests.cli.command import zhclean as run_zhclean
from zhclean.config import load_config
from zhclean.rules import load_pack

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
READMES = ("README.md", "README.zh-CN.md")
FILTER_HELP = run_zhclean("--help").stdout.decode()


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)


def program(page: str) -> str:
    """The Python of a page as one program: an indented block goes on with the one before it."""
    found: list[str] = []
    for block in blocks(page, "python"):
        if block.startswith(" "):
            found[-1] += "\n" + block
        else:
            found.append(block)
    return "\n".join(found)


def shown_values(source: str) -> dict[int, str]:
    """Line -> the value that a comment behind it, or alone on the next line, says it has.

    A comment that is no Python value says something else.
    """
    lines = source.split("\n")
    found = {}
    for number, line in enumerate(lines, 1):
        behind = lines[number].strip() if number < len(lines) else ""
        comment = behind[1:] if behind.startswith("#") else line.partition("  # ")[2]
        try:
            value = ast.parse(comment.strip(), mode="eval").body
        except SyntaxError:
            continue
        if isinstance(value, ast.Constant | ast.Call | ast.List | ast.Tuple):
            found[number] = comment.strip()
    return found


@pytest.mark.parametrize(
    "page",
    [
        str(path.relative_to(ROOT))
        for path in PAGES
        if "```python" in path.read_text("utf-8") and path.name != "engines.md"
    ],
)
def test_python_runs_and_gives_what_it_says(page: str) -> None:
    source = program(page)
    values = shown_values(source)
    seen = set()
    names: dict[str, Any] = {
        "text": "今年投入2500万元。",
        "texts": ["今年投入2500万元。", "天气很好。"],
        "text_or_bytes": "林場(chǎng)職工走出辦公室,今年完成投資2500萬(wàn)元。20xx年".encode(
            "gb18030"
        ),
        "documents": ["今年投入2500万元。", "增长百分之八点五。".encode("gbk")],
        "data": "今年投入2500万元。".encode("gbk"),
    }
    for statement in ast.parse(source).body:
        code = ast.unparse(statement)
        if isinstance(statement, ast.Expr):
            value = eval(code, names)
            if statement.end_lineno in values:
                assert repr(value) == values[statement.end_lineno], code
                seen.add(statement.end_lineno)
        else:
            exec(code, names)
    assert seen == set(values)


@pytest.mark.parametrize("page", READMES)
def test_the_first_example_is_cleaned_as_shown(page: str) -> None:
    before, after = blocks(page, "text")
    assert zhclean.clean(before) == after


def without_comments(block: str) -> list[str]:
    lines = [re.sub(r"\s+#.*", "", line).rstrip() for line in block.split("\n")]
    return [line for line in lines if line]


def test_the_chinese_readme_is_in_step() -> None:
    """The same code and commands, and as many sections."""
    english, chinese = map(text_of, READMES)
    code = re.compile(r"^```(?s:.*?)^```$|(?:^ {4}.*\n)+", re.MULTILINE)
    assert [without_comments(one) for one in code.findall(chinese)] == [
        without_comments(one) for one in code.findall(english)
    ]
    headings = [re.findall(r"^(#+) ", page, re.MULTILINE) for page in (english, chinese)]
    assert headings[0] == headings[1]


def test_the_configuration_of_the_guide_is_read(tmp_path: Path) -> None:
    [block] = blocks("docs/filter.md", "toml")
    path = tmp_path / "pyproject.toml"
    path.write_text(block, "utf-8")
    assert load_config(path).keys() == tomllib.loads(block)["tool"]["zhclean"].keys()


def test_the_pack_of_the_guide_does_what_its_examples_say(tmp_path: Path) -> None:
    [block] = blocks("docs/packs.md", "toml")
    path = tmp_path / "mine.toml"
    path.write_text(block, "utf-8")
    pipeline = zhclean.pipeline("boilerplate", packs=[str(path)])
    [rule] = load_pack(block, "mine.toml").rules
    for example in rule.change:
        result = pipeline.analyze(example.before)
        assert result.text == example.after
        assert {code for edit in result.edits for code in edit.rules} == {rule.code}
    for text in rule.leave:
        assert pipeline.clean(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_calls_have_the_arguments_that_there_are(page: Path) -> None:
    """`zhclean.pipeline(to="zh-Hans")` in running text: the function takes `to`."""
    calls = re.findall(r"zhclean\.(\w+)\(([^()]*)\)", page.read_text("utf-8"))
    for name, arguments in calls:
        taken = inspect.signature(getattr(zhclean, name)).parameters
        assert set(re.findall(r"(\w+)=", arguments)) <= set(taken), f"{name}({arguments})"


def commands(page: str) -> list[str]:
    """The lines of a page that call `zhclean`, without their comments and what may be left out."""
    lines = re.findall(r"^ {4}(zhclean .*)", text_of(page), re.MULTILINE)
    return [re.sub(r"\s+#.*|\s+\[[^]]*\]", "", line) for line in lines]


@pytest.mark.parametrize(
    "command",
    dict.fromkeys(
        command
        for path in PAGES
        for command in commands(str(path.relative_to(ROOT)))
        if "--engine" not in command  # tests/integrations
    ),
)
def test_a_command_runs(command: str, tmp_path: Path) -> None:
    for name in ("page.txt", "report.txt", "FILE"):
        (tmp_path / name).write_text("今年投入2500万元。\n", "utf-8")
    (tmp_path / "IN").mkdir()
    (tmp_path / "IN" / "page.txt").write_text("今年投入2500万元。\n", "utf-8")
    (tmp_path / "mine.toml").write_text(blocks("docs/packs.md", "toml")[0], "utf-8")
    if "discover" in command:
        pytest.importorskip("datasketch", reason="needs the extra discover")
        site = tmp_path / "CORPUS" / "example.cn"
        site.mkdir(parents=True)
        for number in range(8):
            page = f"本站文档由会员{number}上传，请看清楚再下载。\n第{number}篇，天气很好。\n"
            (site / f"{number}.txt").write_text(page, "utf-8")
    if "status" in command:
        shell("zhclean corpus run IN -o OUT", tmp_path)
    run = shell(command.replace("IN...", "IN"), tmp_path)
    assert run.stderr == b""
    assert run.returncode == (1 if "--diff" in command else 0)


def test_every_option_is_in_the_guide() -> None:
    guide = text_of("docs/filter.md")
    for command in (), ("corpus", "run"):
        help_text = run_zhclean(*command, "--help").stdout.decode()
        listed = set(re.findall(r"^ +(?:-\w[ A-Z]*, )?(--[a-z-]+)", help_text, re.MULTILINE))
        assert len(listed) > 10
        guides = guide + (text_of("docs/corpus.md") if command else "")
        assert {option for option in listed if option not in guides} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_programs_and_their_options_are_there(page: Path) -> None:
    """`python -m benchmarks.gate --quick`: the module and the option exist."""
    text = re.sub(r"\\\n", " ", page.read_text("utf-8"))
    found = re.findall(r"python3? (?:-m )?((?:benchmarks|tests|tools)[./][\w./]+)([^`|\n]*)", text)
    for name, rest in found:
        path = ROOT / (name if name.endswith(".py") else name.replace(".", "/") + ".py")
        assert path.is_file(), name
        code = path.read_text("utf-8")
        if "parse_known_args" in code:  # what it does not know it hands on to `zhclean`
            code += "".join(f'"{option}"' for option in re.findall("--[a-z]+", FILTER_HELP))
        for option in re.findall(r"(?<= )--[a-z-]+", rest.split("#")[0]):
            assert f'"{option}"' in code, f"{name} {option}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_files_named_in_a_page_are_there(page: Path) -> None:
    """`search.py` stands somewhere in the sources, `tools/build_rates.py` where it says."""
    known = {path.name for path in ROOT.rglob("*") if ".venv" not in path.parts}
    for name in re.findall(r"`([\w./-]+\.(?:py|bin|tsv|txt|toml))`", page.read_text("utf-8")):
        if "/" in name and not name.startswith(("data/", "rules/")):
            homes = (ROOT, ROOT / "src", ROOT / "src" / "zhclean", ROOT / "docs")
            assert any((home / name).exists() for home in homes), name
        elif page.name in ("design.md", "annotated-gbk.md", "boilerplate.md", "redaction.md"):
            assert Path(name).name in known, name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_tests_named_in_a_page_are_there(page: Path) -> None:
    """`tests/promises/test_promises.py::test_cleaning_twice_changes_nothing`."""
    named = set(re.findall(r"::(test_\w+)", page.read_text("utf-8")))
    if named:
        tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
        assert named <= set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE))


def test_every_module_is_on_the_map() -> None:
    page = text_of("docs/design.md")
    table = page.split("## The map")[1].split("\n## ")[0]
    package = ROOT / "src" / "zhclean"
    names = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()} | {
        path.name for path in package.glob("*.py") if not path.name.startswith("__")
    }
    rows = [row.split("|")[1] for row in table.split("\n") if row.startswith("|")]
    on_map = set(re.findall(r"`([\w/.]+)`", "\n".join(rows)))
    assert (names - on_map, on_map - names) == (set(), set()), "see The map in docs/design.md"


def test_every_tool_that_builds_is_told() -> None:
    told = set(re.findall(r"tools/(build_\w+\.py)", text_of("CONTRIBUTING.md")))
    assert told == {path.name for path in (ROOT / "tools").glob("build_*.py")}


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub and mkdocs make it for ASCII."""
    plain = unicodedata.normalize("NFKC", re.sub(r"[`*]", "", heading)).strip().lower()
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", plain))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name) if name else page
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)", path.read_text("utf-8"), re.MULTILINE)
            assert anchor in {slug(heading) for heading in headings}, target


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    for module in "mkdocs", "material", "mkdocstrings":
        pytest.importorskip(module, reason="needs the extra docs")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    rules = (tmp_path / "rules" / "index.html").read_text("utf-8")
    assert 'id="E101"' in rules
    assert "{ #" not in rules
    assert "\\|" not in (tmp_path / "filter" / "index.html").read_text("utf-8")
