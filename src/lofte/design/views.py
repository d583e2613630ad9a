"""The error pages, and the gallery that shows every part of the look."""

import logging
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language

from lofte.design import examples

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest, template_name: str = "500.html") -> HttpResponse:
    """handler500: a short code to write to us about, which stands in the log too. Asks neither session nor database."""
    code = secrets.token_hex(2).upper()
    logger.error("%s: %s %s failed", code, request.method, request.path)
    context = {"code": code, "contact": getattr(settings, "CONTACT_EMAIL", ""), "language": get_language()}
    return HttpResponseServerError(loader.render_to_string(template_name, context))


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "design/gallery.html", examples.everything())
