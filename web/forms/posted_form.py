"""What a person sent with a form: answers, new files, and what they want to happen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

Intent = Literal["submit", "draft", "redraw"]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that came with the form; `path` is the field in the answers, `field` the same without row numbers.

    Until it is stored, `mark` stands in the answers for its document id.
    """

    path: str
    field: str
    mark: str
    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class PostedForm:
    """What to do with the answers; `redraw` shows the form again, because rows, files or conditions have changed."""

    answers: dict[str, Any]
    intent: Intent
    uploads: tuple[Upload, ...] = ()
    removed_documents: tuple[str, ...] = ()

    def with_document(self, upload: Upload, document_id: str | None) -> "PostedForm":
        """The same with the stored document in place; None when it was not taken."""
        answers = _replaced(self.answers, lambda value: document_id if value == upload.mark else value)
        return replace(self, answers=answers, uploads=tuple(u for u in self.uploads if u is not upload))


def mentions(value: Any, mark: str) -> bool:
    if isinstance(value, dict):
        return any(mentions(item, mark) for item in value.values())
    if isinstance(value, list):
        return any(mentions(item, mark) for item in value)
    return value == mark


def _replaced(value: Any, swap: Callable[[Any], Any]) -> Any:
    """A copy in which single values are swapped; list items that become None go away."""
    if isinstance(value, dict):
        return {key: _replaced(item, swap) for key, item in value.items()}
    if isinstance(value, list):
        swapped = [_replaced(item, swap) for item in value]
        return [new for old, new in zip(value, swapped, strict=True) if new is not None or old is None]
    return swap(value)
