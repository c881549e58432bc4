"""What comes in and what goes out."""

from marshmallow import fields

from app.core import texts
from app.core.forms import Form, View, choice, identifier, pattern, text
from app.core.pages import PageForm, PageView
from app.residents import rules
from app.residents.leaving_schemas import LeavingView


class SignInForm(Form):
    """The code that `wx.login` gave."""

    code = text(longest=200, required=True)


class RefreshForm(Form):
    """The refresh token, good for one use."""

    refresh_token = text(longest=200, required=True)


class SignOutForm(Form):
    """Nothing is needed; the token that is sent along may be named."""

    refresh_token = text(longest=200)


class MeForm(Form):
    """What one may change about oneself."""

    name = text(longest=40)
    language = choice(texts.LANGUAGES)
    letter_size = choice(rules.LETTER_SIZES)
    consent_version = text(longest=16)


class PhoneForm(Form):
    """The code that the phone-number button gave."""

    code = text(longest=200, required=True)


class ResidenceForm(Form):
    """A home: a community or grid, the building if known, the room."""

    place_code = pattern(r"\A[0-9]{12}([0-9]{3})?\Z", required=True)
    building_id = identifier(allow_none=True)
    room = text(longest=40, required=True)


class ResidenceListForm(PageForm):
    """Which residences to list."""

    state = choice(rules.RESIDENCE_STATES)


class ResidenceMoveForm(Form):
    """Where to; a refusal says why."""

    to = choice(rules.RESIDENCE_STATES, required=True)
    note = text(longest=500, allow_none=True)


class MoveView(View):
    """A move that the caller may make, what it needs and what it allows besides."""

    to = fields.String(required=True)
    move = fields.String(required=True)
    needs = fields.List(fields.String(), required=True)
    allows = fields.List(fields.String(), required=True)


class PersonView(View):
    """Somebody, by name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class BuildingView(View):
    """A building, by name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class NamedPlaceView(View):
    """A place, by name."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class RoleView(View):
    """A role held at a place."""

    kind = fields.String(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)


class ConsentView(View):
    """Which privacy notice was agreed to, when, and which is in force."""

    version = fields.String(required=True, allow_none=True)
    given_at = fields.DateTime(required=True, allow_none=True)
    current = fields.String(required=True)


class ResidenceView(View):
    """A home and where its confirmation stands."""

    id = fields.Integer(required=True)
    state = fields.String(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    building = fields.Nested(BuildingView, required=True, allow_none=True)
    room = fields.String(required=True)
    resident = fields.Nested(PersonView, required=True)
    requested_at = fields.DateTime(required=True)
    decided_at = fields.DateTime(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class ResidencePage(PageView):
    """A page of residences."""

    items = fields.List(fields.Nested(ResidenceView), required=True)


class ResidentView(View):
    """A person as they see themselves."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    letter_size = fields.String(required=True)
    consent = fields.Nested(ConsentView, required=True)
    phone = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.Nested(RoleView), required=True)
    community = fields.Nested(NamedPlaceView, required=True, allow_none=True)
    residence = fields.Nested(ResidenceView, required=True, allow_none=True)
    leaving = fields.Nested(LeavingView, required=True, allow_none=True)


class SessionView(View):
    """Tokens (`expires_in` in seconds) and whose they are."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    resident = fields.Nested(ResidentView, required=True)


class DemoPersonView(View):
    """Somebody to try the product as."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, allow_none=True)
    place_name = fields.String(required=True, allow_none=True)


class ConfigView(View):
    """What a client must know before anybody signs in."""

    sandbox = fields.Boolean(required=True)
    demo_people = fields.List(fields.Nested(DemoPersonView), required=True)
    privacy_version = fields.String(required=True)
    tile_url = fields.String(required=True, allow_none=True)
    tile_attribution = fields.String(required=True, allow_none=True)
    subscribe_templates = fields.List(fields.String(), required=True)
