"""The fonts, which `make test` builds before the tests run, can write every language of the invitations."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from babel.dates import format_date

from planner.exports import fontbuild, fonts

FOLDER = Path(__file__).parents[2] / "var" / "fonts"

# Our language, Babel's locale, and a greeting with the letters and marks that are hard in that language.
LANGUAGES = {
    "nl": ("nl", "Beste ouder(s): kom óók naar de reünie, vóór ’s avonds ½ acht! € 0"),
    "en": ("en_GB", "Dear parents – we’d like to meet you…"),
    "fr": ("fr", "Chers parents, où et à quelle heure\u202f? L’œuvre, ça, « déjà »"),
    "es": ("es", "¿Vendrá usted? ¡Sí! Año, mañana, pingüino"),
    "ar": ("ar_SY", "أولياء الأمور الأعزّاء، هل ستحضرون؟ إلى اللقاء ١٢٣"),
    "fa": ("fa", "والدین گرامی، شما هم می‌آیید؟ پ چ ژ گ ۱۲۳"),
    "prs": ("fa_AF", "والدین و سرپرستان محترم، دعوت‌نامه، مکتب"),
    "ps": ("ps", "درنو والدینو، تاسو هم راځئ؟ ټ ځ څ ډ ړ ږ ښ ګ ڼ ۍ ې ئ"),
    "ti": ("ti_ER", "ክቡራት ወለድን ኣለይትን፣ ክትመጹ ዲኹም? ቐ ቘ ኸ ዀ ። ፧"),
    "am": ("am", "ውድ ወላጆች፤ እርስዎም ይመጣሉ? ሿ ቿ ኧ ። ፡"),
    "so": ("so", "Waalidiinta qaaliga ah, ma imanaysaan?"),
    "uk": ("uk", "Шановні батьки! Ґанок, їжак, єдність, об’єкт"),
    "ru": ("ru", "Уважаемые родители! Придёте? Объявление"),
    "tr": ("tr", "Değerli veliler, İğne, ışık, çağ, öğüt, üşümek"),
    "pl": ("pl", "Drodzy rodzice: zażółć gęślą jaźń „tak”"),
    "bg": ("bg", "Уважаеми родители, ще дойдете ли? ѝ щъ"),
    "ro": ("ro", "Dragi părinți, veniți și voi? Înțelegere, șă"),
    "pt": ("pt_PT", "Caros pais, vêm também? Não, reunião, às"),
    "zh-Hans": ("zh_Hans", "尊敬的家长和监护人：您来吗？“学校”、教室，欢迎！"),
    "ku": ("ku", "Dêûbavên hêja, hûn jî tên? Çî, şêwirmend"),
    "ur": ("ur", "محترم والدین، کیا آپ بھی آئیں گے؟ ٹ ڈ ڑ ں ے ہ ھ ۔"),
    "vi": ("vi", "Kính gửi quý phụ huynh: Quý vị có đến không? Ngữ, đường, ỹ"),
}
MARKS = "☐ ☑ ✓ ✔ ✗ → ← • … – — “ ” ‘ ’ · ★ ● ○"


def dates_of_a_year(locale: str) -> str:
    first = dt.date(2027, 1, 1)
    return "\n".join(format_date(first + dt.timedelta(days), "full", locale=locale) for days in range(365))


@pytest.mark.parametrize(("language", "locale", "sample"), [(key, *value) for key, value in LANGUAGES.items()])
def test_every_language_can_be_written(language, locale, sample):
    text = sample + dates_of_a_year(locale) + MARKS + "0123456789"

    assert fonts.missing_glyphs(text, language, folder=FOLDER) == ()


def test_font_folder_is_complete():
    assert fonts.missing_fonts(FOLDER) == ()


def test_each_family_comes_with_its_licence():
    licences = {path.name for path in FOLDER.glob("OFL-*.txt")}

    assert licences == {f"OFL-{family.replace(' ', '')}.txt" for family in fonts.FAMILIES}
    assert all("SIL OPEN FONT LICENSE" in (FOLDER / name).read_text(encoding="utf-8").upper() for name in licences)


def test_missing_glyphs_names_each_character_once_in_order():
    assert fonts.missing_glyphs("வணக்கம் aவ", "nl", folder=FOLDER) == ("வ", "ண", "க", "்", "ம")


def test_missing_glyphs_ignores_what_takes_no_ink():
    assert fonts.missing_glyphs("a\u200e\u200f\u2068b\u2069\u200c\u202f\u00a0\n", "uk", folder=FOLDER) == ()


def test_missing_glyphs_takes_a_letter_that_is_put_together():
    alpha_with_accent = "\u1f70"

    assert fonts.missing_glyphs(alpha_with_accent, "nl", folder=FOLDER) == ()


def test_missing_glyphs_refuses_an_empty_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        fonts.missing_glyphs("a", "nl", folder=tmp_path)


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("nl", ("Noto Sans",)),
        ("prs", ("Noto Sans", "Vazirmatn")),
        ("ku-Arab", ("Noto Sans", "Vazirmatn")),
        ("fa_AF", ("Noto Sans", "Vazirmatn")),
        ("ti", ("Noto Sans", "Noto Sans Ethiopic")),
        ("zh-Hans", ("Noto Sans SC", "Noto Sans")),
    ],
)
def test_font_families_start_with_those_of_the_language(language, first):
    families = fonts.font_families(language)

    assert families[: len(first)] == first
    assert sorted(families) == sorted(fonts.FAMILIES)


def test_digits_are_the_same_in_every_language_but_chinese():
    with_digit = {font.family for font in fonts.FONTS if ord("7") in fonts._coverage(FOLDER / font.file_name)}  # noqa: SLF001

    chosen = {
        language: next(family for family in fonts.font_families(language) if family in with_digit)
        for language in LANGUAGES
    }

    assert chosen.pop("zh-Hans") == "Noto Sans SC"
    assert set(chosen.values()) == {"Noto Sans"}


def test_pdf_is_set_in_these_fonts_only():
    from weasyprint import CSS, HTML  # noqa: PLC0415 - takes a second to load
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    configuration = FontConfiguration()
    css = CSS(string=fonts.font_face_css(FOLDER), font_config=configuration)
    lines = "".join(
        f'<p style="font-family: {html.escape(fonts.font_stack(language))}">{sample} ☐ →</p>'
        for language, (_, sample) in LANGUAGES.items()
    )
    pdf = HTML(string=f"<html>{lines}</html>").write_pdf(stylesheets=[css], font_config=configuration)

    texts = [
        item
        for page in pypdfium2.PdfDocument(io.BytesIO(pdf))
        for item in page.get_objects()
        if isinstance(item, pypdfium2.PdfTextObj)
    ]
    used = {text.get_font().get_base_name().partition("+")[2].rstrip(",") for text in texts}
    assert used == {family.replace(" ", "-") for family in fonts.FAMILIES}


def test_build_leaves_a_current_folder_alone():
    assert fontbuild.build_fonts(FOLDER) is False


def test_build_refuses_another_package_and_keeps_the_old_fonts(tmp_path, monkeypatch):
    folder = tmp_path / "fonts"
    shutil.copytree(FOLDER, folder)
    (folder / fontbuild.MANIFEST).write_text(json.dumps({"recipe": 0}), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    place_npm(tmp_path, monkeypatch, "for file; do echo not-a-font >any; done\n" + touch_all_tarballs())

    with pytest.raises(fontbuild.FontBuildError, match="niet het pakket dat is vastgelegd"):
        fontbuild.build_fonts(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "fonts"]


def test_build_passes_on_what_npm_says(tmp_path, monkeypatch, capsys):
    place_npm(tmp_path, monkeypatch, "echo 'geen verbinding' >&2; exit 1\n")

    code = fontbuild.main([str(tmp_path / "fonts")])

    assert code == 1
    assert capsys.readouterr().err == "De letters zijn niet opgehaald. npm zegt:\ngeen verbinding\n"
    assert not (tmp_path / "fonts").exists()


def test_main_asks_for_a_folder(capsys):
    assert fontbuild.main([]) == 2
    assert capsys.readouterr().err.startswith("Gebruik:")


def touch_all_tarballs() -> str:
    return "".join(f"echo other >{source.tarball_name}\n" for source in fontbuild.SOURCES)


def place_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program named npm at the front of the path."""
    program = folder / "bin" / "npm"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
