"""The words of a definition in Dutch: what each key is called and what belongs behind it."""

from collections.abc import Mapping

# key: (the word for it in a message, what to fill in)
WORDS: Mapping[str, tuple[str, str]] = {
    "id": ("id", "een korte naam zonder spaties, bijvoorbeeld ontvangst-ouders"),
    "title": ("titel", "een titel die in één oogopslag duidelijk is"),
    "source": ("bron", "toolkit als de toolkit het zegt, proposed als het een voorstel is"),
    # audience
    "audience": ("doelgroep", "voor welke leerlingen de activiteit is"),
    "phases": ("fasen", "de fasen, bijvoorbeeld [1] of [1, 2]"),
    "routes": ("routes", "de leerroutes, bijvoorbeeld [1, 2]"),
    "started_within_months": ("gestart binnen maanden", "hoeveel maanden geleden een leerling hooguit begon"),
    "starts_within_weeks": ("start binnen weken", "hoeveel weken later een leerling hooguit begint"),
    "leaves_within_months": ("vertrekt binnen maanden", "binnen hoeveel maanden een leerling vertrekt"),
    # occurrences
    "occurrences": ("momenten per jaar", "hoe vaak en voor wie de activiteit er is"),
    "split": ("verdeling", "hoe de groep verdeeld wordt: all, language, class of destination"),
    "own_group_from": ("eigen groep vanaf", "vanaf hoeveel gezinnen een taal een eigen avond krijgt"),
    "own_groups": ("aantal eigen groepen", "hoeveel talen er hooguit een eigen groep krijgen"),
    "moments": ("momenten", "de tijden van het jaar waarop de activiteit kan zijn"),
    "first": ("eerste", "waarmee het begint"),
    "last": ("laatste", "de laatste dag als maand-dag, bijvoorbeeld 10-31"),
    "only_with_pupils": ("alleen met leerlingen", "ja of nee"),
    # places, materials and roles
    "places": ("ruimtes", "welke ruimtes er nodig zijn"),
    "name": ("naam", "hoe het heet"),
    "per": ("per", "waarvoor geteld wordt, bijvoorbeeld event of class"),
    "features": ("kenmerken", "wat de ruimte moet hebben, bijvoorbeeld [scherm]"),
    "capacity": ("plaats voor", "voor hoeveel mensen er plaats is"),
    "materials": ("materialen", "wat er klaar moet liggen"),
    "count": ("aantal", "hoeveel er nodig zijn"),
    "roles": ("rollen", "wie er nodig zijn"),
    "minimum": ("minimum", "hoeveel mensen er minstens nodig zijn"),
    "maximum": ("maximum", "hoeveel mensen er hooguit nodig zijn"),
    "interprets": ("tolkt", "ja of nee"),
    "optional": ("mag ontbreken", "ja of nee"),
    # runsheet and preparation
    "runsheet": ("draaiboek", "de regels van het draaiboek"),
    "rows": ("draaiboek", "de regels die deze vorm toevoegt"),
    "start": ("start", "de begintijd, bijvoorbeeld 19:30"),
    "end": ("eind", "de eindtijd, bijvoorbeeld 21:00"),
    "needs": ("benodigdheden", "de id's van materialen, bijvoorbeeld [kijktafel]"),
    "what": ("wat", "wat er gebeurt, in één of twee zinnen"),
    "responsible": ("verantwoordelijk", "de id's van rollen, bijvoorbeeld [mentor]"),
    "parallel": ("tegelijk", "ja of nee"),
    "responsible_source": ("bron van verantwoordelijk", "toolkit of proposed"),
    "preparation": ("stappenplan", "de stappen van de voorbereiding en de nazorg"),
    "steps": ("stappenplan", "de stappen die deze vorm toevoegt"),
    "who": ("wie", "de id's van rollen, bijvoorbeeld [mentor]"),
    "weeks_before": ("weken vooraf", "hoeveel schoolweken voor de dag (met een min ervoor: erna)"),
    "anchor": ("geteld vanaf", "event, before_summer of next_lesson"),
    "kind": ("soort", "wat voor soort het is"),
    "link": ("link", "het id van een link"),
    "condition": ("voorwaarde", "wanneer deze stap nodig is"),
    # forms, assignments and the invitation
    "forms": ("vormen", "andere vormen van de activiteit"),
    "shape": ("opzet", "het soort vorm, bijvoorbeeld tour of carousel"),
    "drops": ("laat weg", "de id's die in deze vorm vervallen"),
    "lesson": ("les", "de les vooraf"),
    "home": ("thuisopdracht", "de opdracht voor thuis"),
    "step": ("stap", "het id van een stap"),
    "products": ("producten", "wat de leerlingen maken"),
    "invitation": ("uitnodiging", "wat er op de uitnodiging staat"),
    "about": ("waar het over gaat", "een tot acht korte zinnen, elk achter een streepje"),
    "who_may_come": ("wie mag komen", "wie er mag komen"),
    # the rest of a runbook
    "short": ("korte naam", "een naam van hooguit 16 tekens"),
    "goal": ("doel", "wat deze activiteit wil bereiken"),
    "phase": ("fase", "1 of 2"),
    "outcomes": ("opbrengsten", "wat het oplevert"),
    "aftercare": ("nazorg", "wat er na afloop gebeurt"),
    "links": ("links", "een id met een adres erachter"),
    "sectors": ("sectoren", "de sectoren, bijvoorbeeld [zorg, techniek]"),
    "group_size": ("groepsgrootte", "hoeveel leerlingen er hooguit in een groep zitten"),
    "round_school_days": ("schooldagen per ronde", "over hoeveel schooldagen een ronde gesprekken loopt"),
    "slot_minutes": ("minuten per gesprek", "hoeveel minuten een gesprek duurt"),
    # the cycle
    "activities": ("activiteiten", "de mappen van de activiteiten, in de volgorde van het jaar"),
    "rules": ("regels", "de regels tussen de activiteiten"),
    "reason": ("reden", "waarom de regel er is"),
    "fallback": ("terugval", "wat te doen als het niet lukt"),
    "section": ("hoofdstuk", "het hoofdstuk van de toolkit"),
    "checks": ("controles", "wat de regel van een jaarplan vraagt"),
    "hard": ("hard", "ja of nee"),
    "weight": ("gewicht", "hoe zwaar de regel telt, van 1 tot en met 100"),
    "thens": ("daarna", "de activiteiten die erna komen, bijvoorbeeld [kijkje]"),
    "min_weeks": ("minstens weken", "hoeveel weken er minstens tussen zitten"),
    "max_weeks": ("hooguit weken", "hoeveel weken er hooguit tussen zitten"),
    "months": ("maanden", "om hoeveel maanden het gaat"),
    "weeks_ahead": ("weken vooruit", "hoeveel weken vooruit gekeken wordt"),
    "window": ("periode", "de eerste en de laatste dag, bijvoorbeeld [11-01, 02-28]"),
    "share": ("deel", "welk deel, bijvoorbeeld 0.5 voor de helft"),
    "days": ("dagen", "om hoeveel dagen het gaat"),
    "?": ("sleutel", "één woord"),
    # languages
    "babel": (
        "taalcode voor datums",
        "de code waarmee dagen en maanden geschreven worden, bijvoorbeeld ar_SY",
    ),
    "direction": ("schrijfrichting", "ltr (van links naar rechts) of rtl (van rechts naar links)"),
    "name_nl": ("naam in het Nederlands", "hoe de taal in het Nederlands heet"),
    "name_own": ("naam in de taal zelf", "hoe de taal zichzelf noemt"),
    "certainty": ("zekerheid", "een cijfer van 1 (onzeker) tot en met 5 (zeker)"),
    "review": ("nagekeken", "needed, editorial of reviewed"),
    "strings": ("teksten", "de zeventien vaste teksten van de uitnodiging"),
    "when": ("Wanneer?", 'de vertaling van "Wanneer?"'),
    "where": ("Waar?", 'de vertaling van "Waar?"'),
    "what_time": ("Hoe laat?", 'de vertaling van "Hoe laat?"'),
    "what_about": ("Waar gaat het over?", 'de vertaling van "Waar gaat het over?"'),
    "will_you_come": ("Komt u ook?", 'de vertaling van "Komt u ook?"'),
    "i_come": ("Ik kom", 'de vertaling van "Ik kom"'),
    "i_cannot": ("Ik kan niet komen", 'de vertaling van "Ik kan niet komen"'),
    "with_n": ("Wij komen met … personen", 'de vertaling van "Wij komen met {n} personen"'),
    "need_interpreter": ("Ik heb een tolk nodig", 'de vertaling van "Ik heb een tolk nodig"'),
    "school": ("School", 'de vertaling van "School"'),
    "room": ("Lokaal", 'de vertaling van "Lokaal"'),
    "date": ("Datum", 'de vertaling van "Datum"'),
    "greeting": ("aanhef", 'de vertaling van "Beste ouder(s) en verzorger(s),"'),
    "closing": ("groet", 'de vertaling van "Hartelijke groet,"'),
    "see_you": ("Tot ziens!", 'de vertaling van "Tot ziens!"'),
    # the answer page of a family
    "how_many": ("aantal personen", 'de vertaling van "Met hoeveel personen komt u?"'),
    "which_language": ("welke taal", 'de vertaling van "In welke taal?"'),
    "child_care": ("kinderopvang", 'de vertaling van "Hebt u kinderopvang nodig? Voor hoeveel kinderen?"'),
    "question": ("vraag", 'de vertaling van "Hebt u een vraag aan de school?"'),
    "question_hint": ("uitleg bij de vraag", 'de vertaling van "Schrijf in uw eigen taal. Niet meer dan 500 tekens."'),
    "send": ("versturen", 'de vertaling van "Verstuur"'),
    "saved": ("bewaard", 'de vertaling van "Bedankt! Uw antwoord is bewaard."'),
    "your_answer": ("uw antwoord", 'de vertaling van "Uw antwoord"'),
    "change": ("antwoord veranderen", 'de vertaling van "Antwoord veranderen"'),
    "until": ("tot wanneer", 'de vertaling van "U kunt uw antwoord veranderen tot de bijeenkomst begint."'),
    "language": ("taal", 'de vertaling van "Taal"'),
    "code": ("code", 'de vertaling van "Typ de code van uw brief"'),
    "code_extra": ("extra tekens", 'de vertaling van "Typ ook de 3 extra tekens van uw brief"'),
    "open": ("verder", 'de vertaling van "Verder"'),
    "code_wrong": ("code klopt niet", 'de vertaling van "Deze code klopt niet. Kijk goed en typ hem nog eens."'),
    "code_unknown": (
        "code werkt niet",
        'de vertaling van "Deze code werkt niet. Vraag de school om een nieuwe brief."',
    ),
    "choose_first": ("eerst kiezen", 'de vertaling van "Kies eerst: u komt of u kunt niet komen."'),
    "wrong_number": ("aantal kan niet", 'de vertaling van "Dit aantal kan niet. Kies een ander aantal."'),
    "too_long": ("te lang", 'de vertaling van "Uw vraag is te lang. Maak de tekst korter."'),
    "too_late": ("te laat", 'de vertaling van "Antwoorden kan nu niet meer. Praat met de school."'),
    "try_again": ("opnieuw proberen", 'de vertaling van "Dit is niet gelukt. Probeer het nog eens."'),
    "call": ("zin aan de telefoon", 'de vertaling van "Hallo, ik bel voor de school van uw kind. Er is een …"'),
}


def word_of(key: str) -> str:
    """Return the Dutch word for a key, the key itself when there is none."""
    return WORDS.get(key, (key, ""))[0]


def meaning_of(key: str) -> str:
    """Return what belongs behind a key of the format, in Dutch."""
    return WORDS.get(key, (key, f'wat er in deze taal moet staan; kijk bij "{key}" in het Nederlands'))[1]


def listed(names: list[str]) -> str:
    """Return "a", "a of b" or "a, b of c"."""
    return " of ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
