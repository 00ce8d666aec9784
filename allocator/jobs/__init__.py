"""Jobs: a solve is a child process with a folder, so a crash costs the job and not its caller."""

from allocator.jobs.job import LIVE, Job, JobState
from allocator.jobs.run import solve
from allocator.jobs.shelf import bring_back, default_home, find, jobs_in, put_away, sweep
from allocator.jobs.start import start
from allocator.jobs.summary import Summary, summary_in

__all__ = [
    "LIVE",
    "Job",
    "JobState",
    "Summary",
    "bring_back",
    "default_home",
    "find",
    "jobs_in",
    "put_away",
    "solve",
    "start",
    "summary_in",
    "sweep",
]
