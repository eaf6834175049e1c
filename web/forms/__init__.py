"""Forms on pages: what a browser sends becomes answers, what a form looks like becomes markup."""

from web.forms.form_words import register
from web.forms.posted_form import PostedForm, Upload
from web.forms.read_html_form import read_html_form

__all__ = ["PostedForm", "Upload", "read_html_form", "register"]
