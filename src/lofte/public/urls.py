"""Addresses of the open pages. They stay for ever: what is published is found where it was published."""

from django.urls import path

from lofte.followup import invite_views, link_views
from lofte.public import (
    area_views,
    documents,
    feeds,
    following,
    report_sharing,
    search,
    sharing,
    statement,
    views,
    years,
)

app_name = "public"
AREA = "<slug:kommun>/omrade/<slug:area>/"
REPORT = "<slug:kommun>/<slug:slug>/rapport/<slug:label>/"

urlpatterns = [
    path("", views.start, name="start"),
    path("sok/", search.search, name="search"),
    path("om/tillganglighet/", statement.statement, name="accessibility"),
    path("rapportera/<slug:token>/", link_views.link, name="link"),
    path("rapportera/<slug:token>/vara-med/", invite_views.invite, name="link_occasions"),
    path("rapportera/<slug:token>/vara-med/<slug:key>/", invite_views.cancel, name="link_cancel"),
    path("rapportera/<slug:token>/<slug:label>/<int:activity>/", link_views.report, name="link_report"),
    path("rapportera/<slug:token>/<slug:label>/<int:activity>/stammer/", link_views.confirm, name="link_confirm"),
    path("folj/ja/<str:token>/", following.confirm, name="follow_confirm"),
    path("folj/sluta/<str:token>/", following.leave, name="unfollow"),
    path("<slug:kommun>/", views.kommun, name="kommun"),
    path("<slug:kommun>/sok/", search.search, name="search_kommun"),
    path("<slug:kommun>/folj/", following.follow, name="follow_kommun"),
    path("<slug:kommun>/flode.json", feeds.json_feed, name="kommun_json_feed"),
    path("<slug:kommun>/karta/", views.kommun_map, name="map"),
    path("<slug:kommun>/flode.atom", feeds.News(), name="kommun_feed"),
    path("<slug:kommun>/kalender.ics", feeds.calendar, name="kommun_calendar"),
    path("<slug:kommun>/omrade/", area_views.every, name="areas"),
    path(AREA, area_views.one, name="area"),
    path(f"{AREA}folj/", following.follow, name="follow_area"),
    path(f"{AREA}flode.json", feeds.json_feed, name="area_json_feed"),
    path(f"{AREA}flode.atom", feeds.News(), name="area_feed"),
    path(f"{AREA}kalender.ics", feeds.calendar, name="area_calendar"),
    path("<slug:kommun>/<slug:slug>/", views.promise, name="promise"),
    path("<slug:kommun>/<slug:slug>/folj/", following.follow, name="follow"),
    path("<slug:kommun>/<slug:slug>/flode.json", feeds.json_feed, name="json_feed"),
    path("<slug:kommun>/<slug:slug>/nytt/<slug:key>/", sharing.update, name="update"),
    path("<slug:kommun>/<slug:slug>/nytt/<slug:key>/dela/", sharing.share, name="share"),
    path("<slug:kommun>/<slug:slug>/nytt/<slug:key>/foto.jpg", sharing.photo, name="photo"),
    path("<slug:kommun>/<slug:slug>/nytt/<slug:key>/bild.png", sharing.card, name="card"),
    path("<slug:kommun>/<slug:slug>/visa/", sharing.embed, name="embed"),
    path("<slug:kommun>/<slug:slug>/darfor/", views.why_page, name="why"),
    path("<slug:kommun>/<slug:slug>/ar-for-ar/", years.years, name="years"),
    path("<slug:kommun>/<slug:slug>/kontrollera/", views.check, name="check"),
    path("<slug:kommun>/<slug:slug>/lydelse-<int:number>.json", views.text, name="text"),
    path("<slug:kommun>/<slug:slug>/lofte.json", documents.as_json, name="json"),
    path("<slug:kommun>/<slug:slug>/lofte.pdf", documents.as_pdf, name="pdf"),
    path("<slug:kommun>/<slug:slug>/sprak/<slug:language>/", views.twin, name="twin"),
    path("<slug:kommun>/<slug:slug>/lofte.docx", documents.as_word, name="word"),
    path("<slug:kommun>/<slug:slug>/affisch.pdf", documents.as_poster, name="poster"),
    path("<slug:kommun>/<slug:slug>/flode.atom", feeds.News(), name="feed"),
    path("<slug:kommun>/<slug:slug>/kalender.ics", feeds.calendar, name="calendar"),
    path(REPORT, views.report, name="report"),
    path(f"{REPORT}dela/", report_sharing.share, name="share_report"),
    path(f"{REPORT}bild.png", report_sharing.card, name="report_card"),
    path(f"{REPORT}lattlast/", views.report_easy, name="report_easy"),
    path(f"{REPORT}rapport.json", views.report_file, {"format": "json"}, name="report_json"),
    path(f"{REPORT}rapport.pdf", views.report_file, {"format": "pdf"}, name="report_pdf"),
]
