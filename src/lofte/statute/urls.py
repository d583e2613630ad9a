"""Addresses of the act's requirements, under /arbete/."""

from django.urls import path

from lofte.statute import views

app_name = "statute"
urlpatterns = [
    path("<slug:kommun>/lagen/", views.requirements, name="requirements"),
    path("<slug:kommun>/lagen/<slug:requirement>/", views.attest, name="attest"),
]
