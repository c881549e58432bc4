"""The bench runs: a few requests, one round; what it finds is nobody's promise here."""

from app.notices import rules
from bench import drain, fanout, requests


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
