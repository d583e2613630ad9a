from django.urls import path

from lofte.core.public_forms import challenge

app_name = "core"
urlpatterns = [path("altcha", challenge, name="altcha")]
