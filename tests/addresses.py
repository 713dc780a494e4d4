"""Who may do what: every address × method × visitor, with the answer each gets. A new address must be named here."""

from planner.domain.access.rights import ACCOUNT_ROLES, Role

SIGN_IN = HOME = (302, "/")  # a stranger is sent to the first page
YEAR = (302, "/jaar")
DATA = "/instellingen/gegevens"
EVENT = "/activiteit/{event_id}"
TASK = (302, "/taak/")
ROUTES = (302, "/activiteit/interessemarkt/groepen")
PUPIL = (302, "/u")  # who has no code is asked for it
CODES = "/uitnodigingen/codes/{class_id}"
CLASS = "/uitnodigingen/{event_id}/klas/{class_id}"
LINK = "/inloggen/link/raad-maar"
SECOND = "/account/tweede-stap"
ACCOUNTS = "/instellingen/accounts"
ROUND = "/gesprekken/{round_id}"
OWN_TALK = f"{ROUND}/gesprek/{{own_talk}}"

# Who else gets what a coordinator gets; the other roles get 404. A dictionary says it for each role apart.
EVERYONE = frozenset(ACCOUNT_ROLES)
TEAM = frozenset({Role.TEAM})
FAMILIES = frozenset({Role.TEAM, Role.MENTOR})
REVIEWERS = frozenset({Role.REVIEWER})
NONE = frozenset()
MENTOR_ALONE = {Role.TEAM: 404, Role.MENTOR: 200, Role.COLLEAGUE: 404, Role.REVIEWER: 404}
AT_HOME = {
    Role.TEAM: YEAR,
    Role.MENTOR: (302, "/mijn"),
    Role.COLLEAGUE: (302, "/mijn"),
    Role.REVIEWER: (302, "/mijn"),
}

# endpoint: (path, method, what a stranger gets, what a coordinator gets, who else)
# An answer is a status, or a redirect.
MATRIX = {
    "begin.show": ("/begin", "GET", 404, HOME, EVERYONE),
    "begin.take_code": ("/begin", "POST", 404, HOME, EVERYONE),
    "begin.step": ("/begin/school", "GET", 404, HOME, EVERYONE),
    "begin.keep": ("/begin/school", "POST", 404, HOME, EVERYONE),
    "begin.example": ("/begin/voorbeeld", "POST", 404, HOME, EVERYONE),
    "begin.ready": ("/begin/klaar/bestaat-niet", "GET", SIGN_IN, 404, NONE),
    "helper.show": ("{helper_link}", "GET", 200, 200, EVERYONE),
    "helper.answer": ("{helper_link}/antwoord", "POST", (302, "{helper_link}"), (302, "{helper_link}"), EVERYONE),
    "helper.save": ("{helper_link}/wanneer", "POST", (302, "{helper_link}"), (302, "{helper_link}"), EVERYONE),
    "own.show": ("/mijn", "GET", SIGN_IN, 200, EVERYONE),
    "own.answer": ("/mijn/antwoord", "POST", SIGN_IN, 400, EVERYONE),
    "own.save": ("/mijn/wanneer", "POST", SIGN_IN, 400, EVERYONE),
    "own.my_class": ("/klas", "GET", SIGN_IN, 404, MENTOR_ALONE),
    "people.renew_link": (
        "/mensen/{person_id}/persoonlijke-link",
        "POST",
        SIGN_IN,
        (302, "/mensen/{person_id}#link"),
        TEAM,
    ),
    "people.end_link": (
        "/mensen/{person_id}/persoonlijke-link/weg",
        "POST",
        SIGN_IN,
        (302, "/mensen/{person_id}#link"),
        TEAM,
    ),
    "static": ("/static/css/schakelplan.css", "GET", 200, 200, EVERYONE),
    "start.home": ("/", "GET", 200, YEAR, AT_HOME),
    "start.sign_in_by_link": ("/aanmelden/{signin}", "GET", SIGN_IN, SIGN_IN, EVERYONE),
    "start.leave": ("/afmelden", "POST", SIGN_IN, SIGN_IN, EVERYONE),
    "start.icon": ("/favicon.ico", "GET", 200, 200, EVERYONE),
    "start.robots": ("/robots.txt", "GET", 200, 200, EVERYONE),
    "help.show": ("/hulp", "GET", 200, 200, EVERYONE),
    "family.show": ("{invitation}", "GET", 200, 200, EVERYONE),
    "family.answer": ("{invitation}", "POST", 400, 400, EVERYONE),
    "family.code_form": ("/c", "GET", 200, 200, EVERYONE),
    "family.take_code": ("/c", "POST", 400, 400, EVERYONE),
    "family.show_coded": ("/c/{short_code}", "GET", 200, 200, EVERYONE),
    "family.answer_coded": ("/c/{short_code}", "POST", 400, 400, EVERYONE),
    "answers.list": ("/antwoorden", "GET", SIGN_IN, 200, FAMILIES),
    "answers.of_class": (f"{EVENT}/antwoorden", "GET", SIGN_IN, 200, FAMILIES),
    "answers.save": (f"{EVENT}/antwoorden", "POST", SIGN_IN, 404, FAMILIES),
    "answers.reach": (f"{EVENT}/bereik", "GET", SIGN_IN, 200, TEAM),
    "answers.mark": (f"{EVENT}/bereik", "POST", SIGN_IN, 404, TEAM),
    "answers.door": (f"{EVENT}/deur", "GET", SIGN_IN, 200, TEAM),
    "answers.tick": (f"{EVENT}/deur", "POST", SIGN_IN, 404, TEAM),
    "settings.keep_answers": ("/instellingen/antwoorden", "POST", SIGN_IN, 400, NONE),
    "feeds.serve": ("{year_feed}", "GET", 200, 200, EVERYONE),
    "feeds.subscribe": ("/agenda", "GET", SIGN_IN, 200, EVERYONE),
    "year.show": ("/jaar", "GET", SIGN_IN, 200, TEAM),
    "year.plan": ("/jaar/plannen", "POST", SIGN_IN, TASK, TEAM),
    "year.repair": ("/jaar/herstellen", "POST", SIGN_IN, TASK, TEAM),
    "year.publish": ("/jaar/publiceren", "POST", SIGN_IN, YEAR, TEAM),
    "event.show": (EVENT, "GET", SIGN_IN, 200, TEAM),
    "event.move": (f"{EVENT}/datum", "POST", SIGN_IN, 400, TEAM),
    "event.unpin": (f"{EVENT}/losmaken", "POST", SIGN_IN, (302, EVENT), TEAM),
    "event.tick": (f"{EVENT}/stap/{{step_id}}", "POST", SIGN_IN, (302, f"{EVENT}#stappenplan"), TEAM),
    "event.form": (f"{EVENT}/vorm", "POST", SIGN_IN, (302, EVENT), TEAM),
    "event.sheet": (f"{EVENT}/blad/draaiboek", "GET", SIGN_IN, 200, TEAM),
    "event.pdf": (f"{EVENT}/pdf", "POST", SIGN_IN, 404, TEAM),
    "routes.show": ("/activiteit/interessemarkt/groepen", "GET", SIGN_IN, 200, TEAM),
    "routes.round_map": ("/activiteit/interessemarkt/groepen/plattegrond?ronde=2", "GET", SIGN_IN, 200, TEAM),
    "routes.forms": (f"{EVENT}/vormen", "GET", SIGN_IN, 200, TEAM),
    "routes.propose": ("/activiteit/interessemarkt/groepen/maken", "POST", SIGN_IN, TASK, TEAM),
    "routes.replan": ("/activiteit/interessemarkt/groepen/herstellen", "POST", SIGN_IN, TASK, TEAM),
    "routes.take_over": ("/activiteit/interessemarkt/groepen/past", "POST", SIGN_IN, ROUTES, TEAM),
    "routes.take_back": ("/activiteit/interessemarkt/groepen/terug", "POST", SIGN_IN, 400, TEAM),
    "routes.tell": ("/activiteit/interessemarkt/groepen/verteld", "POST", SIGN_IN, ROUTES, TEAM),
    "routes.undo": ("/activiteit/interessemarkt/groepen/ongedaan", "POST", SIGN_IN, 400, TEAM),
    "routes.move_visit": ("/activiteit/interessemarkt/groepen/bezoek", "POST", SIGN_IN, 400, TEAM),
    "routes.move_family": ("/activiteit/interessemarkt/groepen/gezin", "POST", SIGN_IN, 400, TEAM),
    "routes.move_companion": ("/activiteit/interessemarkt/groepen/begeleider", "POST", SIGN_IN, 400, TEAM),
    "routes.pin": ("/activiteit/interessemarkt/groepen/vast", "POST", SIGN_IN, ROUTES, TEAM),
    "routes.mark": ("/activiteit/interessemarkt/groepen/vanavond", "POST", SIGN_IN, 400, TEAM),
    "routes.wishes": (
        "/activiteit/interessemarkt/groepen/wensen",
        "POST",
        SIGN_IN,
        (302, "/activiteit/interessemarkt/groepen#wensen"),
        TEAM,
    ),
    "talks.list": ("/gesprekken", "GET", SIGN_IN, 200, FAMILIES),
    "talks.show": (ROUND, "GET", SIGN_IN, 200, FAMILIES),
    "talks.plan": (f"{ROUND}/plannen", "POST", SIGN_IN, TASK, TEAM),
    "talks.repair": (f"{ROUND}/herstellen", "POST", SIGN_IN, TASK, TEAM),
    "talks.publish": (f"{ROUND}/publiceren", "POST", SIGN_IN, (302, ROUND), TEAM),
    "talks.lengths": (f"{ROUND}/lengtes", "POST", SIGN_IN, 400, TEAM),
    "talks.hours": (f"{ROUND}/uren", "POST", SIGN_IN, 400, TEAM),
    "talks.rooms": (f"{ROUND}/kamers", "POST", SIGN_IN, (302, ROUND), TEAM),
    "talks.away": (f"{ROUND}/afwezig", "POST", SIGN_IN, 400, TEAM),
    "talks.back": (f"{ROUND}/terug", "POST", SIGN_IN, 400, TEAM),
    "talks.wish": (f"{ROUND}/wens/{{own_home}}", "POST", SIGN_IN, (302, ROUND), TEAM),
    "talks.talk": (OWN_TALK, "GET", SIGN_IN, 200, FAMILIES),
    "talks.move": (f"{OWN_TALK}/verzetten", "POST", SIGN_IN, 400, TEAM),
    "talks.unpin": (f"{OWN_TALK}/losmaken", "POST", SIGN_IN, (302, OWN_TALK), TEAM),
    "talks.confirm": (f"{OWN_TALK}/bevestigen", "POST", SIGN_IN, (302, OWN_TALK), FAMILIES),
    "talks.missed": (f"{OWN_TALK}/inhalen", "POST", SIGN_IN, (302, OWN_TALK), TEAM),
    "people.list": ("/mensen", "GET", SIGN_IN, 200, TEAM),
    "people.show": ("/mensen/{person_id}", "GET", SIGN_IN, 200, TEAM),
    "people.agree": ("/mensen/{person_id}/afspraken", "POST", SIGN_IN, (302, "/mensen/{person_id}"), TEAM),
    "people.renew_feed": ("/mensen/{person_id}/nieuwe-link", "POST", SIGN_IN, (302, "/mensen/{person_id}"), TEAM),
    "staffing.board": (f"{EVENT}/mensen", "GET", SIGN_IN, 200, TEAM),
    "staffing.languages": ("/mensen/talen", "GET", SIGN_IN, 200, TEAM),
    "staffing.put": (f"{EVENT}/mensen/indelen", "POST", SIGN_IN, 404, NONE),
    "staffing.take_off": (f"{EVENT}/mensen/eraf", "POST", SIGN_IN, 404, NONE),
    "staffing.pin": (f"{EVENT}/mensen/vast", "POST", SIGN_IN, 404, NONE),
    "staffing.search_event": (f"{EVENT}/mensen/verdelen", "POST", SIGN_IN, TASK, TEAM),
    "staffing.search_year": ("/jaar/verdelen", "POST", SIGN_IN, TASK, TEAM),
    "staffing.drop_out": ("/mensen/{person_id}/valt-uit", "POST", SIGN_IN, TASK, TEAM),
    "staffing.proposal": ("/mensen/voorstel/bestaat-niet", "GET", SIGN_IN, 404, TEAM),
    "staffing.take_over": ("/mensen/voorstel/bestaat-niet", "POST", SIGN_IN, 404, TEAM),
    "rooms.list": ("/ruimtes", "GET", SIGN_IN, 200, TEAM),
    "rooms.new": ("/ruimtes/nieuw", "GET", SIGN_IN, 200, TEAM),
    "rooms.add": ("/ruimtes/nieuw", "POST", SIGN_IN, 400, TEAM),
    "rooms.show": ("/ruimtes/wijzig/r-aula", "GET", SIGN_IN, 200, TEAM),
    "rooms.change": ("/ruimtes/wijzig/r-aula", "POST", SIGN_IN, 400, TEAM),
    "rooms.drop": ("/ruimtes/weg/r-aula", "POST", SIGN_IN, (302, "/ruimtes"), TEAM),
    "rooms.entrance": ("/ruimtes/ingang", "POST", SIGN_IN, (302, "/ruimtes#ingang"), TEAM),
    "rooms.picture": ("/ruimtes/tekening/0", "GET", SIGN_IN, 404, TEAM),
    "rooms.add_picture": ("/ruimtes/tekening/0", "POST", SIGN_IN, 400, TEAM),
    "rooms.place_picture": ("/ruimtes/tekening/0/plek", "POST", SIGN_IN, 404, TEAM),
    "rooms.drop_picture": ("/ruimtes/tekening/0/weg", "POST", SIGN_IN, (302, "/ruimtes#tekening"), TEAM),
    "plan.show": (f"{EVENT}/plattegrond", "GET", SIGN_IN, 200, TEAM),
    "plan.choose": (f"{EVENT}/ruimte?plek={{room_need}}", "GET", SIGN_IN, 200, TEAM),
    "plan.chosen": (f"{EVENT}/ruimte", "POST", SIGN_IN, 404, TEAM),
    "plan.let_go": (f"{EVENT}/ruimte/los", "POST", SIGN_IN, 404, TEAM),
    "plan.show_corners": (f"{EVENT}/hoeken", "GET", SIGN_IN, 200, TEAM),
    "plan.save_corners": (f"{EVENT}/hoeken", "POST", SIGN_IN, 404, TEAM),
    "rules.list": ("/regels", "GET", SIGN_IN, 200, TEAM),
    "rules.override": ("/regels/C01", "POST", SIGN_IN, (302, "/regels#C01"), NONE),
    "settings.show": ("/instellingen", "GET", SIGN_IN, 200, NONE),
    "settings.save": ("/instellingen", "POST", SIGN_IN, 400, NONE),
    "settings.add_period": ("/instellingen/vrij", "POST", SIGN_IN, 400, NONE),
    "settings.drop_period": (
        "/instellingen/vrij/{period_id}/weg",
        "POST",
        SIGN_IN,
        (302, "/instellingen"),
        NONE,
    ),
    "settings.add_open_day": ("/instellingen/open-dag", "POST", SIGN_IN, 400, NONE),
    "settings.drop_open_day": (
        "/instellingen/open-dag/{open_day_id}/weg",
        "POST",
        SIGN_IN,
        (302, "/instellingen"),
        NONE,
    ),
    "transfer.show": (DATA, "GET", SIGN_IN, 200, NONE),
    "transfer.upload": (f"{DATA}/inlezen", "POST", SIGN_IN, 400, NONE),
    "transfer.preview": (f"{DATA}/inlezen/bestaat-niet", "GET", SIGN_IN, 404, NONE),
    "transfer.choose": (f"{DATA}/inlezen/bestaat-niet/kolommen", "POST", SIGN_IN, 404, NONE),
    "transfer.apply": (f"{DATA}/inlezen/bestaat-niet/uitvoeren", "POST", SIGN_IN, 409, NONE),
    "transfer.discard": (f"{DATA}/inlezen/bestaat-niet/weg", "POST", SIGN_IN, (302, DATA), NONE),
    "transfer.undo": (f"{DATA}/ongedaan", "POST", SIGN_IN, 404, NONE),
    "transfer.template": (f"{DATA}/sjabloon.xlsx", "GET", SIGN_IN, 200, NONE),
    "transfer.everything": (f"{DATA}/alles.xlsx", "POST", SIGN_IN, 200, NONE),
    "transfer.whole_archive": (f"{DATA}/archief.json", "POST", SIGN_IN, 200, NONE),
    "year.release": ("/jaar/verder", "POST", SIGN_IN, YEAR, NONE),
    "households.list": ("/huishoudens", "GET", SIGN_IN, 200, FAMILIES),
    "households.show": ("/huishoudens/{own_home}", "GET", SIGN_IN, 200, FAMILIES),
    "households.download": ("/huishoudens/{own_home}/gegevens.json", "GET", SIGN_IN, 200, FAMILIES),
    "households.erase": ("/huishoudens/bestaat-niet/wissen", "POST", SIGN_IN, 400, NONE),
    "yearend.show": ("/instellingen/opruimen", "GET", SIGN_IN, 200, NONE),
    "yearend.clean_up": ("/instellingen/opruimen", "POST", SIGN_IN, 400, NONE),
    "workshop.door": ("/u", "GET", 200, 200, EVERYONE),
    "workshop.enter": ("/u/in", "POST", 400, 400, EVERYONE),
    "workshop.leave": ("/u/weg", "POST", PUPIL, PUPIL, EVERYONE),
    "workshop.choose": ("/u/maken", "GET", PUPIL, PUPIL, EVERYONE),
    "workshop.make": ("/u/maken/{event_id}", "GET", PUPIL, PUPIL, EVERYONE),
    "workshop.save": ("/u/maken/{event_id}/bewaren", "POST", PUPIL, PUPIL, EVERYONE),
    "workshop.look": ("/u/maken/{event_id}/zien", "GET", PUPIL, PUPIL, EVERYONE),
    "workshop.hand_in": ("/u/maken/{event_id}/inleveren", "POST", PUPIL, PUPIL, EVERYONE),
    "handing.show": ("/uitnodigingen", "GET", SIGN_IN, 200, FAMILIES),
    "handing.codes": (CODES, "GET", SIGN_IN, 200, FAMILIES),
    "handing.make_codes": (f"{CODES}/maken", "POST", SIGN_IN, (302, CODES), FAMILIES),
    "handing.renew": ("/uitnodigingen/codes/bestaat-niet/nieuw", "POST", SIGN_IN, 404, NONE),
    "handing.class_": (CLASS, "GET", SIGN_IN, 200, FAMILIES),
    "handing.release": (f"{CLASS}/999/vrijgeven", "POST", SIGN_IN, 404, NONE),
    "handing.send_back": (f"{CLASS}/999/terug", "POST", SIGN_IN, 404, NONE),
    "handing.pdf": ("/uitnodigingen/{event_id}/pdf", "POST", SIGN_IN, 400, TEAM),
    "texts.show": ("/talen", "GET", SIGN_IN, 200, REVIEWERS),
    "texts.add": ("/taal/nieuw", "POST", SIGN_IN, 400, NONE),
    "texts.language": ("/talen/ar", "GET", SIGN_IN, 200, REVIEWERS),
    "texts.change": ("/talen/ar/tekst", "POST", SIGN_IN, 400, REVIEWERS),
    "texts.export": ("/talen/ar/teksten.po", "GET", SIGN_IN, 200, REVIEWERS),
    "texts.take_in": ("/talen/ar/inlezen", "POST", SIGN_IN, 400, REVIEWERS),
    "texts.reader": ("/talen/ar/lezer/{person_id}", "POST", SIGN_IN, (302, "/talen/ar#lezers"), TEAM),
    "texts.read": ("/lezen/bestaat-niet", "GET", 404, 404, EVERYONE),
    "texts.say": ("/lezen/bestaat-niet/zeggen", "POST", 404, 404, EVERYONE),
    "signin.with_password": ("/inloggen", "POST", 400, 400, EVERYONE),
    "signin.ask_link": ("/inloggen/link", "POST", 409, 409, EVERYONE),
    "signin.show_link": (LINK, "GET", 404, 404, EVERYONE),
    "signin.use_link": (LINK, "POST", 404, 404, EVERYONE),
    "signin.to_school": ("/inloggen/school", "GET", 404, 404, EVERYONE),
    "signin.from_school": ("/inloggen/school/terug", "GET", 404, 404, EVERYONE),
    "signin.show_password": ("/wachtwoord/raad-maar", "GET", 404, 404, EVERYONE),
    "signin.set_password": ("/wachtwoord/raad-maar", "POST", 404, 404, EVERYONE),
    "signin.second_step": ("/inloggen/tweede-stap", "GET", SIGN_IN, SIGN_IN, EVERYONE),
    "signin.do_second_step": ("/inloggen/tweede-stap", "POST", SIGN_IN, SIGN_IN, EVERYONE),
    "account.show": ("/account", "GET", SIGN_IN, 200, EVERYONE),
    "account.change_password": ("/account/wachtwoord", "POST", SIGN_IN, 400, EVERYONE),
    "account.end_one": ("/account/aanmelding/99999/weg", "POST", SIGN_IN, 404, EVERYONE),
    "account.end_others": ("/account/aanmeldingen/weg", "POST", SIGN_IN, (302, "/account"), EVERYONE),
    "account.begin_second_step": ("/account/tweede-stap/begin", "POST", SIGN_IN, (302, SECOND), EVERYONE),
    "account.show_second_step": (SECOND, "GET", SIGN_IN, 404, EVERYONE),
    "account.set_second_step": (SECOND, "POST", SIGN_IN, 404, EVERYONE),
    "account.drop_second_step": (f"{SECOND}/weg", "POST", SIGN_IN, 400, EVERYONE),
    "account.renew_codes": ("/account/herstelcodes", "POST", SIGN_IN, 400, EVERYONE),
    "accounts.show": (ACCOUNTS, "GET", SIGN_IN, 200, NONE),
    "accounts.invite": (ACCOUNTS, "POST", SIGN_IN, 400, NONE),
    "accounts.new_link": (f"{ACCOUNTS}/99999/link", "POST", SIGN_IN, 404, NONE),
    "accounts.start_anew": (f"{ACCOUNTS}/99999/opnieuw", "POST", SIGN_IN, 404, NONE),
    "accounts.change_role": (f"{ACCOUNTS}/99999/rol", "POST", SIGN_IN, 400, NONE),
    "accounts.close": (f"{ACCOUNTS}/99999/dicht", "POST", SIGN_IN, 404, NONE),
    "accounts.reopen": (f"{ACCOUNTS}/99999/open", "POST", SIGN_IN, 404, NONE),
    "accounts.end_sessions": (f"{ACCOUNTS}/99999/uitloggen", "POST", SIGN_IN, 404, NONE),
    "tasks.show": ("/taak/bestaat-niet", "GET", SIGN_IN, 404, EVERYONE),
    "tasks.state": ("/taak/bestaat-niet/stand", "GET", SIGN_IN, 404, EVERYONE),
    "tasks.stop": ("/taak/bestaat-niet/stop", "POST", SIGN_IN, 404, EVERYONE),
    "tasks.download": ("/taak/bestaat-niet/bestand", "GET", SIGN_IN, 404, EVERYONE),
}


# Forms for whoever holds an invitation: no session, so no token; `planner.web.family` says what is checked instead.
WITHOUT_TOKEN = frozenset({"family.answer", "family.take_code", "family.answer_coded"})


# What is there, but of another class: a mentor gets 404 and nothing changes. (endpoint, path, role)
FOREIGN = (
    ("households.show", "/huishoudens/{foreign_home}", Role.MENTOR),
    ("households.download", "/huishoudens/{foreign_home}/gegevens.json", Role.MENTOR),
    ("answers.of_class", f"{EVENT}/antwoorden?klas={{foreign_class}}", Role.MENTOR),
    ("talks.talk", f"{ROUND}/gesprek/{{foreign_talk}}", Role.MENTOR),
    ("talks.confirm", f"{ROUND}/gesprek/{{foreign_talk}}/bevestigen", Role.MENTOR),
    ("event.sheet", "/activiteit/{round_id}/blad/afspraken?gesprek={foreign_talk}", Role.MENTOR),
    ("handing.codes", "/uitnodigingen/codes/{foreign_class}", Role.MENTOR),
    ("handing.make_codes", "/uitnodigingen/codes/{foreign_class}/maken", Role.MENTOR),
    ("handing.class_", "/uitnodigingen/{event_id}/klas/{foreign_class}", Role.MENTOR),
)


def expected_for(endpoint, role):
    """Return what the matrix says that a signed-in role gets at an address."""
    _, _, _, coordinator, others = MATRIX[endpoint]
    if role is Role.COORDINATOR:
        return coordinator
    if isinstance(others, dict):
        return others[role]
    return coordinator if role in others else 404


def filled(demo, path):
    facts = demo.facts
    known = {**vars(facts), "invitation": facts.invitations["ar"]}
    return path.format_map(known).removeprefix("http://localhost")


def path_of(demo, endpoint):
    return filled(demo, MATRIX[endpoint][0])
