"""Paper: what is printed for a campaign, and the results that a committee enters.

Of who has no account only the answers are kept, with the day on which they were entered.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, insert, select, update

from app.campaigns import audience, drawing, entered, rules, service, tries, variants
from app.campaigns.events import SheetCounted
from app.campaigns.models import Campaign, CampaignTry
from app.campaigns.paper_models import (
    REPLACED,
    STANDING,
    WITHDRAWN,
    CampaignPaper,
    PaperAnswer,
)
from app.campaigns.variants import Asked
from app.core import clock, crypto, outbox
from app.core.access import Actor
from app.core.clock import day_start, shanghai_day
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, NotFound
from app.notices import service as notices
from app.notices.service import About
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import PlaceKind
from app.quizzes import learning
from app.quizzes import rules as quiz_rules
from app.quizzes.models import Version

LINK_GOOD_FOR = timedelta(minutes=15)
PAPERS, KEYS = "papers", "keys"


class PaperClosed(Conflict):
    """Before a campaign opens there is no paper, and some days after its end none is entered."""

    code = "paper_closed"


class ResultThere(Conflict):
    """One sheet for a person; one that was entered wrongly is corrected."""

    code = "result_there"


class PaperSettled(Conflict):
    """What was replaced or withdrawn is history."""

    code = "paper_settled"


@dataclass(frozen=True, slots=True)
class Paper:
    """A campaign's paper. `rows`: the words of its questions by version, without the solution."""

    campaign: Any
    rows: dict[int, Any]
    sheets: dict[str, list[Asked]]
    codes: dict[str, str]
    left_out: int

    @property
    def enter_until(self) -> date:
        """Return the last day on which results are entered."""
        return last_entry(self.campaign)


def last_entry(campaign: Any) -> date:
    """Return the last Shanghai day on which a campaign's paper is entered or corrected."""
    found: date = campaign.last_day + timedelta(days=rules.ENTER_DAYS)
    return found


def is_open(campaign: Any, now: datetime) -> bool:
    """Whether paper may be printed and entered."""
    opened = campaign.state in {rules.RUNNING, rules.OVER}
    return opened and shanghai_day(now) <= last_entry(campaign)


def paper_of(campaign: Any) -> Paper:
    """Return the paper of a campaign that has opened: always the same.

    Pictures are not printed. Errors: PaperClosed (it never opened: what is put aside at the
    announcement is not yet what will be asked, and nobody is to know the key so early).
    """
    if campaign.opened_at is None:
        raise PaperClosed(days=rules.ENTER_DAYS)
    rows = {row.id: row for row in read(_WORDS, {"ids": list(campaign.versions)})}
    pictures = {found for found, row in rows.items() if row.kind == quiz_rules.PICTURE}
    topic_of = {found: row.topic for found, row in rows.items()}
    ordered = drawing.draw(campaign, "paper", pictures, topic_of)
    drawn = [one for one in ordered if one not in pictures]
    key = crypto.link_key()

    def lot(words: str) -> str:
        return crypto.sign(f"campaign paper:{campaign.id}:{words}", key)

    sheets = variants.sheets([rows[found] for found in drawn], lot)
    return Paper(
        campaign,
        {found: rows[found] for found in drawn},
        sheets,
        {variant: variants.code_of(variant, lot, asked) for variant, asked in sheets.items()},
        campaign.question_count - len(drawn),
    )


_WORDS = select(Version.id, Version.kind, Version.topic, Version.content).where(
    Version.id.in_(bindparam("ids", expanding=True))
)
_SOLUTIONS = select(Version.id, Version.solution).where(
    Version.id.in_(bindparam("ids", expanding=True))
)


def solutions(paper: Paper) -> dict[int, Any]:
    """Return the solutions of a paper's questions, by version."""
    return {row.id: row.solution for row in read(_SOLUTIONS, {"ids": list(paper.rows)})}


def show_papers(actor: Actor, campaign_id: int) -> dict[str, Any]:
    """Return what can be printed, with links, and what can be typed in.

    Errors: NotFound, PaperClosed (not opened yet).
    """
    return papers_of(service.find_to_plan(actor, campaign_id), actor.language)


def papers_of(campaign: Any, language: str) -> dict[str, Any]:
    """Return the same of a campaign that was found already. Errors: PaperClosed."""
    paper, now = paper_of(campaign), clock.now()
    return {
        "campaign_id": campaign.id,
        "title": service.in_words(campaign.title_zh, campaign.title_en, language),
        "open": is_open(campaign, now),
        "enter_until": paper.enter_until,
        "left_out": paper.left_out,
        "papers": [
            {
                "variant": variant,
                "code": paper.codes[variant],
                "pdf_url": link(PAPERS, campaign.id, variant, now),
                "key_url": link(KEYS, campaign.id, variant, now),
                "questions": [
                    {
                        "number": number,
                        "kind": one.kind,
                        "letters": list(one.letters),
                        "pick": one.pick,
                    }
                    for number, one in enumerate(asked, 1)
                ],
            }
            for variant, asked in paper.sheets.items()
        ],
    }


def link(what: str, campaign_id: int, variant: str, now: datetime) -> str:
    """Return where a variant, or its key, is printed: for a quarter of an hour."""
    expires = int((now + LINK_GOOD_FOR).timestamp())
    signature = crypto.sign(_signed(what, campaign_id, variant, expires))
    path = f"/api/v1/campaigns/{campaign_id}/{what}/{variant}.pdf"
    return f"{path}?expires={expires}&signature={signature}"


def _signed(what: str, campaign_id: int, variant: str, expires: int) -> str:
    return f"campaign {what}:{campaign_id}:{variant}:{expires}"


def open_link(what: str, campaign_id: int, variant: str, expires: int, signature: str) -> Paper:
    """Return the paper that a signed link is for.

    Errors: NotFound (not ours, or too late), PaperClosed.
    """
    good = crypto.signed(_signed(what, campaign_id, variant, expires), signature)
    if not good or expires < clock.now().timestamp():
        raise NotFound
    return paper_of(service.find_for_system(campaign_id))


# Results


@unit_of_work()
def enter(
    actor: Actor,
    campaign_id: int,
    *,
    client_uuid: str,
    code: str,
    answers: list[str],
    resident_id: int | None = None,
    place_code: str | None = None,
) -> dict[str, Any]:
    """Enter what is on a sheet, once by its `client_uuid`; graded here.

    Errors: NotFound; PaperClosed; ResultThere (of this person, or another sheet under this name);
    InvalidInput (the code, the letters, the person, the grid).
    """
    campaign = service.find_to_plan(actor, campaign_id)
    _require_open(campaign)
    _require_others(actor, resident_id, "resident_id")
    paper = paper_of(campaign)
    variant = _variant(paper, code)
    letters = _letters(paper.sheets[variant], answers)
    if resident_id is not None:
        if place_code is not None:
            raise InvalidInput.of("place_code", "not_for_a_resident")
        learning.lock(resident_id)
    # Whoever else enters something for this campaign waits, so that one name is one sheet.
    read(_LOCK, {"campaign": campaign.id})
    said = (variant, letters, resident_id)
    if before := _entered(campaign.id, client_uuid):
        if (before.variant, before.answers, before.resident_id) != said:
            raise ResultThere
        return entered.show(actor, before.id)
    if resident_id is not None:
        _require_member(campaign, resident_id)
        if read(_STANDING, {"campaign": campaign.id, "resident": resident_id}).first():
            raise ResultThere
    elif place_code is not None:
        _require_grid(campaign, place_code)
    whose = {"resident_id": resident_id, "place_code": place_code, "variant": variant}
    paper_id = _write(
        actor, paper, whose | {"client_uuid": client_uuid}, letters, _fresh(campaign, resident_id)
    )
    found = entered.show(actor, paper_id)
    if resident_id is not None:
        params = {"right": found["right"], "of": found["of"]}
        _tell("paper_entered", resident_id, campaign, paper_id, params)
    return found


@unit_of_work()
def correct(
    actor: Actor, paper_id: int, *, reason: str, answers: list[str] | None = None
) -> dict[str, Any]:
    """Replace what was entered wrongly, or withdraw it; what was before stays as history.

    Whoever had taken part on paper first still has, and then. Errors: NotFound; PaperClosed;
    PaperSettled; InvalidInput (the letters, or one's own sheet).
    """
    old = entered.find(actor, paper_id)
    campaign = service.find_to_plan(actor, old.campaign_id)
    _require_open(campaign)
    _require_others(actor, old.resident_id, "answers")
    paper = paper_of(campaign)
    letters = None if answers is None else _letters(paper.sheets[old.variant], answers)
    if old.resident_id is not None:
        learning.lock(old.resident_id)
    state = WITHDRAWN if letters is None else REPLACED
    mine = update(CampaignPaper).where(
        CampaignPaper.id == paper_id, CampaignPaper.state == STANDING
    )
    # Only what is withdrawn bears its reason; else the entry that replaces it does.
    gone = {"state": state, "try_id": None, "reason": reason if letters is None else old.reason}
    if not changed_rows(mine.values(gone)):
        raise PaperSettled
    before = _First(old.counts, read(_BEGUN, {"id": old.try_id}).scalar_one())
    tries.withdraw_paper(old.try_id, by_id=actor.resident_id, reason=reason)
    if any(old.answers):
        _count(paper_id, old.resident_id, before.at, taken_back=True)
    stands = paper_id
    if letters is not None:
        again = {
            "client_uuid": f"correction-{secrets.token_hex(8)}",
            "replaces_id": paper_id,
            "reason": reason,
        }
        kept = ("resident_id", "place_code", "variant")
        whose = {name: getattr(old, name) for name in kept}
        stands = _write(actor, paper, whose | again, letters, before)
    if old.resident_id is not None:
        _tell("paper_corrected", old.resident_id, campaign, paper_id, {"reason": reason})
    return entered.show(actor, stands)


def _require_open(campaign: Any) -> None:
    if not is_open(campaign, clock.now()):
        raise PaperClosed(days=rules.ENTER_DAYS)


def _require_others(actor: Actor, resident_id: int | None, field: str) -> None:
    """Whoever knows the key does not certify themselves. Errors: InvalidInput."""
    if resident_id == actor.resident_id:
        raise InvalidInput.of(field, "not_yourself")


def _variant(paper: Paper, code: str) -> str:
    typed = variants.plain_code(code)
    found = next((variant for variant, known in paper.codes.items() if known == typed), None)
    if found is None:
        raise InvalidInput.of("code", "unknown_paper")
    return found


def _letters(asked: Sequence[Asked], answers: Sequence[str]) -> list[str]:
    letters = variants.plain_letters(answers, asked)
    if found := variants.faults(asked, letters):
        raise InvalidInput(errors=found)
    return letters


def _entered(campaign_id: int, client_uuid: str) -> Any:
    mine = {"campaign": campaign_id, "uuid": client_uuid}
    return read(_BY_UUID, mine).one_or_none()


_LOCK = select(Campaign.id).where(Campaign.id == bindparam("campaign")).with_for_update()
_BY_UUID = select(
    CampaignPaper.id, CampaignPaper.variant, CampaignPaper.answers, CampaignPaper.resident_id
).where(
    CampaignPaper.campaign_id == bindparam("campaign"),
    CampaignPaper.client_uuid == bindparam("uuid"),
)
_STANDING = select(CampaignPaper.id).where(
    CampaignPaper.campaign_id == bindparam("campaign"),
    CampaignPaper.resident_id == bindparam("resident"),
    CampaignPaper.state == STANDING,
)
_ON_PHONE = select(CampaignTry.id).where(
    CampaignTry.campaign_id == bindparam("campaign"),
    CampaignTry.resident_id == bindparam("resident"),
    CampaignTry.channel == rules.PHONE,
    CampaignTry.finished_at.is_not(None),
)


def _require_member(campaign: Any, resident_id: int) -> None:
    codes = audience.places_of([campaign.id])[campaign.id]
    members = audience.members(campaign.audience, codes).subquery()
    there = select(exists(select(1).where(members.c.resident_id == resident_id)))
    if not read(there).scalar_one():
        raise InvalidInput.of("resident_id", "unknown_resident")


def _require_grid(campaign: Any, place_code: str) -> None:
    known = place_rules.is_code(place_code) and place_rules.kind_of(place_code) is PlaceKind.GRID
    there = select(Place.id).where(Place.code == place_code)
    if not (known and place_code.startswith(campaign.place_code) and read(there).first()):
        raise InvalidInput.of("place_code", "unknown_place")


class _First(NamedTuple):
    """Whether a sheet is how somebody took part first, and when that was."""

    counts: bool
    at: datetime


_BEGUN = select(CampaignTry.started_at).where(CampaignTry.id == bindparam("id"))


def _fresh(campaign: Any, resident_id: int | None) -> _First:
    """Return how a sheet that was not entered before counts."""
    now = clock.now()
    if resident_id is None:
        # Of who has no account nothing more than the day: an hour may tell who it was.
        return _First(counts=True, at=day_start(shanghai_day(now)))
    mine = {"campaign": campaign.id, "resident": resident_id}
    return _First(counts=read(_ON_PHONE, mine).first() is None, at=now)


def _write(
    actor: Actor, paper: Paper, entry: dict[str, Any], letters: list[str], first: _First
) -> int:
    """Grade and write an entry, its answers, and the try that it counts as; returns its id."""
    campaign, asked = paper.campaign, paper.sheets[entry["variant"]]
    right = {found: solution["right"] for found, solution in solutions(paper).items()}
    graded = variants.graded(asked, letters, right)
    sums = {"right": sum(graded.values()), "of": len(graded)}
    tried = tries.record_paper(
        campaign,
        resident_id=entry["resident_id"],
        sheet=secrets.token_hex(8),
        **sums,
        entered_by=actor.resident_id,
        at=first.at,
        correct=graded,
    )
    row = entry | {
        "campaign_id": campaign.id,
        "try_id": tried.id,
        "answers": letters,
        "right_count": sums["right"],
        "question_count": sums["of"],
        "counts": first.counts,
        "state": STANDING,
        "entered_on": shanghai_day(clock.now()),
        "entered_by": actor.resident_id,
    }
    paper_id = int(read(insert(CampaignPaper).returning(CampaignPaper.id), row).scalar_one())
    lines = [
        {"paper_id": paper_id, "version_id": version_id, "correct": correct}
        for (version_id, correct), chosen in zip(graded.items(), letters, strict=True)
        if chosen
    ]
    if lines:
        changed_rows(insert(PaperAnswer), lines)
        _count(paper_id, entry["resident_id"], first.at)
    return paper_id


def _count(
    paper_id: int, resident_id: int | None, at: datetime, *, taken_back: bool = False
) -> None:
    """Let who has an account take part by a sheet with an answer on it, or no more."""
    if resident_id is not None:
        outbox.record(SheetCounted(paper_id, resident_id, at.isoformat(), taken_back))


def _tell(
    kind: str, resident_id: int, campaign: Any, paper_id: int, params: dict[str, Any]
) -> None:
    title = {"zh-Hans": campaign.title_zh, "en": campaign.title_en or campaign.title_zh}
    notices.tell(
        kind,
        [resident_id],
        key=f"{kind}:{paper_id}",
        about=About("campaign", campaign.id),
        params={"title": title, **params},
    )
