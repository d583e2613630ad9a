"""Addresses of reporting and review. Included under /arbete/."""

from django.urls import path

from lofte.followup import giving_views, import_views, judging_views, lesson_views, occasion_views, unspent_views, views

app_name = "followup"

FINAL = "<slug:kommun>/loften/<slug:slug>/slutredovisning/"

urlpatterns = [
    path(FINAL, judging_views.final, name="final"),
    path(f"{FINAL}borja/", judging_views.begin, name="begin_final"),
    path(f"{FINAL}avsluta/", judging_views.close, name="close"),
    path(f"{FINAL}<int:goal>/battre/", judging_views.effect, name="effect"),
    path(f"{FINAL}<int:goal>/varfor/", judging_views.cause, name="cause"),
    path(f"{FINAL}lardom/<slug:key>/bort/", judging_views.remove_lesson, name="remove_lesson"),
    path(f"{FINAL}kom-inte/<slug:label>/", judging_views.give_up, name="give_up"),
    path("<slug:kommun>/lardomar/<slug:cycle>/", lesson_views.carried, name="lessons"),
    path("<slug:kommun>/kvar-att-gora/<slug:cycle>/", unspent_views.unspent, name="unspent"),
    path("<slug:kommun>/loften/<slug:slug>/nytt/", views.add_update, name="update"),
    path("<slug:kommun>/loften/<slug:slug>/nytt/<slug:key>/spritt/", giving_views.put_out, name="put_out"),
    path("<slug:kommun>/loften/<slug:slug>/spritt/", giving_views.publications, name="publications"),
    path(
        "<slug:kommun>/loften/<slug:slug>/spritt/<int:pk>/bort/", giving_views.remove_publication, name="remove_put_out"
    ),
    path("<slug:kommun>/loften/<slug:slug>/vara-med/", occasion_views.every, name="occasions"),
    path("<slug:kommun>/loften/<slug:slug>/vara-med/<slug:key>/", occasion_views.change, name="occasion"),
    path(
        "<slug:kommun>/loften/<slug:slug>/vara-med/<slug:key>/stall-in/", occasion_views.cancel, name="cancel_occasion"
    ),
    path("<slug:kommun>/loften/<slug:slug>/vara-med/<slug:key>/visa/", occasion_views.let_out, name="let_out_occasion"),
    path("<slug:kommun>/loften/<slug:slug>/lankar/", giving_views.personal_links, name="links"),
    path("<slug:kommun>/loften/<slug:slug>/lankar/<int:pk>/bort/", giving_views.revoke, name="revoke_link"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/", views.period, name="period"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/fil/", import_views.give, name="figures_file"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/fil/<int:pk>/", import_views.figures, name="figures"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/drojer/", views.delay, name="delay"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/hittad/", views.found, name="found"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/skicka/", views.send, name="send"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/granska/", views.review, name="review"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/tillbaka/", views.back, name="back"),
    path(
        "<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/spritt/",
        giving_views.put_out_report,
        name="put_out_report",
    ),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/ratta/", giving_views.correct, name="correct"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/sen-del/<int:pk>/", giving_views.late, name="late"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/klart/", views.done, name="done"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/<int:activity>/", views.report, name="report"),
]
