"""Teams of volunteers, what is offered for points, and certificates of service."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, posted, shell
from app.console.volunteers import DONE
from app.core.access import Actor, Permission
from app.core.errors import NotFound
from app.core.forms import Form, choice, pattern, text
from app.core.http import limited
from app.core.pages import PageForm
from app.points import rewards
from app.points import rules as point_rules
from app.rosters import choices
from app.volunteers import certificates, rules, teams
from app.volunteers.schemas import GRID_OR_COMMUNITY

blueprint = desk.console_blueprint("volunteers_teams", "/<place_code>/volunteers")
BLUEPRINTS = (blueprint,)


class DoneForm(PageForm):
    """Where the list goes on, and what was just done."""

    done = choice(DONE)


class TeamPost(Form):
    """A new team."""

    name = text(longest=40, required=True)
    kind = choice(rules.TeamKind, required=True)
    at = pattern(GRID_OR_COMMUNITY, required=True)
    leader_id = posted.chosen(allow_none=True, load_default=None)


class MemberPost(Form):
    """What somebody is to be in a team."""

    resident_id = posted.chosen(required=True)
    to = choice((rules.MEMBER, rules.LEADER, rules.LEFT), required=True)


class RewardPost(Form):
    """What is offered for points."""

    name = text(longest=point_rules.LONGEST_NAME, required=True)
    words = text(longest=point_rules.LONGEST_WORDS, allow_none=True, load_default=None)
    cost = posted.number(least=1, most=point_rules.MOST_COST, required=True)
    stock = posted.number(least=0, most=point_rules.MOST_STOCK, required=True)
    per_person = posted.number(
        least=1, most=point_rules.MOST_EACH, allow_none=True, load_default=None
    )


class StockPost(Form):
    """How many more there are, or fewer; offered, or not any more."""

    stock_change = posted.number(
        least=-point_rules.MOST_STOCK, most=point_rules.MOST_STOCK, load_default=0
    )
    offered = choice(("yes", "no"), required=True)


class CollectPost(Form):
    """The code that somebody shows."""

    code = text(longest=60, required=True)


class CertificatesForm(DoneForm):
    """Which certificates."""

    state = choice((*rules.CERTIFICATE_STATES, "to_review"))


class RevocationPost(Form):
    """Why a certificate is taken back."""

    reason = text(longest=200, shortest=2, required=True)


# Teams


@blueprint.get("/teams")
@desk.at_desk(Permission.VOLUNTEERS_READ)
@kept.live(Permission.VOLUNTEERS_READ, keeping.SERVING, keeping.PLAN, keeping.NAMES, keeping.PLACES)
@desk.reads(DoneForm)
def show_teams(form: dict[str, Any], place_code: str) -> str:
    """Show the teams of a place."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.VOLUNTEERS_READ)
    done = form.pop("done", None)
    manages = actor.reaches(Permission.TEAM_MANAGE, place_code)
    return shell.render(
        "console/volunteers_teams.html",
        found=teams.list_teams(actor, place=place_code, **form),
        chosen=choices.list_choices(actor, place_code) if manages else None,
        kinds=list(rules.TeamKind),
        done=done,
    )


@blueprint.post("/teams")
@desk.at_desk(Permission.TEAM_MANAGE)
@desk.reads(TeamPost, location="form")
def make_team(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Make a team, with its leader if one is named."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.TEAM_MANAGE)
    at = form.pop("at")
    made = teams.create_team(actor, place_code=at, **form)
    return desk.go(_team_url(place_code, made["id"], done="made"))


def _team_url(place_code: str, team_id: int, **query: Any) -> str:
    return url_for(
        "console_volunteers_teams.show_team", place_code=place_code, team_id=team_id, **query
    )


@blueprint.get("/teams/<id:team_id>")
@desk.at_desk(Permission.VOLUNTEERS_READ)
@desk.reads(DoneForm)
def show_team(form: dict[str, Any], place_code: str, team_id: int) -> str:
    """Show a team, its people, and what may be done about each."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.VOLUNTEERS_READ)
    return shell.render(
        "console/volunteers_team.html",
        team=_find_team(actor, place_code, team_id),
        done=form.get("done"),
    )


def _find_team(actor: Actor, place_code: str, team_id: int) -> dict[str, Any]:
    found = teams.show_team(actor, team_id)
    if not found["place_code"].startswith(place_code):
        raise NotFound
    return found


@blueprint.post("/teams/<id:team_id>/members")
@desk.at_desk(Permission.VOLUNTEERS_READ)
@desk.reads(MemberPost, location="form")
def move_member(form: dict[str, Any], place_code: str, team_id: int) -> AnyResponse:
    """Accept somebody, make them leader, or take them out."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.VOLUNTEERS_READ)
    _find_team(actor, place_code, team_id)
    teams.move_member(actor, team_id, form["resident_id"], to=form["to"])
    return desk.go(_team_url(place_code, team_id, done="moved"))


# Rewards


@blueprint.get("/rewards")
@desk.at_desk(Permission.REWARD_OFFER)
@desk.reads(DoneForm)
def show_rewards(form: dict[str, Any], place_code: str) -> str:
    """Show what is offered for points, and how many there are."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.REWARD_OFFER)
    done = form.pop("done", None)
    return shell.render(
        "console/volunteers_rewards.html",
        found=rewards.list_rewards(actor, place=place_code, **form),
        limits=point_rules,
        done=done,
    )


@blueprint.post("/rewards")
@desk.at_desk(Permission.REWARD_OFFER)
@desk.reads(RewardPost, location="form")
def offer(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Offer something for points."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.REWARD_OFFER)
    rewards.offer(actor, place_code=place_code, **form)
    return desk.go(_rewards_url(place_code))


def _rewards_url(place_code: str) -> str:
    return url_for("console_volunteers_teams.show_rewards", place_code=place_code, done="saved")


@blueprint.post("/rewards/<id:reward_id>")
@desk.at_desk(Permission.REWARD_OFFER)
@desk.reads(StockPost, location="form")
def change_reward(form: dict[str, Any], place_code: str, reward_id: int) -> AnyResponse:
    """Add to the stock or take from it; offer it, or not any more."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.REWARD_OFFER)
    rewards.change(
        actor, reward_id, stock_change=form["stock_change"], active=form["offered"] == "yes"
    )
    return desk.go(_rewards_url(place_code))


@blueprint.post("/rewards/collections")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("20 per minute")
@desk.reads(CollectPost, location="form")
def collect(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Hand a reward out to whoever shows its code."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    handed = rewards.collect(actor, **form)
    if not desk.partly():
        return desk.go(_rewards_url(place_code))
    return shell.render("console/volunteers_handed.html", handed=handed)


# Certificates


@blueprint.get("/certificates")
@desk.at_desk(Permission.CERTIFICATE_REVOKE)
@desk.reads(CertificatesForm)
def show_certificates(form: dict[str, Any], place_code: str) -> str:
    """Show what the place certified, by state; those to look at again by themselves."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CERTIFICATE_REVOKE)
    done, state = form.pop("done", None), form.pop("state", None)
    which = {"to_review": True} if state == "to_review" else {"state": state}
    found = certificates.list_issued(actor, place=place_code, **which, **form)
    return shell.render(
        "console/volunteers_certificates.html",
        found=found,
        state=state,
        states=("to_review", *rules.CERTIFICATE_STATES),
        done=done,
    )


@blueprint.post("/certificates/<number>/revocation")
@desk.at_desk(Permission.CERTIFICATE_REVOKE)
@desk.reads(RevocationPost, location="form")
def revoke(form: dict[str, Any], place_code: str, number: str) -> AnyResponse:
    """Take a certificate back, with a reason for its owner."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CERTIFICATE_REVOKE)
    certificates.revoke(actor, number, **form)
    return desk.go(_certificates_url(place_code, "revoked"))


@blueprint.post("/certificates/<number>/confirmation")
@desk.at_desk(Permission.CERTIFICATE_REVOKE)
def confirm(place_code: str, number: str) -> AnyResponse:
    """Let a certificate stand although its hours were corrected."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CERTIFICATE_REVOKE)
    certificates.confirm(actor, number)
    return desk.go(_certificates_url(place_code, "confirmed"))


def _certificates_url(place_code: str, done: str) -> str:
    return url_for("console_volunteers_teams.show_certificates", place_code=place_code, done=done)
