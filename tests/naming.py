"""Naming failures while a long run goes on."""


class Namer:
    """Names a failure when it happens: a run that is cut short has no summary."""

    def __init__(self, config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report):
        """Write the line that the summary would have."""
        if report.failed:
            terminal = self.config.pluginmanager.get_plugin("terminalreporter")
            terminal.write_line(f"\nFAILED {report.nodeid}")


def pytest_configure(config):
    """Name failures in the process that shows them, and in no worker."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Namer(config))
