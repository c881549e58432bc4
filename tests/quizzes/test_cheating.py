"""Whoever reads every byte before answering learns nothing, and no trick changes a result.

`Eavesdropper` is such a client: it keeps every answer's bytes and headers, and knows each option's
id; the tests then ask whether anything in them tells right options from wrong ones.
"""

import json
import math
import re
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import read, writing
from app.quizzes import daily, occasions, results, showing, words
from app.quizzes.models import Answer, Attempt, Review, Version
from tests.factories.people import make_actor
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import (
    FILES,
    MORNING,
    TOPICS,
    answer_all,
    as_number,
    key_of,
    question,
    right_ids,
    right_of,
    take,
)
from tests.quizzes.test_practice import fetch, reply, send, version_of

SECRET_WORDS = re.compile(rb'"(right|correct|answer_key|key|solution|explanation|quote)[a-z_]*":')


class Eavesdropper:
    """A client in the middle."""

    def __init__(self, client):
        self.client, self.read = client, []

    def get(self, path, **query):
        answer = self.client.get(path, **query)
        assert answer.status_code == 200, answer.json
        self.read.append(bytes(str(sorted(answer.headers)), "utf-8") + answer.data)
        return answer.json


def flat(value, path=""):
    """Give every (path, value) of a JSON object; list indexes are left out."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from flat(below, f"{path}.{name}")
    elif isinstance(value, list):
        for below in value:
            yield from flat(below, f"{path}[]")
    else:
        yield path, value


def secrets_of_the_bank():
    rows = read(select(Version.solution))
    return [
        text.encode()
        for solution in rows.scalars()
        for text in (
            solution["explanation"]["zh"],
            solution["explanation"]["en"],
            solution["source"]["quote"],
        )
        if text
    ]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_no_byte_before_the_answer_has_the_key_or_what_explains_it(small_bank, clients, language):
    clients["resident"].headers["Accept-Language"] = language
    spy = Eavesdropper(clients["resident"])
    for path in ("/quizzes/daily", "/quizzes/daily", "/practice", "/me/streak", "/me/knowledge"):
        spy.get(path)
    everything = b"".join(spy.read)
    stems = [asked["stem"].encode() for asked in spy.get("/quizzes/daily")["questions"]]
    for secret in secrets_of_the_bank():
        # What a question itself says aloud is no secret.
        assert secret not in everything or any(secret in stem for stem in stems), secret.decode()
    told = {found.group(1) for found in SECRET_WORDS.finditer(everything)}
    assert told == set()


def test_after_one_answer_only_that_one_is_told(big_bank, clients):
    spy = Eavesdropper(clients["resident"])
    attempt = spy.get("/quizzes/daily")
    answer_all(clients["resident"], attempt | {"questions": attempt["questions"][:1]})
    again = spy.get("/quizzes/daily")
    assert [asked["answer"] is not None for asked in again["questions"]] == [True] + [False] * 4
    words.forget()
    with counted() as statements:
        spy.get("/quizzes/daily")
    reading = [one for one in statements if "solution" in one]
    assert len(reading) == 1
    assert "ids_2" not in reading[0].replace("?, ?", "ids_2")  # of the one that was answered


def test_the_solution_is_not_even_read_for_a_new_attempt(big_bank, clients):
    with counted() as statements:
        clients["resident"].get("/quizzes/daily")
    assert [one for one in statements if "solution" in one] == []


def chi_square(table):
    """Return the chi-square statistic of rows of counts, and its degrees of freedom."""
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(rows)
    statistic = sum(
        (found - rows[r] * columns[c] / total) ** 2 / (rows[r] * columns[c] / total)
        for r, row in enumerate(table)
        for c, found in enumerate(row)
        if rows[r] and columns[c]
    )
    return statistic, (len(rows) - 1) * (len(columns) - 1)


def limit(freedom):
    """Return about the 99.99 % quantile of chi-square (Wilson and Hilferty)."""
    return freedom * (1 - 2 / (9 * freedom) + 3.72 * math.sqrt(2 / (9 * freedom))) ** 3


SEEN: list[tuple[bool, int, dict]] = []
"""What `observed` found: made once a run, for no database has a part in it."""


@pytest.fixture
def observed(big_bank):
    """Give what somebody sees of options in many showings: (is right, place, the option)."""
    if not SEEN:
        rows = read(select(*showing.BEFORE[:-2], Version.solution).order_by(Version.id)).all()
        for number in range(150):
            for order, row in enumerate(rows[:20]):
                ids = results.option_ids(number, as_number(order, row))
                shown = showing.shown(words.shown([row.id])[row.id], ids, "zh-Hans")
                right = {ids[n] for n in row.solution["right"]}
                for place, option in enumerate(shown["options"]):
                    SEEN.append((option["id"] in right, place, option))
    return SEEN


def test_every_character_of_an_id_is_as_common_in_right_ones_as_in_wrong_ones(observed):
    for position in range(showing.ID_LENGTH):
        counts = {True: Counter(), False: Counter()}
        for right, _, option in observed:
            counts[right][option["id"][position]] += 1
        letters = sorted(counts[False])
        table = [[counts[kind][letter] for letter in letters] for kind in (True, False)]
        statistic, freedom = chi_square(table)
        assert statistic < limit(freedom), position


def test_places_fields_and_lengths_tell_nothing(observed):
    places = {True: Counter(), False: Counter()}
    shapes = defaultdict(set)
    for right, place, option in observed:
        places[right][place] += 1
        shapes[right].add(
            tuple(
                (path, type(value).__name__, len(value) if path == ".id" else None)
                for path, value in flat(option)
            )
        )
    statistic, freedom = chi_square([[places[kind][n] for n in range(4)] for kind in (True, False)])
    assert statistic < limit(freedom)
    assert shapes[True] == shapes[False]


def test_ids_are_never_the_same_twice(observed):
    ids = [option["id"] for _, _, option in observed]
    assert len(set(ids)) == len(ids)


@contextmanager
def unchanged():
    """Nothing of what was answered and counted changes inside."""

    def state():
        return [read(select(table.__table__)).all() for table in (Attempt, Answer, Review)]

    before = state()
    yield
    assert state() == before


@pytest.fixture
def attempt(big_bank, clients):
    """An attempt of which the first question was answered, wrongly."""
    found = clients["resident"].get("/quizzes/daily").json
    asked = found["questions"][0]
    right, wrong = key_of(found["attempt_id"], asked)
    path = f"/attempts/{found['attempt_id']}/answers"
    body = {"question_id": asked["id"], "option_ids": wrong}
    assert clients["resident"].post(path, body).json["correct"] is False
    return {"path": path, "body": body, "right": right, "shown": found}


def test_a_replayed_answer_is_told_again(attempt, clients):
    with unchanged():
        again = clients["resident"].post(attempt["path"], attempt["body"])
    assert (again.status_code, again.json["correct"]) == (200, False)


def test_a_second_thought_comes_too_late(attempt, clients):
    body = attempt["body"] | {"option_ids": attempt["right"]}
    with unchanged():
        answer = clients["resident"].post(attempt["path"], body)
    assert (answer.status_code, answer.json["code"]) == (409, "already_answered")


def test_a_doubled_option_is_no_answer(attempt, clients):
    asked = attempt["shown"]["questions"][1]
    right, _ = key_of(attempt["shown"]["attempt_id"], asked)
    with unchanged():
        body = {"question_id": asked["id"], "option_ids": right * 2}
        assert clients["resident"].post(attempt["path"], body).status_code == 422


def test_foreign_attempts_questions_and_options_are_not_there(attempt, clients):
    theirs = clients["neighbour"].get("/quizzes/daily").json
    asked = theirs["questions"][1]
    with unchanged():
        stolen = f"/attempts/{theirs['attempt_id']}"
        body = {"question_id": asked["id"], "option_ids": [asked["options"][0]["id"]]}
        assert clients["resident"].post(f"{stolen}/answers", body).status_code == 404
        assert clients["resident"].post(f"{stolen}/finish").status_code == 404
        assert clients["resident"].post(attempt["path"], body).status_code == 422
        other = read(select(Version.id).where(Version.id.not_in(
            [one["id"] for one in theirs["questions"]]))).scalars().first()  # fmt: skip
        body = attempt["body"] | {"question_id": other}
        assert clients["resident"].post(attempt["path"], body).status_code == 422


def test_what_was_learnt_from_a_neighbours_answer_does_not_fit_ones_own_ids(attempt, clients):
    theirs = clients["neighbour"].get("/quizzes/daily").json
    [told] = answer_all(clients["neighbour"], theirs | {"questions": theirs["questions"][1:2]})
    body = {"question_id": told["question_id"], "option_ids": told["right_option_ids"]}
    with unchanged():
        assert clients["resident"].post(attempt["path"], body).status_code == 422


def test_late_answers_are_explained_and_change_no_result(attempt, clients):
    with clock.at(MORNING + timedelta(seconds=121)):
        rest = attempt["shown"] | {"questions": attempt["shown"]["questions"][1:]}
        late = answer_all(clients["resident"], rest)
        done = clients["resident"].post(attempt["path"].replace("answers", "finish")).json
    assert [one["counted"] for one in late] == [False] * 4
    assert (done["result"]["right"], done["result"]["counted"]) == (0, 1)


def test_after_the_end_nothing_is_taken(attempt, clients):
    clients["resident"].post(attempt["path"].replace("answers", "finish"))
    asked = attempt["shown"]["questions"][2]
    right, _ = key_of(attempt["shown"]["attempt_id"], asked)
    with unchanged():
        body = {"question_id": asked["id"], "option_ids": right}
        answer = clients["resident"].post(attempt["path"], body)
        assert (answer.status_code, answer.json["code"]) == (409, "attempt_finished")
        again = clients["resident"].post(attempt["path"], attempt["body"])
        assert again.status_code == 200


def test_the_order_of_several_does_not_matter_and_that_of_an_order_does(small_bank, clients):
    found = clients["resident"].get("/quizzes/daily").json
    path = f"/attempts/{found['attempt_id']}/answers"
    by_kind = {asked["kind"]: asked for asked in found["questions"]}
    for kind, same in (("multiple", 200), ("ordering", 409)):
        right, _ = key_of(found["attempt_id"], by_kind[kind])
        body = {"question_id": by_kind[kind]["id"], "option_ids": right}
        assert clients["resident"].post(path, body).json["correct"] is True
        with unchanged():
            turned = clients["resident"].post(path, body | {"option_ids": right[::-1]})
        assert turned.status_code == same


def bent(ticket):
    """Return a ticket of which the last letter is another."""
    return ticket[:-1] + ("B" if ticket[-1] == "A" else "A")


def test_practice_takes_no_foreign_replayed_or_bent_answers(big_bank, clients):
    mine, theirs = (fetch(clients[who], limit=2)["questions"] for who in ("resident", "neighbour"))
    first = reply(mine[0], 1, right=False)
    send(clients["resident"], first)
    good = right_of(version_of(mine[0]["id"]), mine[0]["options"])
    tricks = [
        first,
        first | {"option_ids": good},
        reply(mine[0], 7),
        reply(theirs[0], 8),
        reply(mine[1], 9) | {"ticket": theirs[1]["id"]},
        reply(mine[1], 10) | {"ticket": bent(mine[1]["id"])},
    ]
    with unchanged():
        lines = send(clients["resident"], *tricks)
    assert [line["status"] for line in lines] == ["repeated"] * 2 + ["refused"] * 4
    assert [line["correct"] for line in lines[:2]] == [False, False]


def test_practice_tells_nothing_of_what_is_being_asked(big_bank, clients):
    client = clients["resident"]
    before = {version_of(one["id"]): one for one in fetch(client, limit=50)["questions"]}
    shown = client.get("/quizzes/daily").json
    asked = [one["id"] for one in shown["questions"]]
    assert {version_of(one["id"]) for one in fetch(client, limit=50)["questions"]} == (
        set(before) - set(asked))  # fmt: skip
    assert len(fetch(client, limit=25)["questions"]) == 25
    other = next(one for found, one in before.items() if found not in asked)
    answers = [reply(other, 1), reply(before[asked[0]], 2)]
    with unchanged():
        early = client.post("/practice/answers", answers)
    assert (early.status_code, early.json["code"]) == (429, "asked_right_now")
    answer_all(client, shown | {"questions": shown["questions"][:1]})
    assert [one["status"] for one in send(client, *answers)] == ["graded"] * 2
    client.post(f"/attempts/{shown['attempt_id']}/finish")
    assert send(client, reply(before[asked[1]], 3))[0]["status"] == "graded"


def test_practice_tells_nothing_of_the_new_words_of_what_is_being_asked(big_bank, load, clients):
    me, beside = clients["resident"], clients["neighbour"]
    stems = {one["stem"] for one in me.get("/quizzes/daily").json["questions"]}
    before = fetch(beside, limit=50)["questions"]
    anew = {"zh": "新", "en": "New"}
    load([question(n, topic=TOPICS[n % len(TOPICS)], at_home=anew) for n in range(30)])
    offered = {one["stem"] for one in fetch(me, limit=50)["questions"]}
    assert (len(offered), offered & stems) == (25, set())
    # A ticket for the old words waits as well while the new ones are asked.
    asked = {one["stem"] for one in beside.get("/quizzes/daily").json["questions"]}
    old = next(one for one in before if one["stem"] in asked)
    early = beside.post("/practice/answers", [reply(old)])
    assert (early.status_code, early.json["code"]) == (429, "asked_right_now")


@pytest.fixture
def exam(big_bank, clients, people, monkeypatch):
    """A daily five, and an attempt of another occasion that asks the first four of them."""
    plain = occasions.Occasion("campaign", lambda _row: 0, lambda _actor, _row: None)
    monkeypatch.setitem(occasions._known, "campaign", plain)
    shown = clients["resident"].get("/quizzes/daily").json
    with writing():
        number = occasions.begin(
            people["resident"].resident_id,
            "campaign",
            place_code="",
            versions=[one["id"] for one in shown["questions"][:4]],
            deadline=MORNING + timedelta(minutes=30),
        )
    return shown, number


def test_an_attempt_that_is_over_tells_nothing_of_one_that_runs(exam, clients, people):
    shown, number = exam
    over = clients["resident"].post(f"/attempts/{shown['attempt_id']}/finish").json
    assert [one["answer"] is None for one in over["questions"]] == [True] * 4 + [False]
    daily.finish(people["resident"], number)
    over = clients["resident"].get("/quizzes/daily").json
    assert all(one["answer"] for one in over["questions"])


def test_what_two_attempts_ask_at_once_is_answered_once(exam, clients, people):
    shown, number = exam
    first, second = shown["questions"][:2]
    path = f"/attempts/{shown['attempt_id']}/answers"
    with clock.at(MORNING + timedelta(seconds=121)):  # too late here, and not there
        told = (
            clients["resident"]
            .post(
                path,
                {"question_id": first["id"], "option_ids": key_of(shown["attempt_id"], first)[1]},
            )
            .json
        )
    assert (told["correct"], told["counted"]) == (False, False)
    there = f"/attempts/{number}/answers"
    right = right_ids(first["id"], number)
    answer = clients["resident"].post(there, {"question_id": first["id"], "option_ids": right})
    assert (answer.status_code, answer.json["code"]) == (409, "already_answered")
    body = {"question_id": second["id"], "option_ids": right_ids(second["id"], number)}
    assert clients["resident"].post(there, body).json["correct"] is True
    counts = {
        found: tuple(
            sum(row.counted and wanted(row) for row in rows if row.attempt_id == found)
            for wanted in (lambda _: True, lambda row: row.correct)
        )
        for rows in [read(select(Answer.__table__)).all()]
        for found in (shown["attempt_id"], number)
    }
    assert counts == {shown["attempt_id"]: (1, 1), number: (2, 1)}
    assert daily.finish(people["resident"], number)["result"]["right"] == 1


def test_no_phone_can_take_the_name_of_a_daily_answer(big_bank, clients):
    client = clients["resident"]
    shown = client.get("/quizzes/daily").json
    [asked] = fetch(client, limit=1)["questions"]
    for mark, status in (("-", 200), (":", 422)):
        name = mark.join(("daily", str(shown["attempt_id"]), str(shown["questions"][0]["id"])))
        sent = client.post("/practice/answers", [reply(asked) | {"client_uuid": name}])
        assert sent.status_code == status
    assert take(client)["result"]["right"] == 5


def test_a_draft_of_the_next_days_is_nowhere(load, clients):
    """What is not asked today is in no answer of the daily quiz."""
    load([question(n) for n in range(12)])
    text = json.dumps(clients["resident"].get("/quizzes/daily").json, ensure_ascii=False)
    assert sum(f"第{n}题？" in text for n in range(12)) == 5


def test_the_files_of_the_bank_are_not_served(small_bank, client):
    for path in ("/api/v1/quizzes/bank", "/demo/quiz/given.json", f"/{FILES.name}/bank.json"):
        assert client.http.get(path).status_code == 404


def test_two_people_who_compare_see_different_ids(big_bank, app):
    actors = [make_actor() for _ in range(20)]
    version = read(select(Version.id, Version.content)).first()
    seen = {results.option_ids(n, version)[0] for n, _ in enumerate(actors)}
    assert len(seen) == 20
