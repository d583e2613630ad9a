from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "lofte.voices"

    def ready(self) -> None:
        import lofte.voices.tasks  # noqa: F401 registers the job
