"""Base classes that every room builds on, and the event log and the jobs that every room writes to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet


class AppendOnlyError(RuntimeError):
    """A row of an append-only table was to be changed or deleted."""


class Keyed(models.Model):
    """Something with a short name of its own within its file, so that a link survives export and import."""

    key = models.SlugField(_("namn i filen"), max_length=80, allow_unicode=False)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A fact read elsewhere: the keys of the sources (of its cycle) that say so."""

    sources = models.JSONField(_("källor"), default=list, blank=True)

    class Meta:
        abstract = True


class ChainLink(models.Model):
    """An arrow of the chain: a stored link with who and when. The two ends stand in the room on the right."""

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)

    class Meta:
        abstract = True


class ChainHead(models.Model):
    """Where a hash chain ends: locked while a row is added, so that two writers can't take the same place."""

    chain = models.CharField(max_length=140, primary_key=True)
    sequence = models.PositiveIntegerField(default=0)
    row_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"


class Event(models.Model):
    """One row of the event log: who (by key) did what to what, chained by hash within an organisation.

    Never people's words or names. Rows hold identifiers as text, without foreign keys: history outlives what it
    tells of. Written by `lofte.core.events.record` only.
    """

    chain = models.CharField(max_length=140)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=300)
    reason_code = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    row_hash = models.CharField(max_length=64)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("chain", "sequence")
        constraints = [models.UniqueConstraint(fields=("chain", "sequence"), name="event_sequence_once_per_chain")]
        indexes = [models.Index(fields=("target_type", "target_id"), name="event_target")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}: {self.verb}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(is_public=True) | models.Q(chain__in=viewer.chains)

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnlyError("the event log is append-only")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("the event log is append-only")


class Job(models.Model):
    """Long work as a row one can watch and stop, on top of `django.tasks`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar")
        RUNNING = "running", _("pågår")
        DONE = "done", _("klart")
        FAILED = "failed", _("gick inte")
        CANCELLED = "cancelled", _("avbrutet")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(null=True, blank=True)
    message = models.TextField(blank=True)
    owner = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(owner=viewer.key, owner__isnull=False)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)


class ServerSecret(models.Model):
    """A secret made once for this installation and kept in its database (salts, link keys); never logged."""

    name = models.SlugField(unique=True)
    value = models.CharField(max_length=128)

    def __str__(self) -> str:
        return self.name
