"""What WeChat tells us of subscriptions, and what people are told of their own roles."""

from datetime import datetime

from app.core import texts
from app.core.outbox import reacts_to
from app.core.pushes import SubscriptionsChanged
from app.notices import quotas, rules
from app.notices.service import tell
from app.places import service as places
from app.residents import service as residents
from app.residents.events import RoleGiven, RoleTaken


@reacts_to(SubscriptionsChanged)
def count_what_wechat_heard(event: SubscriptionsChanged, _at: datetime) -> None:
    """Count answers to the dialogue; a refusal in the settings takes back what was allowed.

    What became of a message that we sent changes nothing: it was paid for when planned.
    """
    resident_id = residents.id_by_openid(event.openid)
    if resident_id is None or event.source == "sent":
        return
    names = quotas.names_by_id()
    for template_id, said in event.answers.items():
        if template_id not in names:
            continue
        if event.source == "popup":
            quotas.count_answer(resident_id, names[template_id], said, by="by_wechat")
        elif said == "reject":
            quotas.count_answer(resident_id, names[template_id], "ban", by="by_wechat")


@reacts_to(RoleGiven)
def tell_of_a_role_given(event: RoleGiven, at: datetime) -> None:
    """Tell somebody which role they hold now, by whom and why."""
    _tell_of_a_role("role_given", event, at)


@reacts_to(RoleTaken)
def tell_of_a_role_taken(event: RoleTaken, at: datetime) -> None:
    """Tell somebody which role they hold no longer, by whom and why."""
    _tell_of_a_role("role_taken", event, at)


def _tell_of_a_role(kind: str, event: RoleGiven | RoleTaken, at: datetime) -> None:
    names = places.names_of([event.place_code])
    params: dict[str, rules.Param] = {
        "role": _worded(f"notices.roles.{event.role}"),
        "place": names.get(event.place_code, event.place_code),
        "by_whom": _worded("notices.operator"),
    }
    if event.by_id is not None:
        params["by_whom"] = residents.names_of({event.by_id})[event.by_id]
    if event.reason is not None:
        params["note"] = event.reason
    # The same role may be given, taken and given again.
    key = f"{kind}:{event.role}:{event.place_code}:{at:%Y%m%d%H%M%S}"
    tell(kind, [event.resident_id], key=key, about=None, params=params)


def _worded(key: str) -> dict[str, str]:
    return {language: texts.text(key, language) for language in texts.LANGUAGES}
