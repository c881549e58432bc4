"""Files of questions become drafts; what is refused is told by line; it goes on in steps."""

import io
import itertools
import json

import pytest
from sqlalchemy import insert, select

from app.core.db import changed_rows, read, writing
from app.core.errors import InvalidInput
from app.quizzes import authoring, bank, imports, rules
from app.quizzes.formats import Read, gift, table
from app.quizzes.models import Question, QuestionImport, Version
from bench import imports as long_files
from tests.factories.people import COMMUNITY, SIBLING
from tests.quizzes.conftest import MORNING, question
from tests.quizzes.test_formats import AIKEN, GIFT, XML


def bring(client, text, **form):
    data = {"file": (io.BytesIO(text if isinstance(text, bytes) else text.encode()), "q.txt")}
    answer = client._send("POST", "/question-imports", data=data | form)
    answer.request.environ["wsgi.input"].close()
    return answer


def test_drafts_of_ones_own_place_and_a_report_by_line(clients):
    answer = bring(clients["committee"], GIFT, format="gift")
    assert answer.status_code == 200, answer.json
    report = answer.json
    assert (report["state"], report["total"], report["accepted"], report["refused"]) == (
        "done", 12, 4, 8)  # fmt: skip
    assert report["lines"][0] == {
        "line": 13, "field": "", "code": "no_braces", "message": "没有成对的花括号"}  # fmt: skip
    rows = read(select(Question.place_code, Version.state, Version.topic).join(
        Version, Version.question_id == Question.id)).all()  # fmt: skip
    assert set(rows) == {(COMMUNITY, "draft", "gas")}
    assert clients["resident"].get("/practice").json["questions"] == []


def test_each_format(clients):
    for name, text, accepted in (("aiken", AIKEN, 1), ("moodle_xml", XML, 2)):
        report = bring(clients["committee"], text, format=name, topic="flood").json
        assert report["accepted"] == accepted, report
    report = bring(clients["committee"], table.write([question(1)]), format="csv").json
    assert report["accepted"] == 1
    topics = read(select(Version.topic).order_by(Version.id)).scalars().all()
    assert topics == ["flood", "gas", "gas", "fire"]


@pytest.mark.parametrize(
    ("name", "text"), [("gift", ""), ("aiken", "\n"), ("csv", "kind,stem_zh,right\n"),
                       ("moodle_xml", "<quiz></quiz>")],
)  # fmt: skip
def test_a_file_without_a_question_says_so(clients, name, text):
    report = bring(clients["committee"], text, format=name).json
    assert (report["accepted"], report["refused"]) == (0, 1)
    assert report["lines"][0]["message"] == "文件里没有题"


def test_a_key_that_is_there_already_is_refused(clients):
    text = gift.write([question(1), question(2), question(2)]) + "\n天会下雨。{T}\n"
    first = bring(clients["committee"], text, format="gift").json
    again = bring(clients["committee"], text, format="gift").json
    assert (first["accepted"], again["accepted"]) == (3, 0)
    assert {line["code"] for line in again["lines"]} == {"same_as_another"}
    assert {line["message"] for line in again["lines"]} == {"这道题已经收过"}


def test_no_file_takes_a_key_of_the_bank_or_of_another_place(clients, load):
    text = gift.write([question(1)])
    for who in ("committee", "outsider"):
        assert bring(clients[who], text, format="gift").json["accepted"] == 1
    assert load([question(1)]).new == 1
    place = select(Question.place_code).where(Question.key == "made-0001")
    assert read(place).scalar_one() == rules.EVERYWHERE
    row = {"key": "made-0002", "place_code": COMMUNITY, "created_at": MORNING}
    with writing():
        changed_rows(insert(Question), row)  # as files took them before
    again = bring(clients["committee"], gift.write([question(2)]), format="gift").json
    assert (again["accepted"], again["lines"][0]["code"]) == (0, "same_as_another")
    with pytest.raises(bank.FaultyBank, match="made-0002: key: taken"):
        load([question(2), question(3)])


def test_what_is_read_but_not_whole_is_refused_by_field(clients):
    text = "题？{=甲 ~甲}\n\n" + "长" * 400 + "{T}"
    lines = bring(clients["committee"], text, format="gift").json["lines"]
    assert [(line["line"], line["field"], line["code"]) for line in lines] == [
        (1, "options.1.zh", "same_as_another"), (3, "stem.zh", "length")]  # fmt: skip
    assert lines[1]["message"] == "请写 1 到 300 个字"


def test_what_nobody_can_have_looked_up_yet_is_refused_by_line(clients):
    source = question(1)["source"]
    days = {1: "2026-11-20", 2: "2999-11-21"}
    written = [question(n, source=source | {"as_of": day}) for n, day in days.items()]
    report = bring(clients["committee"], gift.write(written), format="gift").json
    assert report["accepted"] == 1
    assert [(line["field"], line["code"]) for line in report["lines"]] == [
        ("source.as_of", "in_the_future")]  # fmt: skip
    assert report["lines"][0]["message"].startswith("还没有到这")


def test_chinese_of_old_machines_is_read(clients):
    report = bring(clients["committee"], "天会下雨。{T}".encode("gb18030"), format="gift").json
    assert report["accepted"] == 1
    assert read(select(Version.content)).scalar_one()["stem"]["zh"] == "天会下雨。"


@pytest.mark.parametrize(
    ("text", "form", "status", "code"),
    [
        ("x", {}, 422, "invalid_input"),
        ("x", {"format": "word"}, 422, "invalid_input"),
        ("x", {"format": "gift", "place_code": SIBLING}, 422, "invalid_input"),
        ("x", {"format": "gift", "more": "1"}, 422, "invalid_input"),
        (b"\xff\xff\xff", {"format": "gift"}, 422, "invalid_input"),
        (b"x" * (imports.MOST_BYTES + 1), {"format": "gift"}, 413, "too_large"),
    ],
)
def test_bad_forms(clients, text, form, status, code):
    answer = bring(clients["committee"], text, **form)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert read(select(QuestionImport.id)).all() == []


def test_no_file(clients):
    answer = clients["committee"]._send("POST", "/question-imports", data={"format": "gift"})
    assert answer.status_code == 422


def test_imports_are_seen_by_their_place(clients):
    made = bring(clients["committee"], GIFT, format="gift").json
    path = f"/question-imports/{made['id']}"
    for who, status in (("committee", 200), ("street", 200), ("outsider", 404), ("resident", 403)):
        assert clients[who].get(path).status_code == status, who
    [item] = clients["street"].get("/question-imports").json["items"]
    assert item == {k: v for k, v in made.items() if k != "lines"}
    assert clients["outsider"].get("/question-imports").json["items"] == []


@pytest.mark.parametrize("name", imports.FORMATS)
def test_a_long_file_comes_in_by_steps_with_progress(people, monkeypatch, name):
    """`python -m bench imports` does it with ten thousand, and says how long that takes."""
    monkeypatch.setattr(imports, "AT_ONCE", 100)
    seen = []

    def tell(done, total):
        row = read(select(QuestionImport.done, QuestionImport.state)).one()
        seen.append((done, total, row.done, row.state))

    report = imports.take_in(
        people["committee"],
        io.BytesIO(long_files.written(name, 250).encode()),
        file_format=name,
        file_name="many",
        tell=tell,
    )
    assert (report["accepted"], report["refused"]) == (250, 0), report["lines"]
    assert seen == [(n, 250, n, "running") for n in (100, 200, 250)]


def test_one_too_many_is_refused(people, monkeypatch):
    assert imports.MOST_QUESTIONS == 10_000
    monkeypatch.setattr(imports, "MOST_QUESTIONS", 50)
    text = "天会下雨。{T}\n\n" * 51
    with pytest.raises(imports.InvalidInput):
        imports.take_in(
            people["committee"], io.BytesIO(text.encode()), file_format="gift", file_name=""
        )


def test_no_file_is_read_further_than_it_is_taken(people, monkeypatch):
    class Endless:
        @staticmethod
        def read(text):
            return (Read(line, None, text) for line in itertools.count(1))

    monkeypatch.setattr(imports, "FORMATS", {"endless": Endless})
    with pytest.raises(InvalidInput) as refusal:
        imports.take_in(people["committee"], io.BytesIO(b"x"), file_format="endless", file_name="x")
    assert [fault.code for fault in refusal.value.errors] == ["too_many"]


def test_what_nobody_can_see_is_in_no_name_and_asked_of_no_database(people):
    text = table.write([question(1)]).replace("made-0001", "made\0")
    report = imports.take_in(
        people["committee"],
        io.BytesIO(text.encode()),
        file_format="csv",
        file_name="a\0\u202etfig.csv",
    )
    assert (report["file_name"], report["accepted"]) == ("atfig.csv", 1)


def test_what_is_published_here_goes_out_again(clients, people, load):
    from tests.house.asking.quizzes import published  # noqa: PLC0415

    class World:
        kept = {}  # noqa: RUF012 of this one alone

        def place(self, *_):
            return "own"

    published(World(), "committee", "own")
    load([question(7)])  # everybody's bank is not theirs to give out
    for name in imports.FORMATS:
        answer = clients["committee"].get("/question-exports", format=name)
        assert answer.status_code == 200
        assert "第1题？" in answer.text
        assert "第7题？" not in answer.text
        again = bring(clients["committee"], answer.text, format=name).json
        assert again["accepted"] == (name == "aiken")  # which has no keys
    assert json.dumps(clients["outsider"].get("/question-exports", format="gift").text) == '"\\n"'


def test_what_is_meant_goes_out_each_question_once(people, load):
    author = people["committee"]
    words = {name: value for name, value in question(1).items() if name != "key"}
    made = authoring.write(author, **words)
    authoring.rewrite(author, made["id"], **words | {"stem": {"zh": "新的话？"}})
    load([question(7)])

    def stems(**meant):
        text = imports.give_out(author, file_format="csv", **meant)
        return [one.written["stem"]["zh"] for one in table.read(text)]

    assert stems() == stems(state=None, flagged=True) == []
    assert stems(state=None) == stems(state="draft", topic="fire") == ["新的话？"]
    assert stems(state="retired") == ["第1题？"]
