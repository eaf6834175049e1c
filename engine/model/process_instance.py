from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, new_id


class ProcessInstance(Model):
    """One run of one definition: the token tree as bytes, the process variables beside it."""

    __tablename__ = "process_instance"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    deployment_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"))
    process: Mapped[str] = mapped_column(String(100))
    state: Mapped[bytes] = mapped_column(LargeBinary)
    variables: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    passed: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    # How many movements were written for it, and after which of them its trail begins: one cannot go back behind a
    # change of version that moved tokens.
    moves: Mapped[int] = mapped_column(default=0)
    trail_begins: Mapped[int] = mapped_column(default=0)
    # The deployment whose rules it keeps although it was moved to another version.
    rules_id: Mapped[str | None] = mapped_column(ForeignKey("deployment.id"))
    # Steps with an open incident, so that a command need not ask when there is none.
    troubled: Mapped[list[str]] = mapped_column(ExactJson, default=list)
