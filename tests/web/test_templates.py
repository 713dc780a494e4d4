"""Every template, filled with a realistic year: it renders, and gives sound HTML that everyone can use."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from tinyhtml5.parser import HTMLParser
from web import answersamples, samples

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
ALL = (*samples.PAGES, *samples.PRINTS)
LABELLED = {"input", "select", "textarea", "progress"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}


@pytest.fixture(scope="module")
def templates():
    return samples.environment(str(TEMPLATES))


def is_part(template):
    """Whether a template is only ever a piece of another one."""
    return template.endswith("base.html") or "/_" in template


def name_of(element):
    return str(element.tag).rpartition("}")[2]


def every(tree, *names):
    return [each for each in tree.iter() if isinstance(each.tag, str) and name_of(each) in names]


def ids(tree):
    return [each.get("id") for each in tree.iter() if each.get("id")]


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def page_ids(pages):
    return [name for name, _, _ in pages]


@pytest.fixture(scope="module", params=ALL, ids=page_ids(ALL))
def parsed(request, templates):
    """Read each page once for all questions about it; nobody changes the tree."""
    _, template, values = request.param
    parser = HTMLParser()
    tree = parser.parse(templates.get_template(template).render(**values))
    return SimpleNamespace(tree=tree, errors=parser.errors)


@pytest.fixture
def tree(parsed):
    return parsed.tree


def test_page_parses_without_an_error(parsed):
    assert parsed.errors == []


def test_page_says_its_language_and_title(tree):
    title = every(tree, "title")[0]

    assert tree.get("lang")
    assert text_of(title)


def test_page_has_one_main_heading(tree):
    assert len(every(tree, "h1")) == 1


def test_headings_skip_no_level(tree):
    levels = [int(name_of(each)[1]) for each in every(tree, "h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_page_has_one_main_part(tree):
    assert len(every(tree, "main")) == 1


def test_ids_are_unique_and_pointed_at_rightly(tree):
    known = ids(tree)
    pointers = [
        pointer
        for each in tree.iter()
        for key in ("for", "aria-labelledby", "aria-describedby", "data-copy", "data-say")
        for pointer in (each.get(key) or "").split()
    ]
    anchors = [each.get("href")[1:] for each in every(tree, "a") if each.get("href").startswith("#")]

    assert len(known) == len(set(known))
    assert set(pointers + anchors) <= set(known)


def test_every_field_has_a_label(tree):
    labelled = {each.get("for") for each in every(tree, "label")}
    bare = [
        each.get("name") or each.get("id")
        for each in every(tree, *LABELLED)
        if each.get("type") not in UNLABELLED_TYPES and each.get("id") not in labelled and not each.get("aria-label")
    ]

    assert bare == []


def test_every_button_and_link_has_words(tree):
    silent = [each for each in every(tree, "button", "a") if not (text_of(each) or each.get("aria-label"))]

    assert silent == []


def test_every_post_carries_the_token(tree):
    for form in every(tree, "form"):
        tokens = [field for field in every(form, "input") if field.get("name") == "csrf_token"]
        is_search = form.get("role") == "search"  # changes nothing, and a token does not belong in an address
        is_family = form.get("action") in {"/i/abc", "/family/code_form"}  # no session: see planner.web.family

        assert form.get("method") == ("get" if is_search else "post")
        assert len(tokens) == (0 if is_search or is_family else 1)


def test_nothing_is_styled_or_scripted_inline(tree):
    attributes = {key for each in tree.iter() for key in each.attrib}

    assert "style" not in attributes
    assert not [key for key in attributes if key.startswith("on")]
    assert every(tree, "style") == []
    assert [script for script in every(tree, "script") if not script.get("src") or text_of(script)] == []


def test_nothing_is_loaded_from_elsewhere(tree):
    loaded = [each.get("src") or each.get("href") for each in every(tree, "script", "link", "img")]

    assert all(address.startswith("/static/") for address in loaded)


def test_table_headers_say_their_direction(tree):
    assert [each for each in every(tree, "th") if each.get("scope") not in {"col", "row"}] == []


def test_every_template_is_tried():
    shipped = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("*/*.html")}
    ours = {name for name in shipped if name.startswith(("web/", "print/"))}

    assert {name for name in ours if not is_part(name)} == {template for _, template, _ in ALL}


@pytest.mark.parametrize("page", samples.PRINTS, ids=page_ids(samples.PRINTS))
def test_paper_has_no_screen_parts(templates, page):
    _, template, values = page
    html = templates.get_template(template).render(paper=True, **values)

    assert "/static/" not in html
    assert 'class="scherm"' not in html
    assert "<script" not in html


@pytest.mark.parametrize("account", [None, SimpleNamespace(name=None)])
def test_visitor_sees_no_menu(templates, account):
    html = templates.get_template("web/start.html").render(account=account, signin=samples.SIGNIN)

    assert "<nav" not in html
    assert "Uitloggen" not in html


def test_hostile_text_stays_text(templates):
    values = {"status": 404, "title": "<script>alert(1)</script>", "sentence": '"><img src=x onerror=alert(1)>'}
    html = templates.get_template("web/error.html").render(**values)

    assert "<script>alert" not in html
    assert "<img" not in html


def test_family_page_names_no_family(templates):
    sheet = samples.ARABIC_SHEET
    html = templates.get_template("web/family.html").render(**answersamples.family_values(sheet))

    assert sheet.household not in html
    assert not [pupil for pupil in sheet.pupils if pupil.split(" ", maxsplit=1)[0] in html]


@pytest.mark.parametrize("sheet", samples.SHEETS, ids=[sheet.language for sheet in samples.SHEETS])
def test_family_page_is_in_the_language_of_the_family(templates, sheet):
    tree = HTMLParser().parse(templates.get_template("web/family.html").render(**answersamples.family_values(sheet)))

    assert tree.get("lang") == sheet.language
    assert tree.get("dir") == ("rtl" if sheet.rtl else "ltr")
    assert sheet.own["when"] in text_of(tree)
    assert sheet.dutch["when"] in text_of(tree)


def test_right_to_left_sheet_keeps_digits_and_dutch_in_order(templates):
    html = templates.get_template("print/uitnodigingen.html").render(
        view=samples.EVENT_VIEW, sheets=(samples.ARABIC_SHEET,)
    )
    tree = HTMLParser().parse(html)
    article = every(tree, "article")[0]

    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    assert {each.get("dir") for each in article.iter() if each.get("lang") == "nl"} == {"ltr"}
    assert {text_of(each) for each in every(article, "bdi")} >= {"17:00–19:30", "11-02-2027", "Aula"}


def test_draft_is_marked_for_the_school_only(templates):
    view = samples.EVENT_VIEW
    page = templates.get_template("print/uitnodigingen.html")
    draft, checked = (page.render(view=view, sheets=(sheet,)) for sheet in (samples.ARABIC_SHEET, samples.DUTCH_SHEET))

    assert "· ar-c<" in draft
    assert "· nl<" in checked
    assert "concept" not in draft.casefold()


def test_style_sheets_load_nothing():
    for path in (ROOT / "static" / "css").glob("*.css"):
        assert re.findall(r"@import|url\(", path.read_text(encoding="utf-8")) == []


def parts(templates):
    return templates.get_template("web/_parts.html").make_module({"url_for": lambda *_, **__: "/"})


def test_long_row_of_names_opens(templates):
    names = [f"Naam {number}" for number in range(9)]

    assert parts(templates).namenrij(names[:8]) == "<b>" + ", ".join(names[:8]) + "</b>"
    assert "<summary>9 mensen</summary>" in parts(templates).namenrij(names)


def test_of_a_long_list_of_lines_six_are_seen_at_once(templates):
    seen, _, hidden = parts(templates).eerst([f"Groep {number}." for number in range(1, 50)]).partition("<details>")

    assert (seen.count("<p>"), hidden.count("<p>")) == (6, 43)
    assert "<summary>Nog 43</summary>" in hidden


def test_what_one_rule_says_of_many_activities_is_one_card(templates):
    problems = [replace(samples.SOFT, where=f"Avond {number}", fallback="Verzet de avond.") for number in range(5)]
    card = parts(templates).problemen_per_regel(problems)

    assert (card.count('class="probleem'), card.count("Avond"), card.count("Verzet de avond.")) == (2, 5, 1)
    assert "<summary>Nog 2</summary>" in card


def test_what_is_different_for_many_families_opens(templates):
    name, values = "web/routes.html", next(values for _, name, values in samples.PAGES if name == "web/routes.html")
    many = [SimpleNamespace(who=f"Gezin {number}", what="Groep 2 in plaats van Groep 1.") for number in range(30)]
    page = templates.get_template(name).render(**{**values, "view": replace(values["view"], changes=many)})

    seen, _, hidden = page.partition("Nog 22 veranderingen")
    assert (seen.count("Groep 2 in plaats van"), hidden.count("Groep 2 in plaats van")) == (8, 22)


def test_one_group_is_said_in_the_singular(templates):
    name, values = "web/routes.html", next(values for _, name, values in samples.PAGES if name == "web/routes.html")
    one = replace(values["view"], groups=values["view"].groups[:1])

    assert "1 groep, " in templates.get_template(name).render(**{**values, "view": one})
