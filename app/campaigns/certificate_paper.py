"""The paper of a certificate of passing: one A4 sheet, as certificates of service look."""

from fpdf.enums import Align

from app.core.deployment import settings
from app.volunteers.fonts import faces
from app.volunteers.sheets import FESTIVE, INK, JADE, PLAIN, Row, Sheet


def printed(certificate: Row, language: str) -> bytes:
    """Return the PDF of a certificate (see `certificates.open_paper`). Errors: FontMissing."""
    sheet = _Paper(certificate, language, faces())
    sheet.front()
    return bytes(sheet.output())


class _Paper(Sheet):
    """One certificate being printed."""

    catalogue = "pass_certificate"

    def statement(self) -> None:
        found = self.certificate
        day = self.day(found["issued_at"])
        said = self.say(
            "statement", name=found["name"], day=day, title=found["title"], issuer=found["issuer"]
        )
        self.set_y(72)
        self.put(said, PLAIN, 12, INK, height=8)
        self.ln(2)
        result = self.say("result", percent=found["percent"])
        self.put(result, FESTIVE, 26, JADE, align=Align.C, height=14)
        self.ln(3)

    def values(self) -> list[tuple[str, str]]:
        """Return the fields."""
        found = self.certificate
        until = found["valid_until"]
        contact = {"issuer": found["issuer"], "url": settings().public_url}
        return [
            ("name", found["name"]),
            ("identity", self.say("identity_none")),
            ("campaign", found["title"]),
            ("needed", self.say("needed_is", percent=found["pass_percent"])),
            ("skill", found["skill_name"] or self.say("none")),
            ("until", self.day(until) if until else self.say("no_end")),
            ("issuer", found["issuer"]),
            ("handler", self.say("handler_is")),
            ("contact", self.say("contact_is", **contact)),
            ("number", found["number"]),
            ("issued_on", self.day(found["issued_at"])),
        ]
