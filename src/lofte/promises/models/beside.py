"""What stands beside the signed text: the same in plain words or another language, and questions one asks oneself."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.core.states import PUBLIC_PROMISE_STATES
from lofte.core.visibility import Viewer, VisibleQuerySet
from lofte.promises.models.promise import SHORT_LINE_LENGTH, CitizenPromise

# What fits on one page in large print.
LONGEST_TWIN = 2500


class PlainTwin(models.Model):
    """The promise in easy Swedish or in another language: it helps people to read, and is never what was signed.

    `source_sha256` tells which text it says again; when that is no longer the one in force, the page says so.
    """

    class Language(models.TextChoices):
        EASY = "sv-ll", "Lättläst svenska"
        EN = "en", "English"
        AR = "ar", "العربية"
        BS = "bs", "Bosanski"
        ES = "es", "Español"
        FA = "fa", "فارسی"
        FI = "fi", "Suomi"
        PL = "pl", "Polski"
        SE = "se", "Davvisámegiella"
        SO = "so", "Soomaali"
        TI = "ti", "ትግርኛ"
        UK = "uk", "Українська"

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="twins")
    language = models.CharField(_("språk"), max_length=5, choices=Language)
    line = models.CharField(_("kort version"), max_length=SHORT_LINE_LENGTH + 30)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(LONGEST_TWIN)])
    source_sha256 = models.CharField(_("kontrollsumma för texten som den återger"), max_length=64)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [models.UniqueConstraint(fields=("promise", "language"), name="twin_once_per_language")]

    def __str__(self) -> str:
        return f"{self.promise} {self.language}"

    @classmethod
    def visible(cls, viewer: Viewer) -> models.Q:
        return models.Q(promise__state__in=PUBLIC_PROMISE_STATES) | models.Q(
            promise__municipality__in=viewer.municipalities
        )

    @property
    def html_language(self) -> str:
        """For the page's `lang`: easy Swedish is Swedish."""
        return self.language.partition("-")[0]

    @property
    def is_right_to_left(self) -> bool:
        return self.language in (self.Language.AR, self.Language.FA)


class PerspectiveAnswer(models.Model):
    """What those who write answered to a question about whom the promise reaches. For them alone."""

    class Question(models.TextChoices):
        HEARD = "heard", _("Vet ni hur många kvinnor, män, flickor och pojkar som har fått säga sitt?")
        DIFFERENT = "different", _("Ser problemet olika ut för kvinnor och män? Säger lägesbilden det?")
        REACHES = "reaches", _("Når aktiviteterna både kvinnor och män?")
        UNHEARD = "unheard", _("Vet ni vilka som inte har hörts, och vad ni gör åt det?")
        FOR_PLACE = "for_place", _("Får varje område något som görs för dem som bor där, inte bara insatser mot dem?")
        READABLE = "readable", _("Kan den som läser lite svenska förstå löftet?")
        FED_BACK = "fed_back", _("Har de som var med fått veta vad det blev av det de sa?")
        CHILDREN_HEARD = "children_heard", _("Har barn och unga själva fått säga sitt?")
        CHILDREN_BEST = "children_best", _("Har ni prövat vad som är bäst för barnen?")
        CHILDREN_READ = "children_read", _("Kan ett barn läsa och förstå löftet?")
        CHILDREN_TOLD = "children_told", _("Får barnen veta hur det gick, på ett sätt som når dem?")

    class Answer(models.TextChoices):
        YES = "yes", _("Ja")
        PARTLY = "partly", _("Delvis")
        NO = "no", _("Nej")

    promise = models.ForeignKey(CitizenPromise, models.CASCADE, related_name="perspectives")
    question = models.CharField(_("fråga"), max_length=16, choices=Question)
    answer = models.CharField(_("svar"), max_length=6, choices=Answer)
    note = models.CharField(_("mer om det"), max_length=300, blank=True)

    class Meta:
        ordering = ("promise_id", "pk")
        constraints = [models.UniqueConstraint(fields=("promise", "question"), name="perspective_once_per_question")]

    def __str__(self) -> str:
        return f"{self.promise} {self.question}: {self.answer}"
