"""Which questions a campaign has put aside, and which of them one try asks."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.campaigns import rules
from app.core import crypto
from app.core.db import read
from app.quizzes import rules as quiz_rules
from app.quizzes import showing
from app.quizzes.models import Question, Version


def pool(
    place_code: str, topics: Sequence[str], chosen: Sequence[int], lot: str
) -> list[tuple[int, str]]:
    """Return (version, topic) of what a campaign may ask now: what is published and asked there.

    The chosen questions; or all of the topics, by lot no more than `LARGEST_POOL`, topics in turn.
    """
    found = (
        select(Version.id, Version.topic)
        .join(Question, Question.id == Version.question_id)
        .where(Version.state == quiz_rules.PUBLISHED, showing.ASKED_AT)
    )
    wanted = Version.question_id.in_(chosen) if chosen else Version.topic.in_(topics)
    here = read(found.where(wanted).order_by(Version.id), showing.around(place_code))
    rows = [(row.id, row.topic) for row in here]
    topic_of = dict(rows)
    drawn = rules.draw(rows, rules.LARGEST_POOL, (), _lots(f"pool:{lot}", topic_of))
    return [(version, topic_of[version]) for version in drawn]


def draw(
    campaign: Any,
    lot: str,
    seen: Collection[int] = (),
    topic_of: Mapping[int, str] | None = None,
) -> list[int]:
    """Return the versions that one try asks, always the same for one `lot` ("paper A").

    `campaign`: a row that has opened. `seen`: versions that come last, if at all. `topic_of`: of
    what it has put aside, where that is known already.
    """
    ids = list(campaign.versions)
    if topic_of is None:
        rows = read(select(Version.id, Version.topic).where(Version.id.in_(ids)))
        topic_of = {row.id: row.topic for row in rows}
    put_aside = [(version, topic_of[version]) for version in ids]
    lots = _lots(f"{campaign.id}:{lot}", topic_of)
    return rules.draw(put_aside, campaign.question_count, seen, lots)


def _lots(name: str, versions: Collection[int]) -> dict[int, str]:
    key = crypto.link_key()
    return {version: crypto.sign(f"campaign draw:{name}:{version}", key) for version in versions}
