"""What the templates of the worklist can say beside what all templates can."""

from typing import Any

from flask import g

from engine.queries.processes import processes
from web import door
from web.language import named
from web.worklist.batch import ORDERS
from web.worklist.columns import SORT_WORDS
from web.worklist.queue import list_with
from web.worklist.screen import screen


@screen.context_processor
def words() -> dict[str, Any]:
    orders = [(name, order.icon, order.words, order.key) for name, order in ORDERS.items()]
    return {"list_with": list_with, "sort_words": SORT_WORDS, "batch_orders": orders, "process_name": process_name}


def process_name(key: str) -> str:
    """Read once a request, and only where the column is shown."""
    if "process_names" not in g:
        with door.reading() as session:
            rows = processes(session, door.actor(), catalogue=door.engine().catalogue)
        g.process_names = {row.key: named(row) for row in rows}
    return str(g.process_names.get(key, key))
