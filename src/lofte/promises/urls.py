"""Addresses of work with a draft. Included under /arbete/."""

from django.urls import path

from lofte.promises import views

app_name = "promises"

urlpatterns = [path("<slug:kommun>/loften/<slug:slug>/ratta/", views.correct, name="correct")]
