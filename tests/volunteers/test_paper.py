"""The paper: whatever is long still fits, pages go on, fonts are found or missed clearly."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.config import RefusedToStart, Settings
from app.volunteers import fonts, paper
from app.volunteers import sheets as sheets_of
from app.volunteers.fonts import FontMissing

pytestmark = pytest.mark.either_database
FIRST = date(2026, 1, 3)
ISSUED = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def certificate(services=3, **changes):
    content = [
        {
            "day": (FIRST + timedelta(days=place)).isoformat(),
            "title": f"夜间巡逻{place % 7}",
            "place": "草堂路社区第2网格",
            "team": "平安志愿队" if place % 2 else None,
            "minutes": 90,
        }
        for place in range(services)
    ]
    minutes = 90 * services
    return {
        "number": "LLC-2026-7Q2KXM9PTB",
        "state": "in_notice",
        "name": "周明",
        "volunteer_number": "LV-2026-000123",
        "hours": minutes // 6 / 10,
        "minutes": minutes,
        "from": FIRST,
        "to": FIRST + timedelta(days=services - 1),
        "issuer": "草堂路社区居民委员会",
        "responsible": None,
        "remarks": None,
        "issued_at": ISSUED,
        "valid_from": ISSUED + timedelta(days=7),
        "revoked_at": None,
        "verify_url": "https://linli.example/api/v1/certificates/LLC-2026-7Q2KXM9PTB",
        "content": content,
        **changes,
    }


def sheets(found, language="zh-Hans"):
    reader = PdfReader(io.BytesIO(paper.printed(found, language)))
    # The reader takes letters of two bytes for two; poppler and MuPDF read them right.
    return ["".join(sheet.extract_text().replace("\0", "").split()) for sheet in reader.pages]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_longest_of_everything_stays_on_the_first_page(app, language):
    found = certificate(
        200,
        name="阿" * 40,
        issuer="草" * 80,
        responsible="王" * 40,
        remarks="评" * 199 + "完",
    )
    found["content"] = [{**row, "title": row["title"] + "长" * 75} for row in found["content"]]
    front, *rest = sheets(found, language)
    assert front.count("阿" * 5) >= 2
    assert "完" in front
    assert "完" not in "".join(rest)
    assert found["number"] in front


def test_a_long_list_goes_on_over_pages_and_loses_nothing(app):
    found = certificate(150)
    _front, *listed = sheets(found)
    assert len(listed) > 3
    for sheet in listed:
        assert "服务明细" in sheet
    everything = "".join(listed)
    for row in found["content"]:
        day = date.fromisoformat(row["day"])
        assert f"{day.year}年{day.month}月{day.day}日{row['title']}" in everything
    assert everything.count("90分钟") == 150
    assert f"共{len(listed) + 1}页" in listed[-1]


def lines(words, width=30.0):
    """Return the lines of a text, and how wide each is."""
    sheet = paper._Paper(certificate(), "zh-Hans", fonts.faces())
    try:
        sheet.set_font(paper.PLAIN, size=10)
        return {line: sheet.get_string_width(line) for line in sheet.lines(words, width)}
    finally:
        for font in sheet.fonts.values():  # what is not printed is not closed either
            font.ttfont.close()


@pytest.mark.parametrize(
    "words",
    [
        "志愿服务，志愿服务，志愿服务，志愿服务。",
        "于 2026年1月3日 至 2026年11月20日 期间，服务 40 次",
        "Honorificabilitudinitatibus",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        "，，，，，，，，，，，，，，，，，，，，，，，，，，",
        "",
    ],
)
def test_lines_are_cut_where_they_may_be_and_keep_every_letter(app, words):
    found = lines(words)
    assert set("".join(found)) - {" "} == set(words) - {" "}
    assert all(width <= 30 for width in found.values())


def test_no_line_begins_with_a_comma(app):
    for width in range(12, 60, 6):
        for line in lines("志愿服务，志愿服务（记录），真实。志愿服务！", float(width)):
            assert line[0] not in "，。！）"


@pytest.mark.parametrize(("hours", "shown"), [(36.0, "36"), (36.5, "36.5"), (0.1, "0.1")])
def test_hours_have_no_empty_decimals(hours, shown):
    assert paper._number(hours) == shown


def test_the_code_leads_to_the_page(app):
    """The squares of a line are drawn at once; together they are the code's."""
    assert sheets_of._runs([1, 1, 0, 1]) == [(0, 2), (3, 1)]
    assert sheets_of._runs([0, 0]) == []


@pytest.fixture
def settings(app, monkeypatch):
    def change(**changes):
        changed = replace(app.extensions["linli_settings"], **changes)
        monkeypatch.setitem(app.extensions, "linli_settings", changed)

    return change


def test_without_chinese_letters_nothing_is_printed(app, settings, monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))
    for known in (fonts._files, fonts._of_machine):
        known.cache_clear()
    try:
        with pytest.raises(FontMissing):
            paper.printed(certificate(), "zh-Hans")
    finally:
        for known in (fonts._files, fonts._of_machine):
            known.cache_clear()


def test_a_named_font_prints_everything(app, settings):
    known = fonts._of_machine()
    settings(pdf_font=known.bold.path)
    assert fonts.faces() == fonts.Faces(known.bold, known.bold, known.bold)
    assert "志愿服务证明" in sheets(certificate())[0]


def test_a_file_that_is_no_chinese_font_is_none(app, settings, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    settings(pdf_font=broken)
    with pytest.raises(FontMissing):
        fonts.faces()


def test_a_font_that_is_not_there_is_told_at_the_start(tmp_path):
    with pytest.raises(RefusedToStart, match="PDF_FONT"):
        Settings.from_environment({"LINLI_ENV": "test", "PDF_FONT": str(tmp_path / "none.ttf")})
    assert isinstance(fonts.FOLDERS[0], Path)
