import json
import shutil

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.config import ROOT
from app.core.db import db, read
from app.quizzes import bank
from app.quizzes.models import Question, Version, VersionMove
from tests.quizzes.conftest import FILES, question


def versions(key):
    rows = read(
        select(Version.number, Version.state, Version.content, Version.photo_id)
        .join(Question, Question.id == Version.question_id)
        .where(Question.key == key)
        .order_by(Version.number)
    )
    return rows.all()


def test_every_question_of_a_bank_is_published(small_bank):
    assert (small_bank.new, small_bank.changed, small_bank.same) == (5, 0, 0)
    assert {v.state for key in small_bank.keys for v in versions(key)} == {"published"}
    assert versions("test-picture")[0].photo_id


def test_loading_again_changes_nothing(small_bank):
    before = read(select(VersionMove.version_id)).all()
    again = bank.import_bank(FILES / "bank.json")
    assert (again.new, again.changed, again.same) == (0, 0, 5)
    assert read(select(VersionMove.version_id)).all() == before


def test_new_words_are_a_new_version_and_the_old_ones_stay(load):
    load([question(1), question(2)])
    loaded = load([question(1, stem={"zh": "新的？", "en": "New?"})])
    assert (loaded.new, loaded.changed, loaded.same) == (0, 1, 0)
    assert [(v.number, v.state) for v in versions("made-0001")] == [
        (1, "retired"), (2, "published")]  # fmt: skip
    assert versions("made-0001")[0].content["stem"]["zh"] == "第1题？"
    assert [v.state for v in versions("made-0002")] == ["published"]


def test_a_new_picture_is_a_new_version(small_bank, tmp_path):
    shutil.copy(FILES / "bank.json", tmp_path)
    shutil.copy(ROOT / "tests/quizzes/files/stairwell.png", tmp_path)
    assert bank.import_bank(tmp_path / "bank.json").same == 5
    with (tmp_path / "stairwell.png").open("ab") as file:
        file.write(b"\0")
    assert bank.import_bank(tmp_path / "bank.json").keys == ["test-picture"]


def test_one_fault_and_nothing_is_loaded(load):
    with pytest.raises(bank.FaultyBank, match=r"made-0002: stem.en: required"):
        load([question(1), question(2, stem={"zh": "只有中文？"})])
    assert read(select(Question.id)).all() == []


def test_no_bank_was_looked_up_tomorrow(load):
    source = question(1)["source"] | {"as_of": "2999-11-21"}
    with pytest.raises(bank.FaultyBank, match=r"made-0001: source.as_of: in_the_future"):
        load([question(1, source=source)])


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"questions": 3}', '{"questions": [3]}', '{"questions": [[]]}']
)
def test_what_is_no_bank_is_refused(app, tmp_path, content):
    (tmp_path / "odd.json").write_text(content)
    with pytest.raises(bank.FaultyBank):
        bank.import_bank(tmp_path / "odd.json")


def test_a_key_twice_and_a_picture_elsewhere_are_refused(load):
    with pytest.raises(bank.FaultyBank, match="same_as_another"):
        load([question(1), question(1)])
    picture = json.loads((FILES / "bank.json").read_text(encoding="utf-8"))["questions"][-1]
    for name in ("nowhere.png", "../bank.json", 3):
        with pytest.raises(bank.FaultyBank, match="no such file"):
            load([picture | {"picture": name}])


def test_the_database_keeps_the_words_of_a_version(small_bank):
    for change in ("UPDATE quiz_versions SET content = '{}'", "DELETE FROM quiz_versions"):
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(text(change))


def test_by_hand(app, tmp_path):
    runner = app.test_cli_runner()
    done = runner.invoke(args=["quizzes", "import-bank", str(FILES / "bank.json")])
    assert (done.exit_code, "5 new" in done.output) == (0, True), done.output
    (tmp_path / "odd.json").write_text("{}")
    failed = runner.invoke(args=["quizzes", "import-bank", str(tmp_path / "odd.json")])
    assert failed.exit_code == 1
    assert "nothing of odd.json was changed" in failed.output
    keys = [row["key"] for row in json.loads((FILES / "bank.json").read_text())["questions"][:1]]
    retire = ["quizzes", "retire", *keys, "no-such", "--note", "过时"]
    said = runner.invoke(args=retire).output
    assert f"{keys[0]}: retired\nno-such: was not published\n" in said
    assert f"{keys[0]}: was not published" in runner.invoke(args=retire).output
    assert bank.import_bank(FILES / "bank.json").same == 5  # until its words change


def test_the_given_questions_load(app):
    loaded = bank.import_bank(ROOT / "demo" / "quiz" / "given.json")
    assert (loaded.new, loaded.same) == (48, 0)
    assert bank.import_bank(ROOT / "demo" / "quiz" / "given.json").same == 48
