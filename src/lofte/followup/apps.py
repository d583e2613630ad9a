from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "lofte.followup"

    def ready(self) -> None:
        # They register what came of earlier promises, and the daily check of links.
        import lofte.followup.earlier
        import lofte.followup.tasks  # noqa: F401
