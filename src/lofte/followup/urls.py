"""Addresses of reporting and review. Included under /arbete/."""

from django.urls import path

from lofte.followup import views

app_name = "followup"

urlpatterns = [
    path("<slug:kommun>/loften/<slug:slug>/nytt/", views.add_update, name="update"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/", views.period, name="period"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/drojer/", views.delay, name="delay"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/hittad/", views.found, name="found"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/skicka/", views.send, name="send"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/granska/", views.review, name="review"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/tillbaka/", views.back, name="back"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/klart/", views.done, name="done"),
    path("<slug:kommun>/loften/<slug:slug>/rapport/<slug:label>/<int:activity>/", views.report, name="report"),
]
