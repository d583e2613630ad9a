from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "lofte.followup"

    def ready(self) -> None:
        import lofte.followup.earlier  # noqa: F401 registers what came of earlier promises
