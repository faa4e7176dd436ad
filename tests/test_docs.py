"""The documentation against the code: commands, options, spider arguments, settings, SQL, columns, links."""

from __future__ import annotations

import importlib
import itertools
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import sqlite_utils.cli
from scrapy.settings import Settings, default_settings
from scrapy.spiderloader import SpiderLoader

from govcrawl.cli import main
from govcrawl.crawl.plan import ARGUMENTS
from govcrawl.export.rules import FINDINGS, RULES
from govcrawl.model import EntryState, Outcome, Status
from govcrawl.registry import load
from govcrawl.store import Store
from tests.portals.world import default_world

ROOT = Path(__file__).resolve().parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = (*READMES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
DATABASE = ROOT / "docs" / "database.md"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_CLICK: dict[str, click.Command] = {"govcrawl": main, "sqlite-utils": sqlite_utils.cli.cli}


def blocks(page: Path, *languages: str) -> list[str]:
    return [
        body for language, body in _FENCE.findall(page.read_text(encoding="utf-8")) if language in languages
    ]


def commands(page: Path) -> list[list[str]]:
    found = []
    for body in blocks(page, "bash", "console", "sh"):
        for line in body.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words:
                found.append(words)
    return found


def every_command(program: str) -> list[Any]:
    return [
        pytest.param(words, id=f"{page.name}: {shlex.join(words)}")
        for page in PAGES
        for words in commands(page)
        if words[0] == program
    ]


def statements(body: str) -> Iterator[str]:
    yield from (part for part in body.split(";") if part.strip())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("docs") / "govcrawl.db") as opened:
        yield opened


@pytest.mark.parametrize("words", every_command("govcrawl") + every_command("sqlite-utils"))
def test_a_click_command_exists_with_its_options(words: list[str]) -> None:
    command: click.Command | None = _CLICK[words[0]]
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        command = command.get_command(click.Context(command), rest.pop(0))
        assert command is not None, f"no such command: {shlex.join(words)}"
    assert command is not None
    options = {name: item for item in command.params for name in (*item.opts, *item.secondary_opts)}
    positional = []
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            positional.append(word)
            continue
        name, equals, value = word.partition("=")
        assert name in options, f"{shlex.join(words)}: no option {name}"
        option = options[name]
        assert isinstance(option, click.Option)
        if not option.is_flag:
            value = value if equals else rest.pop(0)
            if isinstance(option.type, click.Choice):
                assert value in option.type.choices
    arguments = [item for item in command.params if isinstance(item, click.Argument)]
    assert len(positional) >= sum(item.required for item in arguments)
    assert not positional or arguments, f"{shlex.join(words)}: takes no arguments"


@pytest.mark.parametrize("words", every_command("scrapy"))
def test_a_crawl_names_a_spider_arguments_and_settings_that_exist(words: list[str]) -> None:
    project = importlib.import_module("govcrawl.settings")
    settings = Settings()
    settings.setmodule(project)
    assert words[1] == "crawl"
    assert words[2] in SpiderLoader.from_settings(settings).list()
    for option, value in zip(words[3::2], words[4::2], strict=True):
        name = value.partition("=")[0]
        if option == "-a":
            assert name in ARGUMENTS
        else:
            assert option == "-s"
            assert hasattr(project, name) or hasattr(default_settings, name)


@pytest.mark.parametrize("words", every_command("make"))
def test_a_make_target_exists(words: list[str]) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(words[1:]) <= set(targets)


def test_both_readmes_say_the_same_commands() -> None:
    english, chinese = (commands(page) for page in READMES)
    assert english == chinese
    assert len(english) > 10


def test_the_commands_are_put_on_the_path_right_after_the_demo() -> None:
    for page in READMES:
        first = commands(page)[:3]
        assert first[:2] == [["make", "demo"], [".", ".venv/bin/activate"]]
        assert first[2][:3] == ["scrapy", "crawl", "annual_reports"]


def test_both_readmes_have_the_same_parts() -> None:
    shapes = [
        [
            re.match(r"#+", line).group()
            for line in page.read_text(encoding="utf-8").splitlines()
            if line.startswith("#")
        ]  # type: ignore[union-attr]
        for page in READMES
    ]
    assert shapes[0] == shapes[1]
    links = [
        sorted(set(_LINK.findall(page.read_text(encoding="utf-8"))) - {p.name for p in READMES})
        for page in READMES
    ]
    assert links[0] == links[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_sql_runs_on_an_empty_database(page: Path, store: Store) -> None:
    for body in blocks(page, "sql"):
        for statement in statements(body):
            store.db.execute(statement).fetchall()
    for words in commands(page):
        if words[:2] == ["sqlite-utils", "query"]:
            store.db.execute(words[3]).fetchall()


def _section(name: str) -> str:
    return DATABASE.read_text(encoding="utf-8").split(f"\n## {name}\n")[1].split("\n## ")[0]


def _rows(section: str) -> list[list[str]]:
    """The rows of a section's first table."""
    lines = itertools.dropwhile(lambda line: not line.startswith("| `"), _section(section).splitlines())
    return [
        re.split(r"(?<!\\) \| ", line.strip("| "))
        for line in itertools.takewhile(lambda line: line.startswith("| `"), lines)
    ]


@pytest.mark.parametrize("table", ["reports", "facts", "checks", "entries"])
def test_the_columns_of_a_table_are_all_told(table: str, store: Store) -> None:
    told = {name for row in _rows(table) for name in re.findall(r"`(\w+)`", row[0])}
    assert told == {column.name for column in store.db[table].columns}


@pytest.mark.parametrize("section", ["Parts of a report", "runs, portal_runs, portals, records"])
def test_the_columns_of_small_tables_are_all_told(section: str, store: Store) -> None:
    rows = _rows(section)
    assert len(rows) > 3
    for row in rows:
        table, told = row[0].strip("`"), re.findall(r"`([^`]*)`", row[1])[0]
        assert told.split(", ") == [column.name for column in store.db[table].columns], table


def test_every_table_of_the_database_is_in_its_page(store: Store) -> None:
    text = DATABASE.read_text(encoding="utf-8")
    assert [
        name for name in (*store.db.table_names(), *store.db.view_names()) if f"`{name}`" not in text
    ] == []


def test_states_and_outcomes_are_all_told() -> None:
    text = DATABASE.read_text(encoding="utf-8")
    assert [word.value for word in (*EntryState, *Outcome, *Status) if f"`{word.value}`" not in text] == []


def test_every_rule_is_told_with_what_it_compares() -> None:
    text = DATABASE.read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z]\d)` \|", text, re.MULTILINE) == [rule for rule, *_ in RULES]
    assert [meaning for *_, meaning in RULES if meaning not in text] == []


def test_every_kind_of_finding_is_told() -> None:
    """Kinds stand in the code as words in a call that notes a finding, or in a pair with a status."""
    told = set(re.findall(r"`([a-z_]+)(?::\w+)?`", _section("Parts of a report")))
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for room in ("reports", "store")
        for file in sorted((ROOT / "govcrawl" / room).rglob("*.py"))
    )
    kinds = set(re.findall(r"""(?:\.note|Finding)\(\s*f?"([a-z_]+)""", code))
    kinds |= set(re.findall(r'Status\.\w+, "([a-z_]+_cells)"', code))
    assert len(kinds) > 12
    assert kinds - told == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_is_python(page: Path) -> None:
    for body in blocks(page, "python"):
        compile(body, page.name, "exec")


def test_the_registry_example_is_a_good_registry_file(tmp_path: Path) -> None:
    example = next(
        body for body in blocks(ROOT / "docs" / "portals.md", "") if body.startswith("code,name,url")
    )
    file = tmp_path / "own.csv"
    file.write_text(example, encoding="utf-8")
    registry = load(file)
    assert registry.find("450703").start == "http://www.qinbei.gov.cn/zfxxgk/"
    assert registry.find("kfq").hosts == ("zwgk.example-kfq.gov.cn",)


def test_addresses_of_imitation_portals_are_there() -> None:
    world = {portal.host: portal for portal in default_world()}
    found = set()
    for page in PAGES:
        for url in re.findall(r"http://[\w.]+/[^\s`|\")<]*", page.read_text(encoding="utf-8")):
            parts = urlsplit(url)
            if parts.hostname in world:
                found.add(url)
                assert world[parts.hostname].answer("GET", parts.path, parts.query).status == 200, (
                    page.name,
                    url,
                )
    assert len(found) >= 3


def test_the_registry_counts_in_the_docs_are_those_of_the_data() -> None:
    assert f"{len(load()):,}" in READMES[0].read_text(encoding="utf-8")
    assert f"{len(load()):,}" in READMES[1].read_text(encoding="utf-8")


def test_every_kind_of_finding_is_explained_and_can_be_asked_for() -> None:
    table = DATABASE.read_text(encoding="utf-8").partition("| kind of finding | the document |")[2]
    named = [line.split("|")[1] for line in table.partition("\n\n")[0].splitlines()[2:]]
    kinds = re.findall(r"`(\w+)`", " ".join(named))
    assert sorted(FINDINGS) == sorted(kinds)
