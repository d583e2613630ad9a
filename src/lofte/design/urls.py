"""Address of the component gallery. Included at the root of the site."""

from django.urls import path

from lofte.design import views

app_name = "design"

urlpatterns = [path("om/komponenter/", views.gallery, name="gallery")]
