"""Every sentence of the interface in every language of the interface."""

import os
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

import madang

PACKAGE = Path(madang.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po"))
PLACE = re.compile(r"%(?:\(\w+\))?[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z%]")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """Every sentence in code and templates, as `make messages` would gather them."""
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("under CI the sentences must be gathered: xgettext is missing")
        pytest.skip("xgettext is missing (apt-get install gettext)")
    folder = tmp_path_factory.mktemp("messages") / "madang"
    code = shutil.ignore_patterns("locale", "static", "fonts", "__pycache__")
    shutil.copytree(PACKAGE, folder, ignore=code)
    (folder / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(django_settings, "LOCALE_PATHS", [])
        call_command("makemessages", locale=["ko"], verbosity=0)
    return sentences(polib.pofile(str(folder / "locale/ko/LC_MESSAGES/django.po")))


def sentences(catalogue):
    return {(e.msgctxt, e.msgid, e.msgid_plural): e for e in catalogue if not e.obsolete}


def words_of(entry):
    """The translations of an entry: one, or one for each number."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults_in(entry):
    """What is wrong with a translation, in a word each."""
    asked = {frozenset(PLACE.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
    if entry.fuzzy:
        yield "fuzzy"
    for words in words_of(entry):
        if not words.strip():
            yield "empty"
        elif frozenset(PLACE.findall(words)) not in asked:
            yield "other places"
        elif "<" in words and sorted(re.findall(r"<[^>]*", words)) != sorted(
            re.findall(r"<[^>]*", entry.msgid)
        ):
            yield "other marks"


def test_every_language_but_english_has_a_catalogue():
    languages = {path.parts[-3] for path in CATALOGUES}

    assert languages == {code for code, _ in django_settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_sentence_has_its_translation(path, spoken):
    kept = sentences(polib.pofile(str(path)))

    assert sorted(key[1] for key in spoken.keys() - kept.keys()) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_translation_is_kept_of_what_nobody_says(path, spoken):
    kept = sentences(polib.pofile(str(path)))

    assert sorted(key[1] for key in kept.keys() - spoken.keys()) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_translation_is_whole(path):
    kept = sentences(polib.pofile(str(path)))
    faults = {key[1]: found for key, entry in kept.items() if (found := list(faults_in(entry)))}

    assert faults == {}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        pytest.param({"msgstr": ""}, "empty", id="an empty one"),
        pytest.param({"msgstr": "회의", "flags": ["fuzzy"]}, "fuzzy", id="a guessed one"),
        pytest.param(
            {"msgid": "Plan %(number)s", "msgstr": "계획"}, "other places", id="a place lost"
        ),
        pytest.param(
            {"msgid": "<b>Plan</b>", "msgstr": "<i>계획</i>"}, "other marks", id="another mark"
        ),
    ],
)
def test_a_translation_that_is_not_whole_is_noticed(entry, fault):
    assert list(faults_in(polib.POEntry(**{"msgid": "Meeting", **entry}))) == [fault]


def test_a_sentence_without_its_translation_is_noticed(spoken):
    assert (None, "There is no page at this address.", "") in spoken
    assert (None, "Nobody says this.", "") not in spoken
