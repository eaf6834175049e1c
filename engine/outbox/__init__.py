"""Does the rows of the outbox. The row is the job, Celery carries the bell; losing every message loses no job."""
