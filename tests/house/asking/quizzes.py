"""How quizzes are asked: attempts are their maker's, questions belong to a place."""

import io

from app.core.access import RoleKind
from app.quizzes import authoring, bank, daily, imports, results
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house import kept
from tests.quizzes.conftest import FILES, question

PLACES = {"own": COMMUNITY, "sibling": SIBLING, "elsewhere": ELSEWHERE}
WRITTEN = {name: value for name, value in question(1).items() if name != "key"}
A, Q = "/api/v1/attempts/<id>", "/api/v1/questions/<id>"


def with_bank(ask):
    """Ask when there are questions."""

    def asked(client, *rest):
        bank.import_bank(FILES / "bank.json")
        return ask(client, *rest)

    return asked


def get(path):
    return with_bank(lambda client, *_: client.get(path))


@kept.by_maker
def attempt(world, who, whose):
    bank.import_bank(FILES / "bank.json")
    return daily.take_daily(world.maker(who, whose))


def answer(client, world, who, whose):
    found = attempt(world, who, whose)
    [asked] = [one for one in found["questions"] if one["kind"] == "true_false"]
    body = {"question_id": asked["id"], "option_ids": [asked["options"][0]["id"]]}
    return client.post(f"/attempts/{found['attempt_id']}/answers", body)


def finish(client, world, who, whose):
    return client.post(f"/attempts/{attempt(world, who, whose)['attempt_id']}/finish")


@kept.by_maker
def finished(world, who, whose):
    return daily.finish(world.maker(who, whose), attempt(world, who, whose)["attempt_id"])


def pledge(client, world, who, whose):
    done = finished(world, who, whose)
    advised = done["result"]["at_home"][0]["question_id"]
    path = f"/attempts/{done['attempt_id']}/pledge"
    assert done["state"] == results.FINISHED
    return client.put(path, {"question_id": advised})


@kept.by_place
def published(world, who, whose):
    """Publish a question of a place: somebody writes it, somebody else looks at it."""
    code = PLACES[world.place(who, whose)]
    author, reviewer = (make_actor((RoleKind.COMMITTEE, code)) for _ in range(2))
    made = authoring.write(author, **WRITTEN)
    for actor, to in ((author, "in_review"), (reviewer, "published")):
        version_id = made["versions"][0]["id"]
        made = authoring.move(actor, made["id"], version_id=version_id, to=to)
    return made


def show(client, world, who, whose):
    return client.get(f"/questions/{published(world, who, whose)['id']}")


def rewrite(client, world, who, whose):
    made = published(world, who, whose)
    return client.post(f"/questions/{made['id']}/versions", WRITTEN)


def retire(client, world, who, whose):
    made = published(world, who, whose)
    body = {"version_id": made["versions"][0]["id"], "to": "retired", "note": "条例已修订"}
    return client.post(f"/questions/{made['id']}/moves", body)


def bring(client, *_):
    data = {"file": (io.BytesIO("天会下雨。{T}".encode()), "q.txt"), "format": "gift"}
    answer = client._send("POST", "/question-imports", data=data)
    answer.request.environ["wsgi.input"].close()
    return answer


@kept.by_place
def taken_in(world, who, whose):
    author = make_actor((RoleKind.COMMITTEE, PLACES[world.place(who, whose)]))
    file = io.BytesIO("天会下雨。{T}".encode())
    return imports.take_in(author, file, file_format="gift", file_name="q.txt")["id"]


def imported(client, world, who, whose):
    return client.get(f"/question-imports/{taken_in(world, who, whose)}")


REQUESTS = {
    "POST /api/v1/question-imports": bring,
    "GET /api/v1/question-imports": get("/question-imports"),
    "GET /api/v1/question-imports/<id>": imported,
    "GET /api/v1/question-exports": get("/question-exports?format=gift"),
    "GET /api/v1/quizzes/daily": get("/quizzes/daily"),
    "GET /api/v1/me/streak": get("/me/streak"),
    "GET /api/v1/me/knowledge": get("/me/knowledge"),
    "GET /api/v1/practice": get("/practice"),
    "POST /api/v1/practice/answers": lambda client, *_: client.post("/practice/answers", []),
    f"POST {A}/answers": answer,
    f"POST {A}/finish": finish,
    f"PUT {A}/pledge": pledge,
    "GET /api/v1/questions": get("/questions"),
    "POST /api/v1/questions": lambda client, *_: client.post("/questions", WRITTEN),
    f"GET {Q}": show,
    f"POST {Q}/versions": rewrite,
    f"POST {Q}/moves": retire,
}
