"""A campaign that has opened, and what is on its sheets."""

from datetime import date

from sqlalchemy import insert, select

from app.campaigns import entering, service
from app.campaigns.models import Campaign, CampaignPlace
from app.core import clock
from app.core.db import changed_rows, read, writing
from app.quizzes import bank
from app.quizzes.models import Version
from tests.factories.people import COMMUNITY
from tests.quizzes.conftest import FILES

FIRST, LAST = date(2026, 11, 18), date(2026, 11, 24)
"""Around the morning of the quizzes' tests."""


def opened(actor, versions, *, place_code=COMMUNITY, **changes):
    """Write a running campaign that puts these versions aside; returns its id."""
    row = {
        "place_code": place_code,
        "title_zh": "消防月问答",
        "title_en": "Fire-safety month",
        "first_day": FIRST,
        "last_day": LAST,
        "audience": "everybody",
        "topics": ["fire"],
        "chosen": [],
        "question_count": len(versions),
        "minutes": 10,
        "pass_percent": 60,
        "most_tries": 3,
        "wait_hours": 0,
        "state": "running",
        "moves_made": 2,
        "versions": versions,
        "created_by": actor.resident_id,
        "created_at": clock.now(),
        "opened_at": clock.now(),
        "participants": 0,
        "passed": 0,
        "tries_made": 0,
    }
    with writing():
        statement = insert(Campaign).returning(Campaign.id)
        made = int(read(statement, row | changes).scalar_one())
        place = {"campaign_id": made, "place_code": place_code}
        changed_rows(insert(CampaignPlace), place)
    return made


def opened_of_each_kind(actor):
    """Write a running campaign of one question of each kind; returns its id."""
    bank.import_bank(FILES / "bank.json")
    versions = read(select(Version.id).order_by(Version.id)).scalars().all()
    return opened(actor, list(versions))


def counts(campaign_id):
    """Return what a campaign's counters say: people, passed, tries."""
    row = service.find_for_system(campaign_id)
    return row.participants, row.passed, row.tries_made


def key_of(campaign_id, variant="A"):
    """Return the right letters of each question of a variant, as only the server can tell them."""
    paper = entering.paper_of(service.find_for_system(campaign_id))
    right = entering.solutions(paper)
    return [one.key(right[one.version_id]["right"]) for one in paper.sheets[variant]]
