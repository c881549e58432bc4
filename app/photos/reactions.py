"""What happens to photos when others speak."""

from datetime import datetime

from app.core.outbox import reacts_to
from app.core.pushes import PhotoChecked
from app.photos import checking


@reacts_to(PhotoChecked)
def take_the_verdict(event: PhotoChecked, occurred_at: datetime) -> None:
    """Show the photo to others, or do not."""
    checking.judge(event.trace_id, event.suggest, occurred_at)
