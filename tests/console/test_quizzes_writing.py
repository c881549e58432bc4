"""Questions written at a desk: kept as drafts, and nothing that was typed is lost on the way."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from app.console import once, quizzes_sheet
from app.core import audit, clock
from app.core.db import read
from app.core.forms import FieldError
from app.quizzes import authoring, bank, rules
from app.quizzes.models import Version
from tests.console.conftest import HERE, PART
from tests.factories.people import COMMUNITY
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import morning, question, small_bank  # noqa: F401 fixtures

pytestmark = pytest.mark.either_database
QUESTIONS = f"/console/{COMMUNITY}/quizzes/questions"
"""Where questions are written."""


def picture(colour="white"):
    stream = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(stream, "JPEG")
    stream.seek(0)
    return stream, "stairs.jpg"


def options(*words, **more):
    """Return the fields of options; `more` by name: a list, in the same order."""
    found = {f"options.{n}.zh": one for n, one in enumerate(words)}
    for name, values in more.items():
        found |= {f"options.{n}.{name}": value for n, value in enumerate(values)}
    return found


def typed(kind="single", **more):
    """Return a form as somebody fills it in."""
    return {
        "kind": kind,
        "topic": "gas",
        "difficulty": "2",
        "stem.zh": "闻到燃气味先做什么？",
        "stem.en": "Gas is smelt: what first?",
        "explanation.zh": "火花会引燃燃气。",
        "at_home.zh": "看看阀门在哪里。",
        "source.name.zh": "城镇燃气管理条例",
        "source.article": "第二十八条",
        "source.as_of": "2026-11-01",
        **more,
    }


KINDS = {
    "single": options("关阀门", "开灯") | {"right": "0"},
    "multiple": options("关阀门", "开窗", "开灯") | {"right": ["0", "1"]},
    "ordering": options("关阀门", "开窗", "出门打电话"),
    "true_false": {"answer": "false"},
}


def send(desk, form, path=QUESTIONS, **more):
    """Send a form as htmx does, with a picture perhaps."""
    return desk.http.post(
        path, data=form | more, headers=HERE | PART, content_type="multipart/form-data"
    )


def newest(people, answer):
    """Return the newest version of the question that an answer leads to."""
    number = re.search(r"/questions/(\d+)\?", answer.headers["HX-Redirect"])[1]
    return authoring.show(people["committee"], int(number))["versions"][0]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_kept_as_it_was_typed(kind, sit, people):
    answer = send(sit("committee"), typed(kind, **KINDS[kind]))
    assert answer.status_code == 200, answer.text
    kept = newest(people, answer)
    assert (kept["kind"], kept["state"], kept["topic"], kept["difficulty"]) == (
        kind, rules.DRAFT, "gas", 2)  # fmt: skip
    assert kept["stem"] == {"zh": "闻到燃气味先做什么？", "en": "Gas is smelt: what first?"}
    assert kept["source"]["article"] == "第二十八条"
    assert [one["zh"] for one in kept["options"]] == [
        value for name, value in KINDS[kind].items() if name.endswith(".zh")
    ]
    right = [str(n) for n, one in enumerate(kept["options"]) if one.get("right")]
    assert right == list(KINDS[kind].get("right", ""))
    assert kept["answer"] == (False if kind == "true_false" else None)


def test_a_picture_is_brought_pointed_at_and_kept(sit, people):
    desk, form = sit("committee"), typed("picture") | options("电动车")
    page = send(desk, form, do="picture", photo=picture()).text
    form["picture_id"] = re.search(r'name="picture_id" value="([\w-]+)"', page)[1]
    assert 'src="/api/v1/photos/' in page
    for n, zh in enumerate(("电动车", "防火门", "窗")):
        form[f"options.{n}.zh"] = zh
        spot = {"spot.x": f"{0.2 + 0.3 * n}", "spot.y": "0.5", "spot.ratio": "1.333"}
        page = send(desk, form | spot, do="spot").text
        for side in ("x", "y", "width", "height"):
            name = f"options.{n}.{side}"
            form[name] = re.search(rf'name="{name}" value="([\d.]+)"', page)[1]
    assert page.count("data-spot=") == 3
    kept = newest(people, send(desk, form | {"right": "0"}))
    region = kept["options"][0].pop("region")
    assert region == {"x": 0.1, "y": 0.366, "width": 0.2, "height": 0.267}
    assert kept["options"][0] == {"zh": "电动车", "right": True}
    assert kept["media"]


def test_a_photo_of_somebody_else_is_no_picture_of_a_question(sit):
    page = send(sit("street"), typed("picture"), do="picture", photo=picture()).text
    theirs = re.search(r'name="picture_id" value="([\w-]+)"', page)[1]
    answer = send(sit("committee"), typed("picture", picture_id=theirs))
    assert answer.status_code == 422
    assert "/api/v1/photos/" not in answer.text
    assert "请选一张图片" in answer.text


def test_a_file_that_is_no_picture_is_told_at_its_field(sit):
    broken = (io.BytesIO(b"GIF89a nothing"), "a.jpg")
    answer = send(sit("committee"), typed("picture"), do="picture", photo=broken)
    assert answer.status_code == 415
    assert 'id="picture-fault"' in answer.text
    assert "闻到燃气味先做什么？" in answer.text


def test_a_refused_form_comes_back_with_what_was_typed_and_every_fault_at_its_field(sit):
    form = typed(
        "single", **options("关阀门", "", "关阀门"), **{"stem.zh": " ", "source.as_of": ""}
    )
    answer = send(sit("committee"), form)
    assert answer.status_code == 422
    faults = dict(re.findall(r'id="([\w.]+)-fault">([^<]+)<', answer.text))
    assert faults == {
        "stem.zh": "请写题目",
        "options": "请勾出唯一正确的",
        "options.1.zh": "请写这个选项",
        "options.2.zh": "和另一个选项相同",
        "source.as_of": "请写哪天查证的",
    }
    for words in ("Gas is smelt: what first?", "火花会引燃燃气。", "第二十八条", "关阀门"):
        assert words in answer.text
    # Whoever has no scripts gets a whole page with the same in it.
    plain = sit("committee").post(QUESTIONS, form, part=False)
    assert plain.status_code == 422
    assert "<html" in plain.text
    assert "请写题目" in plain.text
    assert read(select(Version.id).where(Version.author_id.is_not(None))).all() == []


@pytest.mark.parametrize(
    ("do", "left", "right"),
    [
        ("add", ["甲", "乙", "丙", ""], [1]),
        ("remove.0", ["乙", "丙"], [0]),
        ("up.1", ["乙", "甲", "丙"], [0]),
        ("down.1", ["甲", "丙", "乙"], [2]),
        ("up.0", ["甲", "乙", "丙"], [1]),
        ("remove." + "9" * 5_000, ["甲", "乙", "丙"], [1]),
        ("remove.99", ["甲", "乙", "丙"], [1]),
        ("nonsense", ["甲", "乙", "丙"], [1]),
    ],
)
def test_options_come_go_and_move_with_all_that_was_typed(do, left, right, sit):
    form = typed(**options("甲", "乙", "丙", x=["", "10", ""])) | {"right": "1"}
    page = send(sit("committee"), form, do=do).text
    assert re.findall(r'name="options\.\d+\.zh" value="([^"]*)"', page) == left
    assert [int(n) for n in re.findall(r'name="right" value="(\d)" checked', page)] == right
    assert "火花会引燃燃气。" in page
    assert re.search(r'\.x" value="10"', page)


def test_another_kind_keeps_what_it_does_not_show(sit):
    desk = sit("committee")
    form = typed("true_false", **options("甲", "乙", x=["10", "20"])) | {"right": "1"}
    page = send(desk, form, do="kind").text
    hidden = dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', page))
    assert (hidden["options.1.zh"], hidden["options.1.x"], hidden["right"]) == ("乙", "20", "1")
    page = send(desk, typed("ordering"), do="kind").text
    assert page.count('class="line"') == rules.OPTIONS_OF["ordering"][0]


def test_a_question_goes_to_review_at_once_and_a_colleague_is_waited_for(sit, people):
    desk = sit("committee")
    answer = send(desk, typed(**KINDS["single"]), do="submit")
    assert newest(people, answer)["state"] == rules.IN_REVIEW
    page = desk.get(answer.headers["HX-Redirect"]).text
    assert "要由另一个人来看" in page
    assert "有一版还没有处理完" in page
    [entry] = audit.list_entries(COMMUNITY)["items"]
    assert entry["act"] == "console_quizzes_writing.create"


def test_a_new_version_begins_with_the_words_of_the_old_one(sit, people):
    words = {name: value for name, value in question(1).items() if name != "key"}
    made = authoring.write(people["committee"], **words)
    desk, path = sit("committee"), f"{QUESTIONS}/{made['id']}/versions"
    page = desk.get(f"{path}/new").text
    assert "对的1" in page
    assert "Because of 1" in page
    kept = newest(people, send(desk, typed(**KINDS["multiple"]) | {"kind": "multiple"}, path))
    assert (kept["number"], kept["kind"]) == (2, "multiple")
    authoring.move(people["committee"], made["id"], version_id=kept["id"], to=rules.IN_REVIEW)
    waiting = send(desk, typed(**KINDS["single"]), path)
    assert waiting.status_code == 409
    assert "闻到燃气味先做什么？" in waiting.text
    assert send(sit("outsider"), typed(), path).status_code == 404


def test_the_picture_stays_unless_there_is_another_one(sit, people):
    desk, sides = sit("committee"), {"x": "10", "y": "10", "width": "20", "height": "20"}
    spots = {name: [value] * 3 for name, value in sides.items()}
    form = typed("picture", **options("甲", "乙", "丙", **spots)) | {"right": "0"}
    kept = newest(people, send(desk, form, photo=picture()))
    path = re.search(r"questions/(\d+)", send(desk, form, photo=picture()).headers["HX-Redirect"])
    again = newest(people, send(desk, form, f"{QUESTIONS}/{path[1]}/versions"))
    assert kept["media"]
    assert again["media"]
    assert again["number"] == 2


def test_a_picture_that_is_sent_twice_is_one_question(sit):
    desk, sides = sit("committee"), {"x": "10", "y": "10", "width": "20", "height": "20"}
    spots = {name: [value] * 3 for name, value in sides.items()}
    form = typed("picture", **options("甲", "乙", "丙", **spots)) | {"right": "0"}
    page = send(desk, form, do="picture", photo=picture()).text
    form["picture_id"] = re.search(r'name="picture_id" value="([\w-]+)"', page)[1]
    first, second = (send(desk, form | {once.FIELD: "a-key-of-a-form"}) for _ in range(2))
    assert first.status_code == 200
    assert second.headers.get("HX-Redirect") == first.headers["HX-Redirect"]


def test_a_question_of_everywhere_is_written_anew_by_nobody_here(sit, small_bank, people):  # noqa: F811
    made = authoring.list_questions(people["committee"])["items"][0]
    desk = sit("committee")
    assert desk.get(f"{QUESTIONS}/{made['id']}").status_code == 200
    assert desk.get(f"{QUESTIONS}/{made['id']}/versions/new").status_code == 404
    assert f"{made['id']}/versions/new" not in desk.get(f"{QUESTIONS}/{made['id']}").text
    assert isinstance(small_bank, bank.Loaded)


def test_a_grid_writes_for_its_community(sit, people):
    path = QUESTIONS.replace(COMMUNITY, COMMUNITY + "001")
    kept = newest(people, send(sit("committee"), typed(**KINDS["single"]), path))
    assert kept["state"] == rules.DRAFT


def test_the_preview_shows_both_languages_and_no_foreign_address(sit):
    form = typed("picture", **options("甲", en=["one"]), shown="https://example.com/a.jpg")
    page = send(sit("committee"), form, f"{QUESTIONS}/preview").text
    assert page.count('class="phone"') == 2
    assert "Gas is smelt" in page
    assert "example.com" not in page
    assert audit.list_entries(COMMUNITY)["items"] == []


def test_the_forms_cost_few_queries(sit, people):
    words = {name: value for name, value in question(1).items() if name != "key"}
    made = authoring.write(people["committee"], **words)
    desk = sit("committee")
    for path in (f"{QUESTIONS}/new", f"{QUESTIONS}/{made['id']}/versions/new"):
        desk.get(path)
        with counted() as found:
            desk.get(path)
        assert len(found) <= 6, found


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("photo_ids.0", "picture"),
        ("options.2.region.x", "options.2.region"),
        ("options.2.region", "options.2.region"),
        ("options.2.en", "options.2.en"),
        ("source.name", "source.name.zh"),
        ("topic", "topic"),
    ],
)
def test_a_fault_has_a_field_of_the_page(path, field):
    assert list(quizzes_sheet.at_fields([FieldError(path, "invalid")])) == [field]


def test_numbers_that_are_none_are_faults_of_their_place():
    sheet = quizzes_sheet.empty(clock.shanghai_day(clock.now()))
    sheet.typed["kind"] = "picture"
    for side, value in zip(("x", "y", "width", "height"), ("nan", "-1", "1e400", "x"), strict=True):
        sheet.options = [quizzes_sheet.Line(zh="甲", **{side: value})]
        _, faults = sheet.check(pictured=True)
        assert "options.0.region" in quizzes_sheet.at_fields(faults)
