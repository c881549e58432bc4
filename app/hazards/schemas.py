"""What comes in and what goes out."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from app.core.checks import SHOWN, WAITED_FOR
from app.core.forms import (
    Form,
    View,
    choice,
    degrees,
    flag,
    identifier,
    listing,
    moment,
    pattern,
    query_flag,
    text,
    whole,
)
from app.core.pages import PageForm, PageView
from app.hazards import rules
from app.places.coordinates import CoordinateSystem, Point, to_wgs84
from app.residents.schemas import MoveView, PersonView


def photo() -> fields.String:
    """Return the field for a photo's id."""
    return pattern(r"\A[A-Za-z0-9_-]{43}\Z")


def photo_list() -> fields.List[Any]:
    """Ids of photos that were taken in before."""
    return listing(photo(), longest=rules.MOST_PHOTOS)


class HazardForm(Form):
    """A report. `lat`, `lon` in degrees, in the system that `coord_sys` names."""

    category = pattern(r"\A[A-Z0-9_]{2,24}\Z", required=True)
    description = text(longest=rules.WITHIN_WORDS, required=True)
    lat = degrees(90, required=True)
    lon = degrees(180, required=True)
    coord_sys = choice(CoordinateSystem, required=True)
    address = text(longest=200, allow_none=True)
    photo_ids = photo_list()
    anonymous = flag()
    round_id = identifier(allow_none=True)

    @post_load
    def in_wgs84(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Inside, every point is WGS-84."""
        point = to_wgs84(Point(data["lat"], data["lon"]), CoordinateSystem(data.pop("coord_sys")))
        return data | {"lat": point.lat, "lon": point.lon}


class HazardMoveForm(Form):
    """Where to, and what the move needs."""

    to = choice(rules.STATES, required=True)
    note = text(longest=rules.WITHIN_WORDS, allow_none=True)
    photo_ids = photo_list()
    assignee_id = identifier(allow_none=True)
    until = moment(allow_none=True)
    rating = whole(least=1, most=5, allow_none=True)
    solved = flag(allow_none=True)


class OrderAnswerForm(Form):
    """Why the promise was broken, and what is being done."""

    text = text(longest=rules.WITHIN_WORDS, required=True)


class VerdictForm(Form):
    """Whether to show neighbours a photo, or the text that line `seq` of the history brought."""

    show = flag(required=True)
    photo_id = photo()
    seq = whole(least=1, most=10_000)


def _listed(one: str, times: int = 0) -> str:
    """Return the pattern, for the document, of some or so many of `one` with commas between."""
    more = f"{{{times - 1}}}" if times else "*"
    return f"^({one})(,({one})){more}$"


class States(fields.String):
    """States separated by commas; `open` stands for all that are not over."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        written = super()._deserialize(value, attr, data, **kwargs)
        names = str(written).split(",")
        if any(name != "open" and name not in rules.STATES for name in names):
            raise ValidationError(message="not_an_option")
        found: set[str] = set()
        for name in names:
            found |= rules.OPEN if name == "open" else {name}
        return tuple(sorted(found))


class Numbers(fields.String):
    """Degrees separated by commas, each within its own limit either side of zero."""

    def __init__(self, *limits: float) -> None:
        super().__init__(metadata={"pattern": _listed(r"-?[0-9]{1,3}(\.[0-9]+)?", len(limits))})
        self.numbers = [degrees(limit) for limit in limits]

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        parts = str(super()._deserialize(value, attr, data, **kwargs)).split(",")
        try:
            pairs = zip(self.numbers, parts, strict=True)
            return tuple(float(number.deserialize(part)) for number, part in pairs)
        except (ValidationError, ValueError) as fault:
            raise ValidationError(message="invalid") from fault


class HazardListForm(PageForm):
    """Which hazards to list, in which order; `bbox` is west,south,east,north, `near` lat,lon."""

    state = States(
        error_messages={"invalid": "invalid"},
        metadata={"pattern": _listed("|".join(["open", *rules.STATES]))},
    )
    category = pattern(r"\A[A-Z0-9_]{2,24}\Z")
    place = pattern(r"\A[0-9]{6,24}\Z")
    mine = query_flag()
    bbox = Numbers(180, 90, 180, 90)
    near = Numbers(90, 180)
    coord_sys = fields.String(
        validate=validate.OneOf([str(known) for known in CoordinateSystem], error="not_an_option"),
        load_default=str(CoordinateSystem.WGS84),
    )

    @post_load
    def in_wgs84(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Inside, every point is WGS-84."""
        system = CoordinateSystem(data.pop("coord_sys"))
        if near := data.get("near"):
            data["near"] = tuple(to_wgs84(Point(*near), system))
        if bbox := data.get("bbox"):
            west, south, east, north = bbox
            low = to_wgs84(Point(south, west), system)
            high = to_wgs84(Point(north, east), system)
            data["bbox"] = (low.lon, low.lat, high.lon, high.lat)
        return data


class TaskListForm(PageForm):
    """Which tasks to list; `orders`: the cases with an unanswered supervision order."""

    orders = query_flag()


def verdict() -> fields.String:
    """Whether something was found fit to be shown to neighbours."""
    return fields.String(required=True, validate=validate.OneOf(SHOWN))


def awaited() -> fields.String:
    """Whose verdict is still to come; told to those alone who handle the case."""
    whose = validate.OneOf([*WAITED_FOR.values(), None])
    return fields.String(required=True, allow_none=True, validate=whose)


class CategoryView(View):
    """A kind of hazard; `limit` in hours for the hour clocks, in days for the day clocks."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    hint = fields.String(required=True)
    severity = fields.String(required=True)
    clock = fields.String(required=True)
    limit = fields.Float(required=True)
    limit_text = fields.String(required=True)
    emergency = fields.String(required=True, allow_none=True)


class CategoryList(View):
    """All kinds of hazards."""

    items = fields.List(fields.Nested(CategoryView), required=True)


class HazardItemView(View):
    """A hazard as a line of a list; `lat`, `lon` in degrees WGS-84, `distance_m` in metres.

    A neighbour reads neither description nor address before `text_state` is `passed`.
    `order_by`: by when a supervision order has to be answered.
    """

    id = fields.Integer(required=True)
    number = fields.String(required=True)
    category = fields.String(required=True)
    category_name = fields.String(required=True)
    severity = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.STATES))
    description = fields.String(required=True)
    text_state = verdict()
    address = fields.String(required=True, allow_none=True)
    lat = fields.Float(required=True)
    lon = fields.Float(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    reported_at = fields.DateTime(required=True)
    accept_by = fields.DateTime(required=True)
    due_at = fields.DateTime(required=True, allow_none=True)
    expected_by = fields.DateTime(required=True)
    act_by = fields.DateTime(required=True, allow_none=True)
    order_by = fields.DateTime(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    handled_at = fields.DateTime(required=True, allow_none=True)
    closed_at = fields.DateTime(required=True, allow_none=True)
    thumbnail_url = fields.String(required=True, allow_none=True)
    photo_count = fields.Integer(required=True)
    mine = fields.Boolean(required=True)
    anonymous = fields.Boolean(required=True)
    distance_m = fields.Integer(required=True, allow_none=True)


class HazardPage(PageView):
    """A page of hazards."""

    items = fields.List(fields.Nested(HazardItemView), required=True)


class ContactView(PersonView):
    """Somebody, by name, and their phone where the caller may ring it."""

    phone = fields.String(required=True, allow_none=True)


class TaskView(HazardItemView):
    """A hazard in the queue, with the moves to make.

    `can_call`: the reporter gave a number that the caller may ring; the case itself has it.
    """

    can_call = fields.Boolean(required=True)
    assignee = fields.Nested(PersonView, required=True, allow_none=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class TaskPage(PageView):
    """A page of the queue."""

    items = fields.List(fields.Nested(TaskView), required=True)


class HazardPhotoView(View):
    """A photo from before or after; sizes in pixels, links good for a day.

    There are no links for who may not see it, which `state` explains.
    """

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["before", "after"]))
    state = verdict()
    waits_for = awaited()
    url = fields.String(required=True, allow_none=True)
    thumbnail_url = fields.String(required=True, allow_none=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class WhoView(View):
    """Who made a move; nameless where somebody wants no name."""

    id = fields.Integer(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    role = fields.String(required=True)


class HistoryView(View):
    """One line of the history."""

    seq = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    move = fields.String(required=True)
    from_state = fields.String(required=True, allow_none=True)
    to_state = fields.String(required=True)
    actor = fields.Nested(WhoView, required=True)
    note = fields.String(required=True, allow_none=True)
    note_state = verdict()
    note_waits_for = awaited()
    rating = fields.Integer(required=True, allow_none=True)
    solved = fields.Boolean(required=True, allow_none=True)
    until = fields.DateTime(required=True, allow_none=True)
    assignee = fields.Nested(PersonView, required=True, allow_none=True)
    photos = fields.List(fields.Nested(HazardPhotoView), required=True)


class SuspensionView(View):
    """Until when a hazard is put off, why, and whether the committee agreed."""

    until = fields.DateTime(required=True)
    note = fields.String(required=True)
    approved = fields.Boolean(required=True)


class OrderView(View):
    """A supervision order, raised at a share of the promised time; `due_at` is the promise."""

    id = fields.Integer(required=True)
    raised_at = fields.DateTime(required=True)
    share = fields.Float(required=True)
    due_at = fields.DateTime(required=True)
    answer_by = fields.DateTime(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.DateTime(required=True, allow_none=True)
    answered_by = fields.String(required=True, allow_none=True)
    may_answer = fields.Boolean(required=True)


class HazardView(HazardItemView):
    """A case in full; `elapsed` is the used share of the promised time, above 1 is late.

    `round_id`: the shift on whose round it was found; for its reporter and staff alone.
    `may_judge`: the caller decides what of it is shown to neighbours.
    """

    text_waits_for = awaited()
    may_judge = fields.Boolean(required=True)
    round_id = fields.Integer(required=True, allow_none=True)

    reporter = fields.Nested(ContactView, required=True, allow_none=True)
    assignee = fields.Nested(ContactView, required=True, allow_none=True)
    photos = fields.List(fields.Nested(HazardPhotoView), required=True)
    history = fields.List(fields.Nested(HistoryView), required=True)
    moves = fields.List(fields.Nested(MoveView), required=True)
    orders = fields.List(fields.Nested(OrderView), required=True)
    suspension = fields.Nested(SuspensionView, required=True, allow_none=True)
    elapsed = fields.Float(required=True, allow_none=True)


class AssigneeView(PersonView):
    """Somebody to assign to, and how much they have to do already."""

    place_name = fields.String(required=True)
    open_tasks = fields.Integer(required=True)


class AssigneeList(View):
    """Whom a hazard can be assigned to."""

    items = fields.List(fields.Nested(AssigneeView), required=True)
