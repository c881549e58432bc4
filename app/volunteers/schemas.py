"""What comes in and what goes out."""

from marshmallow import fields, validate

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
from app.places.schemas import place_code
from app.residents.schemas import MoveView, NamedPlaceView, PersonView
from app.volunteers import rules

PHONE = r"\A1[3-9][0-9]{9}\Z"
TIME = r"\A(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z"
GRID_OR_COMMUNITY = r"\A[0-9]{12}([0-9]{3})?\Z"
NUMBER = r"\ALV-[0-9]{4}-[0-9]{6,8}\Z"


class ContactForm(Form):
    """Whom to call if something happens."""

    name = text(longest=40, required=True)
    phone = pattern(PHONE, required=True)


class GuardianForm(ContactForm):
    """Who agrees for a minor."""

    consent = flag(required=True, validate=validate.Equal(comparable=True, error="must_agree"))


class TimeForm(Form):
    """A time of the week at which one can; 1 is Monday, Shanghai wall time."""

    weekday = whole(least=1, most=7, required=True)
    start = pattern(TIME, required=True, data_key="from")
    end = pattern(TIME, required=True, data_key="to")


class VolunteerForm(Form):
    """What one says of oneself; what is left out stays as it was."""

    birth_year = whole(least=1900, most=2999, required=True)
    skills = listing(choice(rules.SKILLS), longest=len(rules.SKILLS), required=True)
    languages = listing(choice(rules.LANGUAGES), longest=len(rules.LANGUAGES))
    availability = listing(fields.Nested(TimeForm), longest=rules.MOST_TIMES)
    most_per_week = whole(least=1, most=rules.MOST_PER_WEEK, allow_none=True)
    likes = listing(pattern(GRID_OR_COMMUNITY), longest=rules.MOST_LIKES)
    emergency_contact = fields.Nested(ContactForm, allow_none=True)
    guardian = fields.Nested(GuardianForm, allow_none=True)
    consent = flag(required=True, validate=validate.Equal(comparable=True, error="must_agree"))
    risk_version = text(longest=16)
    location_consent = flag()
    on_honour_board = flag()
    paused = flag()


class VolunteerChangeForm(Form):
    """What one switches."""

    paused = flag()
    on_honour_board = flag()
    location_consent = flag()
    risk_consent = flag()
    most_per_week = whole(least=1, most=rules.MOST_PER_WEEK, allow_none=True)


class TrainingForm(Form):
    """A training one took."""

    name = text(longest=60, required=True)
    held_on = day(required=True)
    hours = whole(least=1, most=1000, allow_none=True)
    by = text(longest=60, allow_none=True)


class InsuranceForm(Form):
    """An insurance one has, from day to day, both included."""

    insurer = text(longest=60, required=True)
    policy_number = text(longest=60, required=True)
    first = day(required=True, data_key="from")
    last = day(required=True, data_key="to")


class VolunteerListForm(PageForm):
    """Whose volunteers to list; without a place, those of all one's places."""

    place = place_code()


class TeamForm(Form):
    """A new team."""

    name = text(longest=40, required=True)
    kind = choice(rules.TeamKind, required=True)
    place_code = pattern(GRID_OR_COMMUNITY, required=True)
    leader_id = identifier(allow_none=True)


class TeamChangeForm(Form):
    """Another name; closed, or open again."""

    name = text(longest=40)
    closed = flag()


class TeamListForm(PageForm):
    """Which teams to list."""

    place = place_code()
    mine = query_flag(load_default=False)


class JoinForm(Form):
    """Nothing, to ask for oneself; or whom to invite."""

    resident_id = identifier()
    volunteer_number = pattern(NUMBER)


class MembershipMoveForm(Form):
    """What somebody is to be."""

    to = choice((rules.MEMBER, rules.LEADER, rules.LEFT), required=True)


class CertificateForm(Form):
    """Which days to certify, and of which community."""

    first = day(data_key="from")
    last = day(data_key="to")
    place_code = pattern(r"\A[0-9]{12}([0-9]{3})?\Z")
    remarks = text(longest=200, allow_none=True)


class CertificateListForm(PageForm):
    """Which of the certificates of one's communities to list."""

    place = place_code()
    state = choice(rules.CERTIFICATE_STATES)
    to_review = query_flag()


class RevocationForm(Form):
    """Why."""

    reason = text(longest=200, shortest=2, required=True)


class PaperForm(Form):
    """What makes a link good, and the language of the paper."""

    expires = whole(least=0, most=2**40, required=True, strict=False)
    signature = text(longest=60, required=True)
    language = choice(("zh-Hans", "en"))


class VerifyForm(Form):
    """The language of the page, where the browser's is not meant."""

    language = choice(("zh-Hans", "en"))


class EmergencyContactView(View):
    """Whom to call."""

    name = fields.String(required=True)
    phone = fields.String(required=True)


class GuardianView(View):
    """Who agreed for a minor, and when."""

    name = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    consent_at = fields.DateTime(required=True)


class TimeView(View):
    """A time of the week; 1 is Monday, Shanghai wall time."""

    weekday = fields.Integer(required=True)
    start = fields.String(required=True, data_key="from")
    end = fields.String(required=True, data_key="to")


class LookView(View):
    """That somebody looked up one's emergency contact."""

    by = fields.String(required=True)
    why = fields.String(required=True)
    at = fields.DateTime(required=True)


class ConsentLineView(View):
    """That one agreed to something, or took it back."""

    kind = choice(rules.Consent, required=True)
    version = fields.String(required=True)
    given = fields.Boolean(required=True)
    at = fields.DateTime(required=True)


class TrainingView(View):
    """A training one took."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    held_on = fields.Date(required=True)
    hours = fields.Integer(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)


class InsuranceView(View):
    """An insurance one has."""

    id = fields.Integer(required=True)
    insurer = fields.String(required=True)
    policy_number = fields.String(required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")


class TeamNameView(View):
    """A team, by name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class OwnTeamView(TeamNameView):
    """A team one is in."""

    leader = fields.Boolean(required=True)


class EarnedSkillView(View):
    """A skill that somebody earned, and its Shanghai days; without a last one it does not end."""

    skill = fields.String(required=True)
    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True, allow_none=True)


class VolunteerView(View):
    """Everything we hold about a volunteer, for themselves."""

    number = fields.String(required=True)
    since = fields.DateTime(required=True)
    birth_year = fields.Integer(required=True)
    minor = fields.Boolean(required=True)
    guardian = fields.Nested(GuardianView, required=True, allow_none=True)
    skills = fields.List(choice(rules.SKILLS), required=True)
    earned = fields.List(fields.Nested(EarnedSkillView), required=True)
    languages = fields.List(choice(rules.LANGUAGES), required=True)
    availability = fields.List(fields.Nested(TimeView), required=True)
    most_per_week = fields.Integer(required=True, allow_none=True)
    likes = fields.List(fields.String(), required=True)
    liked_places = fields.List(fields.Nested(NamedPlaceView), required=True)
    emergency_contact = fields.Nested(EmergencyContactView, required=True, allow_none=True)
    contact_looks = fields.List(fields.Nested(LookView), required=True)
    risk_version = fields.String(required=True, allow_none=True)
    risk_current = fields.String(required=True)
    risk_consent_at = fields.DateTime(required=True, allow_none=True)
    location_consent_at = fields.DateTime(required=True, allow_none=True)
    consents = fields.List(fields.Nested(ConsentLineView), required=True)
    on_honour_board = fields.Boolean(required=True)
    paused = fields.Boolean(required=True)
    trainings = fields.List(fields.Nested(TrainingView), required=True)
    insurances = fields.List(fields.Nested(InsuranceView), required=True)
    teams = fields.List(fields.Nested(OwnTeamView), required=True)


class ListedVolunteerView(View):
    """A volunteer as staff see them: no phone, no year of birth."""

    resident_id = fields.Integer(required=True)
    name = fields.String(required=True)
    minor = fields.Boolean(required=True)
    skills = fields.List(choice(rules.ALL_SKILLS), required=True)
    languages = fields.List(choice(rules.LANGUAGES), required=True)
    availability = fields.List(fields.Nested(TimeView), required=True)
    most_per_week = fields.Integer(required=True, allow_none=True)
    likes = fields.List(fields.String(), required=True)
    paused = fields.Boolean(required=True)
    serving = fields.Boolean(required=True)
    home = fields.Nested(NamedPlaceView, required=True, allow_none=True)
    teams = fields.List(fields.Nested(TeamNameView), required=True)


class VolunteerPage(PageView):
    """A page of volunteers."""

    items = fields.List(fields.Nested(ListedVolunteerView), required=True)


class TeamView(View):
    """A team; `members` and `asked` are numbers, `moves` the caller's own."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    kind = choice(rules.TeamKind, required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    closed = fields.Boolean(required=True)
    members = fields.Integer(required=True)
    leaders = fields.List(fields.Nested(PersonView), required=True)
    asked = fields.Integer(required=True, allow_none=True)
    mine = choice(rules.STANDINGS, required=True, allow_none=True)
    leader = fields.Boolean(required=True)
    manages = fields.Boolean(required=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class TeamPage(PageView):
    """A page of teams."""

    items = fields.List(fields.Nested(TeamView), required=True)


class MemberView(View):
    """Somebody in a team, or on the way into it, and what the caller may do about it."""

    resident_id = fields.Integer(required=True)
    name = fields.String(required=True)
    state = choice((rules.ASKED, rules.INVITED, rules.MEMBER), required=True)
    leader = fields.Boolean(required=True)
    since = fields.DateTime(required=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class TeamDetailView(TeamView):
    """A team with its people; none of them for who is not in it."""

    people = fields.List(fields.Nested(MemberView), required=True)


class CertificateView(View):
    """A certificate, for its owner; `pdf_url` is good for a day or two."""

    number = fields.String(required=True)
    state = choice(rules.CERTIFICATE_STATES, required=True)
    name = fields.String(required=True)
    volunteer_number = fields.String(required=True)
    place_code = fields.String(required=True)
    hours = fields.Float(required=True)
    minutes = fields.Integer(required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    issuer = fields.String(required=True)
    responsible = fields.String(required=True, allow_none=True)
    remarks = fields.String(required=True, allow_none=True)
    issued_at = fields.DateTime(required=True)
    valid_from = fields.DateTime(required=True)
    revoked_at = fields.DateTime(required=True, allow_none=True)
    revoke_reason = fields.String(required=True, allow_none=True)
    verify_url = fields.String(required=True)
    pdf_url = fields.String(required=True)


class CertificatePage(PageView):
    """A page of one's certificates."""

    items = fields.List(fields.Nested(CertificateView), required=True)


class CertifiedServiceView(View):
    """One shift that a certificate counts."""

    day = fields.Date(required=True)
    title = fields.String(required=True)
    place = fields.String(required=True)
    team = fields.String(required=True, allow_none=True)
    minutes = fields.Integer(required=True)


class NewCertificateView(CertificateView):
    """A certificate just issued; `left_out_minutes` were served in other communities."""

    content = fields.List(fields.Nested(CertifiedServiceView), required=True)
    left_out_minutes = fields.Integer(required=True)


class IssuedCertificateView(CertificateView):
    """A certificate, for the committee that issued it."""

    resident_id = fields.Integer(required=True)
    to_review = fields.Boolean(required=True)


class IssuedCertificatePage(PageView):
    """A page of what one's communities certified."""

    items = fields.List(fields.Nested(IssuedCertificateView), required=True)


class VerifiedCertificateView(View):
    """What anybody may know of a certificate."""

    number = fields.String(required=True)
    name = fields.String(required=True)
    hours = fields.Float(required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    issuer = fields.String(required=True)
    issued_at = fields.DateTime(required=True)
    state = choice(rules.CERTIFICATE_STATES, required=True)
    revoked_at = fields.DateTime(required=True, allow_none=True)
