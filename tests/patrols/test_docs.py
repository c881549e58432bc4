"""The page's table of moves is that of the rules."""

import re

from app.config import ROOT
from app.notices.rules import KINDS
from app.patrols import rules
from app.patrols.fitness import CANNOT_COME

PAGE = (ROOT / "docs" / "patrols.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| (\w+) \| (\w+) \|", re.MULTILINE)


def test_the_table_of_moves_is_that_of_the_rules():
    told = {
        (name, origin, to, by)
        for name, origins, to, by in ROW.findall(PAGE)
        for origin in origins.split(", ")
    }
    (whom,) = {len(move.by) for move in rules.MOVES}
    assert whom == 1
    assert told == {(m.name, m.origin, m.to, *m.by) for m in rules.MOVES}


def test_every_refusal_and_every_notice_is_told():
    told = set(re.findall(r"`(\w+)`", PAGE))
    assert set(CANNOT_COME) - {"not_serving"} <= told
    ours = {name for name in KINDS if name.startswith(("shift_", "swap_"))}
    assert ours <= told
