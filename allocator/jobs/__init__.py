"""Jobs: a solve is a child process with a folder, so a crash costs the job and not its caller."""

from allocator.jobs.job import Job, JobState
from allocator.jobs.run import solve
from allocator.jobs.shelf import default_home, find, jobs_in
from allocator.jobs.start import start

__all__ = ["Job", "JobState", "default_home", "find", "jobs_in", "solve", "start"]
