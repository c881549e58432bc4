"""What comes in and what goes out."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.core.forms import (
    Form,
    View,
    choice,
    day,
    flag,
    identifier,
    listing,
    pattern,
    query_flag,
    text,
    whole,
)
from app.core.pages import PageForm, PageView
from app.patrols import rules as patrols
from app.places.schemas import place_code
from app.rosters import recurrence, rules
from app.volunteers.rules import ALL_SKILLS

WALL = r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z"
LEAST_MIN = int(patrols.SHORTEST.total_seconds()) // 60
MOST_MIN = int(patrols.LONGEST.total_seconds()) // 60
MOST_EDITS = 50


class ByPlaceForm(PageForm):
    """Which ones to list: within a place, or all that one plans."""

    place = place_code()


class ShiftTemplateListForm(ByPlaceForm):
    """Which templates to list."""

    active = query_flag()


class ShiftTemplateForm(Form):
    """A shift that comes again. `starts`: wall time in Shanghai; `duration_min` in minutes.

    `rrule`: FREQ=DAILY or WEEKLY, INTERVAL, BYDAY, counted from `from_day`.
    """

    place_code = place_code(required=True)
    title = text(longest=rules.LONGEST_TITLE, required=True)
    words = text(longest=rules.LONGEST_WORDS, allow_none=True)
    rrule = text(longest=recurrence.LONGEST_RULE, required=True)
    starts = pattern(WALL, required=True)
    duration_min = whole(least=LEAST_MIN, most=MOST_MIN, required=True)
    capacity = whole(least=1, most=patrols.MOST_SEATS, required=True)
    minimum = whole(least=1, most=patrols.MOST_SEATS, load_default=1)
    skills = listing(choice(ALL_SKILLS), longest=len(ALL_SKILLS), load_default=list)
    route_id = identifier(allow_none=True)
    team_id = identifier(allow_none=True)
    leader_id = identifier(allow_none=True)
    residence_required = flag(load_default=False)
    from_day = day(allow_none=True)
    until_day = day(allow_none=True)


class ShiftTemplateChangeForm(Form):
    """What to change of a template; `active: false` stops it."""

    title = text(longest=rules.LONGEST_TITLE)
    words = text(longest=rules.LONGEST_WORDS, allow_none=True)
    rrule = text(longest=recurrence.LONGEST_RULE)
    starts = pattern(WALL)
    duration_min = whole(least=LEAST_MIN, most=MOST_MIN)
    capacity = whole(least=1, most=patrols.MOST_SEATS)
    minimum = whole(least=1, most=patrols.MOST_SEATS)
    skills = listing(choice(ALL_SKILLS), longest=len(ALL_SKILLS))
    route_id = identifier(allow_none=True)
    team_id = identifier(allow_none=True)
    leader_id = identifier(allow_none=True)
    residence_required = flag()
    until_day = day(allow_none=True)
    active = flag()


class DuplicateWeekForm(Form):
    """Which week to copy to which; any day of a week stands for it."""

    place_code = place_code(required=True)
    from_week = day(required=True)
    to_week = day(required=True)
    team_id = identifier()


class CallOutForm(Form):
    """Whom to ask: people by name, or so many of those who suit best."""

    resident_ids = listing(identifier(), longest=rules.MOST_CALLED_AT_ONCE)
    count = whole(least=1, most=rules.MOST_CALLED_AT_ONCE)

    @validates_schema
    def check_one(self, data: Mapping[str, Any], **_: Any) -> None:
        """Ask for exactly one of the two."""
        if bool(data.get("resident_ids")) == ("count" in data):
            raise ValidationError({"count": ["required"]})


class RosterForm(Form):
    """For which place and week; any day of the week stands for it."""

    place_code = place_code(required=True)
    week = day(required=True)


class PairForm(Form):
    """Somebody on a shift."""

    shift_id = identifier(required=True)
    resident_id = identifier(required=True)


class RosterChangeForm(Form):
    """Whom to take off which shifts, and then whom to put on which."""

    add = listing(fields.Nested(PairForm), longest=MOST_EDITS)
    remove = listing(fields.Nested(PairForm), longest=MOST_EDITS)


class RosterMoveForm(Form):
    """What becomes of a proposal."""

    to = choice((rules.ACCEPTED, rules.DROPPED), required=True)


class PlannedRefView(View):
    """Something with a name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class ShiftTemplateDoneView(View):
    """What became of a template's shifts ahead.

    `kept`: not changed, for somebody has joined, or a planner changed them by hand.
    """

    made = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    kept = fields.Integer(required=True)


class ShiftTemplateView(View):
    """A shift that comes again; `done` only in the answer to a change."""

    id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    route = fields.Nested(PlannedRefView, required=True, allow_none=True)
    team = fields.Nested(PlannedRefView, required=True, allow_none=True)
    leader = fields.Nested(PlannedRefView, required=True, allow_none=True)
    title = fields.String(required=True)
    words = fields.String(required=True, allow_none=True)
    rrule = fields.String(required=True)
    starts = fields.String(required=True)
    duration_min = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    minimum = fields.Integer(required=True)
    skills = fields.List(fields.String(), required=True)
    residence_required = fields.Boolean(required=True)
    from_day = fields.Date(required=True)
    until_day = fields.Date(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    made_until = fields.Date(required=True)
    done = fields.Nested(ShiftTemplateDoneView, required=True, allow_none=True)


class ShiftTemplatePage(PageView):
    """A page of templates."""

    items = fields.List(fields.Nested(ShiftTemplateView), required=True)


class DuplicatedWeekView(View):
    """How many shifts were copied, and why others were not."""

    made = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    by_template = fields.Integer(required=True)
    past = fields.Integer(required=True)


class PlannedShiftView(View):
    """A shift as its planner sees it: how many are missing, and with which skills."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    team = fields.Nested(PlannedRefView, required=True, allow_none=True)
    leader = fields.Nested(PlannedRefView, required=True, allow_none=True)
    starts_at = fields.DateTime(required=True)
    ends_at = fields.DateTime(required=True)
    state = fields.String(required=True)
    capacity = fields.Integer(required=True)
    minimum = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    missing_skills = fields.List(fields.String(), required=True)


class NeedingView(PlannedShiftView):
    """A shift that needs people; `called`: how many were asked by call-outs."""

    called = fields.Integer(required=True)


class NeedingPage(PageView):
    """A page of shifts that need people, the soonest first."""

    items = fields.List(fields.Nested(NeedingView), required=True)


class SuitableView(View):
    """Somebody who would suit, and why. `served`: shifts in the last 28 days."""

    resident_id = fields.Integer(required=True)
    name = fields.String(required=True)
    points = fields.Integer(required=True)
    reasons = fields.List(fields.String(), required=True)
    words = fields.String(required=True)
    served = fields.Integer(required=True)
    last_served_at = fields.DateTime(required=True, allow_none=True)
    asked = fields.Boolean(required=True)
    may_ask = fields.Boolean(required=True)


class SuitableList(View):
    """A shift and who would suit it, best first, at most 50."""

    shift = fields.Nested(PlannedShiftView, required=True)
    people = fields.List(fields.Nested(SuitableView), required=True)


class NotAskedView(View):
    """Somebody who was not asked, and why."""

    resident_id = fields.Integer(required=True)
    name = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    words = fields.String(required=True)


class CallOutView(View):
    """Who was asked, and who was not."""

    asked = fields.List(fields.Nested(SuitableView), required=True)
    refused = fields.List(fields.Nested(NotAskedView), required=True)


class FairnessView(View):
    """How full and how fair a roster is.

    `missing`: people to the minimums, of `needed`; `short`: shifts that miss any; `gini`,
    `most`, `least`, `squares`: of people's loads, shifts lately and ahead included.
    """

    needed = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    short = fields.Integer(required=True)
    gini = fields.Float(required=True)
    most = fields.Integer(required=True)
    least = fields.Integer(required=True)
    squares = fields.Integer(required=True)


class RosterFiguresView(View):
    """What came out, beside what sign-up alone would have made of the same week."""

    shifts = fields.Integer(required=True)
    people = fields.Integer(required=True)
    seconds = fields.Float(required=True)
    proven = fields.Boolean(required=True)
    roster = fields.Nested(FairnessView, required=True)
    sign_up = fields.Nested(FairnessView, required=True)


class RosterSummaryView(View):
    """A proposed roster without its shifts."""

    id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    week = fields.Date(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    figures = fields.Nested(RosterFiguresView, required=True, allow_none=True)
    author = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    computed_at = fields.DateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.DateTime(required=True, allow_none=True)
    published_at = fields.DateTime(required=True, allow_none=True)
    moves = fields.List(fields.String(), required=True)


class RosterPage(PageView):
    """A page of rosters, newest first."""

    items = fields.List(fields.Nested(RosterSummaryView), required=True)


class AssignedView(View):
    """Somebody proposed for a shift; `refused`: why they got no seat after all."""

    resident_id = fields.Integer(required=True)
    name = fields.String(required=True)
    by_hand = fields.Boolean(required=True)
    refused = fields.String(required=True, allow_none=True)


class RosterShiftView(PlannedShiftView):
    """A shift of a roster; `still_missing`: to its minimum, with the proposed people."""

    still_missing = fields.Integer(required=True)
    people = fields.List(fields.Nested(AssignedView), required=True)


class RosterView(RosterSummaryView):
    """A roster with its shifts."""

    shifts = fields.List(fields.Nested(RosterShiftView), required=True)
