from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "lofte.picture"

    def ready(self) -> None:
        from lofte.evidence.keeping import keeps_drafts
        from lofte.picture import drafts

        keeps_drafts(drafts)
