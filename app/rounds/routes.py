"""Rounds: check in, show the code, see who is there, call for help, close, appeal."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.rounds import appeals, judging, live, service, settlement, sos
from app.rounds.schemas import (
    AppealAnswerForm,
    AppealForm,
    AppealListForm,
    AppealPage,
    AppealView,
    AttendanceListForm,
    AttendanceView,
    AttestationForm,
    BatchView,
    CheckInBatchForm,
    CheckInForm,
    CheckInView,
    FlagAnswerForm,
    OwnAttendancePage,
    RoundCodeView,
    RoundView,
    SettlementView,
    SosForm,
    SosMoveForm,
    SosView,
    TrackForm,
    TrackView,
)

blueprint = Blueprint("rounds", __name__, description="Rounds, from check-in to settled hours")
BLUEPRINTS = (blueprint,)


@blueprint.post("/shifts/<id:shift_id>/check-ins")
@requires(Permission.ROUND_WALK)
@limited("120 per minute")
@blueprint.arguments(CheckInForm)
@blueprint.response(201, CheckInView)
@blueprint.refuses(403, 409)
@idempotent
def check_in(form: dict[str, Any], shift_id: int) -> Any:
    """Check in on a round; the same client_uuid is answered the same and counts once."""
    return service.check_in(current_actor(), shift_id, **form)


@blueprint.post("/shifts/<id:shift_id>/check-ins/batch")
@requires(Permission.ROUND_WALK)
@limited("60 per minute")
@blueprint.arguments(CheckInBatchForm)
@blueprint.response(200, BatchView)
@blueprint.refuses(403, 409)
def check_in_batch(form: dict[str, Any], shift_id: int) -> Any:
    """Bring check-ins that were made while offline; each is answered for itself."""
    return service.check_in_batch(current_actor(), shift_id, **form)


@blueprint.post("/shifts/<id:shift_id>/positions")
@requires(Permission.ROUND_WALK)
@limited("60 per minute")
@blueprint.arguments(TrackForm)
@blueprint.response(200, TrackView)
@blueprint.refuses(403, 409)
def add_points(form: dict[str, Any], shift_id: int) -> Any:
    """Say where one is on a round, if one agreed to that."""
    return service.add_points(current_actor(), shift_id, **form)


@blueprint.get("/shifts/<id:shift_id>/code")
@requires(Permission.ROUND_WALK)
@blueprint.response(200, RoundCodeView)
@blueprint.refuses(403, 409)
def show_code(shift_id: int) -> Any:
    """Show the leader the code of now, and those of the whole shift."""
    return live.show_code(current_actor(), shift_id)


@blueprint.get("/shifts/<id:shift_id>/round")
@requires(Permission.ROUND_WALK)
@blueprint.response(200, RoundView)
def show_round(shift_id: int) -> Any:
    """Show one's own round, or all of it to who leads."""
    return live.show_round(current_actor(), shift_id)


@blueprint.post("/shifts/<id:shift_id>/attestations")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(AttestationForm)
@blueprint.response(201, AttendanceView)
@blueprint.refuses(403, 409)
@idempotent
def attest(form: dict[str, Any], shift_id: int) -> Any:
    """Say that somebody else was there, or was not."""
    return judging.attest(current_actor(), shift_id, **form)


@blueprint.post("/shifts/<id:shift_id>/flags/<id:flag_id>/answer")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(FlagAnswerForm)
@blueprint.response(200, AttendanceView)
@blueprint.refuses(403, 409)
def answer_flag(form: dict[str, Any], shift_id: int, flag_id: int) -> Any:
    """Say as who leads whether what is doubted counts."""
    return judging.answer_flag(current_actor(), shift_id, flag_id, **form)


@blueprint.post("/shifts/<id:shift_id>/sos")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(SosForm)
@blueprint.response(201, SosView)
@blueprint.refuses(403, 409)
@idempotent
def call(form: dict[str, Any], shift_id: int) -> Any:
    """Call for help; again while the call is open is the same call."""
    return sos.call(current_actor(), shift_id, **form)


@blueprint.post("/sos/<id:sos_id>/moves")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(SosMoveForm)
@blueprint.response(200, SosView)
@blueprint.refuses(403, 409)
def move_call(form: dict[str, Any], sos_id: int) -> Any:
    """Acknowledge or close a call for help."""
    return sos.move_call(current_actor(), sos_id, **form)


@blueprint.post("/shifts/<id:shift_id>/settlement")
@requires(Permission.ROUND_WALK)
@blueprint.response(200, SettlementView)
@blueprint.refuses(403, 409)
def close_round(shift_id: int) -> Any:
    """Close a round as who leads it, and settle whom there is no doubt about."""
    return settlement.close_round(current_actor(), shift_id)


@blueprint.get("/me/attendances")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(AttendanceListForm, location="query")
@blueprint.response(200, OwnAttendancePage)
def list_mine(form: dict[str, Any]) -> Any:
    """List the rounds that one was on, or missed."""
    return live.list_mine(current_actor(), **form)


@blueprint.post("/attendances/<id:attendance_id>/appeals")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(AppealForm)
@blueprint.response(201, AppealView)
@blueprint.refuses(409)
@idempotent
def appeal(form: dict[str, Any], attendance_id: int) -> Any:
    """Object to one's own no-show, or to the minutes."""
    return appeals.appeal(current_actor(), attendance_id, **form)


@blueprint.get("/appeals")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(AppealListForm, location="query")
@blueprint.response(200, AppealPage)
def list_appeals(form: dict[str, Any]) -> Any:
    """List the appeals that wait for one's answer."""
    return appeals.list_appeals(current_actor(), **form)


@blueprint.post("/appeals/<id:appeal_id>/answer")
@requires(Permission.ROUND_WALK)
@blueprint.arguments(AppealAnswerForm)
@blueprint.response(200, AppealView)
@blueprint.refuses(403, 409)
def answer_appeal(form: dict[str, Any], appeal_id: int) -> Any:
    """Grant or refuse an appeal."""
    return appeals.answer_appeal(current_actor(), appeal_id, **form)
