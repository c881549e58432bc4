"""Editions that never change, made once, for whoever may read them."""

import io
import threading
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from app.committees import indicators
from app.committees import service as committees
from app.core import clock, deliveries, outbox
from app.core.access import RoleKind
from app.core.db import changed_rows, end_reading, read, writing
from app.core.deployment import storage
from app.core.errors import InvalidInput, NotFound
from app.core.jobs import declared
from app.hazards import service as hazards
from app.hazards.models import Hazard
from app.reports import became, composing, gathering, jobs, making, rules, service
from app.reports.models import Report, ReportFile
from app.reports.wording import Words
from app.rollups import rolling
from tests.factories.people import COMMUNITY, make_actor
from tests.reports.conftest import FIRST_OF_DECEMBER

NOVEMBER, DECEMBER = rules.period("2026-11"), rules.period("2026-12")
"""When `case_in` has its cases."""


@pytest.fixture
def later():
    """Open a report on the 1st of December, or so many hours later."""

    def open_it(actor, form="html", hours=0, code=COMMUNITY, **of):
        with clock.at(FIRST_OF_DECEMBER + timedelta(hours=hours)):
            return service.open_report(actor, code, form, **of).content

    return open_it


@pytest.fixture
def ask():
    def ask_it(actor, hours=0, **of):
        with clock.at(FIRST_OF_DECEMBER + timedelta(hours=hours)):
            return service.ask_for_report(actor, COMMUNITY, **of)

    return ask_it


@pytest.fixture
def no_printer(monkeypatch):
    """Be on a machine that sets no type: paper takes as long as all the rest of a test."""

    def missing():
        raise OSError

    monkeypatch.setattr("app.reports.printing._printer", missing)


def deliver(hours=0):
    """Do what is due, as `flask notices deliver` does; returns what came of each."""
    with clock.at(FIRST_OF_DECEMBER + timedelta(hours=hours)):
        found = deliveries.claim("a worker", 50)
        outcomes = [(claimed, deliveries.attempt(claimed)) for claimed in found]
        deliveries.settle("a worker", outcomes)
    return [type(outcome).__name__ for _, outcome in outcomes]


def standing(actor, report_id):
    found = service.show_report(actor, COMMUNITY, report_id)
    return found["state"], found["done"], found["of"]


def test_the_figures_are_those_of_the_overview(people, case_in, step):
    again = step(case_in("closed"), "handling", "resident", note="又停了")
    for to, who in (("handled", "gridworker"), ("closed", "resident")):
        step(again, to, who)
    case_in("assigned", category="FALLING")
    with clock.at(FIRST_OF_DECEMBER):
        outbox.deliver_due()
        rolling.roll_up()
        figures = gathering.gathered(COMMUNITY, NOVEMBER)
        overview = committees.show_overview(
            people["committee"], COMMUNITY, first=NOVEMBER.first, last=NOVEMBER.last
        )
    assert figures["cases"] == {"totals": overview["totals"], "rates": overview["rates"]}
    assert figures["cases"]["totals"]["reported"] == 2
    assert [row["reported"] for row in figures["by_category"]] == [1, 1]
    assert sum(row["reported"] for row in figures["by_place"]) == 2
    assert len(figures["by_place"]) == len(figures["patrols"]["units"]) == 4
    [own] = [row for row in figures["compared"] if row["code"] == COMMUNITY]
    assert (own["reported"], own["closed"]) == (2, 1)
    assert own["on_time"] == overview["rates"]["on_time"]
    assert figures["participation"]["people"]["value"] == 1
    [oldest] = figures["longest_open"]
    assert (oldest["state"], oldest["days"]) == ("assigned", 11)
    # Nobody's name is in it: not the reporter's, not the worker's.
    written = str(figures)
    assert not [who.name for who in people.values() if who.name and who.name in written]


def test_what_was_reported_after_the_month_is_not_in_its_list(case_in, morning):
    case_in("assigned")
    with clock.at(FIRST_OF_DECEMBER):
        case_in("reported")
    with clock.at(FIRST_OF_DECEMBER + timedelta(hours=1)):
        told = {each.key: gathering.gathered(COMMUNITY, each) for each in (NOVEMBER, DECEMBER)}
    assert [row["state"] for row in told["2026-11"]["longest_open"]] == ["assigned"]
    assert [row["state"] for row in told["2026-12"]["longest_open"]] == ["assigned", "reported"]


def test_a_preview_tells_what_has_come_as_the_console_does(people, case_in, morning):
    case_in("closed", category="POWERBOX")  # within four working days, which have not gone by
    with clock.at(FIRST_OF_DECEMBER):
        case_in("reported")
    outbox.deliver_due()
    rolling.roll_up()
    today = clock.shanghai_day(morning)
    november = gathering.gathered(COMMUNITY, NOVEMBER)
    so_far = committees.show_overview(
        people["committee"], COMMUNITY, first=NOVEMBER.first, last=today
    )
    assert november["cases"] == {"totals": so_far["totals"], "rates": so_far["rates"]}
    assert november["by_day"][-1]["date"] == today.isoformat()
    found = indicators.indicators(people["committee"], COMMUNITY, first=NOVEMBER.first, last=today)
    assert november["indices"]["solving"] == found["indices"]["solving"]
    assert november["indices"]["solving"]["parts"]["on_time"]["denominator"] == 0
    assert november["longest_open"] == []
    # What was open then nobody wrote down: it is not what of it is open now.
    assert (november["before"]["totals"]["open"], november["before"]["totals"]["overdue"]) == (
        None,
        None,
    )
    [tile] = [each for each in composing.tiles(november, Words("zh-Hans")) if each.label == "未结"]
    assert (tile.change, tile.turn) == ("上期没有可比的数", 0)


def test_a_preview_is_compared_with_the_same_days_of_the_period_before(people, case_in, morning):
    for days in (31, 23):  # on 20 October, and on the 28th, which is later in its month than today
        with clock.at(morning - timedelta(days=days)):
            case_in("assigned")
    outbox.deliver_due()
    rolling.roll_up()
    today = clock.shanghai_day(morning)
    november = making.fresh(COMMUNITY, NOVEMBER)
    same = november["before_days"]
    assert same == {"from": "2026-10-01", "to": today.replace(month=10).isoformat()}
    assert november["before"]["totals"]["reported"] == 1
    assert november["residents"]["before"]["reported"]["value"] is None
    page = service.open_report(people["committee"], COMMUNITY, "html", month="2026-11").content
    assert page.decode().count("上期的同一段日子") == 2
    with clock.at(FIRST_OF_DECEMBER):
        over = making.fresh(COMMUNITY, NOVEMBER)
    assert over["before"]["totals"]["reported"] == 2
    assert "before_days" not in over


@pytest.mark.parametrize(
    ("key", "today", "last"),
    [
        ("2026-11", "2026-11-20", "2026-10-20"),
        ("2026-11", "2026-11-30", "2026-10-31"),
        ("2026-11", "2026-12-05", "2026-10-31"),
        ("2026-03", "2026-03-30", "2026-02-28"),
        ("2026-Q4", "2026-11-20", "2026-08-20"),
    ],
)
def test_what_a_period_is_compared_with_is_as_long(key, today, last):
    assert rules.period(key).compared(date.fromisoformat(today)).last == date.fromisoformat(last)


def test_a_street_and_a_district_go_by_what_lies_below(people, case_in):
    case_in("assigned")
    with clock.at(FIRST_OF_DECEMBER):
        for code, below in ((COMMUNITY[:9], "community"), (COMMUNITY[:6], "street")):
            figures = gathering.gathered(code, NOVEMBER)
            assert figures["place"]["below"] == below
            counts = {row["code"]: row["reported"] for row in figures["by_place"]}
            assert counts[COMMUNITY[: len(code) + 3]] == sum(counts.values()) == 1
            assert figures["residents"] is None


def test_a_report_never_changes(people, case_in, later):
    case = case_in("assigned")
    first = later(people["committee"], month="2026-11")
    with clock.at(FIRST_OF_DECEMBER + timedelta(hours=1)):
        hazards.move_hazard(people["gridworker"], case["id"], to="handling")
    case_in("assigned")  # and one that comes to light afterwards
    assert later(people["committee"], hours=2, month="2026-11") == first
    sheet = load_workbook(io.BytesIO(later(people["committee"], "xlsx", 2, month="2026-11")))
    assert sheet["一页看懂"]["B6"].value == 1
    for statement in (update(Report).values(failed="no"), delete(ReportFile), delete(Report)):
        with pytest.raises(DatabaseError, match="append-only"), writing():
            changed_rows(statement)


@pytest.mark.usefixtures("no_printer")
def test_a_corrected_edition_says_so_and_leaves_the_first(people, case_in, later, ask):
    case_in("assigned")
    committee = people["committee"]
    with pytest.raises(service.NothingToCorrect):
        ask(committee, month="2026-11", correction="巡逻时间")
    first = later(committee, month="2026-11")
    with pytest.raises(service.ReportExists):
        ask(committee, month="2026-11")
    case_in("assigned")
    asked = ask(committee, 1, month="2026-11", correction="漏了一件")
    assert (asked["edition"], asked["state"], asked["done"]) == (2, "making", 0)
    with pytest.raises(service.ReportInTheMaking):
        ask(committee, 1, month="2026-11", correction="漏了一件")
    # Until the second is there the first is read.
    assert later(committee, hours=1, month="2026-11") == first
    assert deliver(2) == ["Done", "Done"]  # the first one's files, and the second
    assert standing(committee, asked["id"]) == ("made", making.STEPS - 1, making.STEPS)
    second = later(committee, hours=2, month="2026-11").decode()
    assert "更正了上一版：漏了一件" in second
    with clock.at(FIRST_OF_DECEMBER):
        page = service.list_reports(committee, COMMUNITY, limit=10)
    assert [(row["edition"], row["correction"]) for row in page["items"]] == [
        (2, "漏了一件"),
        (1, None),
    ]


def test_days_that_are_not_over_are_a_preview_and_not_kept(people, case_in, later, ask):
    case_in("assigned")
    before = later(people["committee"], month="2026-12").decode()
    assert "预览" in before
    assert read(select(Report.id)).all() == []
    with pytest.raises(InvalidInput) as refused:
        ask(people["committee"], month="2026-12")
    assert refused.value.errors[0].code == "not_over"


@pytest.mark.usefixtures("no_printer")
def test_nothing_is_written_down_before_all_is_counted(people, case_in, later, ask):
    committee, early = people["committee"], -4
    case_in("assigned")
    assert "预览" in later(committee, hours=early, month="2026-11").decode()
    asked = ask(committee, early, month="2026-11")
    assert deliver(early) == ["Later"]
    with clock.at(FIRST_OF_DECEMBER):
        outbox.deliver_due()  # a fact of November waits to be rolled up
    assert "预览" in later(committee, month="2026-11").decode()
    assert deliver() == ["Later"]
    assert standing(committee, asked["id"])[0] == "making"
    with clock.at(FIRST_OF_DECEMBER):
        rolling.roll_up()
    assert deliver(1) == ["Done"]
    assert standing(committee, asked["id"])[0] == "made"
    with writing():
        rolling.mark_rolled(FIRST_OF_DECEMBER)
    assert "预览" in later(committee, hours=24 * 40, month="2026-12").decode()
    assert read_reports() == 1


@pytest.mark.usefixtures("no_printer")
def test_whoever_dies_before_making_it_has_left_it_to_a_worker(people, ask):
    committee = people["committee"]
    with clock.at(FIRST_OF_DECEMBER):
        report_id = service._first_edition(committee, COMMUNITY, NOVEMBER)
        assert service._first_edition(committee, COMMUNITY, NOVEMBER) == report_id
    with pytest.raises(service.ReportInTheMaking):
        ask(committee, month="2026-11")
    with writing():
        changed_rows(delete(deliveries.Delivery))
    assert ask(committee, 1, month="2026-11")["id"] == report_id
    assert deliver(1) == ["Done"]
    assert standing(committee, report_id)[0] == "made"


def test_residents_are_told_once_and_before_is_what_was_told(people, spot, later, ask):
    lane = {"category": "FIRE_LANE", "description": "消防车道停了车", **spot}
    with clock.at(datetime(2026, 11, 20, 1, tzinfo=UTC)):
        for actor in neighbours(5):
            hazards.report_hazard(actor, **lane)
    committee = people["committee"]
    told_first = later(committee, month="2026-11", reader="residents")
    with clock.at(datetime(2026, 11, 20, 1, tzinfo=UTC)):
        hazards.report_hazard(people["resident"], **lane)
    asked = ask(committee, month="2026-11", correction="漏了一件")
    figures = making.figured(asked["id"]).figures
    assert figures["cases"]["totals"]["reported"] == 6
    assert figures["residents"]["figures"]["reported"]["value"] == 5
    assert later(committee, hours=1, month="2026-11", reader="residents") == told_first
    told = service.show_what_became(people["resident"], COMMUNITY)
    assert (told["edition"], told["correction"]) == (1, None)
    with clock.at(FIRST_OF_DECEMBER + timedelta(days=31)):  # so it is compared with all November
        after = making.fresh(COMMUNITY, rules.period("2026-12"))
    assert after["before"] == figures["cases"]
    assert after["residents"]["before"]["reported"]["value"] == 5


def test_there_are_nine_editions_at_most(people, ask):
    row = {"place_code": COMMUNITY, "period": "2026-11", "asked_at": FIRST_OF_DECEMBER}
    made = {"figures": {}, "made_at": FIRST_OF_DECEMBER, "edition": 9, "correction": "改了"}
    with writing():
        changed_rows(insert(Report).values(**row, **made))
    with pytest.raises(InvalidInput) as refused:
        ask(people["committee"], month="2026-11", correction="又改了")
    assert refused.value.errors[0].code == "too_many"


def test_it_is_made_once_however_many_ask(app, people, case_in):
    case_in("assigned")
    barrier, pages = threading.Barrier(3), []

    def reader():
        with app.app_context(), clock.at(FIRST_OF_DECEMBER):
            barrier.wait()
            pages.append(service.open_report(people["committee"], COMMUNITY, "html").content)
            end_reading()

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pages) == 3
    assert len(set(pages)) == 1
    assert len(read(select(Report.id)).all()) == 1
    [name] = read(select(ReportFile.name)).scalars()
    assert storage().get(name) == pages[0]


def test_on_the_first_all_places_with_somebody_in_charge_have_theirs(people):
    with clock.at(FIRST_OF_DECEMBER):
        assert jobs.ask() == jobs.ask() + read_reports() > 0
        places = {row.place_code for row in read(select(Report.place_code))}
        periods = {row.period for row in read(select(Report.period))}
    assert {COMMUNITY, COMMUNITY[:9], COMMUNITY[:6]} <= places
    assert periods == {"2026-11", "2026-Q3"}
    # Resident's and grid worker's places have none.
    assert all(len(code) <= len(COMMUNITY) for code in places)


def test_what_was_not_asked_for_on_the_first_is_asked_for_on_the_next_day(people):
    [found] = [each for each in declared() if each.name == "reports.ask"]
    slot = found.next_slot(FIRST_OF_DECEMBER + timedelta(days=1))
    assert slot < FIRST_OF_DECEMBER + timedelta(days=2)
    with clock.at(slot):
        assert jobs.ask() == read_reports() > 0
    with clock.at(found.next_slot(slot)):
        assert jobs.ask() == 0


def read_reports():
    return len(read(select(Report.id)).all())


@pytest.mark.usefixtures("no_printer")
def test_what_fails_three_times_may_be_asked_for_again(people, ask, monkeypatch):
    def broken(*_):
        raise RuntimeError

    asked = ask(people["committee"], month="2026-11")
    with monkeypatch.context() as patch:
        patch.setattr(gathering, "gathered", broken)
        for hours in range(0, 30, 10):
            assert deliver(hours) == ["Unsure"]
    assert standing(people["committee"], asked["id"])[0] == "failed"
    assert ask(people["committee"], 40, month="2026-11")["state"] == "making"
    assert deliver(41) == ["Done"]
    assert standing(people["committee"], asked["id"])[0] == "made"


@pytest.mark.usefixtures("no_printer")
def test_without_a_printer_there_is_a_page_and_a_sheet(people, ask):
    asked = ask(people["committee"], month="2026-11")
    assert deliver() == ["Done"]
    assert standing(people["committee"], asked["id"]) == ("made", 3, 4)


def test_a_report_restored_without_its_files_is_printed_again(people, later):
    first = later(people["committee"])
    [name] = read(select(ReportFile.name)).scalars()
    end_reading()
    storage().delete(name)
    assert later(people["committee"], hours=9) == first
    assert storage().get(name) == first


@pytest.mark.parametrize(
    ("who", "of", "fault"),
    [
        ("committee", {"reader": "street"}, NotFound),
        ("committee", {"code": COMMUNITY[:9]}, NotFound),
        ("committee", {"code": f"{COMMUNITY}001"}, NotFound),
        ("committee", {"code": "510105007999"}, NotFound),
        ("committee", {"code": "nonsense"}, NotFound),
        ("outsider", {}, NotFound),
        ("district", {"code": COMMUNITY[:6], "reader": "street"}, NotFound),
        ("street", {"code": "510105007999"}, NotFound),
        ("street", {"code": COMMUNITY[:9], "reader": "residents"}, InvalidInput),
        ("committee", {"quarter": "2026-Q3", "reader": "residents"}, InvalidInput),
        ("committee", {"month": "2027-01"}, InvalidInput),
        ("committee", {"month": "2019-12"}, InvalidInput),
        ("committee", {"month": "2026-11", "quarter": "2026-Q3"}, InvalidInput),
    ],
)
def test_what_is_refused(people, later, who, of, fault):
    with pytest.raises(fault):
        later(people[who], **of)
    assert read_reports() == 0


def neighbours(number):
    return [make_actor((RoleKind.RESIDENT, COMMUNITY), name=f"邻{n}") for n in range(number)]


def test_residents_are_told_what_five_of_them_reported(people, spot, later):
    lane = {"category": "FIRE_LANE", "description": "消防车道停了车", **spot}
    with clock.at(datetime(2026, 11, 20, 1, tzinfo=UTC)):
        for actor in neighbours(5):
            hazards.report_hazard(actor, **lane)
        for actor in neighbours(2):
            hazards.report_hazard(actor, **(lane | {"category": "FALLING"}))
    later(people["committee"])
    told = service.show_what_became(people["resident"], COMMUNITY)
    assert told["figures"]["reported"] == {
        "value": 7,
        "numerator": None,
        "denominator": None,
        "excluded": 0,
        "withheld": None,
    }
    # Two people's kind would be the difference to the total, so both are told as one.
    assert [(row["code"], row["reported"]) for row in told["by_category"]] == [("other", 7)]
    assert told["lumped"]
    assert told["months"] == ["2026-11"]
    with pytest.raises(NotFound):
        service.show_what_became(people["resident"], COMMUNITY, month="2026-10")
    with pytest.raises(NotFound):
        service.show_what_became(people["resident"], COMMUNITY[:9])


def test_residents_are_not_told_what_four_of_them_reported(people, case_in, later):
    case_in("closed")
    later(people["committee"])
    told = service.show_what_became(people["resident"], COMMUNITY, month="2026-11")
    reasons = {name: figure["withheld"] for name, figure in told["figures"].items()}
    assert reasons == dict.fromkeys(
        ("reported", "closed", "on_time", "satisfied", "resolved"), "few"
    )
    assert told["by_category"] == []
    assert all(figure["value"] is None for figure in told["figures"].values())


def belonging_to_others(cases, **changes):
    others = neighbours(len(cases))
    with writing():
        for case, actor in zip(cases, others, strict=True):
            mine = update(Hazard).where(Hazard.id == case["id"])
            changed_rows(mine.values(reporter_id=actor.resident_id, **changes))


def residents_told():
    with clock.at(FIRST_OF_DECEMBER):
        return gathering.gathered(COMMUNITY, NOVEMBER)["residents"]


def test_what_others_are_told_leaves_nobody_alone(people, spot, case_in):
    with clock.at(datetime(2026, 11, 20, 1, tzinfo=UTC)):
        for actor in neighbours(6):
            hazards.report_hazard(actor, category="FALLING", description="阳台花盆", **spot)
    belonging_to_others([case_in("closed") for _ in range(2)])
    # Eight have reported; what was closed is of two of them.
    told = residents_told()
    assert told["figures"]["reported"]["value"] == 8
    assert told["figures"]["closed"]["withheld"] == "few"
    assert told["by_category"] == []
    belonging_to_others([case_in("closed") for _ in range(4)])
    told = residents_told()
    assert told["figures"]["closed"]["value"] == 6
    assert told["figures"]["satisfied"]["value"] == 1
    assert [(row["code"], row["closed"]) for row in told["by_category"]] == [
        ("FALLING", 0),
        ("FIRE_LANE", 6),
    ]
    # Open data will tell of six blocked lanes: what is left of seven were one person's case.
    belonging_to_others([case_in("closed")], category="FALLING")
    told = residents_told()
    reasons = {name: figure["withheld"] for name, figure in told["figures"].items()}
    assert reasons["reported"] is None
    assert {reasons[name] for name in ("closed", "on_time", "satisfied", "resolved")} == {"few"}
    assert [row["code"] for row in told["by_category"]] == []


@pytest.mark.parametrize(
    ("good", "bad", "left", "withheld"),
    [(9, 0, 0, None), (9, 5, 0, None), (9, 2, 0, "few"), (2, 9, 0, "few"), (9, 0, 2, "few")],
)
def test_a_share_does_not_tell_who_was_not_satisfied(good, bad, left, withheld):
    rate = {"value": None, "numerator": good, "denominator": good + bad, "excluded": left}
    people = {"people": good + bad, "good": good, "bad": bad, "left": left}
    said = SimpleNamespace(**{f"satisfied_{name}": number for name, number in people.items()})
    found = became._share(rate, became._parts(said, "satisfied", rate), safe=True)
    assert found["withheld"] == withheld


def test_a_worker_takes_it_as_any_other_delivery(app, people, ask):
    """The engine that sends messages makes reports, and a second try does no harm."""
    asked = ask(people["committee"], month="2026-11")
    assert making.print_ahead(asked["id"])
    assert deliver() == ["Done"]
    assert standing(people["committee"], asked["id"]) == ("made", making.STEPS, making.STEPS)
    assert len(read(select(ReportFile.id)).all()) == len(making.AHEAD)
    assert not making.print_ahead(asked["id"] + 1)
