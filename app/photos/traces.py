"""What people leave in photos: those of a case belong to it; the others are swept away."""

from app.core.traces import stays
from app.photos.models import Photo

stays(
    Photo.owner_id,
    "a photo of a case is what it proves; one that nothing shows is deleted within days",
    cleared={"trace_id": None},
    kept=("id",),
)
