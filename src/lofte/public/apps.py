from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lofte.public"

    def ready(self) -> None:
        import lofte.public.frozen  # noqa: F401 registers what draws a published report
