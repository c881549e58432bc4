"""The workbook: numbers are numbers, and no text is a formula."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from app.reports import rules, sheets
from app.reports.telling import told
from tests.reports.sample import sample
from tests.reports.test_telling import issue


def opened(figures, **of):
    content = sheets.workbook(told(figures, issue(rules.STREET, **of)))
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_part_has_a_sheet_with_a_head_that_stays(language):
    document = told(sample(), issue(rules.STREET, language))
    book = opened(sample(), language=language)
    assert len(book.worksheets) == 2 + sum(part.table is not None for part in document.parts)
    for sheet, part in zip(book.worksheets[1:-1], document.parts, strict=True):
        assert sheet["A1"].value == part.answer
        assert sheet.freeze_panes == "B3"
        assert sheet["A2"].value == part.table.head[0]


def test_numbers_shares_and_days_are_such():
    book = opened(sample())
    lane = {cell.column: cell for cell in book["反映什么"][3]}
    assert lane[1].value == "消防通道堵塞"
    assert (lane[2].value, lane[2].number_format) == (15, "#,##0")
    assert lane[6].value == pytest.approx(13 / 15)
    assert lane[6].number_format == "0.0%"
    assert [lane[7].value, lane[8].value] == [13, 15]
    oldest = book["拖得最久的"][3]
    assert oldest[3].value == datetime(2026, 10, 15)  # noqa: DTZ001 a sheet has no zones
    assert oldest[3].number_format == "yyyy-mm-dd"
    hours = book["志愿服务"][3]
    assert (hours[1].value, hours[1].number_format) == (32.5, "#,##0.0")
    learnt = next(row for row in book["谁在参与"].iter_rows() if row[0].value == "学安全知识（次）")
    assert learnt[1].value == "不足 5 人，不显示"


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_sheet_is_printed_on_paper_no_wider_than_a_page(language):
    for sheet in opened(sample(), language=language).worksheets:
        assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "&P / &N"
        # Programs that do not measure a row themselves would cut its words off.
        first = sheet["A1"]
        assert first.alignment.wrap_text
        assert sheet.row_dimensions[1].height >= 16
    wide = opened(sample(), language=language).worksheets[-2]
    assert wide.page_setup.orientation == "landscape"


EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "\n=1",
    "\x00=1",
    " =1",
    "\u3000＝1",
    "＠1",
]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_of_anybodys_is_a_formula(text):
    figures = sample()
    figures["place"]["name"] = text
    figures["patrols"]["teams"][0]["name"] = text
    figures["by_place"][0]["name"] = text
    book = opened(figures, edition=2, correction=text)
    found = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    assert not cell.value.lstrip().startswith(("=", "+", "-", "@", "＝", "＠"))
                    found += cell.value.startswith("'")
    assert found >= 2


@pytest.mark.parametrize("letter", ["\ufffe", "\uffff", "\ud800", "\x0b"])
def test_a_workbook_opens_whatever_is_written_in_it(letter):
    figures = sample()
    figures["patrols"]["teams"][0]["name"] = f"红{letter}袖标"
    names = [row[0].value for row in opened(figures)["志愿服务"].iter_rows()]
    assert "红袖标" in names


def test_words_of_ours_are_as_they_are():
    assert [sheets.safe(text) for text in ("草堂路社区", "100 ×", "'", "a=1")] == [
        "草堂路社区",
        "100 ×",
        "'",
        "a=1",
    ]


def test_the_same_report_gives_the_same_bytes():
    document = told(sample(), issue())
    assert document.issue.made_on == date(2026, 11, 1)
    assert sheets.workbook(document) == sheets.workbook(document)
    assert opened(sample()).properties.modified == datetime(2026, 10, 31, 16)  # noqa: DTZ001
