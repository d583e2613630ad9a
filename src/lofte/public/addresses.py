"""Where a promise's pages stand: stable addresses, one function."""

from django.urls import reverse

from lofte.promises.models import CitizenPromise


def address(promise: CitizenPromise, name: str = "promise", **more: str | int) -> str:
    where: dict[str, str | int] = {"kommun": promise.municipality.slug, "slug": promise.slug}
    return reverse(f"public:{name}", kwargs=where | more)
