"""The worker: a process of its own that does the long work and keeps the house, on APScheduler's clock."""

import logging
import os
import signal
import sys
from types import FrameType

from planner import jobs
from planner.app import create_app
from planner.config import read_settings
from planner.errors import PlannerError

TICK_SECONDS = 0.5  # how long a task waits at most before it is picked up
KEEP_HOUSE_MINUTES = 10
PARENT_SECONDS = 5  # how long a worker outlives a server that was killed


def main() -> None:
    """Run until the process is asked to stop; the task at hand is finished first."""
    from apscheduler.schedulers.blocking import BlockingScheduler  # noqa: PLC0415 - only the worker has a clock

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        app = create_app(read_settings(os.environ))
    except PlannerError as error:
        sys.exit(str(error))
    # Memory only: the schedule is in the code, so no stored job can be lost or replaced.
    scheduler = BlockingScheduler(timezone="UTC")
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(jobs.do_tasks, "interval", [app], seconds=TICK_SECONDS, **options)
    scheduler.add_job(jobs.keep_house, "interval", [app], minutes=KEEP_HOUSE_MINUTES, **options)

    def stop(_: int, __: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    parent = os.getppid()

    def leave_with_parent() -> None:
        if os.getppid() != parent:  # the server that started this process was killed and cannot say so
            scheduler.shutdown(wait=False)

    scheduler.add_job(leave_with_parent, "interval", seconds=PARENT_SECONDS, **options)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    scheduler.start()


if __name__ == "__main__":
    main()
