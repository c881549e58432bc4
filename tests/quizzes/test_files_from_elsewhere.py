"""Files as spreadsheets and other learning sites save them: read as meant, or refused by line."""

import pytest

from app.quizzes.formats import aiken, gift, moodle_xml, table
from tests.spending import spending

SINGLE = "kind,stem_zh,option1_zh,option2_zh,option3_zh,option4_zh,right,source_zh,as_of"


def only(reading):
    [found] = reading
    assert found.code is None, found
    return found.written


def refusals(reading):
    return [(found.line, found.code) for found in reading]


# Spreadsheets


@pytest.mark.parametrize(("cell", "answer"), [("TRUE", True), ("FALSE", False), ("True", True)])
def test_a_truth_that_a_spreadsheet_wrote_in_capitals_is_one(cell, answer):
    assert (
        only(table.read(f"kind,stem_zh,right\r\ntrue_false,对吗？,{cell}\r\n"))["answer"] is answer
    )


@pytest.mark.parametrize("day", ["2026/11/1", "2026/11/01", "2026-11-1", "2026年11月1日"])
def test_a_day_that_a_spreadsheet_wrote_its_own_way_is_that_day(day):
    found = only(table.read(f"{SINGLE}\nsingle,问？,甲,乙,,,1,消防法,{day}\n"))
    assert found["source"]["as_of"] == "2026-11-01"


def test_what_is_no_day_is_left_for_the_report():
    found = only(table.read(f"{SINGLE}\nsingle,问？,甲,乙,,,1,消防法,去年\n"))
    assert found["source"]["as_of"] == "去年"


@pytest.mark.parametrize(("right", "wanted"), [("3", "丙"), ("4", "丁"), ("1", "甲")])
def test_the_key_is_the_number_of_the_column_though_one_before_it_is_empty(right, wanted):
    found = only(table.read(f"{SINGLE}\nsingle,问？,甲,,丙,丁,{right},消防法,2026-11-01\n"))
    assert [one["zh"] for one in found["options"] if one.get("right")] == [wanted]
    assert [one["zh"] for one in found["options"]] == ["甲", "丙", "丁"]


def test_the_key_is_no_empty_column():
    text = f"{SINGLE}\nsingle,问？,甲,,丙,丁,2,消防法,2026-11-01\n"
    assert refusals(table.read(text)) == [(2, "no_right_option")]


def test_an_option_without_chinese_is_not_dropped_in_silence():
    text = "kind,stem_zh,option1_zh,option2_zh,option2_en,right\nsingle,问？,甲,,B,1\n"
    assert only(table.read(text))["options"][1] == {"zh": "", "en": "B"}


@pytest.mark.parametrize("right", ["1 3", "1,3", "1，3", "1、3", "1; 3"])
def test_several_right_ones_are_parted_as_people_part_them(right):
    found = only(table.read(f'{SINGLE}\nmultiple,问？,甲,乙,丙,,"{right}",消防法,2026-11-01\n'))
    assert [one.get("right", False) for one in found["options"]] == [True, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "kind;stem_zh;right\r\ntrue_false;对吗，真的？;true\r\n",
        "kind\tstem_zh\tright\r\ntrue_false\t对吗，真的？\ttrue\r\n",
        "kind,stem_zh,right,,\r\ntrue_false,对吗，真的？,true,,\r\n,,,,\r\n",
        "kind,stem_zh,right\rtrue_false,对吗，真的？,true\r",
        "\ufeffkind,stem_zh,right\ntrue_false,对吗，真的？,true",
    ],
)
def test_tables_are_read_however_they_were_saved(text):
    assert only(table.read(text))["stem"] == {"zh": "对吗，真的？"}


def test_the_line_for_excel_alone_is_none_of_the_questions():
    [found] = table.read("sep=;\r\nkind;stem_zh;right\r\ntrue_false;a,b,c;true\r\n")
    assert (found.line, found.written["stem"]["zh"]) == (3, "a,b,c")


def test_a_line_break_in_a_cell_is_one_wherever_it_was_saved():
    found = only(table.read('kind,stem_zh,right\r\ntrue_false,"一\r\n二",true\r\n'))
    assert found["stem"]["zh"] == "一\n二"


def test_a_quote_that_does_not_end_is_refused_where_it_begins():
    rows = "".join(f"true_false,第{n}题,true\n" for n in range(50))
    found = refusals(table.read(f'kind,stem_zh,right\ntrue_false,甲,true\ntrue_false,"乙\n{rows}'))
    assert found == [(2, None), (3, "no_csv")]


# Learning sites


MOODLE_GIFT = """// question: 0  name: Switch category to $course$/top/fire
$CATEGORY: $course$/top/fire

// question: 12
::Q 1::[html]<p dir\\="ltr">拨打 <b>119</b> 是为了什么？</p>{
\t=<p>报告火警</p>#<p>对</p>
\t~<p>叫&nbsp;救护车</p>
\t~[plain]a<b>c
####<p>火警 119</p>
}

::Q 2::[html]<p>3 &lt; 4</p>{TRUE}

::Q 3::[html]<p>图里是什么？<img src\\="@@PLUGINFILE@@/a.png"></p>{=甲 ~乙}

::Q 4::哪个？{=甲 ~[html]<img src\\="b.png">}

::Q 5::写着 <b>粗</b> 的{=甲 ~乙}

::Q 6::哪个{随便 =甲 ~乙}
"""


def test_gift_in_html_is_read_without_its_markup():
    found = list(gift.read(MOODLE_GIFT))
    assert refusals(found) == [
        (5, None), (12, None), (14, "has_media"), (16, "has_media"), (18, None),
        (20, "text_before_options"),
    ]  # fmt: skip
    first, second, plain = (found[n].written for n in (0, 1, 4))
    assert first["stem"]["zh"] == "拨打 119 是为了什么？"
    assert [one["zh"] for one in first["options"]] == ["报告火警", "叫 救护车", "a<b>c"]
    assert (first["topic"], first["explanation"]["zh"]) == ("fire", "火警 119")
    assert second["stem"]["zh"] == "3 < 4"
    assert plain["stem"]["zh"] == "写着 <b>粗</b> 的"


def test_moodle_xml_that_does_not_say_its_format_is_html():
    text = """<quiz><question type="multichoice">
<questiontext><text><![CDATA[<p>问 &amp; 题？</p>]]></text></questiontext>
<answer fraction="100"><text><![CDATA[<p>甲</p>]]></text></answer>
<answer fraction="0"><text>乙</text></answer></question></quiz>"""
    found = only(moodle_xml.read(text))
    assert found["stem"] == {"zh": "问 & 题？"}
    assert [one["zh"] for one in found["options"]] == ["甲", "乙"]


@pytest.mark.parametrize("where", ["questiontext", "answer"])
def test_moodle_xml_with_a_picture_is_refused_by_line(where):
    shown = '<text><![CDATA[<p>看<img src="@@PLUGINFILE@@/a.png"/></p>]]></text>'
    words = {"questiontext": "<text>问？</text>", "answer": "<text>甲</text>"} | {where: shown}
    text = f"""<quiz>
<question type="multichoice"><questiontext format="html">{words["questiontext"]}</questiontext>
<answer fraction="100" format="html">{words["answer"]}</answer>
<answer fraction="0"><text>乙</text></answer></question></quiz>"""
    assert refusals(moodle_xml.read(text)) == [(2, "has_media")]


def test_options_of_aiken_may_have_a_wide_bracket():
    found = only(aiken.read("问？\nA）甲\nB）乙\nANSWER: B\n"))
    assert found["options"] == [{"zh": "甲"}, {"zh": "乙", "right": True}]


def test_one_endless_question_costs_what_it_is_long():
    with spending() as spent:
        [found] = gift.read("哪个{=甲 ~" + "乙" * 3_000_000 + "}")
    assert len(found.written["options"][1]["zh"]) == 3_000_000
    assert spent.seconds < 2  # a letter at a time: some seconds for each mark
