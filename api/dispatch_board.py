"""The board of those who coordinate the dispatch of experts (派单看板)."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.permissions import permission
from api.schemas.dispatch_board import BoardAnswer, BoardQuestion
from engine.queries.dispatch_board.board import dispatch_board as find_board

dispatch_board = ApiBlueprint("dispatch board", "What is open, late, waiting and short in the dispatch of experts.")


@dispatch_board.get("/dispatch/board")
@permission("coordinators")
@dispatch_board.arguments(BoardQuestion, location="query")
@dispatch_board.response(200, BoardAnswer)
def board(question: dict) -> object:
    """For the whole city, or for the towns of the reader; `order`, `cursor` and `limit` are those of the experts."""
    engine = the_engine()
    with engine.reading() as session:
        return find_board(session, the_actor(), catalogue=engine.catalogue, now=engine.now(), **question)
