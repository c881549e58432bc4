"""Becoming a volunteer, what is agreed to, pausing, leaving."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core import clock
from app.core.access import RoleKind
from app.core.db import changed_rows, db, read, writing
from app.core.errors import InvalidInput, NotFound
from app.core.outbox import OutboxEvent
from app.volunteers import listing, profile, qualifications, records, rules, service, teams
from app.volunteers.models import ContactLook, LikedPlace, Volunteer, VolunteerConsent
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.volunteers.conftest import FORM, GRID, NOW

CONTACT = {"name": "周妈妈", "phone": "13900001111"}
GUARDIAN = {"name": "周爸爸", "phone": "13900002222", "consent": True}


def faults(raised):
    return {(fault.field, fault.code) for fault in raised.value.errors}


def consents(actor):
    row = VolunteerConsent
    mine = select(row.kind, row.given).where(row.resident_id == actor.resident_id)
    return [tuple(line) for line in read(mine.order_by(row.id))]


def events():
    return [row.kind for row in read(select(OutboxEvent.kind).order_by(OutboxEvent.id))]


def test_a_resident_becomes_a_volunteer(people, serve):
    actor = serve(
        people["resident"],
        skills=["electrician", "first_aid", "first_aid"],
        languages=["zh", "sc"],
        availability=[
            {"weekday": 6, "start": "19:00", "end": "22:00"},
            {"weekday": 1, "start": "22:00", "end": "24:00"},
        ],
        likes=[GRID, COMMUNITY],
        emergency_contact=CONTACT,
        most_per_week=2,
    )
    found = profile.show_profile(actor)
    assert found["number"] == "LV-2026-000001"
    assert found["since"] == NOW
    assert found["skills"] == ["electrician", "first_aid"]
    assert found["availability"] == [
        {"weekday": 1, "from": "22:00", "to": "24:00"},
        {"weekday": 6, "from": "19:00", "to": "22:00"},
    ]
    assert found["likes"] == [COMMUNITY, GRID]
    assert found["liked_places"][1] == {"code": GRID, "name": "草堂路社区第1网格"}
    assert found["emergency_contact"] == CONTACT
    assert (found["minor"], found["guardian"], found["paused"]) == (False, None, False)
    assert (found["on_honour_board"], found["location_consent_at"]) == (False, None)
    assert consents(actor) == [("risk", True)]


def test_numbers_go_on_and_begin_anew_each_year(serve):
    serve()
    with clock.at(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)):
        later = make_actor()
        assert profile.save_profile(later, **FORM)["number"] == "LV-2027-000001"
    assert profile.save_profile(make_actor(), **FORM)["number"] == "LV-2026-000002"


def test_what_is_left_out_stays_and_what_is_emptied_goes(serve):
    actor = serve(languages=["zh"], likes=[GRID], emergency_contact=CONTACT, most_per_week=2)
    again = profile.save_profile(actor, **{**FORM, "skills": ["it"]})
    assert (again["skills"], again["languages"], again["likes"]) == (["it"], ["zh"], [GRID])
    assert again["emergency_contact"] == CONTACT
    emptied = {"languages": [], "likes": [], "emergency_contact": None, "most_per_week": None}
    again = profile.save_profile(actor, **FORM, **emptied)
    assert (again["languages"], again["likes"], again["emergency_contact"]) == ([], [], None)
    assert again["most_per_week"] is None
    assert again["number"] == "LV-2026-000001"


def test_saying_it_again_agrees_to_nothing_twice(serve):
    actor = serve()
    profile.save_profile(actor, **FORM)
    assert consents(actor) == [("risk", True)]


def test_a_new_notice_about_risks_has_to_be_agreed_to(serve, monkeypatch):
    actor = serve()
    monkeypatch.setattr(rules, "RISK_VERSION", "2027-01")
    with pytest.raises(service.RiskNotAccepted):
        service.require_volunteer(actor)
    with pytest.raises(InvalidInput) as raised:
        profile.save_profile(actor, **FORM, risk_version="2026-11")
    assert faults(raised) == {("risk_version", "not_an_option")}
    profile.change_profile(actor, risk_consent=True)
    service.require_volunteer(actor)
    assert consents(actor) == [("risk", True), ("risk", True)]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"birth_year": 2012}, ("birth_year", "too_young")),
        ({"birth_year": 2020}, ("birth_year", "too_young")),
        ({"birth_year": 2010}, ("guardian", "guardian_needed")),
        ({"likes": [GRID, f"{COMMUNITY}999"]}, ("likes.1", "unknown_place")),
        (
            {"availability": [{"weekday": 1, "start": "22:00", "end": "06:00"}]},
            ("availability.0.to", "before_the_start"),
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(app, now, changes, fault):
    actor = make_actor()
    with pytest.raises(InvalidInput) as raised:
        profile.save_profile(actor, **{**FORM, **changes})
    assert faults(raised) == {fault}
    assert not service.is_volunteer(actor.resident_id)
    assert consents(actor) == []


def test_a_minor_serves_with_a_guardian_and_the_guardian_is_sealed(serve):
    actor = serve(birth_year=2010, guardian=GUARDIAN)
    found = profile.show_profile(actor)
    assert found["minor"]
    assert found["guardian"] == {"name": "周爸爸", "phone": "13900002222", "consent_at": NOW}
    assert sorted(consents(actor)) == [("guardian", True), ("risk", True)]
    sealed = read(select(Volunteer.sealed_guardian_phone)).scalar_one()
    assert "13900002222" not in sealed
    again = profile.save_profile(actor, **{**FORM, "birth_year": 2010, "guardian": GUARDIAN})
    assert again["guardian"] == found["guardian"]
    assert len(consents(actor)) == 2
    service.require_volunteer(actor)


def test_who_corrects_the_year_to_a_minors_needs_a_guardian(serve):
    actor = serve()
    with pytest.raises(InvalidInput):
        profile.save_profile(actor, **{**FORM, "birth_year": 2010})
    with writing():
        changed_rows(update(Volunteer).values(birth_year=2010))
    with pytest.raises(service.GuardianNeeded):
        service.require_volunteer(actor)
    assert service.serving([actor.resident_id]) == set()


def test_a_guardian_is_forgotten_when_nobody_needs_one(serve):
    actor = serve(birth_year=2008, guardian=GUARDIAN)
    younger = serve(birth_year=2009, guardian=GUARDIAN)
    assert profile.forget_guardians() == 0
    with clock.at(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)):  # New Year in Shanghai
        assert profile.forget_guardians() == 1
        assert profile.forget_guardians() == 0
        assert profile.show_profile(actor)["guardian"] is None
        assert profile.show_profile(younger)["guardian"]["name"] == "周爸爸"
        service.require_volunteer(actor)


def test_an_adult_has_no_guardian_even_if_one_is_named(serve):
    actor = serve(guardian=GUARDIAN)
    assert profile.show_profile(actor)["guardian"] is None


def test_ones_location_is_agreed_to_by_itself_and_taken_back(serve):
    actor = serve()
    assert not service.location_consent(actor.resident_id)
    given = profile.change_profile(actor, location_consent=True)
    assert given["location_consent_at"] == NOW
    profile.change_profile(actor, location_consent=True)
    assert service.location_consents([actor.resident_id, 10**9]) == {actor.resident_id}
    with clock.at(NOW + timedelta(days=1)):
        taken = profile.change_profile(actor, location_consent=False)
    assert taken["location_consent_at"] is None
    assert consents(actor) == [("risk", True), ("location", True), ("location", False)]
    assert events() == ["volunteers.location_consent_withdrawn"]
    shown = [(line["kind"], line["given"]) for line in taken["consents"]]
    assert shown == [("location", False), ("location", True), ("risk", True)]
    service.require_volunteer(actor)


def test_who_no_longer_accepts_the_risks_takes_no_shift(serve):
    actor = serve()
    found = profile.change_profile(actor, risk_consent=False)
    assert (found["risk_version"], found["risk_consent_at"]) == (None, None)
    assert events() == ["volunteers.stopped"]
    with pytest.raises(service.RiskNotAccepted):
        service.require_volunteer(actor)
    profile.change_profile(actor, risk_consent=False)
    assert consents(actor) == [("risk", True), ("risk", False)]
    profile.change_profile(actor, risk_consent=True)
    service.require_volunteer(actor)


def test_consents_and_looks_are_never_rewritten(serve):
    actor = serve(emergency_contact=CONTACT)
    service.emergency_contact_of(actor.resident_id, by_id=actor.resident_id, why="sos")
    for table in (VolunteerConsent, ContactLook):
        with pytest.raises(DBAPIError, match="append-only"), writing():
            changed_rows(update(table).values(at=NOW))


def test_who_pauses_keeps_everything_and_takes_no_shift(serve):
    actor = serve()
    assert profile.change_profile(actor, paused=True)["paused"]
    with pytest.raises(service.VolunteerPaused):
        service.require_volunteer(actor)
    assert service.serving([actor.resident_id]) == set()
    assert [row.paused for row in service.profile_of([actor.resident_id])] == [True]
    profile.change_profile(actor, paused=False)
    assert service.serving([actor.resident_id]) == {actor.resident_id}


def test_who_leaves_takes_their_data_with_them_and_the_proof_stays(serve, team, people):
    found = team()
    actor = serve(people["resident"], likes=[GRID], emergency_contact=CONTACT)
    profile.change_profile(actor, location_consent=True)
    records.add_training(actor, name="急救", held_on=date(2026, 5, 1))
    records.add_insurance(
        actor, insurer="人保", policy_number="P1", first=date(2026, 1, 1), last=date(2026, 12, 31)
    )
    profile.stop(actor)
    with pytest.raises(NotFound):
        profile.show_profile(actor)
    with pytest.raises(service.NotAVolunteer):
        service.require_volunteer(actor)
    for table in ("volunteers", "liked_places", "trainings", "insurances"):
        assert read(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0  # noqa: S608 ours
    assert consents(actor)[-2:] == [("risk", False), ("location", False)]
    assert not service.is_leader(actor.resident_id, found["id"])
    assert events()[-2:] == ["volunteers.membership_moved", "volunteers.stopped"]
    again = profile.save_profile(actor, **FORM)
    assert again["number"] == "LV-2026-000002"
    assert (again["likes"], again["emergency_contact"], again["trainings"]) == ([], None, [])


def test_somebody_who_is_no_volunteer_has_nothing_to_change_or_leave(people, now):
    for ask in (profile.show_profile, profile.stop, profile.change_profile):
        with pytest.raises(NotFound):
            ask(people["resident"])
    with pytest.raises(service.NotAVolunteer):
        records.add_training(people["resident"], name="急救", held_on=date(2026, 5, 1))


def test_an_emergency_contact_is_sealed_and_every_look_is_shown(people, serve):
    actor = serve(people["resident"], emergency_contact=CONTACT)
    assert CONTACT["phone"] not in read(select(Volunteer.sealed_emergency)).scalar_one()
    leader = people["gridworker"].resident_id
    look = service.emergency_contact_of(actor.resident_id, by_id=leader, why="sos")
    assert look == CONTACT
    [shown] = profile.show_profile(actor)["contact_looks"]
    assert shown == {"by": people["gridworker"].name, "why": "sos", "at": NOW}
    other = serve()
    assert service.emergency_contact_of(other.resident_id, by_id=leader, why="sos") is None
    assert service.emergency_contact_of(10**9, by_id=leader, why="sos") is None
    assert profile.show_profile(other)["contact_looks"] == []


def test_trainings_and_insurances_are_ones_own(serve):
    actor, other = serve(), serve()
    days = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    training = records.add_training(
        actor, name="急救", held_on=date(2026, 5, 1), hours=8, by="红会"
    )
    insurance = records.add_insurance(actor, insurer="人保", policy_number="P-77", **days)
    found = profile.show_profile(actor)
    assert found["trainings"] == [training]
    assert found["insurances"] == [insurance]
    assert insurance["policy_number"] == "P-77"
    for remove, row in (
        (records.remove_training, training),
        (records.remove_insurance, insurance),
    ):
        with pytest.raises(NotFound):
            remove(other, row["id"])
        remove(actor, row["id"])
        with pytest.raises(NotFound):
            remove(actor, row["id"])
    found = profile.show_profile(actor)
    assert (found["trainings"], found["insurances"]) == ([], [])


def test_records_of_impossible_days_and_too_many_are_refused(serve, monkeypatch):
    actor = serve()
    with pytest.raises(InvalidInput):
        records.add_training(actor, name="急救", held_on=date(2026, 11, 21))
    with pytest.raises(InvalidInput):
        records.add_insurance(
            actor, insurer="人保", policy_number="1", first=date(2026, 2, 1), last=date(2026, 1, 1)
        )
    monkeypatch.setattr(rules, "MOST_RECORDS", 2)
    for _ in range(2):
        records.add_training(actor, name="急救", held_on=date(2026, 5, 1))
    with pytest.raises(records.TooManyRecords):
        records.add_training(actor, name="急救", held_on=date(2026, 5, 1))


def listed(actor, **query):
    page = listing.list_volunteers(actor, limit=50, **query)
    return {item["resident_id"] for item in page["items"]}


def test_staff_see_who_serves_in_their_places(people, serve, team, join):
    at_home = serve(people["resident"])  # a role alone tells no home
    likes = serve(make_actor(), likes=[GRID])
    elsewhere = serve(make_actor(), likes=[ELSEWHERE])
    member = join(team(None), make_actor(), head=people["committee"])
    assert listed(people["committee"]) == {likes.resident_id, member.resident_id}
    assert listed(people["street"], place=COMMUNITY) == {likes.resident_id, member.resident_id}
    assert listed(people["outsider"]) == {elsewhere.resident_id}
    assert at_home.resident_id not in listed(people["district"])
    for who, place in (("committee", SIBLING), ("outsider", COMMUNITY), ("gridworker", ELSEWHERE)):
        with pytest.raises(NotFound):
            listing.list_volunteers(people[who], place=place, limit=5)


def test_the_list_says_no_phone_and_no_year_of_birth(people, serve):
    serve(likes=[GRID], emergency_contact=CONTACT, birth_year=2010, guardian=GUARDIAN)
    [item] = listing.list_volunteers(people["committee"], limit=5)["items"]
    assert set(item) == {
        "resident_id", "name", "minor", "skills", "languages", "availability", "most_per_week",
        "likes", "paused", "serving", "home", "teams",
    }  # fmt: skip
    assert item["minor"]
    assert not {"2010", CONTACT["phone"], GUARDIAN["phone"]} & set(str(item).split("'"))


def test_the_list_goes_on_where_it_ended(people, serve):
    ids = {serve(likes=[GRID]).resident_id for _ in range(3)}
    first = listing.list_volunteers(people["committee"], limit=2)
    rest = listing.list_volunteers(people["committee"], limit=2, cursor=first["next_cursor"])
    assert {item["resident_id"] for item in first["items"] + rest["items"]} == ids
    assert rest["next_cursor"] is None


def test_planners_get_profiles_of_who_is_near(people, serve, team, join):
    from app.residents import service as residents  # noqa: PLC0415

    home = residents.request_residence(people["neighbour"], place_code=GRID, room="1-101")
    residents.move_residence(people["gridworker"], home["id"], to="confirmed")
    lives = serve(people["neighbour"], skills=["it"], availability=[])
    likes = serve(likes=[f"{COMMUNITY}002"], most_per_week=1)
    found = team()
    member = join(found, make_actor((RoleKind.RESIDENT, COMMUNITY)))
    away = serve(likes=[ELSEWHERE])
    rows = {row.resident_id: row for row in service.candidates(f"{COMMUNITY}003")}
    leader = people["resident"].resident_id
    assert set(rows) == {lives.resident_id, likes.resident_id, member.resident_id, leader}
    assert rows[lives.resident_id].place_code == GRID
    assert rows[lives.resident_id].skills == ["it"]
    assert rows[likes.resident_id].likes == [f"{COMMUNITY}002"]
    assert rows[likes.resident_id].most_per_week == 1
    assert rows[member.resident_id].team_ids == [found["id"]]
    assert all(row.serving for row in rows.values())
    assert [row.resident_id for row in service.candidates(ELSEWHERE)] == [away.resident_id]
    assert service.lacking_skills(lives.resident_id, ["drone", "it"]) == ["drone"]
    assert service.lacking_skills(10**9, ["it"]) == ["it"]


def test_two_first_taps_make_one_volunteer(serve):
    """The second finds the row that the first wrote while it was on its way."""
    actor = serve()
    with writing():
        row = profile._begin(actor.resident_id, 1980, NOW)
    assert row.number == "LV-2026-000001"
    with writing():
        changed_rows(delete(LikedPlace))
    assert db.session.query(Volunteer).count() == 1
    assert teams.list_teams(actor, mine=True, limit=5)["items"] == []


def test_the_list_is_narrowed_by_skill_team_and_pause(people, serve, team, join):
    able = serve(make_actor(), likes=[GRID], skills=["first_aid", "it"])
    pauses = serve(make_actor(), likes=[GRID], skills=["it"], paused=True)
    earned = serve(make_actor(), likes=[GRID], skills=[])
    qualifications.give(
        earned.resident_id,
        "first_aid_basics",
        "campaign",
        1,
        first_day=NOW.date(),
        last_day=NOW.date(),
    )
    committee = people["committee"]
    assert listed(committee, skill="it") == {able.resident_id, pauses.resident_id}
    assert listed(committee, skill="it", paused=False) == {able.resident_id}
    assert listed(committee, skill="first_aid") == {able.resident_id}
    assert listed(committee, skill="first_aid_basics") == {earned.resident_id}
    qualifications.take_back(earned.resident_id, "campaign", 1)
    assert listed(committee, skill="first_aid_basics") == set()
    here = team(None)
    member = join(here, make_actor(), head=committee)
    assert listed(committee, team_id=here["id"]) == {member.resident_id}


def test_staff_see_consents_and_hours_of_one_who_serves_there(people, serve):
    one = serve(make_actor(), likes=[GRID], emergency_contact=CONTACT)
    shown = listing.show_volunteer(people["committee"], one.resident_id, place=COMMUNITY)
    assert shown["consents"] == {"risk": True, "guardian": None}
    assert (shown["credited_minutes"], shown["held_minutes"]) == (0, 0)
    assert CONTACT["phone"] not in str(shown)
    for who, place in (("committee", SIBLING), ("resident", COMMUNITY), ("district", SIBLING)):
        with pytest.raises(NotFound):
            listing.show_volunteer(people[who], one.resident_id, place=place)
