"""The daily five: the same for a community, once, in time; the streak and the thanks."""

import threading
from collections import Counter
from contextvars import copy_context
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.core import clock
from app.core.db import db, read
from app.points.models import Transaction
from app.quizzes import daily, jobs, results, rules
from app.quizzes.models import Answer, Attempt, Card, Day, Review, Version
from tests.clients import Client
from tests.factories.people import COMMUNITY, make_actor
from tests.quizzes.conftest import MORNING, answer_all, as_number, key_of, question, take


def ids(attempt):
    return [asked["id"] for asked in attempt["questions"]]


def start(client):
    answer = client.get("/quizzes/daily")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_five_of_mixed_topics_the_same_for_all_and_shuffled_for_each(big_bank, clients):
    mine, theirs = start(clients["resident"]), start(clients["neighbour"])
    assert len(ids(mine)) == 5
    assert ids(mine) == ids(theirs)
    assert max(Counter(asked["topic"] for asked in mine["questions"]).values()) <= 2
    options = [[one["id"] for one in found["questions"][0]["options"]] for found in (mine, theirs)]
    assert set(options[0]).isdisjoint(options[1])
    assert mine["state"] == "open"
    assert mine["deadline"] == "2026-11-20T01:02:00Z"


def test_other_communities_have_their_own(big_bank, clients):
    found = {who: tuple(ids(start(clients[who]))) for who in ("resident", "sibling", "outsider")}
    assert len(set(found.values())) > 1
    assert start(clients["stranger"])["questions"]


def test_looking_again_begins_nothing_anew(big_bank, clients):
    first = start(clients["resident"])
    with clock.at(MORNING + timedelta(seconds=90)):
        again = start(clients["resident"])
    assert again == first | {"now": "2026-11-20T01:01:30Z"}


def test_nothing_comes_again_for_two_weeks_and_then_the_oldest(load, clients):
    load([question(n, topic=rules.TOPICS[n % 12]) for n in range(75)])
    seen = []
    for n in range(14):
        with clock.at(MORNING + timedelta(days=n)):
            seen += ids(start(clients["resident"]))
    assert len(set(seen)) == 70
    with clock.at(MORNING + timedelta(days=14)):
        fifteenth = ids(start(clients["resident"]))
    assert not set(fifteenth) & set(seen)


def test_a_small_bank_brings_back_what_was_asked_longest_ago(load, clients):
    load([question(n) for n in range(7)])
    days = []
    for n in range(3):
        with clock.at(MORNING + timedelta(days=n)):
            days.append(set(ids(start(clients["resident"]))))
    assert len(days[0] | days[1]) == 7
    assert all(len(day) == 5 for day in days)
    assert days[0] - days[1] <= days[2]


def test_an_empty_bank_has_none(clients):
    answer = clients["resident"].get("/quizzes/daily")
    assert (answer.status_code, answer.json["code"]) == (404, "no_questions")


def test_what_was_begun_stays_as_it_was(big_bank, load, clients):
    before = start(clients["resident"])
    load([question(n, stem={"zh": "全新的？", "en": "All new?"}) for n in range(30)])
    assert start(clients["resident"]) == before
    answers = answer_all(clients["resident"], before)
    assert all(one["correct"] for one in answers)


def test_who_begins_later_is_asked_in_the_new_words(big_bank, load, clients):
    before = start(clients["resident"])
    load([question(n, stem={"zh": "全新的？", "en": "All new?"}) for n in range(30)])
    later = start(clients["neighbour"])
    assert not set(ids(before)) & set(ids(later))
    assert {asked["stem"] for asked in later["questions"]} == {"全新的？"}
    questions = [
        read(select(Version.question_id).where(Version.id.in_(ids(one))).order_by(Version.question_id))
        .scalars().all() for one in (before, later)
    ]  # fmt: skip
    assert questions[0] == questions[1]


def test_what_is_taken_back_while_it_is_being_chosen_is_not_asked(load, clients, monkeypatch):
    load([question(n) for n in range(6)])
    choose, gone = rules.choose_daily, []

    def chosen(*args):
        found = choose(*args)
        if not gone:
            gone.append(found[0])
            daily.changed_rows(
                update(Version).where(Version.question_id == found[0]).values(state=rules.RETIRED)
            )
        return found

    monkeypatch.setattr(rules, "choose_daily", chosen)
    asked = read(select(Version.question_id).where(Version.id.in_(ids(start(clients["resident"])))))
    found = asked.scalars().all()
    assert (len(found), gone[0] in found) == (5, False)


def test_who_only_looks_at_the_headers_begins_nothing(big_bank, clients):
    answer = clients["resident"]._send("HEAD", "/quizzes/daily")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert read(select(Attempt.id)).all() == []


def test_every_kind_can_be_answered(small_bank, clients):
    attempt = start(clients["resident"])
    assert {asked["kind"] for asked in attempt["questions"]} == set(rules.KINDS)
    done = take(clients["resident"])
    assert done["result"]["right"] == 5
    wrong = take(clients["neighbour"], right=0)
    assert wrong["result"]["right"] == 0
    [picture] = [asked for asked in attempt["questions"] if asked["kind"] == "picture"]
    assert picture["media"]["width"] == 320
    assert all(option["region"] for option in picture["options"])
    assert clients["resident"].get(picture["media"]["url"]).status_code == 200


def test_an_answer_is_explained_with_its_source(small_bank, clients):
    attempt = start(clients["resident"])
    [asked] = [one for one in attempt["questions"] if one["kind"] == "true_false"]
    right, wrong = key_of(attempt["attempt_id"], asked)
    path = f"/attempts/{attempt['attempt_id']}/answers"
    answer = clients["resident"].post(path, {"question_id": asked["id"], "option_ids": wrong})
    assert answer.json == {
        "question_id": asked["id"],
        "correct": False,
        "counted": True,
        "right_option_ids": right,
        "explanation": "发现火灾立即报警是每个人的法定义务。",
        "at_home": "把119和家庭住址贴在电话旁边。",
        "source": {
            "name": "消防法",
            "article": "第四十四条",
            "quote": "任何人发现火灾都应当立即报警",
            "version": None,
            "as_of": "2025-04-19",
        },
    }


def test_who_reads_english_gets_english(small_bank, clients):
    clients["resident"].headers["Accept-Language"] = "en"
    attempt = start(clients["resident"])
    assert "Where may the battery of an e-bike be charged?" in {
        asked["stem"] for asked in attempt["questions"]
    }


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"question_id": 999_999}, "question_id", "unknown_question"),
        ({"option_ids": ["A" * 16]}, "option_ids", "unknown_option"),
        ({"option_ids": []}, "option_ids", "choose_one"),
        ({"option_ids": ["x"]}, "option_ids.0", "invalid"),
        ({"option_ids": None}, "option_ids", "required"),
        ({"option_ids": ["A" * 16] * 13}, "option_ids", "too_many"),
        ({"right": True}, "right", "unknown_field"),
    ],
)
def test_what_is_no_answer_is_refused_and_changes_nothing(big_bank, clients, body, field, code):
    attempt = start(clients["resident"])
    asked = attempt["questions"][0]
    sent = {"question_id": asked["id"], "option_ids": [asked["options"][0]["id"]], **body}
    answer = clients["resident"].post(f"/attempts/{attempt['attempt_id']}/answers", sent)
    assert answer.status_code == 422
    assert (field, code) in [(one["field"], one["code"]) for one in answer.json["errors"]]
    assert read(select(Answer.attempt_id)).all() == []


def test_the_result_is_calm_and_says_what_to_do(big_bank, clients):
    result = take(clients["resident"], right=3)["result"]
    assert (result["right"], result["counted"], result["answered"], result["of"]) == (3, 5, 5, 5)
    assert len(result["at_home"]) == 5
    assert result["streak"]["length"] == 1
    assert result["points"] == 2


def test_finishing_again_says_the_same_and_thanks_once(big_bank, clients, people):
    first = take(clients["resident"])
    path = f"/attempts/{first['attempt_id']}/finish"
    assert clients["resident"].post(path).json == first
    assert start(clients["resident"]) == first
    thanks = read(select(Transaction.amount).where(Transaction.rule == "quiz_day")).scalars().all()
    assert thanks == [2]
    assert len(read(select(Review.id)).all()) == 5


def test_what_was_not_answered_is_explained_at_the_end(big_bank, clients):
    attempt = start(clients["resident"])
    done = clients["resident"].post(f"/attempts/{attempt['attempt_id']}/finish").json
    assert done["result"]["answered"] == 0
    assert done["result"]["points"] == 0
    assert done["result"]["streak"]["length"] == 0
    assert all(asked["answer"]["explanation"] for asked in done["questions"])
    assert not any(asked["answer"]["correct"] for asked in done["questions"])


def test_a_pledge_is_for_what_is_advised(big_bank, clients):
    attempt = start(clients["resident"])
    path = f"/attempts/{attempt['attempt_id']}/pledge"
    body = {"question_id": ids(attempt)[2]}
    assert clients["resident"].put(path, body).status_code == 409
    take(clients["resident"])
    assert clients["resident"].put(path, body).json["result"]["pledged_id"] == ids(attempt)[2]
    assert clients["resident"].put(path, {"question_id": 999_999}).status_code == 422
    assert clients["neighbour"].put(path, body).status_code == 404


# Time


@pytest.mark.parametrize(("seconds", "counted"), [(120, True), (121, False)])
def test_an_answer_counts_up_to_the_deadline(big_bank, clients, seconds, counted):
    attempt = start(clients["resident"])
    with clock.at(MORNING + timedelta(seconds=seconds)):
        answers = answer_all(clients["resident"], attempt)
        done = clients["resident"].post(f"/attempts/{attempt['attempt_id']}/finish").json
    assert {one["counted"] for one in answers} == {counted}
    assert all(one["correct"] and one["explanation"] for one in answers)
    result = done["result"]
    assert (result["right"], result["answered"]) == (5 if counted else 0, 5)
    assert result["streak"]["length"] == int(counted)


def test_the_clock_finishes_what_nobody_finished(big_bank, clients):
    attempt = start(clients["resident"])
    answer_all(clients["resident"], attempt | {"questions": attempt["questions"][:2]})
    with clock.at(MORNING + timedelta(minutes=7)):
        assert jobs.finish_overdue() == 0
        assert start(clients["resident"])["state"] == "overdue"
    with clock.at(MORNING + timedelta(minutes=8)):
        assert jobs.finish_overdue() == 1
        assert jobs.finish_overdue() == 0
        done = start(clients["resident"])
    assert (done["state"], done["result"]["right"], done["result"]["points"]) == ("finished", 2, 2)


def test_what_cannot_be_finished_keeps_nobody_waiting(big_bank, clients, monkeypatch):
    whose = [start(clients[who])["attempt_id"] for who in ("resident", "neighbour", "stranger")]
    good = daily.learning.lock

    def lock(resident_id):
        if resident_id != bad:
            return good(resident_id)
        raise RuntimeError(resident_id)

    bad = read(select(Attempt.resident_id).where(Attempt.id == whose[0])).scalar_one()
    monkeypatch.setattr(daily.learning, "lock", lock)
    with clock.at(MORNING + timedelta(minutes=8)):
        assert [daily.finish_overdue(most=1) for _ in range(3)] == [1, 1, 0]
        monkeypatch.undo()
        assert daily.finish_overdue() == 1


def test_the_streak_over_midnight_month_end_and_a_missed_day(big_bank, clients):
    def at(day, hour=1, minute=0):
        return MORNING.replace(day=day, hour=hour, minute=minute)

    with clock.at(at(27)):
        take(clients["resident"])
    with clock.at(at(28, 15, 59)):  # 23:59 in Shanghai
        assert clients["resident"].get("/me/streak").json["state"] == "not_yet"
        evening = start(clients["resident"])
        answer_all(clients["resident"], evening)
    with clock.at(at(28, 16, 0)):  # midnight: the next day's five, while yesterday's run
        morning = take(clients["resident"])
        assert morning["day"] == "2026-11-29"
        assert morning["result"]["streak"]["length"] == 3
        yesterday = clients["resident"].post(f"/attempts/{evening['attempt_id']}/finish").json
        assert (yesterday["state"], yesterday["result"]["points"]) == ("finished", 2)
    with clock.at(at(30).replace(month=12, day=1)):  # 30 November was missed
        shown = clients["resident"].get("/me/streak").json
        assert (shown["length"], shown["free_left"], shown["done_today"]) == (3, 2, False)
        take(clients["resident"])
        shown = clients["resident"].get("/me/streak").json
        assert (shown["length"], shown["state"], shown["done_today"]) == (4, "finished", True)
        assert shown["days"] == ["2026-11-27", "2026-11-28", "2026-11-29", "2026-12-01"]
        assert shown["keep_until"] == "2026-12-04"
    with clock.at(at(30).replace(month=12, day=5)):
        assert clients["resident"].get("/me/streak").json["length"] == 0


# Races


def together(app, client, count, send):
    """Send the same from so many threads at once; returns status codes."""
    barrier, found = threading.Barrier(count), []

    def run():
        mine = Client(app)
        mine.headers = dict(client.headers)
        barrier.wait()
        found.append(send(mine).status_code)

    threads = [threading.Thread(target=copy_context().run, args=(run,)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(found)


def sums():
    """Return how many answers there are, in time, and right in time."""
    rows = read(select(Answer.counted, Answer.correct)).all()
    in_time = [row for row in rows if row.counted]
    return len(rows), len(in_time), sum(row.correct for row in in_time)


def counted_at_the_end():
    row = read(select(Attempt.answered, Attempt.counted, Attempt.right_count)).one()
    return tuple(row)


def test_fifty_same_answers_at_once_count_once(app, big_bank, clients):
    client = clients["resident"]
    attempt = start(client)
    asked = attempt["questions"][0]
    right, _ = key_of(attempt["attempt_id"], asked)
    body = {"question_id": asked["id"], "option_ids": right}
    path = f"/attempts/{attempt['attempt_id']}/answers"
    db.session.remove()
    assert together(app, client, 50, lambda mine: mine.post(path, body)) == {200: 50}
    assert sums() == (1, 1, 1)
    client.post(f"/attempts/{attempt['attempt_id']}/finish")
    assert counted_at_the_end() == (1, 1, 1)


def test_fifty_different_answers_at_once_count_once(app, big_bank, clients):
    client = clients["resident"]
    attempt = start(client)
    asked = attempt["questions"][0]
    path = f"/attempts/{attempt['attempt_id']}/answers"
    options = [one["id"] for one in asked["options"]]
    numbers = iter(range(50))
    db.session.remove()

    def send(mine):
        chosen = options[next(numbers) % len(options)]
        return mine.post(path, {"question_id": asked["id"], "option_ids": [chosen]})

    found = together(app, client, 50, send)
    assert found.total() == 50
    assert set(found) == {200, 409}
    assert sums()[:2] == (1, 1)
    assert len(read(select(Answer.version_id)).all()) == 1


def test_what_is_answered_while_it_ends_is_counted_or_refused(app, big_bank, clients):
    client = clients["resident"]
    attempt = start(client)
    path = f"/attempts/{attempt['attempt_id']}"
    bodies = [
        {"question_id": one["id"], "option_ids": key_of(attempt["attempt_id"], one)[0]}
        for one in attempt["questions"]
    ]
    numbers = iter(range(20))
    db.session.remove()

    def send(mine):
        number = next(numbers)
        if number == 10:
            return mine.post(f"{path}/finish")
        return mine.post(f"{path}/answers", bodies[number % 5])

    found = together(app, client, 20, send)
    assert set(found) <= {200, 409}
    answers = sums()
    assert counted_at_the_end() == answers
    assert read(select(func.count()).select_from(Review)).scalar_one() == answers[0]


def test_fifty_beginnings_and_fifty_ends_are_one(app, big_bank, clients, people):
    client = clients["resident"]
    db.session.remove()
    assert together(app, client, 50, lambda mine: mine.get("/quizzes/daily")) == {200: 50}
    attempt = start(client)
    answer_all(client, attempt)
    path = f"/attempts/{attempt['attempt_id']}/finish"
    db.session.remove()
    assert together(app, client, 50, lambda mine: mine.post(path)) == {200: 50}
    counts = [
        read(select(func.count()).select_from(table)).scalar_one()
        for table in (Attempt, Day, Review, Card)
    ]
    assert counts == [1, 1, 5, 5]
    assert client.get("/me/points").json["balance"] == 2


# Fairness


def test_right_answers_are_in_every_place_equally_often(big_bank, people):
    """Chi-square over the places of the right option; 3 degrees of freedom, p > 0.001."""
    places = Counter()
    version = read(select(*daily.showing.BEFORE[:-2]).where(Version.kind == "single")).first()
    for number in range(2_000):
        ids = results.option_ids(number, as_number(1, version))
        places[sorted(ids).index(ids[0])] += 1
    expected = 2_000 / 4
    chi_square = sum((places[n] - expected) ** 2 / expected for n in range(4))
    assert chi_square < 16.27


def test_the_days_lots_are_fair_over_a_bank(load, app):
    load([question(n, topic=rules.TOPICS[n % 12]) for n in range(20)])
    actor = make_actor()
    asked = Counter()
    for n in range(60):
        with clock.at(MORNING + timedelta(days=n)):
            asked.update(ids(daily.take_daily(actor)))
    assert len(asked) == 20
    assert max(asked.values()) - min(asked.values()) <= 6


def test_a_grid_worker_gets_their_communitys(people):
    assert daily.community_of(people["gridworker"]) == COMMUNITY
    assert daily.community_of(people["stranger"]) == rules.EVERYWHERE
    assert daily.community_of(people["district"]) == rules.EVERYWHERE
