"""The columns of the four lists, with what our template says about each."""

from collections.abc import Mapping

from planner.domain.rooms.room import FEATURES
from planner.domain.school import Destination
from planner.domain.staffing.people import Channel, PersonKind
from planner.imports.columns import Column, Kind

TITLES: Mapping[Kind, str] = {
    Kind.PUPILS: "Leerlingen",
    Kind.HOUSEHOLDS: "Gezinnen",
    Kind.PEOPLE: "Mensen",
    Kind.ROOMS: "Ruimtes",
}
KIND_WORDS: Mapping[PersonKind, str] = {
    kind: "collega" if kind is PersonKind.STAFF else kind.value for kind in PersonKind
}
# Words of their own and no free text: nobody's story ends up in a list.
RELATIONS = (
    "ouders", "moeder", "vader", "moeder en stiefvader", "vader en stiefmoeder", "voogd", "pleegouders",
    "opa en oma", "opa", "oma", "oom en tante", "oom", "tante", "meerderjarige broer", "meerderjarige zus",
    "familie", "leerling zelf",
)  # fmt: skip
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")

_NAME_PARTS = (
    Column(id="first", title="Roepnaam", also=("voornaam", "roepnamen", "voornamen"), example="Amina"),
    Column(
        id="prefix", title="Tussenvoegsel", also=("tussenvoegsels", "voorvoegsel", "voorvoegsels", "tv"), example="van"
    ),
    Column(id="last", title="Achternaam", also=("familienaam", "naamachter"), example="Dijk"),
)
PUPILS = (
    Column(
        id="number",
        title="Stamnummer",
        also=("stamnr", "leerlingnummer", "leerlingnr", "llnr", "nummer", "gebruikerscode", "code"),
        about="Het leerlingnummer. Hieraan herkennen we een leerling bij een volgende keer.",
        example="012345",
    ),
    *_NAME_PARTS,
    Column(id="name", title="Naam", also=("volledigenaam", "leerling", "leerlingnaam"), in_template=False),
    Column(
        id="class",
        title="Klas",
        also=("stamklas", "stamgroep", "basisgroep", "groep", "lesgroep", "klasnaam", "groepscode"),
        about="De naam van de klas.",
        example="1A",
    ),
    Column(id="phase", title="Fase", about="1 of 2.", example="1", choices=("1", "2")),
    Column(id="route", title="Route", also=("leerroute",), about="1, 2 of 3.", example="2", choices=("1", "2", "3")),
    Column(
        id="started",
        title="Startdatum",
        also=("startdatumisk", "instroomdatum", "datuminstroom", "plaatsingsdatum", "datumplaatsing", "datumin"),
        about="Eerste dag op de ISK, als 31-8-2026.",
        example="31-08-2026",
    ),
    Column(
        id="leaves",
        title="Doorstroomdatum",
        also=("verwachtedoorstroom", "uitstroomdatum", "verwachteuitstroom", "datumuit"),
        about="Wanneer de leerling naar verwachting verder gaat. Mag leeg.",
        example="16-07-2027",
    ),
    Column(
        id="destination",
        title="Bestemming",
        also=("uitstroomprofiel", "doorstroom", "vervolg", "vervolgonderwijs"),
        about="Waarheen. Mag leeg.",
        example="mbo",
        choices=tuple(Destination),
    ),
)
HOUSEHOLDS = (
    Column(
        id="code",
        title="Gezinscode",
        also=("code", "gezinsnummer", "oudercode"),
        about="Hieraan herkennen we een gezin bij een volgende keer.",
        example="g001",
    ),
    Column(id="name", title="Gezinsnaam", also=("naam", "achternaam", "gezin", "familie"), example="Van Dijk"),
    Column(
        id="pupils",
        title="Leerlingnummers",
        also=("leerlingcodes", "stamnummers", "leerlingnummer", "stamnummer", "llnr", "leerlingen"),
        about="De nummers van de kinderen, met een komma ertussen. Wonen ouders apart? Dan twee rijen met dezelfde "
        "nummers.",
        example="012345, 012346",
    ),
    Column(
        id="language",
        title="Taal",
        also=("thuistaal", "taalgezin", "taalkeuze", "contacttaal"),
        about="De taal die het gezin kiest.",
        example="Arabisch",
    ),
    Column(id="adults", title="Volwassenen", also=("aantalvolwassenen",), about="Hoeveel er komen.", example="2"),
    Column(
        id="interpreter",
        title="Tolk",
        also=("tolknodig",),
        about="ja of nee: is er een tolk nodig?",
        example="ja",
        choices=("ja", "nee"),
    ),
    Column(id="relation", title="Relatie", also=("wie",), about="Wie het zijn.", example="ouders", choices=RELATIONS),
)
PEOPLE = (
    Column(
        id="code",
        title="Code",
        also=("afkorting", "medewerkercode", "docentcode", "personeelsnummer", "stamnummer", "nummer"),
        about="Hieraan herkennen we iemand bij een volgende keer. Zonder code gaat het op naam.",
        example="dij",
    ),
    Column(id="name", title="Naam", also=("volledigenaam", "medewerker"), example="Noor van Dijk"),
    *(
        Column(id=part.id, title=part.title, also=part.also, in_template=False)
        for part in _NAME_PARTS
    ),
    Column(
        id="kind",
        title="Soort",
        about="Waarvan de school iemand kent.",
        example="collega",
        choices=tuple(KIND_WORDS.values()),
    ),
    Column(
        id="roles",
        title="Rollen",
        also=("rol", "functie", "functies", "taken"),
        about="Wat iemand kan doen, met een komma ertussen. De rollen staan op het blad Uitleg.",
        example="Mentor, Docent",
    ),
    Column(
        id="skills",
        title="Talen",
        also=("taal", "spreekt", "talenkennis"),
        about="Met een komma ertussen. Cijfers erachter (0 tot 3) zeggen hoe goed iemand verstaat, spreekt en leest.",
        example="Arabisch, Frans 221",
    ),
    Column(
        id="weekdays", title="Werkdagen", also=("dagen", "kanop", "beschikbaar"), about="Zoals ma di do, of ma-vr.",
        example="ma di do",
    ),
    Column(id="not_before", title="Vanaf", also=("kanvanaf",), about="Hoe laat iemand op zijn vroegst kan.",
           example="17:00"),
    Column(
        id="unavailable", title="Kan niet op", also=("nietbeschikbaar", "afwezig"),
        about="Dagen, met een komma ertussen.", example="05-11-2026",
    ),
    Column(id="max_evenings", title="Meeste avonden", also=("maxavonden",), about="Per jaar.", example="4"),
    Column(id="max_hours", title="Meeste uren", also=("maxuren",), about="Per avond.", example="3"),
    Column(id="class", title="Mentor van", also=("mentorklas", "klas", "mentorgroep"), about="De klas.", example="1A"),
    Column(
        id="children", title="Eigen kinderen", also=("kinderen",),
        about="Leerlingnummers. Een ouder tolkt nooit voor het eigen kind.",
        example="012345",
    ),
    Column(
        id="channel", title="Vragen via", also=("kanaal", "hoevragen"), about="Hoe iemand het liefst wordt gevraagd.",
        example="appen", choices=tuple(Channel),
    ),
    Column(
        id="consent", title="Mag gevraagd worden", also=("toestemming", "magvragen"),
        about="ja of nee. Wie nee zegt, wordt nergens ingedeeld.", example="ja", choices=("ja", "nee"),
    ),
    Column(id="sector", title="Vakgebied", also=("sector", "beroep"), example="techniek"),
    Column(id="organisation", title="Organisatie", also=("bedrijf", "school", "werkgever"), example="ROC Noord"),
)  # fmt: skip
ROOMS = (
    Column(id="code", title="Code", also=("lokaalcode", "ruimtecode"), example="r101"),
    Column(
        id="name", title="Lokaal", also=("naam", "ruimte", "lokaalnaam", "lokaalnummer"), about="De naam.",
        example="Lokaal 1.01",
    ),
    Column(
        id="capacity", title="Plaatsen", also=("capaciteit", "aantalplaatsen", "zitplaatsen", "grootte"),
        about="Hoeveel mensen erin passen.", example="28",
    ),
    Column(
        id="features", title="Voorzieningen", also=("kenmerken", "faciliteiten"),
        about=f"Met een komma ertussen: {', '.join(FEATURES)}.", example="scherm, tafels",
    ),
    Column(id="floor", title="Verdieping", also=("etage", "bouwlaag"), about="0 is de begane grond.", example="1"),
    Column(id="x", title="X", about="Meters van de westkant. Mag leeg.", example="0"),
    Column(id="y", title="Y", about="Meters van de noordkant. Mag leeg.", example="0"),
    Column(id="width", title="Breedte", about="In meters. Mag leeg.", example="8"),
    Column(id="depth", title="Diepte", about="In meters. Mag leeg.", example="7"),
)  # fmt: skip
COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.PUPILS: PUPILS,
    Kind.HOUSEHOLDS: HOUSEHOLDS,
    Kind.PEOPLE: PEOPLE,
    Kind.ROOMS: ROOMS,
}
