"""The page's tables are those of the rules."""

import re

from app.campaigns import rules
from app.config import ROOT
from app.notices.rules import KINDS
from app.volunteers.rules import EARNED

PAGE = (ROOT / "docs" / "campaigns.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (\w+) \| (\w+) \| (\w*) ?\|", re.MULTILINE)


def test_the_table_of_moves_is_that_of_the_rules():
    told = set(ROW.findall(PAGE))
    assert told == {(m.name, m.origin, m.to, *m.by, "".join(m.needs)) for m in rules.MOVES}


def test_every_notice_and_every_earned_skill_is_told():
    told = set(re.findall(r"`(\w+)`", PAGE))
    ours = {name for name in KINDS if name.startswith(("campaign_", "pass_"))}
    assert ours | set(EARNED) <= told
