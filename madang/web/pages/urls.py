"""Addresses of pages that belong to no other room."""

from django.urls import path

from madang.web.pages import (
    about,
    desk,
    desk_ballots,
    desk_commitments,
    desk_drafts,
    desk_keys,
    desk_paper,
    desk_plans,
    desk_publish,
    home,
    practice,
    practice_ballots,
    signin,
    states,
    tour,
    vote,
)

urlpatterns = [
    # --- what this is ---
    path("", home.home, {"twin": ""}, name="home"),
    path("home.json", home.home, {"twin": "json"}, name="home.json"),
    path("emblem.svg", home.emblem, name="home.svg"),
    path("about/", about.about, name="about"),
    path("about/marks/", about.marks, name="marks"),
    path("data/", about.data, name="data"),
    path("about/permissions/", about.permissions, name="permissions"),
    path("about/states/", states.states, name="states"),
    path("parts/", about.parts, name="parts"),
    # --- signing in ---
    path("signin/", signin.signin, name="signin"),
    path("signin/code/", signin.code, name="signin.code"),
    path("in/<slug:token>/", signin.link, name="signin.link"),
    path("signout/", signin.signout, name="signout"),
    path("desk/", desk.desk, name="desk"),
    path("desk/ballots/", desk_ballots.ballots, name="desk.ballots"),
    path("desk/ballots/new/", desk_drafts.new, name="desk.ballots.new"),
    path("desk/ballots/<slug:address>/", desk_ballots.ballot, name="desk.ballot"),
    path("desk/ballots/<slug:address>/paper/", desk_paper.paper, name="desk.ballot.paper"),
    path("desk/ballots/<slug:address>/revise/", desk_drafts.revise, name="desk.ballot.revise"),
    path("desk/vote/<slug:address>/", vote.at_desk, name="desk.vote"),
    path("v/<slug:token>/", vote.by_link, name="vote"),
    path("desk/plans/", desk_plans.plans, name="desk.plans"),
    path("desk/plans/new/", desk_plans.new, name="desk.plans.new"),
    path("desk/plans/<number:number>/", desk_plans.plan, name="desk.plan"),
    path("desk/plans/<number:number>/direction/", desk_plans.direction, name="desk.direction"),
    path(
        "desk/plans/<number:number>/commitments/new/",
        desk_commitments.new,
        name="desk.commitment.new",
    ),
    path(
        "desk/plans/<number:number>/commitments/<number:commitment>/",
        desk_commitments.change,
        name="desk.commitment",
    ),
    path(
        "desk/plans/<number:number>/commitments/<number:commitment>/withdraw/",
        desk_commitments.withdraw,
        name="desk.commitment.withdraw",
    ),
    path("desk/keys/", desk_keys.keys, name="desk.keys"),
    path("desk/keys/<slug:address>/", desk_keys.key, name="desk.key"),
    path("desk/publish/<number:number>/", desk_publish.publish, name="desk.publish"),
    # --- practice ---
    path("tour/", tour.tour, name="tour"),
    path("practice/", practice.practice, name="practice"),
    path("practice/continue/", practice.continue_as, name="practice.continue"),
    path("practice/clock/", practice.clock, name="practice.clock"),
    path("practice/others-answer/", practice_ballots.others_answer, name="practice.others"),
    path("practice/letters/", practice.letters, name="practice.letters"),
    path("practice/letters/<number:number>/", practice.letter, name="practice.letter"),
]
