"""What WeChat tells us of subscriptions."""

from datetime import datetime

from app.core.outbox import reacts_to
from app.core.pushes import SubscriptionsChanged
from app.notices import quotas
from app.residents import service as residents


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
