"""What comes in and what goes out."""

from datetime import date, datetime, timedelta
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from app.core import clock
from app.core.forms import (
    Form,
    View,
    choice,
    day,
    degrees,
    flag,
    identifier,
    listing,
    moment,
    query_flag,
    text,
    whole,
)
from app.core.pages import PageForm, PageView
from app.patrols import rules
from app.patrols.swaps import ANSWERS
from app.places.coordinates import CoordinateSystem, Point, to_wgs84
from app.places.schemas import coord_sys, place_code
from app.residents.schemas import PersonView
from app.volunteers.rules import ALL_SKILLS

LONGEST_TITLE, LONGEST_WORDS, LONGEST_NOTE = 40, 500, 200


class Limit(fields.String):
    """An end of a range: a day in Shanghai, or a moment with its zone."""

    def __init__(self, *, last: bool, data_key: str) -> None:
        super().__init__(
            data_key=data_key,
            error_messages={"invalid": "invalid"},
            metadata={"description": "A day `YYYY-MM-DD` in Shanghai, or a moment with its zone."},
        )
        self.last = last
        self.day, self.moment = day(), moment()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        written = str(super()._deserialize(value, attr, data, **kwargs))
        if len(written) != len("2026-11-21"):
            # A plus that nobody escaped arrives as a space.
            found: datetime = self.moment.deserialize(written.replace(" ", "+"))
            return found
        whole_day: date = self.day.deserialize(written)
        return clock.day_start(whole_day + timedelta(days=1) if self.last else whole_day)


class Spot(fields.String):
    """`lat,lon` in degrees."""

    def __init__(self) -> None:
        super().__init__(
            error_messages={"invalid": "invalid"},
            metadata={"pattern": r"^-?[0-9]{1,3}(\.[0-9]+)?,-?[0-9]{1,3}(\.[0-9]+)?$"},
        )
        self.numbers = (degrees(90), degrees(180))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        parts = str(super()._deserialize(value, attr, data, **kwargs)).split(",")
        try:
            pairs = zip(self.numbers, parts, strict=True)
            return tuple(float(number.deserialize(part)) for number, part in pairs)
        except (ValidationError, ValueError) as fault:
            raise ValidationError(message="invalid") from fault


def _inside(lat: float, lon: float, system: str) -> tuple[float, float]:
    point = to_wgs84(Point(lat, lon), CoordinateSystem(system))
    return point.lat, point.lon


# What comes in


class ShiftListForm(PageForm):
    """Which shifts to list; `near` is lat,lon."""

    begin = Limit(last=False, data_key="from")
    end = Limit(last=True, data_key="to")
    place = place_code()
    mine = query_flag()
    open = query_flag()
    near = Spot()
    coord_sys = coord_sys()

    @post_load
    def in_wgs84(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Inside, every point is WGS-84."""
        system = data.pop("coord_sys")
        if near := data.get("near"):
            data["near"] = _inside(near[0], near[1], system)
        return data

    @validates_schema(skip_on_field_errors=True)
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a range that ends before it begins."""
        if "begin" in data and "end" in data and data["end"] <= data["begin"]:
            raise ValidationError({"to": ["after_the_end"]})


def _skills(**kwargs: Any) -> fields.List[Any]:
    return listing(choice(ALL_SKILLS), longest=len(ALL_SKILLS), **kwargs)


def _seats(**kwargs: Any) -> fields.Integer:
    return whole(least=1, most=rules.MOST_SEATS, **kwargs)


class ShiftForm(Form):
    """A shift. `skills`: what each person on it has to have."""

    title = text(longest=LONGEST_TITLE, required=True)
    place_code = place_code(required=True)
    route_id = identifier(allow_none=True)
    team_id = identifier(allow_none=True)
    leader_id = identifier(allow_none=True)
    starts_at = moment(required=True)
    ends_at = moment(required=True)
    capacity = _seats(required=True)
    minimum = _seats()
    skills = _skills()
    words = text(longest=LONGEST_WORDS, allow_none=True)
    residence_required = flag()


class ShiftChangeForm(Form):
    """What changes; `version`: of which version of the shift."""

    version = whole(least=1, most=1_000_000)
    title = text(longest=LONGEST_TITLE)
    place_code = place_code()
    route_id = identifier(allow_none=True)
    team_id = identifier(allow_none=True)
    leader_id = identifier(allow_none=True)
    starts_at = moment()
    ends_at = moment()
    capacity = _seats()
    minimum = _seats()
    skills = _skills()
    words = text(longest=LONGEST_WORDS, allow_none=True)
    residence_required = flag()


class ReasonForm(Form):
    """Why; whoever it concerns reads it."""

    reason = text(longest=LONGEST_NOTE, required=True)


class StandInForm(Form):
    """Whose seat; without one, that of who looks longest."""

    resident_id = identifier(allow_none=True)


class SwapForm(Form):
    """Whom one asks, and for which shift of theirs; without one, the seat is handed over."""

    resident_id = identifier(required=True)
    their_shift_id = identifier(allow_none=True)
    note = text(longest=LONGEST_NOTE, allow_none=True)


class SwapMoveForm(Form):
    """What becomes of a swap."""

    to = choice(ANSWERS, required=True)


# What goes out


class BriefTeamView(View):
    """A team's name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class ShiftItemView(View):
    """A shift in a list. `taken`: seats that are taken or held; `mine`: the caller's sign-up."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    route_id = fields.Integer(required=True, allow_none=True)
    team = fields.Nested(BriefTeamView, required=True, allow_none=True)
    leader = fields.Nested(PersonView, required=True, allow_none=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    capacity = fields.Integer(required=True)
    minimum = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    places_left = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    skills = fields.List(fields.String(), required=True)
    residence_required = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.SHIFT_STATES))
    mine = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf([*rules.SIGN_UP_STATES, None]),
    )
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    distance_m = fields.Integer(required=True, allow_none=True)


class ShiftPage(PageView):
    """Shifts by their start."""

    items = fields.List(fields.Nested(ShiftItemView), required=True)


class PatrolCheckpointView(View):
    """A checkpoint, without what its code says."""

    id = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    name = fields.String(required=True)
    lat = fields.Float(required=True)
    lon = fields.Float(required=True)
    radius_m = fields.Integer(required=True)


class WayView(View):
    """The way a shift goes: [[lat, lon], …], WGS-84; empty for who need not know."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    length_m = fields.Integer(required=True)
    path = fields.List(fields.List(fields.Float()), required=True)
    checkpoints = fields.List(fields.Nested(PatrolCheckpointView), required=True)


class CrewView(View):
    """Somebody on a shift."""

    resident_id = fields.Integer(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True)
    leader = fields.Boolean(required=True)


class HeldSeatView(View):
    """An open offer of one's own."""

    id = fields.Integer(required=True)
    expires_at = fields.AwareDateTime(required=True)


class BriefShiftView(View):
    """Enough of a shift to know it again."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    place_name = fields.String(required=True)


class SwapView(View):
    """A swap: `mine` if the caller asked for it; `with`: the other person."""

    id = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.SWAP_STATES))
    mine = fields.Boolean(required=True)
    colleague = fields.Nested(PersonView, required=True, data_key="with")
    shift = fields.Nested(BriefShiftView, required=True)
    their_shift = fields.Nested(BriefShiftView, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    moves = fields.List(fields.String(), required=True)


class SwapPage(PageView):
    """One's swaps, newest first."""

    items = fields.List(fields.Nested(SwapView), required=True)


class MySeatView(View):
    """What the caller is to a shift."""

    state = fields.String(required=True, allow_none=True)
    position = fields.Integer(required=True, allow_none=True)
    joined_at = fields.AwareDateTime(required=True, allow_none=True)
    offer = fields.Nested(HeldSeatView, required=True, allow_none=True)
    swaps = fields.List(fields.Nested(SwapView), required=True)


class ShiftView(ShiftItemView):
    """A shift. `seeking`: how many look for a stand-in; `cut_off_at`: until when one leaves freely.

    `crew` is empty for who is not on it and does not lead it.
    """

    words = fields.String(required=True, allow_none=True)
    cancel_reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    sequence = fields.Integer(required=True)
    night = fields.Boolean(required=True)
    cut_off_at = fields.AwareDateTime(required=True)
    seeking = fields.Integer(required=True)
    route = fields.Nested(WayView, required=True, allow_none=True)
    crew = fields.List(fields.Nested(CrewView), required=True)
    my = fields.Nested(MySeatView, required=True)
    leads = fields.Boolean(required=True)
    moves = fields.List(fields.String(), required=True)


class SeatView(View):
    """What the caller is to a shift now; `position`: in the waiting list."""

    shift_id = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.SIGN_UP_STATES))
    position = fields.Integer(required=True, allow_none=True)


class OfferView(View):
    """A seat that is held for the caller until `expires_at`."""

    id = fields.Integer(required=True)
    made_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    shift = fields.Nested(ShiftItemView, required=True)


class OfferPage(PageView):
    """Seats that are held for the caller."""

    items = fields.List(fields.Nested(OfferView), required=True)


class ColleagueView(View):
    """Somebody with whom one may swap, and their coming shifts nearby."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    shifts = fields.List(fields.Nested(BriefShiftView), required=True)


class ColleaguePage(PageView):
    """Those with whom one may swap."""

    items = fields.List(fields.Nested(ColleagueView), required=True)


# Routes


class CheckpointForm(Form):
    """A checkpoint; with its `id` it stays the one it was, with its printed code."""

    id = identifier()
    name = text(longest=40, required=True)
    lat = degrees(90, required=True)
    lon = degrees(180, required=True)
    radius_m = whole(least=5, most=500)


class _Path(fields.List[Any]):
    """Points one after the other, [lat, lon] each, in degrees."""

    def __init__(self) -> None:
        super().__init__(
            fields.Tuple((degrees(90), degrees(180)), error_messages={"invalid": "invalid"}),
            validate=validate.Length(
                min=1, max=rules.MOST_POINTS, error=f"too_many max={rules.MOST_POINTS}"
            ),
            error_messages={"invalid": "invalid", "null": "required"},
        )


class _InWgs84(Form):
    coord_sys = coord_sys()

    @post_load
    def in_wgs84(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Inside, every point is WGS-84."""
        system = data.pop("coord_sys")
        if "path" in data:
            data["path"] = [_inside(lat, lon, system) for lat, lon in data["path"]]
        for spot in data.get("checkpoints", ()):
            spot["lat"], spot["lon"] = _inside(spot["lat"], spot["lon"], system)
        return data


class PatrolRouteForm(_InWgs84):
    """A route; without a path it goes straight from checkpoint to checkpoint."""

    place_code = place_code(required=True)
    name = text(longest=40, required=True)
    path = _Path()
    checkpoints = listing(fields.Nested(CheckpointForm), longest=rules.MOST_CHECKPOINTS)


class PatrolRouteChangeForm(_InWgs84):
    """What changes of a route; `checkpoints` replaces all of them."""

    name = text(longest=40)
    path = _Path()
    checkpoints = listing(fields.Nested(CheckpointForm), longest=rules.MOST_CHECKPOINTS)
    active = flag()


class PatrolRouteListForm(PageForm):
    """Which routes to list."""

    place = place_code()


class PatrolRouteItemView(View):
    """A route in a list."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    name = fields.String(required=True)
    length_m = fields.Integer(required=True)
    active = fields.Boolean(required=True)


class PatrolRoutePage(PageView):
    """Routes, newest first."""

    items = fields.List(fields.Nested(PatrolRouteItemView), required=True)


class PatrolRouteView(PatrolRouteItemView):
    """A route with its way, [[lat, lon], …] in WGS-84, and its checkpoints."""

    path = fields.List(fields.List(fields.Float()), required=True)
    checkpoints = fields.List(fields.Nested(PatrolCheckpointView), required=True)
    moves = fields.List(fields.String(), required=True)


class RouteNameView(View):
    """A route's name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class CheckpointCodeView(View):
    """What to print for a checkpoint: the text of its code, and the code as an SVG image."""

    checkpoint_id = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    name = fields.String(required=True)
    text = fields.String(required=True)
    svg = fields.String(required=True)


class CheckpointCodesView(View):
    """The codes of a route's checkpoints."""

    route = fields.Nested(RouteNameView, required=True)
    codes = fields.List(fields.Nested(CheckpointCodeView), required=True)
