"""Naming failures while a long run goes on."""

MOST_SAID = 400


class Namer:
    """Names a failure, and why, when it happens: a run that is cut short has no summary."""

    def __init__(self, config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report):
        """Write the line that the summary would have."""
        if report.failed:
            terminal = self.config.pluginmanager.get_plugin("terminalreporter")
            crash = getattr(report.longrepr, "reprcrash", None)
            why = " ".join(crash.message.split())[:MOST_SAID] if crash else "no reason told"
            terminal.write_line(f"\nFAILED {report.nodeid} - {why}")


def pytest_configure(config):
    """Name failures in the process that shows them, and in no worker."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Namer(config))
