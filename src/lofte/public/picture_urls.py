"""Addresses of the open pages of picture and plan. They stay for ever."""

from django.urls import path

from lofte.public import picture_views as views

app_name = "open_picture"
PICTURE = "<slug:kommun>/lagesbild/<slug:cycle>/<slug:key>/"
PLAN = "<slug:kommun>/atgardsplan/<slug:cycle>/<slug:key>/"

# Before the public room's, whose last address takes any two words.
urlpatterns = [
    path("<slug:kommun>/lagesbild/", views.every, name="all"),
    path(PICTURE, views.picture, name="picture"),
    path(f"{PICTURE}lagesbild.pdf", views.picture_pdf, name="pdf"),
    path(f"{PICTURE}lagesbild.docx", views.picture_word, name="word"),
    path(f"{PICTURE}lagesbild.json", views.picture_json, name="json"),
    path(f"{PICTURE}omrade/<slug:area>/", views.area, name="area"),
    path(PLAN, views.plan, name="plan"),
    path(f"{PLAN}atgardsplan.pdf", views.plan_pdf, name="plan_pdf"),
    path(f"{PLAN}atgardsplan.docx", views.plan_word, name="plan_word"),
    path(f"{PLAN}atgardsplan.json", views.plan_json, name="plan_json"),
]
