"""How the import of a roster ended, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _


def roster_words(facts: Mapping[str, Any]) -> str:
    """The name of the file is a fact, and the counts say what became of its lines."""
    if facts["state"] == "done":
        counts = {name: facts[name] for name in ("file", "added", "changed")}
        return _("花名册“%(file)s”已导入：新登记 %(added)s 人，更新 %(changed)s 人。", **counts)
    if facts["state"] == "cancelled":
        return _("花名册“%(file)s”的导入被取消，一行也没有导入。", file=facts["file"])
    return _("花名册“%(file)s”没有导入，请按提示改好后重新上传。", file=facts["file"])
