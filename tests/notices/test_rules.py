"""The table of kinds, its words, and the hours in which no phone rings."""

from datetime import UTC, datetime, timedelta

import pytest

from app.config import TEMPLATES
from app.core import texts
from app.core.clock import SHANGHAI
from app.core.wechat_fields import fits
from app.notices import rules, service
from app.notices.deliveries import message
from tests.notices.conftest import CASE, NOON
from tools.wechat_sandbox import templates as stand_in

EVERYTHING = CASE | {"title": "明早八点停水", "body": "请提前存水", "answer": "车主在外地"}
EVERYTHING |= {"right": 8, "of": 10}
EVERYTHING |= {
    "until": CASE["by"],
    "who": "周阿姨",
    "of_whom": "老李",
    "what": "时间",
    "missing": 2,
}
EVERYTHING |= {"minutes": 90, "reason": "您会急救，住得近", "count": 2}
EVERYTHING |= {
    "name": "周阿姨",
    "team": "草堂平安志愿队",
    "standing": "队长",
    "stars": 2,
    "hours": 300,
}
EVERYTHING |= {"period": {"zh-Hans": "2026年11月", "en": "November 2026"}}
EVERYTHING |= {"role": "网格员", "by_whom": "李主任"}
EVERYTHING |= {"before": 120, "after": 90, "reward": "手电筒", "cost": 50}


def wall(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (wall(20, 12), wall(20, 12)),
        (wall(20, 7, 30), wall(20, 7, 30)),
        (wall(20, 21, 29), wall(20, 21, 29)),
        (wall(20, 21, 30), wall(21, 7, 30)),
        (wall(20, 23, 59), wall(21, 7, 30)),
        (wall(21, 0), wall(21, 7, 30)),
        (wall(21, 7, 29), wall(21, 7, 30)),
        (wall(30, 22), datetime(2026, 12, 1, 7, 30, tzinfo=SHANGHAI)),
    ],
)
def test_no_phone_rings_before_the_morning(moment, allowed):
    assert rules.allowed_from(moment.astimezone(UTC), at_night=False) == allowed
    assert rules.allowed_from(moment, at_night=True) == moment


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("kind", rules.KINDS)
def test_every_kind_has_its_words_in_both_languages(kind, language):
    assert 0 < len(texts.text(f"notices.{kind}.name", language)) <= 40
    assert 0 < len(service.words(kind, "title", EVERYTHING, language)) <= 60
    assert 0 < len(service.body(kind, EVERYTHING, language)) <= 200
    assert "{" not in service.body(kind, EVERYTHING, language)


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in rules.KINDS.values() if kind.template])
def test_what_we_write_into_a_message_fits_its_fields_uncut(kind, language):
    data = message(kind.template, kind.name, EVERYTHING, NOON, language)
    assert set(data) == set(rules.FIELDS[kind.template])
    for field, value in data.items():
        assert fits(field, value), (field, value)


def test_the_templates_are_the_same_everywhere():
    assert set(rules.TEMPLATES) == set(TEMPLATES)
    theirs = {found.name: set(found.labels) for found in stand_in.TEMPLATES}
    assert {name: set(fields) for name, fields in rules.FIELDS.items()} == theirs
    assert {kind.template for kind in rules.KINDS.values()} - {None} == set(rules.TEMPLATES)


def test_moments_are_said_as_people_say_them():
    assert service.moment(NOON, "zh-Hans") == "11月20日 12:00"
    assert service.moment(NOON + timedelta(minutes=5), "en") == "20 Nov 12:05"


@pytest.mark.parametrize(
    ("about", "page"),
    [
        (("hazard", 17), "pkg-hazards/detail/index?id=17"),
        (("announcement", 3), "pkg-residents/announcement/index?id=3"),
        ((None, None), "pages/notices/index"),
    ],
)
def test_a_message_leads_to_what_it_is_about(about, page):
    assert rules.page(*about) == page
