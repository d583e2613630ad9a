"""Mail and notices: each has a key of its own, so that the same thing is never told twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer, VisibleQuerySet


class Notice(models.Model):
    """Something told to one person (by key) or one address. Written by `lofte.notices.actions` only.

    A row is claimed before the mail leaves and marked afterwards. If the server dies in between, nobody knows whether
    the mail left; the row then says so (`unsure`), and it is not sent again on its own.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar")
        SENDING = "sending", _("skickas")
        SENT = "sent", _("skickat")
        FAILED = "failed", _("gick inte att skicka")
        UNSURE = "unsure", _("osäkert om det kom fram")

    key = models.CharField(_("nyckel"), max_length=200, unique=True)
    kind = models.SlugField(_("slag"), max_length=60)
    recipient = models.UUIDField(_("till vem (nyckel)"), null=True, blank=True)
    email = models.EmailField(_("till vilken adress"), blank=True)
    subject = models.CharField(_("ämne"), max_length=200)
    body = models.TextField(_("text"))
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(_("tidigast"), null=True, blank=True)
    problem = models.CharField(_("varför det inte gick"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="notice_has_one_recipient",
                condition=models.Q(recipient__isnull=False, email="") | models.Q(recipient=None) & ~models.Q(email=""),
            ),
            models.CheckConstraint(
                name="notice_sent_has_time", condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=("state", "not_before"), name="notice_waiting")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(recipient=viewer.key, recipient__isnull=False)
