"""The bench of roll-ups runs; how fast it is is nobody's promise here, that it is true is."""

from bench import rollups, rollups_truth


def test_a_few_hundred_facts_are_rolled_up_and_true(capsys):
    [found] = rollups.run(["SQLite"], facts=400)
    assert min(map(found.ratio, (found.days, found.mixed))) > 0
    assert all(milliseconds > 0 for milliseconds in found.reads.values())
    assert rollups_truth.run(["SQLite"], count=200, ranges=1) == 0
    assert "DuckDB" in capsys.readouterr().out
