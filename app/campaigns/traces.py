"""What people leave in campaigns: that somebody took part and passed stays, who it was does not."""

from app.campaigns.challenge_models import Challenge
from app.campaigns.models import Campaign, CampaignCertificate, CampaignMove, CampaignTry
from app.campaigns.paper_models import CampaignPaper
from app.core.traces import acted, goes, stays

TOOK_PART = "so many took part and passed; whether people know more is counted from their answers"

acted(Campaign.created_by, "a campaign is a community's")
acted(CampaignMove.actor_id, "the history of a campaign is whole")
stays(CampaignTry.resident_id, TOOK_PART)
acted(CampaignTry.entered_by, "a sheet was entered by an office")
goes(CampaignCertificate.resident_id)
acted(CampaignCertificate.revoked_by, "somebody else's certificate was revoked")
acted(Challenge.created_by, "a challenge is a community's")
stays(
    CampaignPaper.resident_id,
    TOOK_PART,
    cleared={"reason": None},
    kept=("client_uuid", "answers"),
)
acted(CampaignPaper.entered_by, "a sheet was entered by an office")
