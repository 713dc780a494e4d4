"""Help, open to everybody."""

from flask import Blueprint, render_template

pages = Blueprint("help", __name__, url_prefix="/hulp")


@pages.get("")
def show() -> str:
    """Explain the product in plain Dutch."""
    return render_template("web/help.html")
