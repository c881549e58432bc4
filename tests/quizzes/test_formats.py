"""GIFT, Aiken, Moodle XML and CSV: ours round-trip, broken ones are refused by line."""

import json

import pytest

from app.config import ROOT
from app.quizzes import questions
from app.quizzes.formats import aiken, completed, gift, moodle_xml, table
from tests.quizzes.conftest import FILES, MORNING, question
from tests.spending import spending

FORMATS = {"gift": gift, "aiken": aiken, "moodle_xml": moodle_xml, "csv": table}
GIVEN = json.loads((ROOT / "demo/quiz/given.json").read_text(encoding="utf-8"))["questions"]
BANK = json.loads((FILES / "bank.json").read_text(encoding="utf-8"))["questions"]
ODD = question(
    9_001,
    stem={"zh": r"以下哪个是 a=b{c}~d#e:f\g？"},
    options=[
        {"zh": "=1+1 & <b>粗</b>", "right": True},
        {"zh": "~波浪#井号{花}"},
        {"zh": "-减号:冒号\\反斜"},
        {"zh": '@我 -> 你"引号",逗号'},
    ],
    explanation={"zh": "第一行\n第二行 {x}"},
)
ALL = [*GIVEN, *BANK, ODD]


def chinese(written):
    """Return of a question what every format can hold."""

    def plain(value):
        if isinstance(value, dict):
            return {
                k: plain(v)
                for k, v in value.items()
                if k not in {"en", "quote", "version"} and v is not None and v is not False
            }
        return [plain(one) for one in value] if isinstance(value, list) else value

    return plain(written)


def good(reading):
    found = list(reading)
    assert [one for one in found if one.written is None] == []
    return [one.written for one in found]


@pytest.mark.parametrize("name", ["gift", "moodle_xml", "csv"])
def test_what_we_write_we_read_again(name):
    module = FORMATS[name]
    wanted = [one for one in ALL if module.has_room(one)]
    assert len(wanted) == len(ALL) - 1  # all but the picture
    read = good(module.read(module.write(wanted)))
    for before, after in zip(wanted, read, strict=True):
        whole = completed(after, before["key"], "fire", MORNING.date())
        assert chinese(whole) == chinese({**before, "difficulty": whole["difficulty"]}), name
        assert questions.faults(whole, both=False) == []


def test_csv_keeps_both_languages_and_the_quote():
    [read] = good(table.read(table.write([BANK[0]])))
    assert read == BANK[0]


def test_aiken_keeps_the_question_and_its_answer():
    wanted = [one for one in ALL if aiken.has_room(one)]
    read = good(aiken.read(aiken.write(wanted)))
    for before, after in zip(wanted, read, strict=True):
        assert after["kind"] == before["kind"]
        assert after["stem"] == {"zh": before["stem"]["zh"]}
        assert after.get("answer") == before.get("answer")
        assert chinese({"o": after.get("options")}) == chinese({"o": before.get("options")})


GIFT = """// a comment
$CATEGORY: $course$/top/gas

::own-1::[html]闻到燃气味，第一步？{=关阀 ~%50%开灯 #不行 ~打电话}

天上会下雨。{TRUE}

天上会下钱。{F#不会####不会的
【依据】常识 | | 2026-11-01}

哪些对？{~%50%甲 ~%50%乙 ~%-100%丙}

::x::没有花括号

多少？{#3:1}

填空{=答案 =回答}

配对{=甲 -> 1 =乙 -> 2}

都错{~甲 ~乙}

{=只有选项 ~没有题干}

空的{}

后面{=甲 ~乙}还有字
"""


def test_gift_of_others_by_line():
    found = list(gift.read(GIFT))
    assert [(one.line, one.code) for one in found] == [
        (4, None), (6, None), (8, None), (11, None), (13, "no_braces"),
        (15, "numeric_is_not_asked"), (17, "short_answer_is_not_asked"),
        (19, "matching_is_not_asked"), (21, "no_right_option"), (23, "no_stem"),
        (25, "no_options"), (27, "text_after_braces"),
    ]  # fmt: skip
    first, truth, lie, several = (one.written for one in found[:4])
    assert first == {
        "kind": "single", "topic": "gas", "key": "own-1", "stem": {"zh": "闻到燃气味，第一步？"},
        "options": [{"zh": "关阀", "right": True}, {"zh": "开灯"}, {"zh": "打电话"}],
    }  # fmt: skip
    assert (truth["answer"], lie["answer"]) == (True, False)
    assert lie["explanation"] == {"zh": "不会的"}
    assert lie["source"]["as_of"] == "2026-11-01"
    assert (several["kind"], [bool(o.get("right")) for o in several["options"]]) == (
        "multiple", [True, True, False])  # fmt: skip


AIKEN = """第一题？
A) 甲
B) 乙
ANSWER: B

没有答案？
A) 甲
B) 乙

字母不对？
A) 甲
C) 乙
ANSWER: A

答案不在？
A. 甲
B. 乙
ANSWER: D
ANSWER: A

最后一题
"""


def test_aiken_of_others_by_line():
    assert [(one.line, one.code) for one in aiken.read(AIKEN)] == [
        (1, None), (6, "no_answer"), (10, "letters_out_of_order"), (15, "answer_is_no_option"),
        (19, "no_stem"), (21, "no_answer"),
    ]  # fmt: skip


XML = """<?xml version="1.0"?>
<quiz>
<question type="category"><category><text>$course$/gas</text></category></question>
<question type="multichoice"><name><text>Some name</text></name>
  <questiontext format="html"><text><![CDATA[<p>哪个&nbsp;<b>对</b>？</p>]]></text></questiontext>
  <single>true</single>
  <answer fraction="100"><text>甲</text></answer><answer fraction="0"><text>乙</text></answer>
</question>
<question type="essay"><name><text>x</text></name></question>
<question type="truefalse"><questiontext><text>对？</text></questiontext>
  <answer fraction="0"><text>true</text></answer>
  <answer fraction="100"><text>false</text></answer></question>
<question type="multichoice"><questiontext><text>都错？</text></questiontext>
  <answer fraction="0"><text>甲</text></answer></question>
<question type="multichoice"><questiontext><text></text></questiontext></question>
</quiz>
"""


def test_moodle_xml_of_others_by_line():
    found = list(moodle_xml.read(XML))
    assert [(one.line, one.code) for one in found] == [
        (4, None), (9, "type_is_not_asked"), (10, None), (13, "no_right_option"), (15, "no_stem"),
    ]  # fmt: skip
    assert found[0].written["stem"]["zh"].replace("\xa0", " ") == "哪个 对？"
    assert found[0].written["topic"] == "gas"
    assert found[2].written["answer"] is False


BOMB = """<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "forbidden_xml"),
        ('<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz></quiz>', "forbidden_xml"),
        ("<quiz><question>", "no_xml"),
        ("", "no_xml"),
        ("<html></html>", "no_quiz"),
    ],
)
def test_xml_that_is_none_or_a_trap_is_refused_whole(text, code):
    assert [one.code for one in moodle_xml.read(text)] == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "no_heading")]),
        ("kind,stem_zh\n", [(1, "no_heading")]),
        ("kind,stem_zh,right,score\n", [(1, "unknown_column")]),
        ("kind,stem_zh,right\nsingle,a,1,x\n", [(2, "too_many_cells")]),
        ("kind,stem_zh,right\n\nsingle,a,1\ntrue_false,b,true\n",
         [(3, "no_right_option"), (4, None)]),
        ('kind,stem_zh,right\n"single,a', [(2, "no_csv")]),
        ("kind,stem_zh,option1_zh,option2_zh,right\nordering,a,x,y,1\n", [(2, "no_right_option")]),
        ('kind,stem_zh,right\ntrue_false,"two\nlines",true\ntrue_false,c,maybe\n',
         [(2, None), (4, "no_right_option")]),
    ],
)  # fmt: skip
def test_csv_by_line(text, expected):
    assert [(one.line, one.code) for one in table.read(text)] == expected


def test_no_cell_is_a_formula():
    written = table.write([ODD])
    assert "'=1+1" in written
    assert ",=1+1" not in written
    wide = question(1, at_home={"zh": "＝1+1"})
    assert "'＝1+1" in table.write([wide])
    assert next(table.read(table.write([wide]))).written["at_home"]["zh"] == "＝1+1"


def test_headings_without_questions_cost_what_they_are_long():
    with spending() as spent:
        [found] = gift.read("$category: a/gas\n" * 100_000 + " $CATEGORY: x/fire\n天会下雨。{T}")
    assert (found.line, found.written["topic"]) == (100_002, "fire")
    assert spent.seconds < 3  # each once again for each of them: hours


def test_no_question_is_lost_behind_an_empty_one():
    one = moodle_xml.write([question(1)]).partition("<quiz>")[2]
    found = list(moodle_xml.read(f"<quiz><question/><question/>{one}"))
    assert [bool(each.written) for each in found] == [False, False, True]


def test_an_option_of_two_lines_is_one_line_of_aiken():
    options = [{"zh": "甲\nANSWER: B", "right": True}, {"zh": "乙"}]
    [found] = aiken.read(aiken.write([question(1, options=options)]))
    assert found.written["options"] == [{"zh": "甲 ANSWER: B", "right": True}, {"zh": "乙"}]


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_comes_nothing_falls_over(name):
    for text in (
        "\\",
        "{",
        "}",
        "::",
        "::a",
        "a{=",
        "A) x",
        "<",
        "\x00",
        "a{~%}",
        "ANSWER: A",
        ",",
    ):
        list(FORMATS[name].read(text))
