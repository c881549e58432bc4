"""The page loads nothing, the paper has its letters in it, and both hold what the report says."""

import base64
import hashlib
import io
import re
from contextlib import contextmanager
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from PIL import ImageFile
from pypdf import PdfReader

from app.reports import printing, rules
from app.reports.telling import told
from app.volunteers import fonts
from app.volunteers.fonts import FontMissing
from tests.reports.sample import sample
from tests.reports.test_telling import issue

VOID = {"meta", "link", "br"}


class Balanced(HTMLParser):
    """Notes what is open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("reader", rules.READERS)
def test_the_page_is_whole_and_loads_nothing(reader):
    page = printing.page(told(sample(), issue(reader)))
    seen = Balanced()
    seen.feed(page)
    assert seen.open == []
    assert "<script" not in page
    found = re.findall(r'(?:src|href)="([^"]*)"|url\(([^)]*)\)', page)
    assert found == [("data:,", "")]
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in printing.POLICY


@pytest.mark.usefixtures("app")
@pytest.mark.either_database
def test_what_comes_to_the_end_of_a_sheet_is_printed_once():
    figures = sample()
    # So many that a chart beside its table would begin at the very end of a sheet.
    figures["longest_open"] = (figures["longest_open"] * 20)[:8]
    document = told(figures, issue(rules.STREET))
    sheets = PdfReader(io.BytesIO(printing.paper(document))).pages
    printed = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in sheets))
    answers = [re.sub(r"\s", "", part.answer) for part in document.parts if not part.summary]
    assert [printed.count(answer) for answer in answers] == [1] * len(answers)


def test_what_people_wrote_is_no_markup():
    figures = sample()
    figures["patrols"]["teams"][0]["name"] = "<img src=x onerror=alert(1)>"
    corrected = issue(edition=2, correction="<b>更正</b>")
    page = printing.page(told(figures, corrected))
    assert "<img" not in page
    assert "&lt;b&gt;更正&lt;/b&gt;" in page


def test_the_page_is_dark_where_the_screen_is():
    page = printing.page(told(sample(), issue()))
    assert "prefers-color-scheme:dark" in page
    for name in ("brand", "soft", "ink", "quiet", "line"):
        assert f".c-{name}{{fill:" in page


@contextmanager
def with_font(path):
    """Let a deployment name a font, or none."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (printing, fonts):
            patch.setattr(module, "settings", lambda: SimpleNamespace(pdf_font=path))
        yield


@pytest.fixture(scope="module", params=["zh-Hans", "en"])
def paper(request):
    """Print the fullest report once for each language."""
    with with_font(None):
        content = printing.paper(told(sample(), issue(rules.STREET, request.param)))
    return request.param, PdfReader(io.BytesIO(content))


SAID = {
    "zh-Hans": (("社区安全共治报告", "按时率92%，比上期高1个百分点", "要办的事"), "明细"),
    "en": (("Communitysafetyreport", "92%ontime,up1point", "Whatneedsdoing"), "Indetail"),
}


def plain(page):
    return re.sub(r"\s", "", page.extract_text())


def test_the_first_page_sums_up_and_the_second_has_the_details(paper):
    language, found = paper
    pages = [plain(page) for page in found.pages]
    first, details = SAID[language]
    for text in first:
        assert text in pages[0]
    assert details not in pages[0]
    assert pages[1].startswith(details)
    assert "草堂路社区" in pages[0]
    assert 3 <= len(pages) <= 6


def test_every_letter_is_embedded_as_a_subset_and_can_be_searched(paper):
    _, found = paper
    embedded = {}
    for page in found.pages:
        resources = page["/Resources"]
        embedded |= {name: font.get_object() for name, font in resources["/Font"].items()}
        # Charts are lines and letters, not pictures.
        drawn = resources.get("/XObject", {}).values()
        assert all(each.get_object()["/Subtype"] != "/Image" for each in drawn)
    assert embedded
    for font in embedded.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert any(key.startswith("/FontFile") for key in descriptor)
        assert re.fullmatch(r"/[A-Z]{6}\+.+", font["/BaseFont"])
        assert "/ToUnicode" in font


def test_the_letters_of_the_charts_are_chinese_ones_too(paper):
    _, found = paper
    names = {
        str(font.get_object()["/BaseFont"])
        for page in found.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert not [name for name in names if re.search("JP|KR|TC|HK", name)]


def test_paper_of_a_named_font():
    with with_font(fonts._of_machine().plain.path):
        content = printing.paper(told(sample(), issue(rules.RESIDENTS)))
    found = PdfReader(io.BytesIO(content))
    assert "你反映的事，后来怎样了" in plain(found.pages[0])
    assert len(found.pages) == 1


def test_without_letters_or_a_printer_there_is_no_paper(monkeypatch):
    document = told(sample(), issue())
    monkeypatch.setattr(printing, "_printer", missing_library)
    with with_font(None), pytest.raises(printing.PrinterMissing):
        printing.paper(document)
    monkeypatch.setattr(printing, "faces", no_font)
    with pytest.raises(FontMissing):
        printing.paper(document)


def missing_library():
    raise OSError("libpango-1.0-0")


def no_font():
    raise FontMissing


@pytest.mark.usefixtures("paper")
def test_whoever_printed_still_refuses_a_photo_that_was_cut_short():
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_nothing_is_fetched_but_the_font():
    fetch = printing._only("file:///fonts/ours.otf")
    for url in ("http://127.0.0.1/", "file:///etc/passwd", "file:///fonts/ours.otf?x"):
        with pytest.raises(ValueError, match="loads nothing"):
            fetch(url)
