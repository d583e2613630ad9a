"""Addresses of the open pages. They stay for ever: what is published is found where it was published."""

from django.urls import path

from lofte.followup import link_views
from lofte.public import documents, feeds, statement, views

app_name = "public"
REPORT = "<slug:kommun>/<slug:slug>/rapport/<slug:label>/"

urlpatterns = [
    path("", views.start, name="start"),
    path("om/tillganglighet/", statement.statement, name="accessibility"),
    path("rapportera/<slug:token>/", link_views.link, name="link"),
    path("rapportera/<slug:token>/<slug:label>/<int:activity>/", link_views.report, name="link_report"),
    path("rapportera/<slug:token>/<slug:label>/<int:activity>/stammer/", link_views.confirm, name="link_confirm"),
    path("<slug:kommun>/", views.kommun, name="kommun"),
    path("<slug:kommun>/karta/", views.kommun_map, name="map"),
    path("<slug:kommun>/flode.atom", feeds.News(), name="kommun_feed"),
    path("<slug:kommun>/kalender.ics", feeds.calendar, name="kommun_calendar"),
    path("<slug:kommun>/<slug:slug>/", views.promise, name="promise"),
    path("<slug:kommun>/<slug:slug>/darfor/", views.why_page, name="why"),
    path("<slug:kommun>/<slug:slug>/kontrollera/", views.check, name="check"),
    path("<slug:kommun>/<slug:slug>/lydelse-<int:number>.json", views.text, name="text"),
    path("<slug:kommun>/<slug:slug>/lofte.json", documents.as_json, name="json"),
    path("<slug:kommun>/<slug:slug>/lofte.pdf", documents.as_pdf, name="pdf"),
    path("<slug:kommun>/<slug:slug>/flode.atom", feeds.News(), name="feed"),
    path("<slug:kommun>/<slug:slug>/kalender.ics", feeds.calendar, name="calendar"),
    path(REPORT, views.report, name="report"),
    path(f"{REPORT}rapport.json", views.report_file, {"format": "json"}, name="report_json"),
    path(f"{REPORT}rapport.pdf", views.report_file, {"format": "pdf"}, name="report_pdf"),
]
