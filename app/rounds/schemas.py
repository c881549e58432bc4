"""What comes in and what goes out. Degrees are WGS-84 inside; moments are the phone's own."""

from typing import Any

from marshmallow import fields, post_load, validate

from app.core.forms import (
    Form,
    View,
    choice,
    degrees,
    flag,
    identifier,
    moment,
    pattern,
    text,
    whole,
)
from app.core.pages import PageForm, PageView
from app.places.coordinates import CoordinateSystem, Point, to_wgs84
from app.places.schemas import coord_sys
from app.residents.schemas import MoveView, PersonView
from app.rounds import codes, plausibility, rules

UUID = r"\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z"
WORST_ACCURACY_M = 1_000_000


def metres(**kwargs: Any) -> fields.Float:
    """What a phone calls the accuracy of a position, in metres."""
    field = degrees(WORST_ACCURACY_M, **kwargs)
    field.validators = [
        validate.Range(0, WORST_ACCURACY_M, error=f"range min=0 max={WORST_ACCURACY_M}")
    ]
    return field


def whole_point(data: dict[str, Any], in_system: str) -> dict[str, Any]:
    """Return a form's data with its point in WGS-84; half a point is none."""
    lat, lon = data.get("lat"), data.get("lon")
    if lat is None or lon is None:
        return {**data, "lat": None, "lon": None}
    point = to_wgs84(Point(lat, lon), CoordinateSystem(in_system))
    return {**data, "lat": point.lat, "lon": point.lon}


class PointForm(Form):
    """Something that may have a point."""

    lat = degrees(90, allow_none=True)
    lon = degrees(180, allow_none=True)
    coord_sys = coord_sys()

    @post_load
    def in_wgs84(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Inside, every point is WGS-84."""
        return whole_point(data, data.pop("coord_sys"))


class CheckInForm(PointForm):
    """A check-in. `at`: when it was made, `sent_at`: when this is sent, by the phone's clock."""

    client_uuid = pattern(UUID, required=True)
    kind = choice(rules.KINDS, required=True)
    at = moment(required=True)
    sent_at = moment(allow_none=True)
    accuracy = metres(allow_none=True)
    code = text(longest=codes.LONGEST, allow_none=True)
    checkpoint_id = identifier(allow_none=True)


class CheckInBatchForm(Form):
    """What a phone kept while it was offline."""

    items = fields.List(
        fields.Nested(CheckInForm),
        required=True,
        validate=validate.Length(1, rules.MOST_BATCH, error=f"too_many max={rules.MOST_BATCH}"),
        error_messages={"required": "required", "invalid": "invalid", "null": "required"},
    )


class TrackPointForm(Form):
    """Where somebody was when."""

    at = moment(required=True)
    lat = degrees(90, required=True)
    lon = degrees(180, required=True)
    accuracy = metres(allow_none=True)


class TrackForm(Form):
    """A stretch of a track, all in one system; `sent_at`: when this is sent."""

    points = fields.List(
        fields.Nested(TrackPointForm),
        required=True,
        validate=validate.Length(1, rules.MOST_POINTS, error=f"too_many max={rules.MOST_POINTS}"),
        error_messages={"required": "required", "invalid": "invalid", "null": "required"},
    )
    sent_at = moment(allow_none=True)
    coord_sys = coord_sys()

    @post_load
    def in_wgs84(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Inside, every point is WGS-84."""
        in_system = data.pop("coord_sys")
        return data | {"points": [whole_point(point, in_system) for point in data["points"]]}


class AttestationForm(Form):
    """What one says of whom."""

    resident_id = identifier(required=True)
    present = flag(required=True)
    note = text(longest=rules.LONGEST_NOTE, allow_none=True)


class FlagAnswerForm(Form):
    """Whether what is doubted counts; a refusal says why."""

    accepted = flag(required=True)
    note = text(longest=rules.LONGEST_NOTE, allow_none=True)


class SosForm(PointForm):
    """A call for help, with as much as there is time for."""

    note = text(longest=rules.LONGEST_NOTE, allow_none=True)


class SosMoveForm(Form):
    """Where to, and what happened."""

    to = choice(rules.SOS_STATES, required=True)
    note = text(longest=rules.LONGEST_NOTE, allow_none=True)


class AppealForm(Form):
    """Why it was otherwise."""

    note = text(longest=rules.LONGEST_NOTE, required=True)


class AppealAnswerForm(Form):
    """Whether it is granted, how many minutes, and why."""

    granted = flag(required=True)
    minutes = whole(least=1, most=24 * 60, allow_none=True)
    note = text(longest=rules.LONGEST_NOTE, required=True)


class AppealListForm(PageForm):
    """Of which place."""

    place = pattern(r"\A[0-9]{6,24}\Z")


class AttendanceListForm(PageForm):
    """Which of one's own rounds."""

    state = choice(rules.STATES)


class PassedPointView(View):
    """A checkpoint by its name."""

    id = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    name = fields.String(required=True)


class AttendanceView(View):
    """What somebody's round comes to so far; `flags`: how many wait for the leader's answer."""

    id = fields.Integer(required=True)
    shift_id = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": list(rules.STATES)})
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    evidence = fields.Integer(required=True)
    attested = fields.Boolean(required=True)
    flags = fields.Integer(required=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)


def flag_kinds(**kwargs: Any) -> fields.List[Any]:
    """Return the field for kinds of flags."""
    one = fields.String(metadata={"enum": list(plausibility.KINDS)})
    return fields.List(one, required=True, **kwargs)


class CheckInView(View):
    """What a check-in proves; the same whenever it is sent again. `at`: by our clock."""

    id = fields.Integer(required=True)
    client_uuid = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(rules.KINDS)})
    at = fields.AwareDateTime(required=True)
    evidence = fields.Integer(required=True)
    flags = flag_kinds()
    checkpoint = fields.Nested(PassedPointView, required=True, allow_none=True)
    attendance = fields.Nested(AttendanceView, required=True)


class BatchAnswerView(View):
    """What one check-in of a batch is answered: `code` is the problem's, if there is one."""

    client_uuid = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, allow_none=True)
    check_in = fields.Nested(CheckInView, required=True, allow_none=True)


class BatchView(View):
    """One answer for each check-in, in the order of the question."""

    items = fields.List(fields.Nested(BatchAnswerView), required=True)


class TrackView(View):
    """How many points were kept; those outside of the round, and repeated ones, are not."""

    kept = fields.Integer(required=True)
    dropped = fields.Integer(required=True)


class RoundCodeView(View):
    """The code of now, and `codes[i]` to be shown from `first_at` + i × `step_seconds`."""

    text = fields.String(required=True)
    valid_until = fields.AwareDateTime(required=True)
    now = fields.AwareDateTime(required=True)
    step_seconds = fields.Integer(required=True)
    first_at = fields.AwareDateTime(required=True)
    codes = fields.List(fields.String(), required=True)


class RoundFlagView(View):
    """A doubt in words; `check_in_id` is empty where it is about the whole track."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True, metadata={"enum": list(plausibility.KINDS)})
    words = fields.String(required=True)
    check_in_id = fields.Integer(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    answered = fields.Boolean(required=True)
    accepted = fields.Boolean(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class RoundCheckInView(View):
    """A check-in as its maker and the leader see it; `code`: what kind of code was scanned."""

    id = fields.Integer(required=True)
    client_uuid = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(rules.KINDS)})
    at = fields.AwareDateTime(required=True)
    received_at = fields.AwareDateTime(required=True)
    evidence = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"enum": list(rules.CODE_KINDS)})
    flags = flag_kinds()
    checkpoint = fields.Nested(PassedPointView, required=True, allow_none=True)


class OwnRoundView(View):
    """One's own round."""

    attendance = fields.Nested(AttendanceView, required=True)
    check_ins = fields.List(fields.Nested(RoundCheckInView), required=True)
    checkpoints_done = fields.List(fields.Integer(), required=True)
    flags = fields.List(fields.Nested(RoundFlagView), required=True)


class LastSeenView(View):
    """Where somebody on the round was last, who agreed to it."""

    lat = fields.Float(required=True)
    lon = fields.Float(required=True)
    at = fields.AwareDateTime(required=True)
    accuracy = fields.Float(required=True, allow_none=True)


class WalkerView(View):
    """Somebody of the crew as who leads sees them; `id` is the attendance's, none yet without."""

    id = fields.Integer(required=True, allow_none=True)
    resident = fields.Nested(PersonView, required=True)
    state = fields.String(required=True, metadata={"enum": list(rules.STATES)})
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    evidence = fields.Integer(required=True)
    attested = fields.Boolean(required=True)
    attested_by_me = fields.Boolean(required=True, allow_none=True)
    last = fields.Nested(LastSeenView, required=True, allow_none=True)
    checkpoints_done = fields.List(fields.Integer(), required=True)
    check_ins = fields.List(fields.Nested(RoundCheckInView), required=True)
    flags = fields.List(fields.Nested(RoundFlagView), required=True)


class SosContactView(View):
    """Whom to ring for somebody."""

    name = fields.String(required=True)
    phone = fields.String(required=True)


class SosView(View):
    """A call for help. `contact`: whom to ring, told once to whoever acknowledges it."""

    id = fields.Integer(required=True)
    shift_id = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": list(rules.SOS_STATES)})
    at = fields.AwareDateTime(required=True)
    by = fields.Nested(PersonView, required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    acknowledged_by = fields.Nested(PersonView, required=True, allow_none=True)
    acknowledged_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.Nested(PersonView, required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    closing_note = fields.String(required=True, allow_none=True)
    contact = fields.Nested(SosContactView, required=True, allow_none=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class RoundFindingView(View):
    """A hazard that was found on the round."""

    hazard_id = fields.Integer(required=True)
    number = fields.String(required=True)
    state = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class RoundPointView(PassedPointView):
    """A checkpoint of the way."""

    lat = fields.Float(required=True)
    lon = fields.Float(required=True)
    radius_m = fields.Integer(required=True)


class RoundWayView(View):
    """The way: `path` is [[lat, lon], …]."""

    name = fields.String(required=True)
    path = fields.List(fields.List(fields.Float()), required=True)
    checkpoints = fields.List(fields.Nested(RoundPointView), required=True)


class RoundShiftView(View):
    """The shift of a round."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    leader = fields.Nested(PersonView, required=True, allow_none=True)


class RoundView(View):
    """A round: `mine` for who walks it, `people` for who leads it (else empty)."""

    shift = fields.Nested(RoundShiftView, required=True)
    route = fields.Nested(RoundWayView, required=True, allow_none=True)
    walks = fields.Boolean(required=True)
    leads = fields.Boolean(required=True)
    location_consent = fields.Boolean(required=True)
    mine = fields.Nested(OwnRoundView, required=True, allow_none=True)
    people = fields.List(fields.Nested(WalkerView), required=True)
    sos = fields.List(fields.Nested(SosView), required=True)
    findings = fields.List(fields.Nested(RoundFindingView), required=True)
    opens_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)


class SettlementView(View):
    """When a round was closed and settled; `waiting`: whose phones may still bring something."""

    shift_id = fields.Integer(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)
    waiting = fields.Integer(required=True)


class AppealShiftView(View):
    """The shift that an appeal is about."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_name = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)


class AppealView(View):
    """An appeal: `attended` minutes stand now, `minutes` were granted."""

    id = fields.Integer(required=True)
    attendance_id = fields.Integer(required=True)
    shift = fields.Nested(AppealShiftView, required=True)
    resident = fields.Nested(PersonView, required=True)
    attendance_state = fields.String(required=True, metadata={"enum": list(rules.STATES)})
    attended = fields.Integer(required=True)
    evidence = fields.Integer(required=True)
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, metadata={"enum": list(rules.APPEAL_STATES)})
    minutes = fields.Integer(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class AppealPage(PageView):
    """Appeals, oldest first."""

    items = fields.List(fields.Nested(AppealView), required=True)


class OwnAppealView(View):
    """What became of one's own appeal."""

    id = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": list(rules.APPEAL_STATES)})
    note = fields.String(required=True)
    minutes = fields.Integer(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)


class OwnAttendanceView(View):
    """A round of one's own, with one's appeal, if there is one."""

    id = fields.Integer(required=True)
    shift_id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_name = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, metadata={"enum": list(rules.STATES)})
    minutes = fields.Integer(required=True)
    evidence = fields.Integer(required=True)
    attested = fields.Boolean(required=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)
    appeal = fields.Nested(OwnAppealView, required=True, allow_none=True)
    may_appeal = fields.Boolean(required=True)


class OwnAttendancePage(PageView):
    """One's own rounds, newest first."""

    items = fields.List(fields.Nested(OwnAttendanceView), required=True)
