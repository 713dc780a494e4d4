"""What a family sees behind the code on its invitation, and the answer it sends back: no account, no cookie, no script.

Why these forms carry no CSRF token. Such a token keeps another site from using the cookie of somebody who is
signed in. Here is no cookie to use: the address itself is the right to answer, and a site that does not know it can
send nothing, while one that knows it could as well open the page. A token would need a session, so a cookie,
which old phones lose. What is left is checked: a browser that says that the form came from elsewhere is refused.
"""

from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from planner.domain.families.answers import Flaw, Source
from planner.services.answers import answering
from planner.services.answers.answering import Spot
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.invitations.invitations import DUTCH
from planner.services.limiting import network_of
from planner.services.workspace import Workspace
from planner.web.access import client_address, now, open_workspace
from planner.web.errors import retry_after

pages = Blueprint("family", __name__)

STATUS = {Flaw.CODE_UNKNOWN: 404, Flaw.CODE_EXTRA: 429, Flaw.LATE: 409}  # every other flaw is a 400
OURSELVES = frozenset({"", "none", "same-origin"})  # of Sec-Fetch-Site; a browser from before 2023 says nothing


def is_from_elsewhere(workspace: Workspace) -> bool:
    """Return whether the browser says that another site sent this form (W3C Fetch Metadata, RFC 6454).

    `null` is what it says of our own pages, which tell it to send no Referer.
    """
    origin = request.headers.get("Origin", "")
    ours = {request.host, urlsplit(workspace.public_url).netloc}
    known = origin in {"", "null"} or urlsplit(origin).netloc in ours
    return request.headers.get("Sec-Fetch-Site", "") not in OURSELVES or not known


def _refuse_elsewhere() -> None:
    if is_from_elsewhere(open_workspace()):
        raise AnswerRefusedError(Flaw.TRY_AGAIN)


def _chosen() -> str:
    """Return the language that was chosen on the page, empty for none; whoever uses it knows which ones there are."""
    return request.values.get("taal", "")


def _kept(workspace: Workspace) -> str | None:
    """Return the choice for the next address, None for none."""
    return _chosen() if _chosen() in workspace.languages else None


def _language(workspace: Workspace) -> str:
    """Return the language for somebody of whom we know nothing: as chosen, or as the browser is set."""
    return _kept(workspace) or request.accept_languages.best_match(workspace.languages) or DUTCH


def _unlisted(html: str, status: int = 200) -> Response:
    response = make_response(html, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(spot: Spot, flaw: Flaw | None = None) -> Response:
    """Return the page of a family; with a flaw it keeps what was filled in."""
    page = answering.family_page(open_workspace(), spot, language=_chosen(), now=now())
    given = request.form if flaw else MultiDict[str, str]()
    saved = flaw is None and "bewaard" in request.args
    html = render_template("web/family.html", page=page, path=request.path, given=given, flaw=flaw, saved=saved)
    return _unlisted(html, STATUS.get(flaw, 400) if flaw else 200)


def _answered(spot: Spot, source: Source) -> Response:
    """Keep the answer and show the page again, which a reload does not send twice."""
    workspace = open_workspace()
    try:
        reply = answering.reply_from(workspace, request.form)
        answering.answer(workspace, spot, reply, source=source, now=now())
    except AnswerRefusedError as refused:
        if refused.flaw is Flaw.CODE_UNKNOWN:
            raise
        return _page(spot, refused.flaw)
    kept = request.view_args or {}
    again = url_for(request.endpoint or "", taal=_kept(workspace), bewaard=1, _anchor="antwoord", **kept)
    return redirect(again, 303)


@pages.get("/i/<token>")
def show(token: str) -> Response:
    """Show the facts of the event in the family's language, and what the family answered; no names."""
    return _page(answering.spot_of_link(open_workspace(), token))


@pages.post("/i/<token>")
def answer(token: str) -> Response:
    """Keep the family's answer."""
    _refuse_elsewhere()
    return _answered(answering.spot_of_link(open_workspace(), token), Source.FAMILY)


def _spot(code: str) -> tuple[Spot, str]:
    return answering.spot_of_code(open_workspace(), code, guesser=guesser(), now=now())


def guesser() -> str:
    """Return who counts as one guesser: the network of the address."""
    return network_of(client_address())


@pages.get("/c")
def code_form() -> Response:
    """Ask for the code on the invitation."""
    return _code_page()


@pages.post("/c")
def take_code() -> Response:
    """Go to the page of a code; the address holds all of it, so that the family can come back."""
    _refuse_elsewhere()
    _, whole = _spot(request.form.get("code", ""))
    return redirect(url_for("family.show_coded", code=whole, taal=_kept(open_workspace())), 303)


@pages.get("/c/<code>")
def show_coded(code: str) -> Response:
    """Show the same as behind the QR code."""
    return _page(_spot(code)[0])


@pages.post("/c/<code>")
def answer_coded(code: str) -> Response:
    """Keep the family's answer."""
    _refuse_elsewhere()
    return _answered(_spot(code)[0], Source.FAMILY)


def _code_page(flaw: Flaw | None = None) -> Response:
    workspace = open_workspace()
    language = workspace.languages[_language(workspace)]
    code, texts = answering.texts_in(workspace, language.code)
    html = render_template(
        "web/family_code.html",
        language=language,
        languages=workspace.languages.values(),
        texts=texts,
        dutch=answering.texts_in(workspace, DUTCH)[1],
        is_dutch=code == DUTCH,
        flaw=flaw,
        typed=request.form.get("code", "") or (request.view_args or {}).get("code", ""),
    )
    return _unlisted(html, STATUS.get(flaw, 400) if flaw else 200)


@pages.errorhandler(AnswerRefusedError)
def refused(error: AnswerRefusedError) -> Response:
    """Say what is wrong in the language of the family, with the form for a code below it."""
    response = _code_page(error.flaw)
    if error.wait:
        response.headers["Retry-After"] = retry_after(error.wait)
    return response
