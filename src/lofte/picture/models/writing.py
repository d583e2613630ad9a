"""What stands beside the picture while it is written: comments, text not yet saved, what was taken away, and answers.

None of it belongs to the picture: it is never frozen, exported or shown to a visitor.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.models import ChainLink
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.parties.models import Cycle, Organisation
from lofte.picture.models.picture import Problem, SituationPicture
from lofte.places.models import Municipality


class PartComment(models.Model):
    """What one party says to the other about a part of the picture. `about` is kind/key; empty is the whole picture."""

    picture = models.ForeignKey(SituationPicture, models.CASCADE, related_name="comments")
    about = models.CharField(_("om vad"), max_length=100, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="part_comments")
    text = models.TextField(_("kommentar"))
    written_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(_("klar"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("picture_id", "pk")
        constraints = [models.CheckConstraint(name="comment_says_something", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return f"{self.picture} {self.about}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(picture__cycle__municipality__in=viewer.municipalities)


class RemovedPart(models.Model):
    """A part that was taken away, with all rows under it as they were: it can be put back while the picture is open."""

    picture = models.ForeignKey(SituationPicture, models.CASCADE, related_name="removed_parts")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    rows = models.TextField()
    removed_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)
    removed_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-removed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.picture} {self.kind}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(picture__cycle__municipality__in=viewer.municipalities)


class WrittenDraft(models.Model):
    """What one person has written in a form and not saved yet. Only that person sees it; saving takes it away."""

    owner = models.UUIDField(_("vem (nyckel)"))
    address = models.CharField(_("sidans adress"), max_length=300)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("owner", "address"), name="draft_once_per_person_and_page")]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(owner=viewer.key, owner__isnull=False)


class GapAnswer(models.Model):
    """A gap of the chain that is left on purpose, and why. `about` names what it is about, as the gap does."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="gap_answers")
    kind = models.CharField(_("slag av glapp"), max_length=40)
    about = models.CharField(_("om vad"), max_length=120)
    reason = models.CharField(_("skäl"), max_length=500)
    answered_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("cycle_id", "kind", "about")
        constraints = [
            models.UniqueConstraint(fields=("cycle", "kind", "about"), name="gap_answered_once"),
            models.CheckConstraint(name="gap_answer_has_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.kind}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(cycle__municipality__in=viewer.municipalities)


class ProblemCarried(ChainLink):
    """Problem to problem: this one was taken up again from the cycle before."""

    problem = models.OneToOneField(Problem, models.CASCADE, related_name="carried_from")
    earlier = models.ForeignKey(Problem, models.PROTECT, related_name="carried_to")

    def __str__(self) -> str:
        return str(self.problem)


class WordTemplate(models.Model):
    """The kommun's own Word template, with its letterhead and styles; without one the program's own is used."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="word_template")
    content = models.BinaryField()
    uploaded_by = models.UUIDField(_("vem (nyckel)"), null=True, blank=True)
    uploaded_at = models.DateTimeField(auto_now=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.municipality)

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(municipality__in=viewer.municipalities)
