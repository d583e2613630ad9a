from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lofte.public"

    def ready(self) -> None:
        # They register what draws a published report, and what became of what people said.
        import lofte.public.easy
        import lofte.public.frozen
        import lofte.public.led_to  # noqa: F401
