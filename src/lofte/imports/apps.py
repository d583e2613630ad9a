from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "lofte.imports"

    def ready(self) -> None:
        import lofte.imports.tasks  # noqa: F401 registers the job

        autodiscover_modules("imports")
