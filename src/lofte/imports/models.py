"""Files that people give us: what was in them, what was used, and until when the file itself is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet


class Upload(models.Model):
    """One file given to a kommun. The same file again is the same row. The raw file goes after `delete_after`."""

    class State(models.TextChoices):
        RECEIVED = "received", _("mottagen")
        TRIED = "tried", _("provläst")
        COMMITTED = "committed", _("inläst")

    municipality = models.ForeignKey("places.Municipality", models.CASCADE, related_name="uploads")
    kind = models.SlugField(_("slag"), max_length=60)
    name = models.CharField(_("filens namn"), max_length=200)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    size = models.PositiveBigIntegerField(_("storlek"))
    file = models.FileField(upload_to="uploads", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    mapping = models.JSONField(_("kolumner"), default=dict, blank=True)
    rows_in = models.PositiveIntegerField(_("rader"), default=0)
    rows_used = models.PositiveIntegerField(_("använda rader"), default=0)
    rows_rejected = models.PositiveIntegerField(_("rader som inte gick att använda"), default=0)
    problems = models.JSONField(_("fel"), default=list, blank=True)
    result = models.JSONField(_("resultat"), default=dict, blank=True)
    created_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)
    delete_after = models.DateTimeField(_("filen tas bort efter"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("municipality", "kind", "sha256"), name="upload_once_per_file"),
            models.CheckConstraint(
                name="upload_committed_has_time",
                condition=models.Q(state="committed", committed_at__isnull=False)
                | ~models.Q(state="committed") & models.Q(committed_at=None),
            ),
            models.CheckConstraint(
                name="upload_rows_add_up",
                condition=models.Q(rows_in=models.F("rows_used") + models.F("rows_rejected")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(municipality__in=viewer.municipalities)


class ColumnMapping(models.Model):
    """Which column is which in a kommun's files of one kind and layout: answered once, suggested the next time."""

    municipality = models.ForeignKey("places.Municipality", models.CASCADE, related_name="column_mappings")
    kind = models.SlugField(_("slag"), max_length=60)
    # A kind with many layouts keeps one mapping for each, told apart by a hash of the file's headings.
    layout = models.CharField(_("rubrikerna (kontrollsumma)"), max_length=64, blank=True)
    columns = models.JSONField(_("kolumner"), default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("municipality", "kind", "layout"), name="column_mapping_once_per_layout")
        ]

    def __str__(self) -> str:
        return self.kind

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(municipality__in=viewer.municipalities)
