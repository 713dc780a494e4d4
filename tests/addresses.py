"""Who may do what: every address × method × visitor, with the answer each gets. A new address must be named here."""

SIGN_IN = (302, "/")  # a stranger is sent to the first page
YEAR = (302, "/jaar")
DATA = "/instellingen/gegevens"
EVENT = "/activiteit/{event_id}"
TASK = (302, "/taak/")

# endpoint: (path, method, what a stranger gets, what a coordinator gets). An answer is a status, or a redirect.
MATRIX = {
    "static": ("/static/css/schakelplan.css", "GET", 200, 200),
    "start.home": ("/", "GET", 200, YEAR),
    "start.sign_in_by_link": ("/aanmelden/{signin}", "GET", YEAR, YEAR),
    "start.leave": ("/afmelden", "POST", SIGN_IN, SIGN_IN),
    "start.icon": ("/favicon.ico", "GET", 200, 200),
    "start.robots": ("/robots.txt", "GET", 200, 200),
    "help.show": ("/hulp", "GET", 200, 200),
    "family.show": ("{invitation}", "GET", 200, 200),
    "feeds.serve": ("{year_feed}", "GET", 200, 200),
    "feeds.subscribe": ("/agenda", "GET", SIGN_IN, 200),
    "year.show": ("/jaar", "GET", SIGN_IN, 200),
    "year.plan": ("/jaar/plannen", "POST", SIGN_IN, TASK),
    "year.repair": ("/jaar/herstellen", "POST", SIGN_IN, TASK),
    "year.publish": ("/jaar/publiceren", "POST", SIGN_IN, YEAR),
    "event.show": (EVENT, "GET", SIGN_IN, 200),
    "event.move": (f"{EVENT}/datum", "POST", SIGN_IN, 400),
    "event.unpin": (f"{EVENT}/losmaken", "POST", SIGN_IN, (302, EVENT)),
    "event.tick": (f"{EVENT}/stap/{{step_id}}", "POST", SIGN_IN, (302, f"{EVENT}#stappenplan")),
    "event.form": (f"{EVENT}/vorm", "POST", SIGN_IN, (302, EVENT)),
    "event.sheet": (f"{EVENT}/blad/draaiboek", "GET", SIGN_IN, 200),
    "event.pdf": (f"{EVENT}/pdf", "POST", SIGN_IN, 404),
    "people.list": ("/mensen", "GET", SIGN_IN, 200),
    "people.show": ("/mensen/{person_id}", "GET", SIGN_IN, 200),
    "people.renew_feed": ("/mensen/{person_id}/nieuwe-link", "POST", SIGN_IN, (302, "/mensen/{person_id}")),
    "rooms.list": ("/ruimtes", "GET", SIGN_IN, 200),
    "rules.list": ("/regels", "GET", SIGN_IN, 200),
    "rules.override": ("/regels/C01", "POST", SIGN_IN, (302, "/regels#C01")),
    "settings.show": ("/instellingen", "GET", SIGN_IN, 200),
    "settings.save": ("/instellingen", "POST", SIGN_IN, 400),
    "settings.add_period": ("/instellingen/vrij", "POST", SIGN_IN, 400),
    "settings.drop_period": ("/instellingen/vrij/{period_id}/weg", "POST", SIGN_IN, (302, "/instellingen")),
    "settings.add_open_day": ("/instellingen/open-dag", "POST", SIGN_IN, 400),
    "settings.drop_open_day": ("/instellingen/open-dag/{open_day_id}/weg", "POST", SIGN_IN, (302, "/instellingen")),
    "transfer.show": (DATA, "GET", SIGN_IN, 200),
    "transfer.upload": (f"{DATA}/inlezen", "POST", SIGN_IN, 400),
    "transfer.preview": (f"{DATA}/inlezen/bestaat-niet", "GET", SIGN_IN, 404),
    "transfer.choose": (f"{DATA}/inlezen/bestaat-niet/kolommen", "POST", SIGN_IN, 404),
    "transfer.apply": (f"{DATA}/inlezen/bestaat-niet/uitvoeren", "POST", SIGN_IN, 409),
    "transfer.discard": (f"{DATA}/inlezen/bestaat-niet/weg", "POST", SIGN_IN, (302, DATA)),
    "transfer.undo": (f"{DATA}/ongedaan", "POST", SIGN_IN, 404),
    "transfer.template": (f"{DATA}/sjabloon.xlsx", "GET", SIGN_IN, 200),
    "transfer.everything": (f"{DATA}/alles.xlsx", "POST", SIGN_IN, 200),
    "transfer.whole_archive": (f"{DATA}/archief.json", "POST", SIGN_IN, 200),
    "year.release": ("/jaar/verder", "POST", SIGN_IN, YEAR),
    "households.list": ("/huishoudens", "GET", SIGN_IN, 200),
    "households.show": ("/huishoudens/bestaat-niet", "GET", SIGN_IN, 404),
    "households.download": ("/huishoudens/bestaat-niet/gegevens.json", "GET", SIGN_IN, 404),
    "households.erase": ("/huishoudens/bestaat-niet/wissen", "POST", SIGN_IN, 404),
    "yearend.show": ("/instellingen/opruimen", "GET", SIGN_IN, 200),
    "yearend.clean_up": ("/instellingen/opruimen", "POST", SIGN_IN, 400),
    "tasks.show": ("/taak/bestaat-niet", "GET", SIGN_IN, 404),
    "tasks.state": ("/taak/bestaat-niet/stand", "GET", SIGN_IN, 404),
    "tasks.download": ("/taak/bestaat-niet/bestand", "GET", SIGN_IN, 404),
}


def filled(demo, path):
    facts = demo.facts
    known = {**vars(facts), "invitation": facts.invitations["ar"]}
    return path.format_map(known).removeprefix("http://localhost")


def path_of(demo, endpoint):
    return filled(demo, MATRIX[endpoint][0])
