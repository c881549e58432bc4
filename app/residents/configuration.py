"""What a client must know before anybody signs in."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.core import deployment
from app.residents import rules


def show_config() -> dict[str, Any]:
    """Return the client's settings; people to try the product as only with the stand-in."""
    settings = deployment.settings()
    return {
        "sandbox": settings.sandbox,
        "demo_people": [_shown(person) for person in people(settings.demo_people)]
        if settings.sandbox
        else [],
        "privacy_version": rules.PRIVACY_VERSION,
        "tile_url": settings.tile_url,
        "tile_attribution": settings.tile_attribution,
        "subscribe_templates": list(settings.wechat_templates.values()),
    }


@cache
def people(path: Path | None) -> list[dict[str, Any]]:
    """Return the demo's people as their file has them; none without a file."""
    if path is None or not path.is_file():
        return []
    return list(json.loads(path.read_text(encoding="utf-8")))


def _shown(person: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": person["code"],
        "name": person["name"],
        "role": person["kind"],
        "place_name": person["place_name"],
    }
