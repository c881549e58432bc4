"""Practice: fetched for later, graded once when it arrives, coming back when it is due."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DatabaseError

from app.core import clock
from app.core.db import db, read
from app.quizzes import bank, practice, rules
from app.quizzes.models import Card, Question, Review, Version
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import MORNING, question, right_of, take
from tests.quizzes.test_daily import together

DAY = timedelta(days=1)


def fetch(client, **query):
    answer = client.get("/practice", **query)
    assert answer.status_code == 200, answer.json
    return answer.json


def version_of(ticket):
    return int(ticket.split(".")[0])


def reply(asked, number=0, *, right=True, **changes):
    """Return an answer to a fetched question as a phone sends it."""
    key = right_of(version_of(asked["id"]), asked["options"])
    if not right:
        others = [one["id"] for one in asked["options"] if one["id"] not in key]
        key = others[:1] or key[::-1]
    return {
        "client_uuid": f"phone-{number:08}-{version_of(asked['id'])}",
        "ticket": asked["id"],
        "option_ids": key,
        "answered_at": clock.now().isoformat(),
        **changes,
    }


def send(client, *answers):
    answer = client.post("/practice/answers", list(answers))
    assert answer.status_code == 200, answer.json
    return answer.json["answers"]


def count(table):
    return read(select(func.count()).select_from(table)).scalar_one()


def test_what_is_new_is_fetched_without_its_key(small_bank, clients):
    found = fetch(clients["resident"], limit=50)
    assert {asked["kind"] for asked in found["questions"]} == set(rules.KINDS)
    assert all(asked["new"] for asked in found["questions"])
    assert found["next_due_at"] is None
    for asked in found["questions"]:
        assert set(asked) == {
            "id", "kind", "topic", "topic_name", "stem", "media", "options", "new", "hint",
            "difficulty",
        }  # fmt: skip
    assert "消防法 第四十四条" in {asked["hint"] for asked in found["questions"]}


@pytest.mark.parametrize("kind", rules.KINDS)
def test_each_kind_is_graded(small_bank, clients, kind):
    for right in (True, False):
        client = clients["resident" if right else "neighbour"]
        [asked] = [one for one in fetch(client, limit=50)["questions"] if one["kind"] == kind]
        [line] = send(client, reply(asked, right=right))
        assert (line["status"], line["correct"]) == ("graded", right)
        assert line["explanation"]
        assert line["source"]["as_of"] == "2025-04-19"


def test_by_topic(big_bank, clients):
    found = fetch(clients["resident"], topic="gas", limit=50)["questions"]
    assert {asked["topic"] for asked in found} == {"gas"}
    assert len(found) == 5
    assert clients["resident"].get("/practice", topic="war").status_code == 422
    assert clients["resident"].get("/practice", limit=51).status_code == 422


def test_what_is_known_comes_back_when_it_is_due_and_not_before(big_bank, clients):
    client = clients["resident"]
    first, second = fetch(client, limit=2)["questions"]
    wrong, right = send(client, reply(first, right=False), reply(second))
    assert wrong["due_at"] == "2026-11-21T01:00:00Z"
    assert right["due_at"] == "2026-11-22T01:00:00Z"
    waiting = {version_of(asked["id"]) for asked in fetch(client, limit=50)["questions"]}
    assert not waiting & {version_of(first["id"]), version_of(second["id"])}
    assert fetch(client)["next_due_at"] == "2026-11-21T01:00:00Z"
    with clock.at(MORNING + DAY):
        due = fetch(client, limit=50)["questions"]
        assert version_of(due[0]["id"]) == version_of(first["id"])
        assert [asked["new"] for asked in due].count(False) == 1
    with clock.at(MORNING + 9 * DAY):
        due = fetch(client, limit=2)["questions"]
        assert [version_of(one["id"]) for one in due] == [
            version_of(first["id"]), version_of(second["id"])]  # fmt: skip


def test_everybody_gets_new_ones_in_an_order_of_their_own(big_bank, clients):
    orders = {
        who: tuple(version_of(a["id"]) for a in fetch(clients[who], limit=50)["questions"])
        for who in ("resident", "neighbour", "stranger")
    }
    assert len({tuple(sorted(order)) for order in orders.values()}) == 1
    assert len(set(orders.values())) == 3


def test_the_bank_is_read_again_only_when_it_has_changed(load, clients):
    load([question(n) for n in range(3)])
    client = clients["resident"]
    assert len(fetch(client, limit=50)["questions"]) == 3
    with counted() as found:
        fetch(client, limit=50)
    assert not [one for one in found if "quiz_questions" in one]
    load([question(n) for n in range(5)])
    assert len(fetch(client, limit=50)["questions"]) == 5
    bank.retire("made-0004", "wrong")
    assert len(fetch(client, limit=50)["questions"]) == 4


def test_what_was_fetched_is_graded_weeks_later_once(big_bank, clients):
    client = clients["resident"]
    asked = fetch(client, limit=3)["questions"]
    answers = []
    for number, one in enumerate(asked):
        with clock.at(MORNING + timedelta(hours=number)):
            answers.append(reply(one, number))
    with clock.at(MORNING + 20 * DAY):
        first = send(client, *answers)
        again = send(client, *reversed(answers))
    assert [line["status"] for line in first] == ["graded"] * 3
    assert [line["status"] for line in again] == ["repeated"] * 3
    assert [line["correct"] for line in again] == [True] * 3
    assert [line["right_option_ids"] for line in again[::-1]] == [
        line["right_option_ids"] for line in first]  # fmt: skip
    assert [line["due_at"] for line in again[::-1]] == [line["due_at"] for line in first]
    assert all(line["due_at"] for line in first)
    assert count(Review) == 3
    given = read(select(Review.answered_at).order_by(Review.answered_at)).scalars().all()
    assert given == [MORNING + timedelta(hours=number) for number in range(3)]


def test_a_question_that_was_withdrawn_meanwhile_is_still_graded(big_bank, load, clients):
    asked = fetch(clients["resident"], limit=1)["questions"][0]
    load([question(n, stem={"zh": "新的？", "en": "New?"}) for n in range(30)])
    assert send(clients["resident"], reply(asked))[0]["status"] == "graded"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(days=400), timedelta(days=3)),  # a clock in the future
        (timedelta(days=-400), timedelta(0)),  # and one in the past
    ],
)
def test_a_phones_clock_is_believed_within_reason(big_bank, clients, said, kept):
    asked = fetch(clients["resident"], limit=1)["questions"][0]
    answer = reply(asked, answered_at=(MORNING + said).isoformat())
    with clock.at(MORNING + timedelta(days=3)):
        send(clients["resident"], answer)
    assert read(select(Review.answered_at)).scalar_one() == MORNING + kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1970-01-01T08:00:00+08:00", timedelta(0)),
        ("0001-01-01T00:00:00+14:00", timedelta(0)),
        ("2099-12-31T23:59:59Z", timedelta(days=3)),
        ("9999-12-31T23:59:59-12:00", timedelta(days=3)),
    ],
)
def test_an_answer_of_a_phone_that_lost_its_clock_is_no_answer_lost(big_bank, clients, said, kept):
    asked, other = fetch(clients["resident"], limit=2)["questions"]
    with clock.at(MORNING + timedelta(days=3)):
        lines = send(clients["resident"], reply(asked, 1, answered_at=said), reply(other, 2))
    assert [line["status"] for line in lines] == ["graded", "graded"]
    times = select(Review.answered_at).where(Review.ticket == asked["id"])
    assert read(times).scalar_one() == MORNING + kept


def test_what_arrives_out_of_order_does_not_turn_back_time(big_bank, clients):
    client = clients["resident"]
    older, newer = (fetch(client, limit=1)["questions"][0] for _ in range(2))
    with clock.at(MORNING + 2 * DAY):
        send(client, reply(newer, 2))
        send(client, reply(older, 1, answered_at=MORNING.isoformat()))
    assert read(select(Card.last_review)).scalar_one() == MORNING + 2 * DAY
    assert read(select(Card.reviews)).scalar_one() == 2


REFUSALS = {
    "made up": (lambda *_: {"ticket": "1.1.AAAAAAAA.AAAAAAAAAAAAAAAA"}, "unknown_ticket"),
    "no ticket": (lambda *_: {"ticket": "x" * 40}, "unknown_ticket"),
    "a neighbour's": (lambda _, b: {"ticket": b["id"]}, "unknown_ticket"),
    "another version": (lambda a, _: {"ticket": f"2{a['id']}"}, "unknown_ticket"),
    "a neighbour's option": (
        lambda _, b: {"option_ids": [b["options"][0]["id"]]},
        "unknown_option",
    ),
    "none": (lambda *_: {"option_ids": []}, "choose_one"),
    "two": (lambda a, _: {"option_ids": [o["id"] for o in a["options"][:2]]}, "choose_one"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_what_is_no_answer_is_refused_by_line_and_the_rest_is_graded(big_bank, clients, why):
    client = clients["resident"]
    asked, good = fetch(client, limit=2)["questions"]
    theirs = fetch(clients["neighbour"], limit=1)["questions"][0]
    change, code = REFUSALS[why]
    odd, fine = send(client, reply(asked, 1) | change(asked, theirs), reply(good, 2))
    assert (odd["status"], odd["code"], odd["correct"]) == ("refused", code, None)
    assert (odd["explanation"], odd["right_option_ids"]) == (None, [])
    assert fine["status"] == "graded"
    assert count(Review) == 1


def test_a_ticket_is_good_for_one_answer_and_not_for_ever(big_bank, clients):
    client = clients["resident"]
    asked, other = fetch(client, limit=2)["questions"]
    both = send(client, reply(asked, 1, right=False), reply(asked, 2))
    assert [line["status"] for line in both] == ["graded", "refused"]
    assert both[1]["code"] == "ticket_used"
    assert send(client, reply(asked, 3))[0]["code"] == "ticket_used"
    with clock.at(MORNING + practice.TICKET_KEPT + DAY):
        assert send(client, reply(other))[0]["code"] == "unknown_ticket"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"client_uuid": "short"}, "0.client_uuid", "invalid"),
        ({"answered_at": "yesterday"}, "0.answered_at", "invalid"),
        ({"seconds": -1}, "0.seconds", "range"),
        ({"correct": True}, "0.correct", "unknown_field"),
    ],
)
def test_a_bad_form_is_refused_whole(big_bank, clients, change, field, code):
    asked = fetch(clients["resident"], limit=1)["questions"][0]
    answer = clients["resident"].post("/practice/answers", [reply(asked) | change])
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [(field, code)]
    assert count(Review) == 0


def test_too_many_at_once_and_none(big_bank, clients):
    asked = fetch(clients["resident"], limit=1)["questions"][0]
    many = clients["resident"].post("/practice/answers", [reply(asked, n) for n in range(51)])
    assert many.status_code == 422
    assert send(clients["resident"]) == []
    assert clients["resident"].post("/practice/answers", {"answers": []}).status_code == 422


def test_fifty_of_the_same_at_once_are_one(app, big_bank, clients):
    client = clients["resident"]
    answer = reply(fetch(client, limit=1)["questions"][0])
    db.session.remove()
    assert together(app, client, 50, lambda mine: mine.post("/practice/answers", [answer])) == {
        200: 50
    }
    assert (count(Review), count(Card)) == (1, 1)
    assert read(select(Card.reviews)).scalar_one() == 1


def test_what_was_wrong_in_the_daily_five_is_practised_tomorrow(big_bank, clients):
    done = take(clients["resident"], right=3)
    wrong = {asked["id"] for asked in done["questions"] if not asked["answer"]["correct"]}
    with clock.at(MORNING + DAY):
        due = [a for a in fetch(clients["resident"], limit=50)["questions"] if not a["new"]]
    assert {version_of(asked["id"]) for asked in due} == wrong


def test_improvement_is_thanked_once_a_question_and_twice_a_day(big_bank, clients):
    client = clients["resident"]
    asked = fetch(client, limit=4)["questions"]
    send(client, *(reply(one, 1, right=False) for one in asked))
    assert send(client, reply(fetch(client, limit=1)["questions"][0], 9))[0]["points"] == 0
    with clock.at(MORNING + DAY):
        due = fetch(client, limit=4)["questions"]
        lines = send(client, *(reply(one, 2) for one in due))
        assert [line["points"] for line in lines] == [3, 3, 0, 0]
        assert client.get("/me/points").json["balance"] == 6
        again = send(client, *(reply(one, 2) for one in due))
        assert [line["points"] for line in again] == [3, 3, 0, 0]
        assert client.get("/me/points").json["balance"] == 6
    with clock.at(MORNING + 10 * DAY):
        due = fetch(client, limit=4)["questions"]
        send(client, *(reply(one, 4, right=False) for one in due))
    with clock.at(MORNING + 12 * DAY):
        due = [one for one in fetch(client, limit=10)["questions"] if not one["new"]]
        lines = send(client, *(reply(one, 5) for one in due))
    assert sum(line["points"] for line in lines) == 6  # the two that were not thanked before


def test_what_a_phone_says_of_its_clock_earns_nothing(big_bank, clients):
    client = clients["resident"]
    wrong, right = (fetch(client, limit=20)["questions"] for _ in range(2))
    with clock.at(MORNING + 45 * DAY):
        hoard = [
            [reply(one, 1, right=False, answered_at=MORNING.isoformat()) for one in wrong],
            [
                reply(one, 2, answered_at=(MORNING + (1 + n) * DAY).isoformat())
                for n, one in enumerate(right)
            ],
        ]
        mixed = send(client, *hoard[0][:9], *hoard[1][:9])
        late = send(client, *hoard[0][9:]) + send(client, *hoard[1][9:19])
    assert {line["status"] for line in mixed + late} == {"graded"}
    assert client.get("/me/points").json["balance"] == 0
    with clock.at(MORNING + 46 * DAY):
        # The right one of a wrong one that was received yesterday: it is thanked today.
        [line] = send(client, hoard[1][19])
        assert (line["status"], line["points"]) == ("graded", 3)


def test_what_one_knows_by_topic(big_bank, clients):
    client = clients["resident"]
    empty = client.get("/me/knowledge").json
    assert (empty["questions"], empty["seen"], empty["recall"]) == (30, 0, None)
    asked = fetch(client, topic="gas", limit=3)["questions"]
    send(client, *(reply(one, 1) for one in asked[:2]), reply(asked[2], 1, right=False))
    gas = next(t for t in client.get("/me/knowledge").json["topics"] if t["topic"] == "gas")
    assert gas == {
        "topic": "gas", "name": "燃气", "questions": 5, "seen": 3, "known": 2, "due": 0,
        "recall": 1.0,
    }  # fmt: skip
    with clock.at(MORNING + 60 * DAY):
        later = client.get("/me/knowledge").json
    assert later["due"] == 3
    assert later["recall"] < 0.8
    assert later["known"] < 3


def test_what_is_not_asked_any_more_is_not_counted(big_bank, clients):
    client = clients["resident"]
    asked = fetch(client, limit=3)["questions"]
    send(client, *(reply(one, right=False) for one in asked))
    assert client.get("/me/knowledge").json["seen"] == 3
    keys = select(Question.key).join(Version, Version.question_id == Question.id)
    gone = [version_of(one["id"]) for one in asked]
    for key in read(keys.where(Version.id.in_(gone))).scalars().all():
        bank.retire(key, "过时")
    assert fetch(client, limit=50)["next_due_at"] is None
    assert fetch(client, topic=asked[0]["topic"])["next_due_at"] is None
    with clock.at(MORNING + 9 * DAY):
        shown = client.get("/me/knowledge").json
    assert (shown["questions"], shown["seen"], shown["due"]) == (27, 0, 0)


def test_the_log_is_kept_whole(big_bank, clients):
    client = clients["resident"]
    send(client, reply(fetch(client, limit=1)["questions"][0], seconds=7, hinted=True))
    row = read(select(Review.__table__)).one()
    assert (row.rating, row.hinted, row.seconds, row.origin) == (2, True, 7, "practice")
    assert row.stability is None
    for change in ("UPDATE quiz_reviews SET rating = 3", "DELETE FROM quiz_reviews"):
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(text(change))


def test_the_log_goes_out_without_persons(big_bank, clients, app, tmp_path):
    for who in ("resident", "neighbour"):
        first, second = fetch(clients[who], limit=2)["questions"]
        send(clients[who], reply(first, seconds=7), reply(second, 1, right=False))
    path = tmp_path / "reviews.csv"
    runner = app.test_cli_runner()
    said = runner.invoke(args=["quizzes", "export-reviews", str(path)]).output
    assert "4 answers" in said
    head, *lines = [line.split(",") for line in path.read_text().splitlines()]
    assert head == ["card_id", "review_time", "review_rating", "review_duration"]
    assert sorted((line[2], line[3]) for line in lines) == [
        ("1", ""),
        ("1", ""),
        ("3", "7000"),
        ("3", "7000"),
    ]
    at = {int(line[1]) for line in lines}
    assert at <= {
        int(row.answered_at.timestamp() * 1000) for row in read(select(Review.answered_at))
    }
    names = [line[0] for line in lines]
    assert names == sorted(set(names))
    runner.invoke(args=["quizzes", "export-reviews", str(path)])
    assert names[0] not in path.read_text()


def test_what_was_graded_before_is_looked_up_by_its_names(app):
    """By one `OR` for both, SQLite looked through all that somebody had ever answered."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's plan depends on how many rows there are")
    names = {f"{kind}_{n}": "x" for kind in ("name", "ticket") for n in range(10)}
    seen = []
    event.listen(
        db.engine, "before_cursor_execute", lambda *told: seen.append(told[2:4]), once=True
    )
    practice._before(10).rows({"resident": 1, **names})
    [(words, given)] = seen
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given).all()
    searched = [row[-1] for row in plan if row[-1].startswith("SEARCH")]
    assert ["client_uuid=?" in searched[0], "ticket=?" in searched[1]] == [True, True], plan
