"""Addresses of the open pages. They stay for ever: what is published is found where it was published."""

from django.urls import path

from lofte.public import documents, feeds, statement, views

app_name = "public"

urlpatterns = [
    path("", views.start, name="start"),
    path("om/tillganglighet/", statement.statement, name="accessibility"),
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
    path("<slug:kommun>/<slug:slug>/rapport/<slug:label>/", views.report, name="report"),
]
