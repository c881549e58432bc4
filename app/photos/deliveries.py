"""What photos ask of the outside: whether they may be shown to others."""

from typing import Any

from app.core.access import openid_of
from app.core.deliveries import Done, Later, Outcome, Pointless, Refused, Twice, delivers
from app.core.deployment import settings, wechat
from app.core.wechat import CheckRefused, WeChatUnavailable
from app.photos import checking, service


@delivers(checking.KIND, twice=Twice.HARMLESS)
def ask_about_photo(payload: dict[str, Any]) -> Outcome:
    """Ask WeChat to look at a photo; its verdict is pushed to us later.

    Asking twice does no harm: the later question's name is kept. Who is refused or not
    reached at all is asked again by the job, as who gives no verdict.
    """
    photo = checking.to_ask(payload["photo_id"], payload["time"])
    openid = photo and openid_of(photo.owner_id)
    if openid is None:
        return Pointless("nobody waits for it")
    link = settings().public_url + service.links(photo.id)["url"]
    try:
        trace_id = wechat().check_image(openid, link)
    except CheckRefused as refusal:
        return Refused(f"WeChat answered {refusal.errcode}")
    except WeChatUnavailable as fault:
        return Later(str(fault))
    checking.keep_trace(photo.id, trace_id)
    return Done()
