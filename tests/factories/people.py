"""The demo's people, and as many others as a test wants."""

import json
from collections.abc import Sequence

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
DEMO_PEOPLE = json.loads((ROOT / "demo" / "people.json").read_text(encoding="utf-8"))


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
    [actor] = make_actors([(roles, resident)])
    return actor


def make_actors(wanted: list[tuple[Sequence[tuple[RoleKind, str]], dict[str, str]]]) -> list[Actor]:
    """Make many in one transaction: their roles and what else is known of each."""
    made = [ResidentFactory.build(**resident) for _, resident in wanted]
    db.session.add_all(made)
    db.session.flush()
    now = clock.now()
    db.session.add_all(
        HeldRole(resident_id=found.id, kind=kind, place_code=code, since=now)
        for found, (roles, _) in zip(made, wanted, strict=True)
        for kind, code in roles
    )
    db.session.commit()
    return [
        Actor(found.id, found.name, tuple(Role(kind, code) for kind, code in roles))
        for found, (roles, _) in zip(made, wanted, strict=True)
    ]


def make_people() -> dict[str, Actor]:
    """Make the demo's people, a stranger, and a neighbour next door (`sibling`)."""
    wanted = {
        record["code"].removeprefix("demo:"): (
            [(RoleKind(record["kind"]), record["place_code"])],
            {"openid": openid_of(record["code"]), "name": record["name"]},
        )
        for record in DEMO_PEOPLE
    }
    wanted["sibling"] = ([(RoleKind.RESIDENT, SIBLING)], {"openid": openid_of("demo:sibling")})
    wanted["stranger"] = ([], {"openid": openid_of("demo:stranger")})
    return dict(zip(wanted, make_actors(list(wanted.values())), strict=True))
