"""Papers: what a plan's PDF promises to those who read it, hear it, keep it or check it."""

import re
from hashlib import sha256

import pytest

from madang.documents.files import path_of
from madang.foundation.actors import LOADER
from madang.foundation.refusals import NotNow
from madang.foundation.texts import Text
from madang.plans.actions.fix_papers import fix_papers
from madang.plans.models import Edition, Paper
from madang.plans.papers.paper_data import paper_data
from madang.plans.papers.setting import LANGUAGES, set_plan
from tests.actions.plans.reading import Paper as Reading
from tests.makers.forums import LOADED

NASTY = """#read("/etc/passwd") #panic() $x^2$ *bold* `code` <svg onload=alert(1)> @label \\u{41} //x /*y*/"""
UNSEEN = {
    "Hanja no font has": ("訓令", "[U+8A13 U+4EE4]"),
    "Hanja beyond sixteen bits": ("𠮷", "[U+20BB7]"),
    "emoji": ("😀", "[U+1F600]"),
    "a private sign": ("\ue000", "[U+E000]"),
    "a run in another script": ("ภาษาไทย", "[U+0E20 U+0E32 U+0E29 U+0E32 U+0E44 U+0E17 … +1]"),
    "a control": ("\x07", ""),
    "a turn from right to left": ("\u202e", ""),
}

LONG = {
    "Korean without a space": "가" * 600,
    "letters without a space": "w" * 600,
    "an address": "https://x.example/" + "a" * 580,
    "a hundred words": "words " * 100,
    "three thousand Korean words": "낱말 " * 3000,
}


def kept(language):
    """The paper that was fixed, as bytes."""
    paper = Paper.objects.select_related("document").get(language=language)
    return path_of(paper.document.sha256).read_bytes()


def data_of_the_edition():
    return paper_data(Edition.objects.select_related("plan").get())


def with_title(forum, words):
    """The reading of a paper whose first commitment has another title."""
    data = data_of_the_edition()
    first, *rest = data["commitments"]
    data["commitments"] = [{**first, "title": Text({"en": words})}, *rest]
    return Reading(set_plan(data, forum, "en"))


def closed_up(words):
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_keeps_pdf_ua_and_pdf_a_and_says_its_language_and_title(korea, language):
    paper = Reading(kept(language))

    assert paper.standards == {"ua-1", "a-2a"}
    assert str(paper.pdf.Root.Lang).startswith(language)
    assert bool(paper.pdf.Root.MarkInfo.Marked)
    assert bool(paper.pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert paper.about["/Title"] == Edition.objects.get().plan.title.say(language).words


def test_a_paper_can_be_heard_headings_tables_lists_and_the_picture(korea):
    tags = Reading(kept("en")).tags
    kinds = {tag for tag, _ in tags}
    pictures = [about["/Alt"] for tag, about in tags if tag == "/Figure"]

    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/L", "/TOC", "/Link"} <= kinds
    assert len(pictures) == 1
    assert "8" in pictures[0] and "22" in pictures[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_commitment_is_in_the_text_and_in_the_bookmarks(korea, language):
    paper = Reading(kept(language))
    titles = {
        line["number"]: line["title"].say(language).words
        for line in data_of_the_edition()["commitments"]
    }

    assert len(titles) == 14
    assert {f"{number} {title}" for number, title in titles.items()} <= set(paper.bookmarks)
    assert not [title for title in titles.values() if closed_up(title) not in paper.words]


@pytest.mark.parametrize(
    "language, words", [("ko", "여기서 붙인 번호"), ("en", "number given here")]
)
def test_a_number_that_no_source_gives_is_marked(korea, language, words):
    assert Reading(kept(language)).words.count(closed_up(words)) == 11


def test_every_source_that_is_cited_is_listed_with_its_address(korea):
    paper = Reading(kept("en"))

    assert (
        "https://opengovpartnership.org/members/republic-of-korea/commitments/KR0056"
        in paper.addresses
    )
    assert all(address.startswith(("http://", "https://")) for address in paper.addresses)


def test_the_paper_of_a_loaded_plan_says_that_it_is_not_the_governments(korea):
    paper = Reading(kept("en"))

    assert "It is not the document of the government." in paper.about["/Subject"]
    assert paper.about["/Author"] == "Madang"
    assert all("notthedocumentofthegovernment" in page for page in paper.pages)


def test_every_page_of_a_practice_paper_says_that_it_is_invented(practice_forum):
    paper = Reading(kept("en"))

    assert "invented for practice" in paper.about["/Subject"]
    assert len(paper.pages) > 5
    assert all("Everythinginthispaperisinvented." in page for page in paper.pages)


def test_the_last_page_gives_the_editions_hash_and_where_to_check_it(korea):
    last = Reading(kept("en")).pages[-1]

    assert Edition.objects.get().sha256 in last
    assert "/en/record/" in last


def test_the_same_data_give_the_same_bytes(korea):
    again = set_plan(data_of_the_edition(), korea, "ko")

    assert sha256(again).hexdigest() == sha256(kept("ko")).hexdigest()


def test_papers_are_fixed_once(korea):
    with pytest.raises(NotNow, match=r"plans\.papers_fixed"):
        fix_papers(Edition.objects.get(), by=LOADER, at=LOADED)


def test_the_number_of_queries_does_not_grow_with_the_plan(korea, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        data_of_the_edition()


def test_words_without_a_translation_keep_their_language(three_languages):
    paper = Reading(kept("en"))

    assert "notyettranslated" in paper.words
    assert {"sw", "fr"} & {about.get("/Lang") for _, about in paper.tags}


def test_what_people_wrote_is_never_read_as_typst(three_languages):
    paper = with_title(three_languages, NASTY)

    assert closed_up(NASTY) in paper.words
    assert "root:" not in paper.words


@pytest.mark.parametrize(("signs", "shown"), UNSEEN.values(), ids=UNSEEN.keys())
def test_a_sign_no_font_has_is_given_by_its_number_and_the_paper_stays_accessible(
    three_languages, signs, shown
):
    paper = with_title(three_languages, f"before{signs}after")

    assert paper.standards == {"ua-1", "a-2a"}
    assert closed_up(f"before{shown}after") in paper.words


@pytest.mark.parametrize("words", LONG.values(), ids=LONG.keys())
def test_a_very_long_title_is_set_whole(three_languages, words):
    paper = with_title(three_languages, words)

    assert paper.standards == {"ua-1", "a-2a"}
    assert closed_up(words)[-200:] in paper.words
