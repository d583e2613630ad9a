"""All addresses. Public pages stand at the root in Swedish and under /en/ in English; work stands under /arbete/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from lofte.evidence.urls import public_urlpatterns as figures
from lofte.evidence.urls import staff_urlpatterns as evidence
from lofte.public.urls import REPORT
from lofte.public.views import health, report
from lofte.voices.urls import public_urlpatterns as voices
from lofte.voices.urls import staff_urlpatterns as voices_staff

urlpatterns = [
    path("healthz", health, name="health"),
    path("", include("lofte.core.urls")),
    *i18n_patterns(
        # First: a published report is what most people ask for, and no other address looks like it.
        path(REPORT, report, name="report"),
        path("konto/", include("allauth.urls")),
        path("arbete/", include("lofte.promises.urls")),
        path("arbete/", include("lofte.promises.plan_urls")),
        path("arbete/", include("lofte.followup.urls")),
        path("arbete/", include(voices_staff)),
        path("arbete/", include(evidence)),
        path("arbete/", include("lofte.picture.urls")),
        path("arbete/", include("lofte.statute.urls")),
        path("arbete/", include("lofte.desk.urls")),
        path("", include("lofte.design.urls")),
        path("", include(voices)),
        path("", include(figures)),
        path("", include("lofte.public.picture_urls")),
        # Last: a kommun's name may stand first in an address.
        path("", include("lofte.public.urls")),
        prefix_default_language=False,
    ),
]

handler500 = "lofte.design.views.server_error"
