"""What happens to questions when others speak."""

from datetime import datetime

from sqlalchemy import bindparam, select

from app.core.db import read
from app.core.outbox import reacts_to
from app.photos import service as photos
from app.photos.events import PhotoWithheld
from app.quizzes import daily, rules, versions
from app.quizzes.models import Version

WHY = "图片未通过微信的内容安全检查。The picture did not pass WeChat's check."
"""Stands in the history, which has one language for all who read it."""


@reacts_to(PhotoWithheld)
def stop_asking(event: PhotoWithheld, _occurred_at: datetime) -> None:
    """Ask nobody a question whose picture may not be shown, and show it to nobody.

    Where it was begun, or put aside by a campaign, it is asked on by its words alone.
    """
    rows = read(_WITH, {"the_photo": event.photo_id}).all()
    for row in rows:
        if row.state == rules.PUBLISHED:
            versions.retire(row.question_id, note=WHY)
            daily.choose_anew(row.id)
    if rows:
        photos.delete_files(event.photo_id)


_WITH = select(Version.id, Version.question_id, Version.state).where(
    Version.photo_id == bindparam("the_photo")
)
