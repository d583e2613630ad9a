"""Addresses of the dialogues: those for everyone stand under the kommun, the work under /arbete/."""

from django.urls import path

from lofte.voices import (
    coding_views,
    feeds,
    import_views,
    review_views,
    round_staff_views,
    round_views,
    staff_views,
    street_views,
    views,
    walk_views,
)

DIALOGUE = "<slug:kommun>/dialog/<slug:cycle>/<slug:key>/"

# Before the public room's, whose last address takes any two words.
public_urlpatterns = (
    [
        path("<slug:kommun>/dialog/", views.dialogues, name="dialogues"),
        path("<slug:kommun>/dialog/kvittokod/", views.claim, name="claim"),
        path("<slug:kommun>/dialog/flode.atom", feeds.Answers(), name="answers_feed"),
        path(DIALOGUE, views.dialogue, name="dialogue"),
        path(f"{DIALOGUE}flode.atom", feeds.Answers(), name="feed"),
        path(f"{DIALOGUE}svara/", views.answer, name="answer"),
        path(f"{DIALOGUE}runda/<slug:round>/", round_views.round, name="round"),
        path(f"{DIALOGUE}runda/<slug:round>/rosta/", round_views.vote, name="vote"),
        path(f"{DIALOGUE}vandring/<slug:walk>/", views.walk, name="walk"),
        path(f"{DIALOGUE}vandring/<slug:walk>/<int:pk>.jpg", views.photo, name="photo"),
        path(
            "<slug:kommun>/medarbetardialog/<slug:cycle>/<slug:key>/<slug:token>/",
            views.staff_answer,
            name="staff_answer",
        ),
    ],
    "voices",
)

WORK = "<slug:kommun>/dialoger/<slug:cycle>/<slug:key>/"

# Before the desk's, whose last address takes any two words.
staff_urlpatterns = (
    [
        path("<slug:kommun>/dialoger/", staff_views.dialogues, name="dialogues"),
        path("<slug:kommun>/dialoger/ny/", staff_views.create, name="create"),
        path(WORK, staff_views.dialogue, name="dialogue"),
        path(f"{WORK}jamfor/", staff_views.compare, name="compare"),
        path(f"{WORK}andra/", staff_views.change, name="change"),
        path(f"{WORK}oppna/", staff_views.let_out, name="open"),
        path(f"{WORK}ny-lank/", staff_views.renew_link, name="renew_link"),
        path(f"{WORK}affisch.pdf", staff_views.poster, name="poster"),
        path(f"{WORK}svar.pdf", staff_views.answers_poster, name="answers_poster"),
        path(f"{WORK}blankett.pdf", staff_views.paper, name="paper"),
        path(f"{WORK}skriv-in/", staff_views.entry, name="entry"),
        path(f"{WORK}torget/", street_views.street, name="street"),
        path(f"{WORK}torget/sw.js", street_views.worker, name="street_worker"),
        path(f"{WORK}fil/", import_views.give, name="file"),
        path(f"{WORK}fil/<int:pk>/", import_views.columns, name="columns"),
        path(f"{WORK}fil/<int:pk>/avbryt/", import_views.stop, name="stop_file"),
        path(f"{WORK}granska/", review_views.queue, name="queue"),
        path(f"{WORK}granska/<slug:voice>/", review_views.review, name="review"),
        path(f"{WORK}teman/ny/", review_views.new_theme, name="new_theme"),
        path(f"{WORK}teman/sortera/", review_views.sort, name="sort"),
        path(f"{WORK}teman/foreslag/", coding_views.suggest, name="suggest"),
        path(f"{WORK}kodbok/", coding_views.codebook, name="codebook"),
        path(f"{WORK}kodning/ny/", coding_views.new_coding, name="new_coding"),
        path(f"{WORK}kodning/<int:pk>/", coding_views.one, name="coding"),
        path(f"{WORK}kodning/<int:pk>/avbryt/", coding_views.stop, name="stop_coding"),
        path(f"{WORK}tema/<slug:theme>/", review_views.theme, name="theme"),
        path(f"{WORK}rundor/ny/", round_staff_views.new_round, name="new_round"),
        path(f"{WORK}runda/<slug:round>/", round_staff_views.round, name="round"),
        path(f"{WORK}runda/<slug:round>/andra/", round_staff_views.change_round, name="change_round"),
        path(f"{WORK}runda/<slug:round>/steg/<slug:step>/", round_staff_views.step, name="round_step"),
        path(
            f"{WORK}runda/<slug:round>/ta-bort/<slug:statement>/",
            round_staff_views.remove_statement,
            name="remove_statement",
        ),
        path(f"{WORK}vandringar/ny/", walk_views.new_walk, name="new_walk"),
        path(f"{WORK}vandring/<slug:walk>/", walk_views.walk, name="walk"),
        path(f"{WORK}vandring/<slug:walk>/andra/", walk_views.change_walk, name="change_walk"),
        path(f"{WORK}vandring/<slug:walk>/<int:pk>/", walk_views.point, name="point"),
    ],
    "voices_staff",
)
