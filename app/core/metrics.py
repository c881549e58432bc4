"""What each process counts; `core.figures` adds what the database knows.

All processes of a machine count into files of one folder (`core.tally` says which, before
this is imported), so that any of them can answer for all. Every metric has labels from a
small, known set: never an id, never what somebody wrote.
"""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram

OWN = CollectorRegistry()
"""Of this process alone, where no folder is shared: in tests."""

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Histogram(
    "linli_request_seconds",
    "How long requests took, by method, the route's rule and the status' class.",
    ("method", "route", "status"),
    buckets=BUCKETS,
    registry=OWN,
)
JOB_RUNS = Counter(
    "linli_job_runs",
    "Runs of jobs by result: done or failed.",
    ("job", "result"),
    registry=OWN,
)
JOB_SECONDS = Counter(
    "linli_job_run_seconds",
    "Time that runs of jobs have taken.",
    ("job",),
    registry=OWN,
)
WECHAT_CALLS = Counter(
    "linli_wechat_calls",
    "Calls to WeChat by result: ok, WeChat's error code, or what went wrong.",
    ("call", "result"),
    registry=OWN,
)


def request_answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request."""
    _requests(method, route, status // 100).observe(seconds)


@cache
def _requests(method: str, route: str, status: int) -> Histogram:
    return REQUESTS.labels(method, route, f"{status}xx")


def job_ran(job: str, result: str, seconds: float) -> None:
    """Count a run of a job."""
    JOB_RUNS.labels(job, result).inc()
    JOB_SECONDS.labels(job).inc(seconds)


def wechat_called(call: str, result: str) -> None:
    """Count a call to WeChat."""
    WECHAT_CALLS.labels(call, result).inc()
