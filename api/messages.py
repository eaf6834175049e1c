"""Messages from outside that a case may be waiting for."""

from api.blueprint import ApiBlueprint
from api.idempotency import run
from api.permissions import permission
from api.schemas.work import MessageQuestion, MessageState
from engine.commands.deliver_message import DeliverMessage

messages = ApiBlueprint("messages", "Messages from outside that a case may be waiting for.")


@messages.post("/messages")
@permission("admin")
@messages.arguments(MessageQuestion)
@messages.response(200, MessageState)
def deliver(question: dict) -> dict:
    """Deliver a message; one that comes early is kept until a case waits for it."""
    question["message_id"] = question.pop("id")
    return run(DeliverMessage(**question))
