"""The one blueprint of all pages of the worklist."""

from flask import Blueprint

screen = Blueprint("worklist", __name__)
