from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "lofte.evidence"

    def ready(self) -> None:
        import lofte.evidence.residents
        import lofte.evidence.tasks  # noqa: F401 registers the jobs and who lives here
