from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lofte.public"

    def ready(self) -> None:
        # They register what draws a published report.
        import lofte.public.easy
        import lofte.public.frozen  # noqa: F401
