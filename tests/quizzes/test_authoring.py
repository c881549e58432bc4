"""Two people look at a question before anybody is asked it."""

import pytest
from sqlalchemy import delete, select

from app.core import clock, deliveries, outbox
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.photos import service as photos
from app.quizzes import authoring
from app.quizzes.models import Version
from app.residents.models import HeldRole
from tests.clients import Client
from tests.factories.people import COMMUNITY, SIBLING, make_actor
from tests.hazards.conftest import photo  # noqa: F401 a fixture
from tests.lookers import looked_at
from tests.quizzes.conftest import MORNING, answer_all, question


def written(number=1, **changes):
    """Return a question as the form has it."""
    return {k: v for k, v in question(number).items() if k != "key"} | changes


@pytest.fixture
def colleague(app, people):
    """Somebody else of the same committee."""
    return Client(app).signed_in_as(make_actor((RoleKind.COMMITTEE, COMMUNITY), name="同事"))


@pytest.fixture
def author(clients):
    with clock.at(MORNING):
        yield clients["committee"]


def make(author, **changes):
    answer = author.post("/questions", written(**changes))
    assert answer.status_code == 201, answer.json
    return answer.json


def move(client, made, to, number=0, **more):
    body = {"version_id": made["versions"][number]["id"], "to": to, **more}
    return client.post(f"/questions/{made['id']}/moves", body)


def moves(shown, number=0):
    return {one["move"] for one in shown["versions"][number]["moves"]}


def publish(author, colleague, made):
    move(author, made, "in_review")
    answer = move(colleague, made, "published")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_question_begins_as_a_draft_of_ones_own_place(author):
    made = make(author)
    assert made["place_code"] == COMMUNITY
    assert (made["versions"][0]["state"], moves(made)) == ("draft", {"submit", "drop"})
    assert made["versions"][0]["options"][0] == {"zh": "对的1", "en": "right 1", "right": True}


def test_nobody_publishes_their_own(author, colleague):
    made = make(author)
    shown = move(author, made, "in_review").json
    assert moves(shown) == {"withdraw"}
    answer = move(author, made, "published")
    assert (answer.status_code, answer.json["code"]) == (403, "move_not_yours")
    shown = move(colleague, made, "published").json
    assert shown["versions"][0]["state"] == "published"
    assert [line["move"] for line in shown["versions"][0]["history"]] == [
        "write", "submit", "publish"]  # fmt: skip
    assert shown["versions"][0]["history"][2]["actor"] == "同事"


def test_only_what_is_published_is_asked(author, colleague, clients):
    made = make(author)
    assert clients["resident"].get("/practice").json["questions"] == []
    publish(author, colleague, made)
    assert len(clients["resident"].get("/practice").json["questions"]) == 1
    assert clients["sibling"].get("/practice").json["questions"] == []
    retired = move(colleague, made, "retired", note="条例已修订")
    assert retired.json["versions"][0]["state"] == "retired"
    assert clients["resident"].get("/practice").json["questions"] == []


def test_a_streets_question_is_asked_in_all_its_communities(clients, people, app):
    made = clients["street"].post("/questions", written()).json
    other = Client(app).signed_in_as(make_actor((RoleKind.STREET, made["place_code"])))
    publish(clients["street"], other, made)
    for who in ("resident", "sibling"):
        assert len(clients[who].get("/practice").json["questions"]) == 1
    assert clients["outsider"].get("/practice").json["questions"] == []


def test_it_is_returned_with_a_reason(author, colleague):
    made = make(author)
    move(author, made, "in_review")
    assert move(colleague, made, "draft").status_code == 422
    shown = move(colleague, made, "draft", note="选项B也对").json
    assert shown["versions"][0]["state"] == "draft"
    assert shown["versions"][0]["history"][-1]["note"] == "选项B也对"


def test_a_new_version_replaces_the_old_one_when_it_is_published(author, colleague, clients):
    made = publish(author, colleague, make(author))
    again = author.post(f"/questions/{made['id']}/versions", written(stem={"zh": "改过的？"})).json
    assert [v["state"] for v in again["versions"]] == ["draft", "published"]
    shown = publish(author, colleague, again)
    assert [v["state"] for v in shown["versions"]] == ["published", "retired"]
    asked = clients["resident"].get("/practice").json["questions"]
    assert [one["stem"] for one in asked] == ["改过的？"]


def test_ones_own_draft_is_written_anew_and_anothers_is_not(author, colleague):
    made = make(author)
    path = f"/questions/{made['id']}/versions"
    again = author.post(path, written(2))
    assert [v["state"] for v in again.json["versions"]] == ["draft", "retired"]
    answer = colleague.post(path, written(3))
    assert (answer.status_code, answer.json["code"]) == (409, "version_waiting")
    move(author, again.json, "in_review")
    assert author.post(path, written(3)).status_code == 409


def leave_office(actor):
    with writing():
        changed_rows(delete(HeldRole).where(HeldRole.resident_id == actor.resident_id))


def test_a_draft_whose_author_has_left_is_gone_on_with_by_others(
    author, colleague, people, clients
):
    """Or nobody could ever write that question anew, nor what a file of theirs had brought."""
    made, other = make(author), make(author)
    shown = colleague.get(f"/questions/{made['id']}").json
    assert moves(shown) == set()
    leave_office(people["committee"])
    for who, theirs in ((colleague, {"submit", "drop"}), (clients["outsider"], None)):
        answer = who.get(f"/questions/{made['id']}")
        assert theirs is None or moves(answer.json) == theirs
        assert answer.status_code == (200 if theirs else 404)
    # Who wrote it and who looks at it are two people still.
    move(colleague, made, "in_review")
    assert move(colleague, made, "published").status_code == 200
    again = colleague.post(f"/questions/{other['id']}/versions", written(3))
    assert [v["state"] for v in again.json["versions"]] == ["draft", "retired"], again.json
    move(colleague, again.json, "in_review")
    assert move(colleague, again.json, "published").status_code == 403


def test_a_draft_of_who_writes_for_the_places_around_is_theirs_still(clients, colleague):
    made = clients["street"].post("/questions", written(place_code=COMMUNITY)).json
    assert moves(colleague.get(f"/questions/{made['id']}").json) == set()
    assert move(colleague, made, "in_review").status_code == 403
    assert colleague.post(f"/questions/{made['id']}/versions", written(3)).status_code == 409


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"topic": "war"}, "topic", "not_an_option"),
        ({"stem": {"en": "no Chinese"}}, "stem.zh", "required"),
        ({"options": []}, "options", "range"),
        (
            {"options": [{"zh": "甲", "right": True}, {"zh": "甲"}]},
            "options.1.zh",
            "same_as_another",
        ),
        ({"options": [{"zh": "甲", "right": True}, {"zh": "乙", "right": True}]}, "options", "key"),
        ({"kind": "picture"}, "picture", "required"),
        ({"source": {"name": {"zh": "消防法"}}}, "source.as_of", "required"),
        (
            {"source": {"name": {"zh": "消防法"}, "as_of": "2999-11-21"}},
            "source.as_of",
            "in_the_future",
        ),
        ({"state": "published"}, "state", "unknown_field"),
        ({"place_code": SIBLING}, "place_code", "unknown_place"),
    ],
)
def test_what_is_not_whole_is_refused_by_field(author, change, field, code):
    answer = author.post("/questions", written() | change)
    assert answer.status_code == 422, answer.json
    assert (field, code) in [(one["field"], one["code"]) for one in answer.json["errors"]]
    assert read(select(Version.id)).all() == []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (COMMUNITY, 201),
        (COMMUNITY[:9], 201),
        (COMMUNITY[:9] + "999", 422),  # there is none
        (COMMUNITY + "001", 422),  # a grid, where nobody is asked
        (COMMUNITY[:8], 422),
    ],
)
def test_questions_are_for_places_where_somebody_is_asked(clients, code, status):
    answer = clients["district"].post("/questions", written(place_code=code))
    assert answer.status_code == status, answer.json


def test_other_places_do_not_see_it(author, clients):
    made = make(author)
    for who, status in (("street", 200), ("district", 200), ("outsider", 404), ("resident", 403)):
        assert clients[who].get(f"/questions/{made['id']}").status_code == status, who
    assert move(clients["outsider"], made, "in_review").status_code == 404


def test_everybodys_bank_is_seen_and_not_changed(small_bank, author):
    page = author.get("/questions", state="published", limit=2).json
    assert len(page["items"]) == 2
    more = author.get("/questions", cursor=page["next_cursor"], limit=50).json
    assert len(page["items"] + more["items"]) == 5
    shown = author.get(f"/questions/{page['items'][0]['id']}").json
    assert moves(shown) == set()
    assert move(author, shown, "retired", note="x").status_code == 403
    body = written()
    assert author.post(f"/questions/{shown['id']}/versions", body).status_code == 404


def test_the_list_filters(author, big_bank):
    make(author)
    assert [one["state"] for one in author.get("/questions", state="draft").json["items"]] == [
        "draft"
    ]
    gas = author.get("/questions", topic="gas", limit=50).json["items"]
    assert {one["topic"] for one in gas} == {"gas"}
    assert author.get("/questions", flagged="true").json["items"] == []


def test_a_picture_of_ones_own(author, clients, colleague):
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    content = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, "JPEG")
    picture_id = author.upload(content.getvalue()).json["id"]
    region = {"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}
    options = [{"zh": words, "region": region} for words in ("甲", "乙", "丙")]
    options[0]["right"] = True
    made = make(author, kind="picture", picture_id=picture_id, options=options)
    assert made["versions"][0]["media"]["url"]
    publish(author, colleague, made)
    [asked] = clients["resident"].get("/practice").json["questions"]
    assert (asked["media"]["width"], len(asked["options"])) == (64, 3)
    again = written(kind="picture", options=options, stem={"zh": "哪里不对？"})
    newer = author.post(f"/questions/{made['id']}/versions", again)
    assert newer.status_code == 201, newer.json
    assert newer.json["versions"][0]["media"] == made["versions"][0]["media"]


REGION = {"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}
SPOTS = [
    {"zh": words, "region": REGION} | ({"right": True} if words == "甲" else {})
    for words in ("甲", "乙", "丙")
]


@pytest.fixture
def pictured(app, author, people, photo):  # noqa: F811
    """Write a question about a picture that WeChat is asked about."""
    with looked_at(app) as looker:

        def write():
            picture_id = photo(people["committee"])
            made = make(author, kind="picture", picture_id=picture_id, options=SPOTS)
            while deliveries.deliver_due():
                pass
            return made

        yield write, looker


def test_what_wechat_withholds_is_not_published(pictured, author, colleague):
    write, looker = pictured
    made = write()
    looker.push(1, "risky")
    move(author, made, "in_review")
    answer = move(colleague, made, "published")
    assert (answer.status_code, answer.json["code"]) == (409, "picture_withheld")
    assert move(colleague, made, "draft", note="换一张图片").status_code == 200


def test_what_wechat_withholds_later_is_asked_and_shown_no_more(
    pictured, author, colleague, clients
):
    write, looker = pictured
    made = publish(author, colleague, write())
    [asked] = clients["resident"].get("/practice").json["questions"]
    link = asked["media"]["url"].removeprefix("/api/v1")
    assert clients["resident"].get(link).status_code == 200
    looker.push(1, "risky")
    outbox.deliver_due()  # what the verdict gave rise to
    assert clients["resident"].get("/practice").json["questions"] == []
    assert clients["resident"].get(link).status_code == 404
    [version] = author.get(f"/questions/{made['id']}").json["versions"]
    assert (version["state"], version["history"][-1]["move"]) == ("retired", "retire")
    assert "图片" in version["history"][-1]["note"]


def test_a_district_stops_a_question_of_the_bank(big_bank, clients, author):
    resident, neighbour = clients["resident"], clients["neighbour"]
    before = resident.get("/quizzes/daily").json
    wrong = before["questions"][1]["id"]
    [item] = [one for one in bank_of(clients["district"]) if one["version_id"] == wrong]
    shown = clients["district"].get(f"/questions/{item['id']}").json
    assert moves(shown) == {"retire"}
    assert move(clients["district"], shown, "retired").status_code == 422  # why?
    stopped = move(clients["district"], shown, "retired", note="依据已经改了").json["versions"][0]
    assert (stopped["state"], stopped["history"][-1]["note"]) == ("retired", "依据已经改了")
    mine = [asked["id"] for asked in before["questions"]]
    assert resident.get("/quizzes/daily").json["questions"][1]["id"] == wrong
    assert answer_all(resident, before)[1]["counted"]
    theirs = [asked["id"] for asked in neighbour.get("/quizzes/daily").json["questions"]]
    assert len(theirs) == 5
    assert set(mine) - set(theirs) == {wrong}
    practised = neighbour.get("/practice", limit=50).json["questions"]
    assert len(practised) == 24  # neither that one nor what is being asked


def bank_of(client):
    return client.get("/questions", state="published", limit=50).json["items"]


def test_what_is_written_goes_to_review_in_the_same_transaction(people):
    shown = authoring.write(people["committee"], submit=True, **written())
    assert [line["move"] for line in shown["versions"][0]["history"]] == ["write", "submit"]
    with pytest.raises(authoring.VersionWaiting):
        authoring.rewrite(people["committee"], shown["id"], submit=True, **written(2))
    assert len(authoring.show(people["committee"], shown["id"])["versions"]) == 1


def test_a_picture_is_shown_to_whoever_brought_it_until_it_is_used(people, photo):  # noqa: F811
    mine = photo(people["committee"])
    assert authoring.find_picture(people["committee"], mine)
    assert authoring.find_picture(people["street"], mine) is None
    photos.attach(people["committee"], [mine])
    assert authoring.find_picture(people["committee"], mine) is None
    assert authoring.find_picture(people["committee"], f"{mine}\0") is None
