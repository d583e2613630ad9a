"""Addresses of the register of evidence, under /arbete/."""

from django.urls import path

from lofte.evidence import theme_views, views

app_name = "evidence"
urlpatterns = [
    path("<slug:kommun>/underlag/<slug:cycle>/", views.register, name="register"),
    path("<slug:kommun>/underlag/<slug:cycle>/teman/", theme_views.themes, name="themes"),
    path("<slug:kommun>/underlag/<slug:cycle>/nytt/", views.create, name="create"),
    path("<slug:kommun>/underlag/<slug:cycle>/<slug:key>/", views.change, name="change"),
]
