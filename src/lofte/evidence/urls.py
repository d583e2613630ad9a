"""Addresses of the room: the register of evidence and the figures, under /arbete/; what is out, for everyone."""

from django.urls import path

from lofte.evidence import data_views, figure_views, measure_views, public_views, theme_views, views

FIGURES = "<slug:kommun>/siffror/<slug:cycle>/"

staff_urlpatterns = (
    [
        path("<slug:kommun>/underlag/<slug:cycle>/", views.register, name="register"),
        path("<slug:kommun>/underlag/<slug:cycle>/teman/", theme_views.themes, name="themes"),
        path("<slug:kommun>/underlag/<slug:cycle>/nytt/", views.create, name="create"),
        path("<slug:kommun>/underlag/<slug:cycle>/<slug:key>/", views.change, name="change"),
        path(FIGURES, data_views.figures, name="figures"),
        path(f"{FIGURES}fil/", data_views.give, name="give"),
        path(f"{FIGURES}fil/<int:pk>/", data_views.file, name="file"),
        path(f"{FIGURES}fil/<int:pk>/kolumner/", data_views.meaning, name="meaning"),
        path(f"{FIGURES}fil/<int:pk>/las-in/", data_views.take_in, name="take_in"),
        path(f"{FIGURES}fil/<int:pk>/provlas/", data_views.look_again, name="look_again"),
        path(f"{FIGURES}fil/<int:pk>/avbryt/", data_views.stop, name="stop_file"),
        path(f"{FIGURES}data/<slug:key>/", figure_views.data_set, name="data_set"),
        path(f"{FIGURES}data/<slug:key>/publicera/", figure_views.release, name="release"),
        path(f"{FIGURES}data/<slug:key>/rakna-om/", figure_views.again, name="again"),
        path(f"{FIGURES}data/<slug:key>/marken/", measure_views.marks, name="marks"),
        path(f"{FIGURES}matt/<slug:key>/", measure_views.measure, name="measure"),
        path(f"{FIGURES}jamforbara/", measure_views.likeness, name="likeness"),
        path(f"{FIGURES}plats/<slug:area>/", figure_views.place, name="place"),
        path(f"{FIGURES}siffra/<int:pk>/underlag/", figure_views.to_evidence, name="to_evidence"),
        path(f"{FIGURES}kalender/", figure_views.calendar, name="calendar"),
        path(f"{FIGURES}kalender/regler/", figure_views.fill_calendar, name="fill_calendar"),
        path(f"{FIGURES}kalender/ny/", figure_views.new_date, name="new_date"),
        path(f"{FIGURES}kalender/<int:pk>/", figure_views.change_date, name="change_date"),
    ],
    "evidence",
)
public_urlpatterns = (
    [
        path("<slug:kommun>/siffror/", public_views.places, name="places"),
        path("<slug:kommun>/siffror/matt/<slug:key>/", measure_views.public_measure, name="measure"),
        path("<slug:kommun>/siffror/<slug:area>/", public_views.place, name="place"),
    ],
    "figures",
)
