"""What a command is: a frozen dataclass that knows how to do one thing in one transaction."""

from typing import Any, ClassVar, Generic, TypeVar

R = TypeVar("R")


class Command(Generic[R]):
    """`execute` gets a `Work`; it never commits. `keep` and `revive` carry the result through a kept reply (JSON)."""

    is_recorded_when_refused: ClassVar[bool] = True

    def execute(self, work: Any) -> R:
        raise NotImplementedError

    def uploads(self) -> tuple[bytes, ...]:
        """What the scanner must see before this command begins."""
        return ()

    def prepare(self, actor: Any) -> None:
        """What needs time but no tables, such as reading a foreign file; before the transaction, and may refuse."""

    def about(self) -> dict[str, str]:
        """What of this command may be remembered when it is refused: ids, never answers."""
        return {k: v for k, v in vars(self).items() if k.endswith("_id") and isinstance(v, str)}

    def keep(self, result: R) -> Any:
        return result

    def revive(self, kept: Any) -> R:
        return kept  # type: ignore[no-any-return]
