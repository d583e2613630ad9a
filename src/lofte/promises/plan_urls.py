"""Addresses of the åtgärdsplan, under /arbete/."""

from django.urls import path

from lofte.promises import plan_views

app_name = "plan"
OF_CYCLE = "<slug:kommun>/atgardsplan/<slug:cycle>/"
PLAN = f"{OF_CYCLE}<slug:key>/"

urlpatterns = [
    path(OF_CYCLE, plan_views.plans, name="plans"),
    path(PLAN, plan_views.plan, name="plan"),
    path(f"{PLAN}atgardsplan.pdf", plan_views.pdf, name="pdf"),
    path(f"{PLAN}atgardsplan.docx", plan_views.word, name="word"),
    path(f"{PLAN}text/", plan_views.text, name="text"),
    path(f"{PLAN}beslut/", plan_views.decide, name="decide"),
    path(f"{PLAN}atgard/ny/", plan_views.new_measure, name="new_measure"),
    path(f"{PLAN}atgard/<slug:part>/", plan_views.measure, name="measure"),
    path(f"{PLAN}atgard/<slug:part>/ta-bort/", plan_views.remove, name="remove"),
]
