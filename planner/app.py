"""create_app: the only place where the parts are put together."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from planner.config import ROOT, Settings
from planner.services import definitions, opening
from planner.services.workspace import Workspace
from planner.web import (
    access,
    account,
    accounts,
    answers,
    begin,
    errors,
    event,
    family,
    feeds,
    filters,
    handing,
    headers,
    help,  # noqa: A004 - the page is called help
    helper,
    households,
    own,
    people,
    plan,
    rooms,
    routes,
    rules,
    settings,
    signin,
    staffing,
    start,
    talks,
    tasks,
    texts,
    transfer,
    workshop,
    year,
    yearend,
)

UPLOAD_LIMIT = 1 << 20  # bytes; the one page that takes files has a limit of its own
SESSION_DAYS = 30


def _configure(app: Flask, given: Settings) -> None:
    is_https = given.public_url.startswith("https:")
    app.config.update(
        SECRET_KEY=given.secret_key,
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        TRUSTED_PROXIES=given.trusted_proxies,
        TRUSTED_HOSTS=list(given.trusted_hosts) or None,
        # A browser takes __Host- only over https and from this very host: no neighbour can plant it (RFC 6265bis).
        SESSION_COOKIE_NAME="__Host-schakelplan" if is_https else "schakelplan",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_REFRESH_EACH_REQUEST=False,  # the session ends in the database; a feed must not carry a cookie
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our own pages tell the browser not to send
        TESTING=given.testing,
        CLOCK=lambda: datetime.now(UTC),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def create_app(given: Settings) -> Flask:
    """Return the application, with its database at the newest schema; SettingsError when something is not right."""
    app = Flask("planner", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    _configure(app, given)
    loaded = definitions.load(given.runbooks_dir)  # before the database: what cannot start leaves nothing behind
    sessions = opening.open_database(app, given.database_url, backups_dir=given.backups_dir, now=app.config["CLOCK"]())
    app.extensions["schakelplan"] = Workspace(
        sessions=sessions,
        cycle=loaded.cycle,
        languages=loaded.languages,
        cards=loaded.cards,
        pages=loaded.pages,
        answer_texts=loaded.answer_texts,
        texts=loaded.texts,
        secret_key=given.secret_key,
        public_url=given.public_url,
        fonts_dir=given.fonts_dir,
        prints_dir=given.prints_dir,
        render=lambda name, **values: app.jinja_env.get_template(name).render(**values),
        print_css=(ROOT / "static" / "css" / "print.css").read_text(encoding="utf-8"),
        smtp_url=given.smtp_url,
        mail_from=given.mail_from,
        school_signin=given.school_signin,
    )
    transfer.register(app)
    rooms.register(app)
    CSRFProtect(app).exempt(family.pages)  # no cookie to misuse there; `family` says what is checked instead
    for part in (headers, errors, access, filters):
        part.register(app)
    for part in (
        begin,
        helper,
        own,
        start,
        signin,
        account,
        accounts,
        year,
        event,
        people,
        staffing,
        households,
        rooms,
        plan,
        routes,
        rules,
        feeds,
        talks,
        tasks,
        settings,
        transfer,
        yearend,
        help,
        family,
        answers,
        workshop,
        handing,
        texts,
    ):
        app.register_blueprint(part.pages)
    return app
