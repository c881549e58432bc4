"""What a request costs: `make bench`, or `python -m bench --help`.

| module    | holds                                                            |
|-----------|------------------------------------------------------------------|
| databases | a database of each engine, thrown away afterwards                |
| seeds     | a town's worth of cases, written straight into the tables        |
| bare      | the yardstick: a Flask that says hello                           |
| servers   | starting either app, and the CPU time that it has used           |
| loads     | a small generator of requests                                    |
| requests  | CPU per request of the main routes against the yardstick         |
| pages     | the thousandth page against the first, and the plans behind them |
| slow      | a WeChat that answers after a while, whoever asks                |
| drain     | how many messages one courier process sends in a second          |
| fanout    | an announcement to a whole town, and who waits for it            |
| committees | CPU of the committees' figures, and of a district of 1,000 communities |
| rosters   | a week's roster: how long, how full, how fair                    |
| roster_checks | what is wrong with a roster, found without the solver        |
"""
