"""The bench runs: a few requests, one round; what it finds is nobody's promise here."""

from bench import requests


def test_the_bench_prints_a_line_for_each_route(capsys):
    sizes = requests.Sizes(hazards=60, rounds=1, requests=4)
    figures = requests.run(sizes, ["SQLite"])
    printed = capsys.readouterr().out
    assert {figure.route.name for figure in figures} == {
        "detail: closed, 6 lines, 2 photos",
        "task queue: 20",
        "list: 50 nearest",
        "list: 50 newest",
        "create",
    }
    assert all(figure.route.name in printed for figure in figures)
    assert all(0 < figure.queries <= figure.route.queries for figure in figures)
