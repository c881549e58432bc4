"""Before WeChat has looked at them, no answer gives a neighbour a text or a photo of anybody's."""

import pytest

from app.core import deliveries
from tests.house.test_anonymous import everything
from tests.lookers import looked_at

TEXT, ADDRESS, NOTE = "三辆车堵在门口谁也不管", "七栋西门左手边第二个车位", "补充一句早上又停上了"
TRACES = [
    form
    for text in (TEXT, ADDRESS, NOTE)
    for form in (text.encode(), text.encode("unicode_escape"))
]


@pytest.fixture
def looker(app):
    with looked_at(app) as looker:
        yield looker


@pytest.fixture
def case(looker, report, people, photo, clients):
    made = report(
        people["resident"],
        description=TEXT,
        address=ADDRESS,
        photo_ids=[photo(people["resident"]), photo(people["resident"])],
    )
    path = f"/hazards/{made['id']}/moves"
    steps = [("gridworker", {"to": "declined", "note": "看不清"}), ("resident", {"to": "reported"})]
    for who, body in steps:
        given = (
            {"note": NOTE, "photo_ids": [photo(people["resident"])]} if who == "resident" else {}
        )
        assert clients[who].post(path, {**body, **given}).status_code == 200
    return made


def traces(raw, links):
    return [trace for trace in TRACES + links if trace in raw]


def links_of(client, case):
    """Return, of each link to a photo, the part that makes it work."""
    shown = client.get(f"/hazards/{case['id']}").json["photos"]
    assert len(shown) == 3
    links = [photo[name] for photo in shown for name in ("url", "thumbnail_url")]
    return [link.rpartition("signature=")[2].encode() for link in links]


def test_a_neighbour_is_given_nothing_before_it_passed(case, looker, clients):
    links = links_of(clients["resident"], case)
    for who in ("neighbour", "stranger", "sibling", "outsider"):
        assert traces(everything(clients[who], case), links) == [], who
    for who in ("resident", "gridworker", "committee"):
        assert len(traces(everything(clients[who], case), links)) >= 9, who
    for number in range(deliveries.deliver_due()):
        looker.push(number + 1)
    assert len(traces(everything(clients["neighbour"], case), links)) >= 9


def test_a_neighbour_is_never_given_what_did_not_pass(case, looker, clients):
    links = links_of(clients["resident"], case)
    looker.bad = ""
    for number in range(deliveries.deliver_due()):
        looker.push(number + 1, "risky")
    assert traces(everything(clients["neighbour"], case), links) == []
    found = traces(everything(clients["gridworker"], case), links)
    assert found
    assert not {*found} & {*links}
