"""What this deployment was given: settings, storage, the way to WeChat.

Services ask here instead of the web framework.
"""

from typing import cast

from app.config import Settings
from app.core import here
from app.core.files import Storage
from app.core.wechat import WeChat


def settings() -> Settings:
    """Return what the environment chose."""
    return cast("Settings", here.app().extensions["linli_settings"])


def storage() -> Storage:
    """Return where photos are kept."""
    return cast("Storage", here.app().extensions["linli_storage"])


def wechat() -> WeChat:
    """Return the WeChat server that sign-in goes to."""
    return cast("WeChat", here.app().extensions["linli_wechat"])
