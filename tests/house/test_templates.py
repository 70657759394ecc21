"""Templates and style sheets: nothing inline, nothing from elsewhere, no JavaScript."""

import re
from pathlib import Path

import pytest

import madang

PACKAGE = Path(madang.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SHEETS = sorted(PACKAGE.glob("*/static/**/*.css"))
PYTHON = sorted(PACKAGE.glob("*/pages/**/*.py"))

FAULTS = {
    "a style in the page": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a script": re.compile(r"<script|javascript:", re.IGNORECASE),
    "a script in an attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "something loaded from elsewhere": re.compile(
        r"<(?:link|img|source|iframe|video|audio|object|embed|image|use)\b[^>]*"
        r"(?:src|href|data)\s*=\s*[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
    "a way past escaping": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}
ELSEWHERE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//", re.IGNORECASE)
ROGUES = {
    "a style in the page": '<p style="color: red">',
    "a script": "<script>alert(1)</script>",
    "a script in an attribute": "<a onclick='go()'>",
    "something loaded from elsewhere": '<img alt="" src="//cdn.example/x.png">',
    "a way past escaping": "{{ words|safe }}",
}


def faults_in(text):
    return [name for name, shape in FAULTS.items() if shape.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_inline_and_loads_nothing_from_elsewhere(path):
    assert faults_in(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing_from_elsewhere(path):
    assert not ELSEWHERE.search(path.read_text("utf-8"))


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_page_made_in_code_holds_no_style_and_no_script(path):
    text = path.read_text("utf-8")

    assert [fault for fault in faults_in(text) if fault != "a way past escaping"] == []


def test_there_is_one_style_sheet_and_no_javascript():
    files = [path for path in PACKAGE.glob("*/static/**/*") if path.is_file()]

    assert len([path for path in files if path.suffix == ".css"]) == 1
    assert [path for path in files if path.suffix in (".js", ".mjs", ".wasm")] == []


@pytest.mark.parametrize(("fault", "text"), ROGUES.items(), ids=ROGUES)
def test_a_template_that_breaks_the_rule_is_noticed(fault, text):
    assert faults_in(text) == [fault]


def test_a_style_sheet_that_breaks_the_rule_is_noticed():
    assert ELSEWHERE.search("@font-face { src: url(https://fonts.example/a.woff2) }")
    assert ELSEWHERE.search('@import "//cdn.example/a.css"')
