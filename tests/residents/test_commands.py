import pytest

from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor

STREET, DISTRICT = "510105007", "510105"
GRID = "510105007004001"


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *args: runner.invoke(args=["residents", *map(str, args)])


@pytest.fixture
def newcomer(app):
    return make_actor(openid="o-newcomer", name="小何")


def roles_of(client):
    return [(role["kind"], role["place_code"]) for role in client.get("/me").json["roles"]]


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("grid_worker", GRID),
        ("grid_worker", COMMUNITY),
        ("committee", COMMUNITY),
        ("street", STREET),
        ("district", DISTRICT),
    ],
)
def test_a_role_is_given_and_taken(run, client, newcomer, kind, place):
    client.signed_in_as(newcomer)
    given = run("grant", newcomer.resident_id, kind, place)
    assert (given.exit_code, given.output) == (
        0,
        f"{newcomer.resident_id}: {kind} at {place}\n",
    )
    assert roles_of(client) == [(kind, place)]
    assert client.get("/tasks").status_code == 200
    taken = run("revoke", newcomer.resident_id, kind, place)
    assert (taken.exit_code, "no longer" in taken.output) == (0, True)
    assert roles_of(client) == []
    assert client.get("/tasks").status_code == 403


def test_a_person_is_named_by_openid_too(run, client, newcomer):
    assert run("grant", "o-newcomer", "committee", COMMUNITY).exit_code == 0
    assert roles_of(client.signed_in_as(newcomer)) == [("committee", COMMUNITY)]


def test_twice_is_once(run, newcomer):
    for said in ("at 510105007004\n", "at 510105007004 already\n"):
        answer = run("grant", "o-newcomer", "committee", COMMUNITY)
        assert (answer.exit_code, answer.output.endswith(said)) == (0, True)
    for said in ("no longer", "was not"):
        answer = run("revoke", "o-newcomer", "committee", COMMUNITY)
        assert (answer.exit_code, said in answer.output) == (0, True)


@pytest.mark.parametrize(
    ("who", "kind", "place", "why"),
    [
        ("o-newcomer", "committee", "999999999999", "there is no place"),
        ("o-newcomer", "committee", DISTRICT, "is a district; a committee is held at a community"),
        ("o-newcomer", "grid_worker", STREET, "held at a grid or community"),
        ("o-newcomer", "district", COMMUNITY, "held at a district"),
        ("o-nobody", "committee", COMMUNITY, "nobody is known as o-nobody"),
        ("999999", "committee", COMMUNITY, "nobody is known as 999999"),
    ],
)
def test_what_cannot_be_is_refused(run, client, newcomer, who, kind, place, why):
    answer = run("grant", who, kind, place)
    assert answer.exit_code == 1
    assert "nothing was changed" in answer.output
    assert why in answer.output
    assert roles_of(client.signed_in_as(newcomer)) == []


def test_a_residents_role_comes_with_a_home_only(run, newcomer):
    assert run("grant", "o-newcomer", "resident", COMMUNITY).exit_code == 2


def test_who_holds_what_within_a_place(run, people):
    lines = run("list", "--place", DISTRICT).output.splitlines()
    shown = {tuple(line.split("\t")[2:3] + line.split("\t")[4:]) for line in lines}
    assert ("李主任", f"committee {COMMUNITY}") in shown
    assert ("区应急办", f"district {DISTRICT}") in shown
    assert not any(ELSEWHERE in line for line in lines)


def test_somebody_without_a_role_is_found_by_name(run, newcomer):
    (line,) = run("list", "--name", "何").output.splitlines()
    shown = line.split("\t")
    assert shown[:3] == [str(newcomer.resident_id), "o-newcomer", "小何"]
    assert shown[4] == "-"
    assert run("list", "--name", "%").output == ""


@pytest.mark.parametrize("options", [(), ("--place", COMMUNITY, "--name", "何")])
def test_a_list_says_of_what(run, options):
    assert run("list", *options).exit_code == 2
