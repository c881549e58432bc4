"""Facts about photos that others may react to. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class PhotoWithheld(Event):
    """A photo is not shown to others: WeChat thinks that it is risky."""

    kind: ClassVar[str] = "photos.withheld"

    photo_id: str
    owner_id: int
