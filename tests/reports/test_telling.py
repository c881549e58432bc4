"""What a report says: the same in both languages, to each reader what is theirs."""

from datetime import date

import pytest

from app.reports import rules
from app.reports.composing import Issue
from app.reports.telling import told
from app.reports.wording import Hidden, Words
from tests.reports.sample import figure, rate, sample


def issue(reader=rules.COMMITTEE, language="zh-Hans", key="2026-10", edition=1, correction=None):
    period = rules.period(key)
    return Issue(period, reader, language, edition, correction, date(2026, 11, 1))


def everything(document):
    """Return all that a document says, tables and charts too."""
    cells = [
        str(cell)
        for part in document.parts
        if part.table
        for row in part.table.rows
        for cell in row
    ]
    parts = [text for part in document.parts for text in (part.answer, part.note, part.chart)]
    tiles = [text for tile in document.tiles for text in (tile.shown, tile.made_of, tile.change)]
    return "\n".join([document.title, *document.lines, *document.findings, *parts, *tiles, *cells])


@pytest.mark.parametrize("reader", rules.READERS)
def test_both_languages_have_the_same_figures(reader):
    zh, en = (told(sample(), issue(reader, language)) for language in ("zh-Hans", "en"))
    assert [part.name for part in zh.parts] == [part.name for part in en.parts]
    for ours, theirs in zip(zh.tiles, en.tiles, strict=True):
        assert (ours.cell, ours.turn, ours.tone) == (theirs.cell, theirs.turn, theirs.tone)
    for ours, theirs in zip(zh.parts, en.parts, strict=True):
        numbers = [
            [[cell for cell in row if not isinstance(cell, str)] for row in part.table.rows]
            for part in (ours, theirs)
        ]
        assert numbers[0] == numbers[1]


def test_a_title_is_the_answer():
    answers = {part.name: part.answer for part in told(sample(), issue()).parts}
    assert answers["cases"] == "按时率 92%，比上期高 1 个百分点"
    assert answers["days"] == "反映 42 件、办结 39 件，反映多 3 件"
    assert answers["categories"] == "反映最多的是消防通道堵塞：15 件，占 36%"
    assert answers["patrols"] == "8 个网格，7 个有人巡过"
    assert answers["participation"] == "参与指数为 47.3，最弱的一环是参与面"


def test_what_needs_doing_comes_first():
    assert told(sample(), issue()).findings == (
        "2 件已超期，还没办完。",
        "1 件督办还没答复。",
        "1 件督办答复晚了。",
        "井盖松动最容易误期，按时率 50% (2/4)。",
        "1 个网格整期没人巡：第八网格。",
        "4 人次报了名没来巡逻。",
    )


def test_a_quiet_month_has_a_report_too():
    figures = sample()
    for when in ("cases", "before"):
        figures[when]["totals"] = dict.fromkeys(figures[when]["totals"], 0)
        figures[when]["rates"] = dict.fromkeys(figures[when]["rates"], rate(0, 0))
    for name in ("orders", "orders_before"):
        figures[name] = dict.fromkeys(figures[name], 0)
    figures["patrols"] |= {"units": [], "teams": [], "no_shows": 0}
    figures |= {"by_category": [], "by_place": [], "longest_open": [], "by_day": []}
    for language in ("zh-Hans", "en"):
        document = told(figures, issue(rules.STREET, language))
        assert document.findings == (Words(language).say("findings.none"),)
        rates = [tile.cell for tile in document.tiles[2:5]]
        assert rates == [Hidden("nothing")] * 3


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_what_is_withheld_is_a_word_and_never_nought(language):
    document = told(sample(), issue(rules.COMMITTEE, language))
    [people] = [part for part in document.parts if part.name == "people"]
    words = Words(language)
    learnt = next(row for row in people.table.rows if row[0] == words.say("people.learnt"))
    assert learnt[1] == Hidden("few")
    assert words.say("hidden.few") in people.chart


def test_residents_are_told_no_case_no_team_and_no_grid():
    said = everything(told(sample(), issue(rules.RESIDENTS)))
    for secret in ("CT-2026", "红袖标队", "第一网格", "树枝危险", "督办"):
        assert secret not in said
        assert secret in everything(told(sample(), issue()))
    assert "不足 5 人，不显示" in said


def test_residents_are_not_told_what_few_volunteers_did():
    figures = sample()
    figures["residents"]["walked"]["hours"] = figure(3, withheld="few")
    assert "志愿者巡逻" not in everything(told(figures, issue(rules.RESIDENTS)))


def test_only_the_street_sees_other_places():
    assert "浣花社区" not in everything(told(sample(), issue()))
    street = told(sample(), issue(rules.STREET))
    [compared] = [part for part in street.parts if part.name == "compared"]
    assert compared.answer == "按时率 92%；3 处的中间数是 84%"
    assert compared.table.rows[compared.table.marked][0] == "草堂路社区"


@pytest.mark.parametrize(
    ("edition", "correction", "line"),
    [
        (0, None, "预览：这段日子还没过完，数字截至 2026年11月1日，还会变，不存档。"),
        (1, None, "第 1 版，2026年11月1日 定稿。数字不再改动；要更正会另出一版。"),
        (2, "巡逻时间", "第 2 版，2026年11月1日 定稿，更正了上一版：巡逻时间"),
    ],
)
def test_every_report_says_which_edition_it_is(edition, correction, line):
    document = told(sample(), issue(edition=edition, correction=correction))
    assert document.lines == ("送：居民委员会", line)


def test_a_quarter_goes_by_weeks():
    figures = sample()
    document = told(figures, issue(key="2026-Q4"))
    [days] = [part for part in document.parts if part.name == "days"]
    weeks = [row[0] for row in days.table.rows]
    assert weeks[:2] == [date(2026, 9, 28), date(2026, 10, 5)]
    for column, name in ((1, "reported"), (2, "closed")):
        assert sum(row[column] for row in days.table.rows) == sum(
            day[name] for day in figures["by_day"]
        )
