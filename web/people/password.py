"""Change one's own password."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.change_password import ChangePassword
from engine.commands.sign_in import WrongPassword
from engine.commands.use_invitation import PasswordTooWeak
from engine.errors import NotAllowed
from web import door
from web.error_pages import sentence_for
from web.people.password_words import password_problem
from web.permission import permission

screen = Blueprint("password", __name__)


@screen.get("/me/password")
@permission("signed_in")
def form() -> str:
    return render_template("people/password.html")


@screen.post("/me/password")
@permission("signed_in")
def change() -> Response:
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if new != request.form.get("again", ""):
        return _refused(password_problem=password_problem("differs"))
    try:
        door.run(ChangePassword(old=old, new=new))
    except PasswordTooWeak as weak:
        return _refused(password_problem=password_problem(weak.problems[0].code))
    except WrongPassword:
        return _refused(problem=_("原密码不对。"))
    except NotAllowed as refusal:
        return _refused(problem=sentence_for(refusal))
    flash(_("密码已更改，其他设备已退出登录。"), "good")
    return redirect(url_for("pages.me.show"))


def _refused(**said: str) -> Response:
    return make_response(render_template("people/password.html", **said), 422)
