"""The worklist: queues, filters, saved views, a look at one task beside the list, many tasks at once."""

from web.worklist import arranging, batch, begin, news, page, preview, results, rows, saved_views, suggest, words
from web.worklist.screen import screen

__all__ = [
    "arranging",
    "batch",
    "begin",
    "news",
    "page",
    "preview",
    "results",
    "rows",
    "saved_views",
    "screen",
    "suggest",
    "words",
]
