"""Addresses of the desk. Included under /arbete/."""

from django.urls import path

from lofte.desk import inward_views, reading_views, signed_views, views

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
    path("<slug:kommun>/<slug:cycle>/arshjul/", inward_views.year_wheel, name="wheel"),
    path("<slug:kommun>/<slug:cycle>/laget.pdf", inward_views.status_pdf, name="status_pdf"),
    path("<slug:kommun>/<slug:cycle>/laget.docx", inward_views.status_word, name="status_word"),
    path("<slug:kommun>/<slug:cycle>/uppfoljning.csv", inward_views.planning_csv, name="planning_csv"),
    path("<slug:kommun>/<slug:cycle>/", views.year, name="year"),
]
