"""After a ballot has ended: the files of the database are rid of what was deleted and rewritten while it ran.

A box that is rewritten with every vote has older versions in the log of SQLite and among the dead rows of PostgreSQL;
one after the other they tell the order of the votes. No transaction can do this, so it is a job of its own.
"""

from engine.actor import SYSTEM
from engine.commands.do_job import FinishJob
from engine.engine import Engine

# The box, the wrapped keys, the counts of the scrutineers, the names below a demand.
TABLES = ("ballot_tray", "ballot", "ballot_confirmation", "ballot_signature")


def forget_rewritten(engine: Engine, job_id: str) -> bool:
    """Raises what keeps it from being done now; the job is then tried again."""
    engine.database.forget_rewritten(TABLES)
    engine.run(FinishJob(job_id=job_id), actor=SYSTEM)
    return True
