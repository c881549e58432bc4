"""What comes in and what goes out, of served hours."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.core.forms import Form, View, choice, identifier, moment, text, whole
from app.core.pages import PageForm, PageView
from app.places.schemas import place_code
from app.residents.schemas import PersonView
from app.volunteers import hours_rules as rules

MOST_MINUTES = int(rules.LONGEST.total_seconds()) // 60


class HourListForm(PageForm):
    """Whose hours to list, and where."""

    place = place_code()
    resident_id = identifier(strict=False)


class HoursCorrectionForm(Form):
    """The minutes that somebody attended, or from when until when; and why."""

    minutes = whole(least=0, most=MOST_MINUTES)
    starts_at = moment()
    ends_at = moment()
    reason = text(longest=500, required=True)

    @validates_schema
    def check_which(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse both ways at once, half of one, and what ends before it begins."""
        given = {name for name in ("minutes", "starts_at", "ends_at") if name in data}
        if "minutes" in given and len(given) > 1:
            raise ValidationError(message="one_of_both", field_name="minutes")
        if not given:
            raise ValidationError({"minutes": ["required"]})
        if given in ({"starts_at"}, {"ends_at"}):
            missing = "ends_at" if "starts_at" in given else "starts_at"
            raise ValidationError({missing: ["required"]})
        if "ends_at" in given and data["ends_at"] < data["starts_at"]:
            raise ValidationError(message="ends_before_start", field_name="ends_at")


class HonourForm(Form):
    """Which honour board."""

    place = place_code()
    period = choice(rules.PERIODS, load_default="month")


class HourEntryView(View):
    """Minutes served in a shift. `reason`: why they were taken back, if they were."""

    id = fields.Integer(required=True)
    shift_id = fields.Integer(required=True)
    title = fields.String(required=True)
    starts_at = fields.DateTime(required=True)
    ends_at = fields.DateTime(required=True)
    minutes = fields.Integer(required=True)
    evidence = fields.Integer(required=True)
    state = fields.String(required=True)
    reversed = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)


class MyHoursPage(PageView):
    """One's own hours. `next_star_hours`: at how many hours the next star is."""

    total_minutes = fields.Integer(required=True)
    held_minutes = fields.Integer(required=True)
    stars = fields.Integer(required=True)
    next_star_hours = fields.Integer(required=True, allow_none=True)
    items = fields.List(fields.Nested(HourEntryView), required=True)


class StaffHourView(HourEntryView):
    """Minutes that somebody served."""

    resident = fields.Nested(PersonView, required=True)


class StaffHoursPage(PageView):
    """Hours that one may correct."""

    items = fields.List(fields.Nested(StaffHourView), required=True)


class HoursCorrectionView(View):
    """What stands after a correction."""

    resident_id = fields.Integer(required=True)
    shift_id = fields.Integer(required=True)
    entry_ids = fields.List(fields.Integer(), required=True)
    minutes = fields.Integer(required=True)
    reason = fields.String(required=True)


class HonouredTeamView(View):
    """A team of which at least three served."""

    team_id = fields.Integer(required=True)
    name = fields.String(required=True)
    hours = fields.Float(required=True)
    people = fields.Integer(required=True)


class HonouredPersonView(View):
    """Somebody who asked to be named."""

    name = fields.String(required=True)
    hours = fields.Float(required=True)
    stars = fields.Integer(required=True)


class HonourView(View):
    """Who served most: at most twenty teams and twenty people."""

    period = fields.String(required=True)
    since = fields.DateTime(required=True, allow_none=True)
    teams = fields.List(fields.Nested(HonouredTeamView), required=True)
    people = fields.List(fields.Nested(HonouredPersonView), required=True)
