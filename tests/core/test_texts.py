"""Every word that can be asked for exists, in both languages, with the same gaps to fill."""

import ast
from collections.abc import Iterator
from string import Formatter

import pytest

from app.config import ROOT, Settings
from app.core import errors, forms, http, texts
from app.factory import create_app
from app.volunteers.rules import EARNED

FILLED_IN = {"needs_x": [f"needs_{skill}" for skill in EARNED]}
"""Codes of which a part is filled in, and all that they can become."""
CHINESE, ENGLISH = (texts.catalogue(language) for language in texts.LANGUAGES)


def gaps(sentence: str) -> set[str]:
    """Return what is filled in; what only chooses between one and several fills in nothing."""
    found = Formatter().parse(sentence)
    return {name for _, name, words, _ in found if name and "|" not in (words or "")}


def choices(sentence: str) -> set[str]:
    found = Formatter().parse(sentence)
    return {name for _, name, words, _ in found if name and "|" in (words or "")}


def problems(base: type[errors.Problem] = errors.Problem) -> Iterator[type[errors.Problem]]:
    yield base
    for below in base.__subclasses__():
        yield from problems(below)


@pytest.fixture(scope="module")
def everything_loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    url = f"sqlite:///{folder / 'none.sqlite3'}"
    create_app(Settings.from_environment({"LINLI_ENV": "test", "DATABASE_URL": url}))


def field_codes() -> dict[str, set[str]]:
    """Return the codes that field errors are made with anywhere in app/, with their gaps."""
    found: dict[str, set[str]] = {code: set() for code in forms.CODES.values()}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for written in filter(None, _code_in(call)):
                    named, *params = written.split()
                    for code in FILLED_IN.get(named, [named]):
                        found.setdefault(code, set()).update(p.partition("=")[0] for p in params)
    return found


def _code_in(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in {"of", "FieldError"} and len(call.args) > 1 and (code := _written(call.args[1])):
        yield " ".join([code, *(f"{keyword.arg}=" for keyword in call.keywords)])
    for keyword in call.keywords:
        if (name, keyword.arg) == ("ValidationError", "message") or keyword.arg == "error":
            yield _written(keyword.value)


def _written(node: ast.expr) -> str:
    """Return a literal, with x for what is filled in later; nothing for a variable."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "x" * (node is not part)
        for part in parts
    )


def test_both_catalogues_have_the_same_texts():
    assert CHINESE.keys() == ENGLISH.keys()


def test_both_languages_leave_the_same_gaps():
    assert [key for key in CHINESE if gaps(CHINESE[key]) != gaps(ENGLISH[key])] == []


def test_only_english_has_words_of_their_own_for_one_and_names_the_number():
    assert [key for key in CHINESE if choices(CHINESE[key])] == []
    by_itself = [key for key in ENGLISH if choices(ENGLISH[key]) - gaps(ENGLISH[key])]
    assert [key for key in by_itself if not key.startswith("console.today.units.")] == []


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 open cases"),
        (1, "1 open case"),
        ("1", "1 open case"),
        (2, "2 open cases"),
        ("1.0", "1.0 open cases"),
        ("1,001", "1,001 open cases"),
    ],
)
def test_one_has_its_own_words_in_english(count, said):
    assert texts.text("console.board.open", "en", count=count) == said


def test_no_text_is_empty():
    assert [key for key in CHINESE if not CHINESE[key].strip() or not ENGLISH[key].strip()] == []


def test_no_text_is_in_the_other_language():
    assert [key for key in CHINESE if CHINESE[key].isascii()] == []
    assert [key for key in ENGLISH if not _english(key)] == []


def _english(key: str) -> bool:
    # A phrase of WeChat's messages holds Chinese characters only.
    phrase = key.endswith(".phrase") and ENGLISH[key] == CHINESE[key]
    return ENGLISH[key].isascii() or "邻里" in ENGLISH[key] or "—" in ENGLISH[key] or phrase


@pytest.mark.usefixtures("everything_loaded")
def test_every_problem_has_words():
    codes = {problem.code for problem in problems()} | set(http.BY_STATUS.values())
    assert len(codes) > 15
    wanted = {f"problems.{code}.{part}" for code in codes for part in ("title", "detail")}
    assert wanted <= CHINESE.keys()


@pytest.mark.usefixtures("everything_loaded")
def test_no_problem_has_words_that_nobody_says():
    said = {problem.code for problem in problems()} | set(http.BY_STATUS.values())
    worded = {key.split(".")[1] for key in CHINESE if key.startswith("problems.")}
    assert worded == said


def test_every_fault_of_a_field_has_words_for_just_its_gaps():
    codes = field_codes()
    assert {"required", "length", "unknown_photo", "not_within"} <= codes.keys()
    for code, params in sorted(codes.items()):
        assert f"fields.{code}" in CHINESE, code
        assert gaps(CHINESE[f"fields.{code}"]) <= params, code


def test_no_fault_of_a_field_has_words_that_nobody_says():
    worded = {key.removeprefix("fields.") for key in CHINESE if key.startswith("fields.")}
    assert worded == field_codes().keys()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-Hans"),
        ("", "zh-Hans"),
        ("*", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("zh;q=0.3, en;q=0.8", "en"),
        ("zh; q=0.3, en ; q=0.8", "en"),
        ("zh;q=0.3,\ten;q=0.8", "en"),
        ("fr,de;q=0.9,en;q=0.1", "en"),
        ("fr", "zh-Hans"),
        ("en;q=0", "zh-Hans"),
        ("en;q=0.000,zh;q=0.001", "zh-Hans"),
        ("zh,en", "zh-Hans"),
        ("en,zh", "en"),
        ("en;q=nan", "zh-Hans"),
        ("en;q=inf,zh;q=0.1", "zh-Hans"),
        ("en;q=-1", "zh-Hans"),
        ("en;q=1e9", "zh-Hans"),
        ("en;q=0.9;q=0.8", "zh-Hans"),
        ("en;level=1", "zh-Hans"),
        (",,;q=,;;", "zh-Hans"),
        ("english", "zh-Hans"),
        ("en\ud800", "zh-Hans"),
    ],
)
def test_the_language_is_the_first_wish_that_we_speak(header, language):
    assert texts.choose_language(header) == language


def test_a_text_that_does_not_exist_is_a_programming_error():
    with pytest.raises(KeyError):
        texts.text("no.such.text", "en")
