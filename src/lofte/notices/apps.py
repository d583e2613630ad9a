from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lofte.notices"

    def ready(self) -> None:
        import lofte.notices.tasks  # noqa: F401 registers the job
