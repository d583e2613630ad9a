"""Tillgänglighetsredogörelse (act 2018:1937, 13 §) with a way to say what does not work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def statement(request: HttpRequest) -> HttpResponse:
    return render(request, "public/statement.html")
