"""How anybody asks for what is given out."""

from datetime import date

from app.open_data import service


def table(kind):
    def ask(client, *_):
        service.release("hazards", date(2026, 7, 1))
        return client.get(f"/open-data/hazards.{kind}")

    return ask


REQUESTS = {
    "GET /api/v1/open-data": lambda client, *_: client.get("/open-data"),
    "GET /api/v1/open-data/<dataset>.csv": table("csv"),
    "GET /api/v1/open-data/<dataset>.geojson": table("geojson"),
}
