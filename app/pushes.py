"""Where WeChat pushes to: `/wechat/push`, as its console is told. Not the API's, so not in it."""

import logging
import time

from flask import Blueprint, Response, request

from app.core import deployment, pushes, wechat_push
from app.core.access import public
from app.core.errors import BadRequest, Forbidden

log = logging.getLogger(__name__)
blueprint = Blueprint("pushes", __name__)

LARGEST = 256 * 1024
TAKEN = "success"
"""The word after which WeChat does not send the same push again."""


@blueprint.get("/wechat/push")
@public
def echo() -> Response:
    """Show WeChat's console that we know the token. Errors: Forbidden."""
    settings = deployment.settings()
    try:
        answer = wechat_push.check_echo(settings.wechat_push_token, request.args, time.time())
    except wechat_push.NotFromWeChat:
        raise _refused() from None
    return Response(answer, mimetype="text/plain")


@blueprint.post("/wechat/push")
@public
def take() -> Response:
    """Record what WeChat pushes, once. Errors: Forbidden, BadRequest."""
    settings = deployment.settings()
    request.max_content_length = LARGEST
    try:
        said = wechat_push.opened(
            request.get_data(),
            request.args,
            token=settings.wechat_push_token,
            key=settings.wechat_push_key,
            appid=settings.wechat_appid,
            now=time.time(),
        )
    except wechat_push.NotFromWeChat:
        raise _refused() from None
    except wechat_push.Unreadable:
        raise BadRequest from None
    if facts := wechat_push.facts_in(said):
        pushes.take(wechat_push.name_of(said), facts)
    return Response(TAKEN, mimetype="text/plain")


def _refused() -> Forbidden:
    # Neither body nor query: they are somebody's, and may be an attack on the log.
    log.warning("a push that is not from WeChat was refused")
    return Forbidden()
