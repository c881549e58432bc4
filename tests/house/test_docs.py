"""The pages say what the code does, as far as a test can tell."""

import json
import re
from pathlib import Path

import click
import pytest

from app.config import ROOT, Settings
from app.core import jobs
from app.core.document import PARAMETER
from app.core.errors import Problem
from app.core.http import BY_STATUS
from app.factory import create_app
from demo.commands import cli as demo
from tools import docs

PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "demo/*.md", "miniprogram/*.md", "bench/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"|\bhref=\"([^\"]+)\"")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def first_cells(text, start="`"):
    """Return the first cells, without their back-ticks, of all table lines that begin with one."""
    return re.findall(rf"^\| {start}([^`]+)` \|", text, re.MULTILINE)


def code_in(page):
    return "\n".join(CODE.findall(page.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def linli(tmp_path_factory):
    """Return an application; what it is made of is all that is asked of it."""
    folder = str(tmp_path_factory.mktemp("docs"))
    app = create_app(Settings.from_environment({"LINLI_ENV": "test", "LINLI_INSTANCE": folder}))
    app.cli.add_command(demo)  # as wsgi.py does
    return app


def as_written(path):
    """Return a rule's path as the page has it: `{id}` for `<id:id>`."""
    return PARAMETER.sub(r"{\1}", path)


def test_every_route_is_told_and_no_other(linli):
    rules = {
        f"{method} {as_written(rule.rule)}"
        for rule in linli.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    pages = {rule for rule in rules if " /console" in rule}
    told = [cell for cell in first_cells(read("docs/api.md")) if " /" in cell]
    assert sorted(told) == sorted(rules - pages)
    told = [cell for cell in first_cells(read("docs/console.md")) if " /" in cell]
    assert sorted(told) == sorted(pages)


def problem_codes(kind=Problem):
    yield kind.code
    for below in kind.__subclasses__():
        if below.__module__.startswith("app."):
            yield from problem_codes(below)


def test_every_problem_is_told(linli):
    table = read("docs/api.md").partition("## Sending twice")[0]
    told = set(re.findall(r"`([a-z_]+)`", table[table.index("| status |") :]))
    assert told - {"unknown_field"} == {*problem_codes(), *BY_STATUS.values()}


def test_every_setting_is_told_and_no_other():
    config = re.findall(
        r"env(?:\.get\(|\[|, )\"([A-Z_]+)\"", read("app/config.py") + read("tools/serve.py")
    )
    serve = re.findall(r"^\s+\"([A-Z_]+)\":", read("tools/serve.py"), re.MULTILINE)
    processes = re.findall(r"\$\{([A-Z_]+)", read("Procfile"))
    known = {*config, *serve, *processes} - {"PATH", "PYTHONUNBUFFERED", "FLASK_DEBUG"}
    assert set(first_cells(read("README.md"), start="`(?=[A-Z])")) == known


def test_every_job_is_told_with_its_time_and_no_other(linli):
    text = read("docs/operations.md")
    lines = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| ([^|]+) \|", text, re.MULTILINE))
    assert set(lines) == {job.name for job in jobs.declared()}
    for job in jobs.declared():
        assert lines[job.name].startswith(wall_time(job.cron)), job.name


def wall_time(cron):
    minute, hour = cron.split()[:2]
    if hour == "*":
        return f"every {minute.removeprefix('*/')} minutes" if "/" in minute else "every minute"
    return f"{int(hour):02}:{int(minute):02}"


def test_the_table_of_moves_is_that_of_the_rules():
    page = read("docs/hazards.md")
    assert docs.with_table(page) == page, "run `python -m tools.docs`"


def slugs(text):
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pages
def test_every_link_of_our_own_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for found in LINK.findall(CODE.sub("", text)):
        target = "".join(found)
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        assert there.exists(), target
        if anchor:
            assert anchor in slugs(there.read_text(encoding="utf-8")), target


@pages
def test_every_command_exists(page, linli):
    code = code_in(page)
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    scripts = json.loads(read("miniprogram/package.json"))["scripts"]
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) <= targets
    assert set(re.findall(r"\bnpm run (?:--\w+ )*([a-z0-9:-]+)", code)) <= set(scripts)
    for module in re.findall(r"\bpython3? -m ((?:tools|demo|bench)[a-z_.]*)", code):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    for words in re.findall(r"\bflask (?:--app wsgi )?([a-z]+ [a-z-]+)", code):
        assert is_command(linli, words.split()), words


def is_command(app, words):
    known = app.cli
    for word in words:
        found = known.get_command(click.Context(known), word)
        if found is None:
            return False
        known = found
    return True


def test_every_make_target_that_explains_itself_is_told():
    explained = re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE)
    readme = read("README.md")
    assert [target for target in explained if f"`make {target}`" not in readme] == []


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"^\d+\. \[.+\]\((.+)\)$", read("docs/adr/README.md"), re.MULTILINE)
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
    for number, name in enumerate(listed, 1):
        title = (folder / name).read_text(encoding="utf-8").partition("\n")[0]
        assert title.startswith(f"# {number}. ")
        assert name.startswith(f"{number:04}-")


def test_pages_name_no_place_of_the_machine_they_were_written_on():
    for page in PAGES:
        assert not re.search(r"/(?:work|root|home|tmp)/", page.read_text(encoding="utf-8")), page


def test_there_are_pages():
    assert {Path("README.md"), Path("CONTRIBUTING.md"), Path("docs/api.md")} <= {
        page.relative_to(ROOT) for page in PAGES
    }
