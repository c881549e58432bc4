"""Question files at a desk: what comes in is told by line, what goes out is what the bank shows."""

import io
import re
from datetime import timedelta

import pytest

from app.console import quizzes, quizzes_files
from app.core import clock, texts
from app.core.db import changed_rows, writing
from app.quizzes import authoring, imports, questions
from app.quizzes.formats import completed, sample, table
from app.quizzes.models import QuestionImport
from tests.console.conftest import HERE, PART
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import morning, question, small_bank  # noqa: F401 fixtures

pytestmark = pytest.mark.either_database
FILES = f"/console/{COMMUNITY}/quizzes/files"
GIFT = "::一::楼道里可以充电。{F}\n\n这不是题目。\n\n::二::着火先做什么？{=报警 ~找钱包}\n"


def bring(desk, text, name="ours.gift", *, part=True, **form):
    """Send a file, as htmx does or as a plain browser."""
    content = text if isinstance(text, bytes) else text.encode()
    answer = desk.http.post(
        FILES,
        data=form | {"file": (io.BytesIO(content), name)},
        headers=HERE | (PART if part else {}),
        content_type="multipart/form-data",
    )
    answer.request.environ["wsgi.input"].close()
    return answer


@pytest.fixture
def one_running(people):
    """Return an import that says that it runs."""
    taken = imports.take_in(
        people["committee"], io.BytesIO(GIFT.encode()), file_format="gift", file_name="a.gift"
    )
    with writing():
        changed_rows(QuestionImport.__table__.update().values(state=imports.RUNNING, done=1))
    return taken


def test_a_file_comes_in_by_its_name_and_what_was_refused_is_told_by_line(sit):
    desk = sit("committee")
    answer = bring(desk, GIFT, topic="fire")
    page = desk.get(answer.headers["HX-Redirect"]).text
    assert "收下 2 道，共 3 道" in page
    assert "第 3 行" in page
    assert "没有成对的花括号" in page
    assert "ours.gift" in desk.get(FILES).text
    again = desk.get(bring(desk, GIFT, part=False).location).text
    assert "收下 0 道，共 3 道" in again
    assert "题目的名字" in again


@pytest.mark.parametrize(
    ("text", "name", "form", "said"),
    [
        (GIFT, "ours.txt", {}, "请选一种"),
        ("", "", {}, "请选一个文件"),
        (b"\xff\xfe\x00\xd8\xff", "ours.csv", {}, "不是 UTF-8 或 GB18030 的文本"),
        (b"x" * (imports.MOST_BYTES + 1), "ours.csv", {}, "最多 8 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(text, name, form, said, sit):
    answer = bring(sit("committee"), text, name, topic="gas", **form)
    assert answer.status_code in {413, 422}
    assert said in re.search(r'id="file-fault"[^>]*>([^<]+)<', answer.text)[1]
    assert '<option value="gas" selected>' in answer.text
    assert "<html" not in answer.text


def test_how_far_a_file_is_can_be_asked_while_it_comes_in(sit, one_running):
    desk, number = sit("committee"), one_running["id"]
    page = desk.get(f"{FILES}/waiting", known=number - 1).text
    assert 'value="1"' in page
    assert "looks=1" in page
    # The one that was there before is not the one that is waited for; and nobody waits for ever.
    assert "正在上传" in desk.get(f"{FILES}/waiting", known=number).text
    assert "hx-get" not in desk.get(f"{FILES}/waiting", known=number, looks=599).text
    report = f"{FILES}/{number}"
    assert 'hx-trigger="every 2s"' in desk.get(report, part=True).text
    with clock.at(clock.now() + imports.LONGEST_RUN + timedelta(minutes=1)):
        later = desk.get(report).text
    assert "导入中断了" in later
    assert "every 2s" not in later
    assert sit("outsider").get(report).status_code == 404


@pytest.mark.parametrize("name", quizzes.FORMATS)
def test_a_sample_is_read_by_its_own_format_without_a_fault(name, sit):
    answer = sit("committee").get(f"{FILES}/samples/{name}")
    ending = quizzes_files.ENDINGS[name]
    assert answer.headers["Content-Disposition"].endswith(f"linli-sample.{ending}")
    text = answer.text.removeprefix(quizzes_files.MARK)
    found = list(imports.FORMATS[name].read(text))
    assert len(found) == (2 if name == "aiken" else len(sample.QUESTIONS))
    for one in found:
        written = completed(one.written, "sample", "fire", clock.shanghai_day(clock.now()))
        assert questions.faults(written, both=False) == []


def test_what_the_bank_is_sifted_to_goes_out_each_question_once(sit, people, small_bank):  # noqa: F811
    words = {name: value for name, value in question(1).items() if name != "key"}
    made = authoring.write(people["committee"], **words)
    authoring.rewrite(people["committee"], made["id"], **words | {"stem": {"zh": "新的话？"}})
    desk = sit("committee")

    def stems(**asked):
        answer = desk.get(f"{FILES}/export", format="csv", **asked)
        assert "linli-questions.csv" in answer.headers["Content-Disposition"]
        found = table.read(answer.text.removeprefix(quizzes_files.MARK))
        return [one.written["stem"]["zh"] for one in found]

    assert stems(state="draft") == stems() == stems(own="true") == ["新的话？"]
    assert stems(state="retired") == ["第1题？"]
    assert stems(topic="gas") == stems(flagged="true") == []
    # Everybody's bank is not theirs to give out.
    assert stems(state="published") == []
    assert small_bank.new
    assert desk.get(f"{FILES}/export", format="docx").status_code == 422


def test_the_bank_can_be_sifted_to_ones_own(sit, people, small_bank):  # noqa: F811
    words = {name: value for name, value in question(1).items() if name != "key"}
    authoring.write(people["committee"], **words)
    page = sit("committee").get(f"/console/{COMMUNITY}/quizzes", own="true").text
    assert page.count('<h2 class="first"><a') == 1
    assert 'name="own" value="true">' in page.partition("<details")[2]
    assert small_bank.new


def test_every_word_of_the_files_is_there():
    for name in quizzes.FORMATS:
        for group in ("formats", "holds", "rules"):
            assert texts.known(f"console.quizzes.files.{group}.{name}")
    assert set(quizzes.FORMATS) == set(quizzes_files.ENDINGS) == set(imports.FORMATS)


@pytest.mark.parametrize("page", ["", "/{id}", "/waiting"])
def test_a_page_of_files_costs_few_queries(page, sit, one_running):
    desk, path = sit("committee"), FILES + page.format(id=one_running["id"])
    desk.get(path)
    with counted() as found:
        desk.get(path)
    assert len(found) <= 6, found
