"""Addresses of the picture, under /arbete/."""

from django.urls import path

from lofte.picture import document_views, part_views, talk_views, views

app_name = "picture"
OF_CYCLE = "<slug:kommun>/lagesbild/<slug:cycle>/"
PICTURE = f"{OF_CYCLE}<slug:key>/"

urlpatterns = [
    path("utkast/", talk_views.draft, name="draft"),
    path(f"{PICTURE}kommentarer/<slug:kind>/<slug:part>/", talk_views.talk, name="talk"),
    path(f"{PICTURE}forra/", talk_views.carry, name="carry"),
    path(f"{PICTURE}lagg-tillbaka/<int:pk>/", talk_views.put_back, name="put_back"),
    path(OF_CYCLE, views.pictures, name="pictures"),
    path(PICTURE, views.picture, name="picture"),
    path(f"{PICTURE}las/", views.read, name="read"),
    path(f"{PICTURE}lagesbild.pdf", document_views.pdf, name="pdf"),
    path(f"{PICTURE}lagesbild.docx", document_views.word, name="word"),
    path(f"{PICTURE}lagesbild.json", document_views.as_json, name="json"),
    path("<slug:kommun>/mallar/word/", document_views.template, name="template"),
    path("<slug:kommun>/mallar/word.docx", document_views.template_file, name="template_file"),
    path(f"{PICTURE}lage/", views.state, name="state"),
    path(f"{PICTURE}anta/", views.adopt, name="adopt"),
    path(f"{PICTURE}tackning/", views.coverage, name="coverage"),
    path(f"{PICTURE}skillnader/", views.differences, name="differences"),
    path(f"{PICTURE}text/", part_views.text, name="text"),
    path(f"{PICTURE}ordning/", part_views.priorities, name="priorities"),
    path(f"{PICTURE}kriterium/nytt/", part_views.new_criterion, name="new_criterion"),
    path(f"{PICTURE}kriterium/<slug:part>/", part_views.criterion, name="criterion"),
    path(f"{PICTURE}utsaga/ny/", part_views.new_statement, name="new_statement"),
    path(f"{PICTURE}utsaga/<slug:part>/", part_views.statement, name="statement"),
    path(f"{PICTURE}problem/nytt/", part_views.new_problem, name="new_problem"),
    path(f"{PICTURE}problem/<slug:part>/", part_views.problem, name="problem"),
    path(f"{PICTURE}problem/<slug:part>/orsak/ny/", part_views.new_cause, name="new_cause"),
    path(f"{PICTURE}orsak/<slug:part>/", part_views.cause, name="cause"),
    path(f"{PICTURE}ta-bort/<slug:kind>/<slug:part>/", part_views.remove, name="remove"),
]
