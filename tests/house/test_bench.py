"""The bench runs: a few requests, one round; what it finds is nobody's promise here."""

from dataclasses import replace

from app.notices import rules
from bench import committees, databases, drain, fanout, requests, rosters


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


def test_the_drain_sends_all_that_is_due(capsys, monkeypatch):
    monkeypatch.setattr(rules, "QUIET_FROM", rules.QUIET_FROM)  # it speaks by night
    monkeypatch.setattr(rules, "QUIET_TO", rules.QUIET_TO)
    [drained] = drain.run(["SQLite"], messages=80, threads=8)
    assert drained.messages == 80
    assert "ratio" in capsys.readouterr().out


def test_the_fan_out_reaches_everybody_while_others_work():
    [handed] = fanout.run(["SQLite"], residents=600)
    assert handed.residents >= 600
    assert handed.during.writes


def test_a_week_is_rostered_without_faults(capsys):
    [found] = rosters.run(volunteers=30, shifts=10, weeks=[1])
    assert found.faults == []
    assert found.solution.unmet == found.figures["roster"].missing
    assert "first come" in capsys.readouterr().out


def test_figures_of_a_filled_district_cost_six_queries_at_most(monkeypatch):
    monkeypatch.setattr(committees, "STREETS", 1)
    with databases.filled("SQLite", 60) as bench:
        committees.fill(bench, 200)
        for route in (*committees.routes(), *committees.first_times()):
            bearer = {"Authorization": f"Bearer {bench.tokens[route.caller]}"}
            asked = replace(route.request, headers=lambda bearer=bearer: bearer)
            queries = requests.count_queries(bench.app, asked)
            assert 0 < queries <= committees.MOST_QUERIES, route.name
