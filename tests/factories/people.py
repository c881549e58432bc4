"""The demo's people, and as many others as a test wants."""

import json

import factory
from factory.alchemy import SQLAlchemyModelFactory

from app.config import ROOT
from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import db
from app.residents.models import HeldRole, Resident
from tools.wechat_sandbox.identities import openid_of

COMMUNITY = "510105007004"
SIBLING = "510105007005"
ELSEWHERE = "320506100006"


class ResidentFactory(SQLAlchemyModelFactory):
    class Meta:
        model = Resident
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"

    openid = factory.Sequence(lambda n: f"o-test-{n}")
    name = factory.Sequence(lambda n: f"邻居{n}")
    language = "zh-Hans"
    letter_size = "standard"
    created_at = factory.LazyFunction(clock.now)


def make_actor(*roles: tuple[RoleKind, str], **resident: str) -> Actor:
    """Make somebody with roles, (kind, place code) each."""
    found = ResidentFactory(**resident)
    for kind, code in roles:
        db.session.add(
            HeldRole(resident_id=found.id, kind=kind, place_code=code, since=clock.now())
        )
    db.session.commit()
    held = tuple(Role(kind, code) for kind, code in roles)
    return Actor(found.id, found.name, held)


def make_people() -> dict[str, Actor]:
    """Make the demo's people, a stranger, and a neighbour next door (`sibling`)."""
    records = json.loads((ROOT / "demo" / "people.json").read_text(encoding="utf-8"))
    people = {
        record["code"].removeprefix("demo:"): make_actor(
            (RoleKind(record["kind"]), record["place_code"]),
            openid=openid_of(record["code"]),
            name=record["name"],
        )
        for record in records
    }
    people["sibling"] = make_actor((RoleKind.RESIDENT, SIBLING), openid=openid_of("demo:sibling"))
    people["stranger"] = make_actor(openid=openid_of("demo:stranger"))
    return people
