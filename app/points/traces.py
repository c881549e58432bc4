"""What people leave in the ledger: sums that have to come out."""

from app.core.traces import acted, goes, stays
from app.points.models import Account, DayCount, Redemption, Reward, Transaction

BOOKS = "every line of the ledger stands against another; without one the books would lie"

stays(Account.resident_id, BOOKS)
stays(Transaction.resident_id, BOOKS)
goes(DayCount.resident_id)
acted(Reward.created_by, "a reward is a community's")
stays(Redemption.resident_id, "what was collected is gone from the shelf", withheld=("code",))
acted(Redemption.settled_by, "somebody handed it out")
