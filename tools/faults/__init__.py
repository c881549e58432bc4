"""A storm over the whole engine room: `make faults`, or `python -m tools.faults --help`.

Real processes on loopback (web, schedulers, couriers, a writer of facts, the stand-in for
WeChat) work while some of them are killed, calls are spoilt and the database is stopped in the
middle. At the end nothing may be lost, and nothing told twice.

| module    | holds                                                             |
|-----------|-------------------------------------------------------------------|
| plans     | how hard it blows                                                 |
| engines   | a database that can be struck                                     |
| towns     | the cases, the facts about them, and who must be told of each     |
| workers   | the product's processes, with waits shortened and, if told to, sabotaged |
| fleets    | starting and killing them                                         |
| reporters | somebody who reports by HTTP until it is taken                    |
| storms    | the run itself                                                    |
| verdicts  | what was lost or doubled                                          |
"""
