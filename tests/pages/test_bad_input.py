"""Bad input: a sentence in the reader's language, never a fault of ours, nothing half-written."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from madang.drafting.models import Commitment
from madang.foundation.texts import Text
from madang.planning.models import Plan
from madang.record import log
from madang.record.guard import writing
from madang.web.routes import ROUTES
from tests.makers.readers import HOST, Reader
from tests.pages.reading import EVERY_PAGE, PAGES, TWINS, Page, body_of

WITHDRAWN = datetime(2026, 3, 1, 20, tzinfo=UTC)
"""The second of March in Seoul."""
WHY = Text({"ko": "두 번 적혔습니다.", "en": "It was recorded twice."})
HANGUL = re.compile("[가-힣]")


def ways_on(page: Page) -> list[str]:
    """Where the page itself leads, beside what its head and foot always do."""
    return [a["href"] for a in page.all("a") if "main" in a.inside]


def check_sentence(response: Any, language: str) -> Page:
    """The answer is a page with one sentence in the reader's language, and ways on."""
    page = Page(response)
    assert page.faults == [] and page.inline == []
    assert page.language == language
    assert bool(HANGUL.search(page.heading)) == (language == "ko")
    assert ways_on(page), "there is a way on"
    for link in ways_on(page):
        assert link.startswith("/en/") == (language == "en")
    return page


# --- what is not here ----------------------------------------------------------------------------

NEAREST = {
    "/plans/77/": "/plans/",
    "/plans/0/": "/plans/",
    "/plans/05/": "/plans/",
    "/plans/-1/": "/plans/",
    "/plans/5": "/plans/5/",
    "/plans/999999999/": "/plans/",
    "/plans/9999999999/": "/plans/",
    "/plans/" + "9" * 400 + "/": "/plans/",
    "/plans/5/nothing/": "/plans/5/",
    "/plans/77/commitments/1/": "/plans/",
    "/plans/5/commitments/15/": "/plans/5/commitments/",
    "/plans/5/commitments/0/": "/plans/5/commitments/",
    "/plans/5/commitments/6.9.9.9.9.9/": "/plans/5/commitments/",
    "/plans/5/commitments/99999.1/": "/plans/5/commitments/",
    "/plans/5/commitments/77.1/": "/plans/5/commitments/",
    "/plans/5/commitments/6.svgz": "/plans/5/commitments/6/",
    "/plans/5/commitments/６/": "/plans/5/commitments/",
    "/plans/٥/": "/plans/",
    "/c/5-77": "/plans/5/commitments/",
    "/c/77-1": "/plans/",
    "/ogp/KR9999": "/plans/",
    "/agencies/nope/": "/agencies/",
    "/meetings/77/": "/meetings/",
    "/meetings/7/ballot/2/": "/meetings/7/ballot/",
    "/forum/terms/99/": "/forum/terms/",
    "/forum/terms/0/": "/forum/terms/",
    "/record/3000/": "/record/",
    "/record/99999999999999999999/": "/record/",
    "/record/007/": "/record/",
    "/documents/" + "0" * 64 + "/": "/documents/",
    "/nowhere/": "/",
    "/forum/../../etc/passwd": "/forum/",
    "/.env": "/",
    "/wp-login.php": "/",
    "/en/en/": "/",
}


@pytest.mark.parametrize(("address", "near"), NEAREST.items(), ids=[a[:60] for a in NEAREST])
def test_what_is_not_here_names_the_nearest_that_is(
    address: str, near: str, korea: Any, each_reader: Reader
) -> None:
    if address == "/en/en/" and each_reader.language == "en":
        pytest.skip("the same address")
    response = each_reader.get(address)

    prefix = "/en" if each_reader.language == "en" or address.startswith("/en") else ""
    assert response.status_code == 404
    page = check_sentence(response, "en" if prefix else "ko")
    assert ways_on(page)[0] == f"{prefix}{near}"
    for link in page.links:
        if not link.endswith("#main"):
            assert Reader("ko").get(link).status_code == 200


def test_what_is_not_here_stands_in_the_site(korea: Any, each_reader: Reader) -> None:
    page = Page(each_reader.get("/nowhere/"))

    home = "/en/" if each_reader.language == "en" else "/"
    assert page.one("header", class_="head")
    assert ways_on(page) == [home]
    assert page.one("a", class_="name")["href"] == home


NO_TWIN = [
    "/about.json",
    "/plans/5.svg",
    "/meetings/7.csv",
    "/record/1.csv",
    "/plans/5/commitments.svg",
    "/nowhere.json",
    "/plans/77.json",
    "/plans/5/commitments/77.json",
    "/agencies/nope.json",
    "/meetings/77/ballot.json",
    "/forum/terms/77.svg",
    "/record/3000.json",
]


@pytest.mark.parametrize("address", NO_TWIN)
def test_a_twin_that_is_not_here_says_so_to_a_program(
    address: str, korea: Any, each_reader: Reader
) -> None:
    response = each_reader.get(address)

    said = response.json()
    assert response.status_code == 404
    assert said.keys() >= {"error", "message", "docs"}
    assert bool(HANGUL.search(said["message"])) == (each_reader.language == "ko")


# --- what was withdrawn --------------------------------------------------------------------------


def withdraw(rows: Any, **options: Any) -> None:
    with writing():
        rows.update(withdrawn_at=WITHDRAWN, reason=WHY, **options)


def withdraw_plan(number: int) -> None:
    withdraw(Plan.objects.filter(number=number), status="withdrawn")


@pytest.mark.parametrize("rest", ["", "timeline/", "how-it-was-made/", "commitments/"])
def test_a_withdrawn_plan_is_gone(rest: str, korea: Any, each_reader: Reader) -> None:
    withdraw_plan(4)

    response = each_reader.get(f"/plans/4/{rest}")

    assert response.status_code == 410
    heading = check_sentence(response, each_reader.language).heading
    for fact in ("4", "2026-03-02", WHY.say(each_reader.language).words):
        assert fact in heading


@pytest.mark.parametrize("address", ["/plans/5/commitments/6/", "/plans/5/plan-ko.pdf", "/c/5-6"])
def test_what_was_in_a_withdrawn_plan_is_gone_with_it(
    address: str, korea: Any, reader: Reader
) -> None:
    withdraw_plan(5)

    assert reader.get(address).status_code == 410


@pytest.mark.parametrize("address", ["/plans/5/commitments/6/", "/c/5-6", "/ogp/KR0056"])
def test_a_withdrawn_commitment_is_gone(address: str, korea: Any, english_reader: Reader) -> None:
    withdraw(Commitment.objects.filter(plan__number=5, number=6))

    response = english_reader.get(address)
    if response.status_code == 301:
        response = english_reader.get(response["Location"])

    assert response.status_code == 410
    heading = check_sentence(response, "en").heading
    assert heading == (
        "Commitment 6 of plan 5, “Protect whistleblowers”, was withdrawn on 2026-03-02."
        " It was recorded twice."
    )
    assert response.request["PATH_INFO"].startswith("/en/")


def test_what_was_withdrawn_stands_in_no_list(korea: Any, english_reader: Reader) -> None:
    withdraw(Commitment.objects.filter(plan__number=5, number=6))
    withdraw_plan(4)

    for address in ("/", "/plans/5/", "/plans/5/commitments/", "/agencies/acrc/"):
        assert "/en/plans/5/commitments/6/" not in Page(english_reader.get(address)).links
    assert "/en/plans/4/" not in Page(english_reader.get("/plans/")).links
    lines = english_reader.get("/plans/5/commitments.json").json()["commitments"]
    assert [line["number"] for line in lines] == [n for n in range(1, 15) if n != 6]


def test_withdrawing_is_data_for_a_program_too(korea: Any, reader: Reader) -> None:
    withdraw_plan(4)

    response = reader.get("/plans/4.json")

    assert response.status_code == 410 and response.json()["error"] == "plans.withdrawn"


# --- filters -------------------------------------------------------------------------------------


def test_a_filter_that_is_not_known_is_refused_by_every_twin(
    korea: Any, each_reader: Reader
) -> None:
    knows = {
        "/plans/5/commitments.json": ["agency", "vision"],
        "/plans/5/commitments/6/history.json": ["from", "to"],
        "/plans/5/draft/6/history.json": ["from", "to"],
        "/plans/5/progress.json": ["agency", "status"],
        "/plans/5/proposals.json": [
            *("area", "group", "outcome", "page", "q", "sorted", "source", "state")
        ],
        "/record.json": ["before"],
    }
    for address in (address for address in TWINS if address.endswith(".json")):
        response = each_reader.get(f"{address}?foo=1")

        said = response.json()
        assert (address, response.status_code) == (address, 400)
        assert said["allowed"] == knows.get(address, [])
        assert said["error"] == ("web.unknown_key" if said["allowed"] else "web.no_filters")


@pytest.mark.parametrize("query", ["agency=nope", "agency=", "vision=acrc", "agency=acrc&agency=x"])
def test_a_page_refuses_a_value_in_a_sentence_that_names_those_it_knows(
    query: str, korea: Any, each_reader: Reader
) -> None:
    response = each_reader.get(f"/plans/5/commitments/?{query}")

    assert response.status_code == 400
    heading = check_sentence(response, each_reader.language).heading
    assert "acrc" in heading or "anti-corruption" in heading


def test_a_page_lets_words_of_others_be(korea: Any, reader: Reader) -> None:
    for address in EVERY_PAGE:
        response = reader.get(f"{address}?utm_source=mail&fbclid=1")

        assert (address, response.status_code) == (address, 200)


# --- what cannot be read -------------------------------------------------------------------------

BROKEN = {
    # Django's own client leaves broken UTF-8 in a path escaped, and no such page is found; over
    # the wire it is refused (tests/journeys).
    "broken UTF-8 in the path": ("/plans/%ff/", 404),
    "broken UTF-8 in the middle of a word": ("/agencies/%ed%95/", 404),
    "broken UTF-8 in the query": ("/plans/?q=%ff", 400),
    "broken UTF-8 in a key": ("/plans/?%ff=1", 400),
    "a NUL in the path": ("/plans/%00/", 400),
    "a NUL in the query": ("/plans/?q=%00", 400),
    "a NUL in a key": ("/record/?before%00=1", 400),
    "a query of many words": ("/plans/5/commitments/?" + "a&" * 900, 400),
    "a long path": ("/" + "a" * 9000 + "/", 414),
    "a long query": ("/plans/?" + "a" * 9000, 414),
    "a long path of many parts": ("/" + "a/" * 4500, 414),
}


@pytest.mark.parametrize(("address", "status"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    address: str, status: int, korea: Any, each_reader: Reader
) -> None:
    response = raw(each_reader, "GET", address)

    assert response.status_code == status
    check_sentence(response, each_reader.language)


def raw(reader: Reader, method: str, address: str, **environ: Any) -> Any:
    """Ask with an address as it comes over the wire, its escapes not yet read."""
    prefix = "/en" if reader.language == "en" else ""
    path, _, query = f"{prefix}{address}".partition("?")
    return reader.generic(method, path, QUERY_STRING=query, **environ)


TOO_LARGE = 10 * 1024 * 1024


@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "DELETE"])
@pytest.mark.parametrize("address", ["/signin/", "/plans/", "/nowhere/"])
def test_a_body_of_ten_megabytes_is_refused_unread(
    method: str, address: str, korea: Any, each_reader: Reader
) -> None:
    before = log.state()

    response = each_reader.generic(
        method, address, b"x" * TOO_LARGE, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 413
    check_sentence(response, each_reader.language)
    assert log.state() == before


@pytest.mark.parametrize("length", ["-1", "many", "1e9", "99999999999999999999", "１"])
def test_a_length_that_makes_no_sense_is_refused(
    length: str, korea: Any, each_reader: Reader
) -> None:
    response = each_reader.generic("POST", "/signin/", CONTENT_LENGTH=length)

    assert response.status_code in (400, 413)
    check_sentence(response, each_reader.language)


def test_a_form_with_too_many_fields_is_refused(korea: Any, each_reader: Reader) -> None:
    fields = {f"f{n}": "x" for n in range(2000)}

    response = each_reader.post("/signin/", fields)

    assert response.status_code in (400, 413)
    check_sentence(response, each_reader.language)


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00", b"\xff\xfe", b"email=%ff%00", b"--x\r\nnonsense", b"--x--", b"{" * 1000],
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\x01",
        "application/json",
        "text/plain; charset=nonsense",
        "application/x-www-form-urlencoded; charset=utf-16",
        "",
    ],
)
def test_a_body_that_makes_no_sense_is_answered_with_a_sentence(
    kind: str, body: bytes, korea: Any, english_reader: Reader
) -> None:
    response = english_reader.generic("POST", "/signin/", body, content_type=kind)

    assert response.status_code in (400, 413, 415)
    assert Page(response).faults == []


HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1:8000@evil.example",
    "evil.example:8000",
    "localhost evil.example",
    "[::1",
    "[::1]evil.example",
    "한글.example",
    "a" * 5000,
    "127.0.0.1:8000/evil",
    "127.0.0.1:99999999",
    "127.0.0.1:",
    ":8000",
    "..",
    "<script>",
    "",
]


@pytest.mark.parametrize("host", HOSTS, ids=[host[:30] or "none" for host in HOSTS])
@pytest.mark.parametrize("address", ["/", "/signin/", "/plans/5.json"])
def test_another_host_is_refused_in_our_own_words(
    host: str, address: str, korea: Any, each_reader: Reader
) -> None:
    response = each_reader.get(address, HTTP_HOST=host, HTTP_X_FORWARDED_HOST="evil.example")

    if host == "127.0.0.1:99999999" or host == "127.0.0.1:":
        assert response.status_code in (200, 400)
        return
    assert response.status_code == 400
    assert b"evil.example" not in response.content.replace(host.encode(), b"")
    if not address.endswith(".json"):
        check_sentence(response, each_reader.language)


@pytest.mark.parametrize("address", ["/static/css/madang.css", "/healthz", "/documents.json"])
def test_no_file_is_had_under_another_host(address: str, korea: Any, reader: Reader) -> None:
    assert reader.get(address, HTTP_HOST="evil.example").status_code == 400


def test_a_forwarded_host_is_not_believed(korea: Any, reader: Reader) -> None:
    response = reader.get("/", HTTP_X_FORWARDED_HOST="evil.example", HTTP_FORWARDED="host=evil")

    assert response.status_code == 200 and b"evil" not in response.content


HEADERS = {
    "HTTP_COOKIE": ["sid-8000=", "sid-8000=" + "x" * 5000, "a=b;;;=;\x7f", "csrf-8000=\x01"],
    "HTTP_IF_NONE_MATCH": ["*", '"', "W/", '"' + "x" * 5000, "\xff"],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Mon, 99 Foo 9999 99:99:99 GMT"],
    "HTTP_RANGE": ["bytes=0-", "bytes=999999999-", "bytes=-1,-1,-1", "x"],
    "HTTP_ACCEPT_LANGUAGE": ["xx" * 3000, "ko;q=x", "*"],
    "HTTP_ACCEPT": ["application/json", "x" * 3000, ""],
    "HTTP_REFERER": ["https://evil.example/", "\xff", "x" * 5000],
    "HTTP_ORIGIN": ["null", "https://evil.example"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_TRANSFER_ENCODING": ["chunked, chunked"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in HEADERS.items() for value in values]
)
@pytest.mark.parametrize("address", ["/", "/plans/5.json", "/plans/5/plan-ko.pdf", "/signin/"])
def test_an_odd_header_changes_nothing(
    name: str, value: str, address: str, korea: Any, reader: Reader
) -> None:
    response = reader.get(address, **{name: value})

    assert response.status_code in (200, 304, 416)
    body_of(response)


# --- methods -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_wrong_method_is_told_which_are_right(
    method: str, korea: Any, each_reader: Reader
) -> None:
    for name, address in PAGES.items():
        response = each_reader.generic(method, address)

        assert (address, response.status_code) == (address, 405)
        assert response["Allow"] == ", ".join(sorted(ROUTES[name]))
        check_sentence(response, each_reader.language)


# --- whatever comes ------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *(part for address in EVERY_PAGE for part in address.split("/")),
        "..",
        ".",
        "%2e%2e",
        "٥",
        "５",
        "0",
        "-1",
        "1" * 30,
        "plan-ko.pdf",
        "c",
        "m",
        "ogp",
        "in",
        "static",
        "practice",
        "desk",
        "5-6",
        "KR0056",
        "6.1.1.1",
        "5.json",
        "commitments.csv",
        "6.svg",
        "home.json",
    ]
)
PATHS = st.lists(st.one_of(WORDS, WORDS, st.text(max_size=12)), max_size=7).map("/".join)
QUERIES = st.dictionaries(
    st.one_of(st.sampled_from(["agency", "vision", "before", "next", "q"]), st.text(max_size=8)),
    st.one_of(st.sampled_from(["acrc", "civic-space", "0", "-1", "9" * 20]), st.text(max_size=20)),
    max_size=3,
)
ODD_HEADERS = st.dictionaries(
    st.sampled_from(sorted({*HEADERS, "HTTP_HOST", "CONTENT_LENGTH", "CONTENT_TYPE"})),
    st.text(st.characters(max_codepoint=255), max_size=30),
    max_size=3,
)
METHODS = st.sampled_from(["GET"] * 8 + ["HEAD", "POST", "PUT", "OPTIONS", "X"])


@given(
    method=METHODS,
    path=PATHS,
    query=QUERIES,
    headers=ODD_HEADERS,
    start=st.sampled_from(["/", "/en/"]),
)
@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    method="GET", path="plans/5/commitments/6", query={"\x00": "\ud800"}, headers={}, start="/"
)
@example(method="POST", path="signin/", query={}, headers={"CONTENT_TYPE": "\xff"}, start="/en/")
def test_nothing_that_comes_is_answered_with_a_fault_of_ours(
    korea: Any, method: str, path: str, query: dict[str, str], headers: dict[str, str], start: str
) -> None:
    before = log.state()
    asked = {"HTTP_HOST": HOST, **headers}
    client = Reader("ko", raise_request_exception=True)

    # Two slashes in front would be a host to the test client, not a path.
    address = start + path.lstrip("/")
    response = client.generic(method, address, QUERY_STRING=_query(query), **asked)

    body = body_of(response)
    assert response.status_code < 500
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert log.state() == before
    if response.status_code >= 400 and response["Content-Type"].startswith("text/html"):
        assert (b"<h1>" in body) == (method != "HEAD")


def _query(query: dict[str, str]) -> str:
    from urllib.parse import quote

    return "&".join(
        f"{quote(key, errors='surrogatepass')}={quote(value, errors='surrogatepass')}"
        for key, value in query.items()
    )


# --- a form whose page is too old ----------------------------------------------------------------

PROPOSAL = {"title": "버스 안내판", "text": "저상버스가 언제 오는지 함께 보여 주십시오."}
HERE = f"http://{HOST}"


def shown_words(response: Any) -> list[str]:
    return [area.text.strip() for area in Page(response).all("textarea")]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.usefixtures("practice_forum")
def test_a_form_whose_cookie_is_gone_gives_back_what_was_typed(language):
    reader = Reader(language, enforce_csrf_checks=True)
    address = "/plans/3/proposals/new/"

    response = reader.post(address, PROPOSAL, headers={"Origin": HERE})

    assert response.status_code == 403
    page = check_sentence(response, language)
    assert PROPOSAL["text"] in shown_words(response)
    assert ways_on(page) == [address if language == "ko" else f"/en{address}"]


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example"])
@pytest.mark.usefixtures("practice_forum")
def test_words_put_into_a_form_elsewhere_are_not_shown_as_the_readers_own(origin):
    headers = {"Origin": origin} if origin else {}
    for address in ("/plans/3/proposals/new/", "/desk/plans/3/call/"):
        reader = Reader("ko", enforce_csrf_checks=True)
        response = reader.post(address, PROPOSAL, headers=headers)
        assert response.status_code in (302, 403)
        assert PROPOSAL["text"] not in response.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.usefixtures("practice_forum")
def test_who_was_signed_out_meanwhile_loses_no_words(language):
    reader = Reader(language)

    response = reader.post("/desk/plans/3/call/", PROPOSAL, headers={"Origin": HERE})

    assert response.status_code == 403
    page = check_sentence(response, language)
    assert PROPOSAL["text"] in shown_words(response)
    assert "/signin/?next=" in ways_on(page)[0]
    assert reader.post("/desk/plans/3/call/", {}, headers={"Origin": HERE}).status_code == 302
