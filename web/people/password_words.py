"""What is wrong with a new password, in words."""

from flask_babel import gettext as _

from web.language import sentence


def password_problem(code: str) -> str:
    """`differs` is when the two boxes are not the same; the others are codes of problems."""
    return _("两次填写的密码不一致。") if code == "differs" else sentence("problems", code)
