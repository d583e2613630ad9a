"""Addresses of the act's requirements, under /arbete/."""

from django.urls import path

from lofte.statute import document_views, register_views, views

app_name = "statute"
urlpatterns = [
    path("<slug:kommun>/lagen/", views.requirements, name="requirements"),
    path("<slug:kommun>/lagen/register/", register_views.registers, name="registers"),
    path("<slug:kommun>/lagen/register/<slug:kind>/", register_views.new_row, name="new_row"),
    path("<slug:kommun>/lagen/register/<slug:kind>/<int:pk>/", register_views.row, name="row"),
    path("<slug:kommun>/lagen/plan/<slug:cycle>/<slug:key>/", register_views.status, name="plan_status"),
    path("<slug:kommun>/lagen/svarsblad.pdf", document_views.answers, name="answers"),
    path("<slug:kommun>/lagen/bilaga.pdf", document_views.appendix, name="appendix"),
    path("<slug:kommun>/lagen/allt.zip", document_views.bundle, name="bundle"),
    path("<slug:kommun>/lagen/<slug:requirement>/", views.attest, name="attest"),
]
