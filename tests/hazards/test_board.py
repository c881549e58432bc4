"""The board of a place: every case in its column, however it is filtered and paged."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import InvalidInput, NotFound
from app.hazards import board
from tests.house.test_query_counts import counted

COMMUNITY = "510105007004"


def columns(actor, place=COMMUNITY, **filters):
    shown = board.show_board(actor, place, **filters)["columns"]
    return {column["name"]: column for column in shown}


def numbers(column):
    return [item["number"] for item in column["items"]]


def test_each_case_stands_in_the_column_of_its_state(people, case_in):
    made = {state: case_in(state)["number"] for state in board.COLUMN_OF}
    shown = columns(people["committee"])
    assert list(shown) == list(board.COLUMNS)
    for state, number in made.items():
        assert number in numbers(shown[board.COLUMN_OF[state]])
    assert {name: column["count"] for name, column in shown.items()} == {
        **dict.fromkeys(board.COLUMNS, 1),
        "over": None,
    }


def test_a_card_says_who_handles_it_and_which_moves_are_open(people, case_in):
    case_in("assigned")
    (card,) = columns(people["committee"])["assigned"]["items"]
    assert card["assignee"]["name"] == "陈师傅"
    assert [move["to"] for move in card["moves"]] == ["accepted"]
    (own,) = columns(people["gridworker"])["assigned"]["items"]
    assert {move["to"] for move in own["moves"]} == {"accepted", "handling"}


def test_filters_narrow_cards_and_counts_alike(people, report, step):
    lane = report(description="三单元 100%_堵住")
    light = report(category="LIGHT", description="灯坏了", address="草堂路 12 号")
    step(lane, "accepted")
    step(lane, "assigned")
    actor, worker = people["committee"], people["gridworker"]

    def found(actor=actor, **filters):
        shown = columns(actor, **filters)
        counts = {name: column["count"] for name, column in shown.items() if column["count"]}
        listed = {name: len(column["items"]) for name, column in shown.items() if column["items"]}
        assert counts == listed
        return {number for column in shown.values() for number in numbers(column)}

    assert found() == {lane["number"], light["number"]}
    assert found(category="LIGHT") == {light["number"]}
    assert found(worker, mine=True) == {lane["number"]}
    assert found(mine=True) == set()
    assert found(text="100%_堵") == {lane["number"]}
    assert found(text="%") == {lane["number"]}
    assert found(text="草堂路 12") == {light["number"]}
    assert found(text=light["number"].lower()) == {light["number"]}
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert found(late=True) == {light["number"]}
        assert columns(actor)["reported"]["late"] == 1


@pytest.mark.parametrize("name", ["reported", "handled", "over"])
def test_a_column_is_paged_without_gap_and_in_order(people, report, step, monkeypatch, name):
    monkeypatch.setattr(board, "A_COLUMN", 2)
    made = []
    for minutes in range(5):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            case = report()
            if name == "handled":
                for to in ("accepted", "assigned", "handling", "handled"):
                    step(case, to)
            if name == "over":
                step(case, "declined")
        made.append(case["number"])
    actor = people["committee"]
    column = columns(actor)[name]
    found = numbers(column)
    while column["next_cursor"]:
        column = board.show_column(actor, COMMUNITY, name, column["next_cursor"])
        found += numbers(column)
    assert found == (made[::-1] if name == "over" else made)


def test_a_map_has_the_open_cases_newest_first(people, case_in, monkeypatch):
    made = [case_in(state)["number"] for state in ("reported", "closed", "handled", "accepted")]
    monkeypatch.setattr(board, "ON_A_MAP", 2)
    page = board.list_mapped(people["street"], COMMUNITY)
    assert numbers(page) == [made[3], made[2]]
    further = board.list_mapped(people["street"], COMMUNITY, cursor=page["next_cursor"])
    assert numbers(further) == [made[0]]


@pytest.mark.parametrize("who", ["resident", "outsider"])
def test_who_dispatches_nothing_there_has_no_board(people, case_in, who):
    case_in("reported")
    for ask in (board.show_board, board.count_columns, board.list_mapped):
        with pytest.raises(NotFound):
            ask(people[who], COMMUNITY)
    with pytest.raises(NotFound):
        board.show_column(people[who], COMMUNITY, "reported", None)


def test_a_foreign_cursor_or_column_is_refused(people):
    with pytest.raises(InvalidInput):
        board.show_column(people["committee"], COMMUNITY, "reported", "nonsense")
    with pytest.raises(NotFound):
        board.show_column(people["committee"], COMMUNITY, "declined", None)


def test_a_board_costs_two_queries_however_full_it_is(people, report):
    def asked():
        with counted() as found:
            columns(people["district"], "510105")
        return len(found)

    report()
    few = asked()
    for _ in range(board.A_COLUMN + 1):
        report()
    assert few == asked() == 2
