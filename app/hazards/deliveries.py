"""What hazards ask of the outside: whether a text may be shown to neighbours."""

from typing import Any

from app.core.access import openid_of
from app.core.checks import VERDICTS
from app.core.deliveries import Done, Later, Outcome, Pointless, Refused, Twice, delivers
from app.core.deployment import wechat
from app.core.wechat import CheckRefused, WeChatUnavailable
from app.hazards import checking


@delivers(checking.KIND, twice=Twice.HARMLESS, given_up=checking.give_up)
def ask_about_text(payload: dict[str, Any]) -> Outcome:
    """Ask WeChat whether a text may be shown, and take its verdict. Asking twice is harmless."""
    hazard_id, seq = payload["hazard_id"], payload["seq"]
    found = checking.to_check(hazard_id, seq)
    openid = openid_of(found[0]) if found else None
    if found is None or openid is None:
        return Pointless("nobody waits for it")
    try:
        verdict = wechat().check_text(openid, found[1])
    except CheckRefused as refusal:
        return Refused(f"WeChat answered {refusal.errcode}")
    except WeChatUnavailable as fault:
        return Later(str(fault))
    checking.judge(hazard_id, seq, VERDICTS[verdict.suggest])
    return Done()
