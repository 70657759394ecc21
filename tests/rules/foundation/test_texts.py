import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.foundation.texts import Kind, Text

KOREAN = {"ko": "계획", "en": None}
WORKING = {"ko": "계획", "en": "Plan", "kind": {"en": "working"}}
languages = st.sampled_from(["ko", "en", "fr", "sw"])
words = st.dictionaries(languages, st.none() | st.text(max_size=8), max_size=4)


def test_a_reader_gets_the_words_of_their_language():
    said = Text.of(WORKING).say("en")

    assert (said.words, said.language, said.untranslated) == ("Plan", "en", False)
    assert said.kind is Kind.WORKING


def test_where_a_language_has_no_words_the_original_is_said_and_named():
    said = Text.of(KOREAN).say("en")

    assert (said.words, said.language, said.untranslated) == ("계획", "ko", True)


def test_the_sources_own_words_go_before_a_translation():
    text = Text.of({"en": "Plan", "fr": "Plan d'action", "kind": {"en": "machine"}})

    assert text.say("ko", order=["en", "fr"]).language == "fr"


def test_among_own_words_the_forums_first_language_is_said():
    text = Text.of({"en": "Plan", "fr": "Plan d'action"})

    assert text.say("ko", order=["fr", "en"]).language == "fr"


def test_a_translation_is_better_than_nothing():
    text = Text.of({"ko": None, "en": "Plan", "kind": {"en": "machine"}})

    assert text.say("ko").words == "Plan"


def test_a_text_without_words_is_false_and_says_nothing():
    text = Text.of({"ko": None, "en": ""})

    assert not text
    assert text.say("en").words == ""


def test_open_data_has_every_language_of_the_forum():
    assert Text.of({"en": "Plan"}).data(["ko", "en"]) == {"ko": None, "en": "Plan"}


def test_how_a_translation_came_about_is_one_of_three():
    with pytest.raises(ValueError):
        Text.of({"en": "Plan", "kind": {"en": "guessed"}})


@given(words)
def test_what_is_kept_is_what_was_given(kept):
    assert Text.of(kept).kept() == kept


@given(words, languages)
def test_a_text_with_words_always_says_some(kept, language):
    text = Text.of(kept)

    assert bool(text.say(language).words) == bool(text)
