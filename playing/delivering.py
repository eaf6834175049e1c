"""What an application does in the background, done at once: a story has no worker of its own."""

from engine.engine import Engine
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick


def deliver(engine: Engine) -> int:
    """What is due, and what comes of that: ballots are counted, messages arrive. Gives how many jobs were done."""
    done = 0
    while found := tick(engine, lambda job_id: do_job(engine, job_id)):
        done += found
    return done
