"""Addresses of pages that belong to no other room."""

from django.urls import path

from madang.web.pages import about, desk, home, practice, signin

urlpatterns = [
    # --- what this is ---
    path("", home.home, {"twin": ""}, name="home"),
    path("home.json", home.home, {"twin": "json"}, name="home.json"),
    path("emblem.svg", home.emblem, name="home.svg"),
    path("about/", about.about, name="about"),
    path("about/marks/", about.marks, name="marks"),
    path("data/", about.data, name="data"),
    path("about/permissions/", about.permissions, name="permissions"),
    path("parts/", about.parts, name="parts"),
    # --- signing in ---
    path("signin/", signin.signin, name="signin"),
    path("signin/code/", signin.code, name="signin.code"),
    path("in/<slug:token>/", signin.link, name="signin.link"),
    path("signout/", signin.signout, name="signout"),
    path("desk/", desk.desk, name="desk"),
    # --- practice ---
    path("practice/", practice.practice, name="practice"),
    path("practice/continue/", practice.continue_as, name="practice.continue"),
    path("practice/clock/", practice.clock, name="practice.clock"),
    path("practice/letters/", practice.letters, name="practice.letters"),
    path("practice/letters/<number:number>/", practice.letter, name="practice.letter"),
]
