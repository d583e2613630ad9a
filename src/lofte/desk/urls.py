"""Addresses of the desk. Included under /arbete/."""

from django.urls import path

from lofte.desk import reading_views, signed_views, views

app_name = "desk"

urlpatterns = [
    path("", views.todo_page, name="todo"),
    path("las-in/", reading_views.upload, name="upload"),
    path("<slug:kommun>/loften/<slug:slug>/titta/", reading_views.preview, name="preview"),
    path("<slug:kommun>/loften/<slug:slug>/publicera/", reading_views.publish, name="publish"),
    path(
        "<slug:kommun>/loften/<slug:slug>/publicera-undertecknat/", signed_views.publish_signed, name="publish_signed"
    ),
    path("<slug:kommun>/loften/<slug:slug>/publicerat/", reading_views.published, name="published"),
    path("<slug:kommun>/loften/<slug:slug>/ta-bort/", reading_views.discard, name="discard"),
    path("<slug:kommun>/<slug:cycle>/glapp/<slug:kind>/<slug:about>/", views.answer_gap, name="answer_gap"),
    path("<slug:kommun>/<slug:cycle>/", views.year, name="year"),
]
