"""Facts about campaigns that others may react to. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class SheetCounted(Event):
    """Somebody's answers on paper were entered or, if `taken_back`, count no more.

    `paper_id`: the entry; a correction is another one. `entered_at`: ISO, of the first of them.
    """

    kind: ClassVar[str] = "campaigns.sheet_counted"

    paper_id: int
    resident_id: int
    entered_at: str
    taken_back: bool = False
