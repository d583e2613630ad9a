"""What can be found by a word: one index in plain tables, so that every database gives the same answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lofte.places.models import Municipality


class SearchEntry(models.Model):
    """A promise, report, picture or update as it is searched: once as everyone reads it, once as those who lead do.

    `page` and `where` say which address it has; the kommun's name is put in when the answer is shown, so that an
    entry survives a new name.
    """

    class Kind(models.TextChoices):
        PROMISE = "promise", _("medborgarlöfte")
        REPORT = "report", _("rapport")
        PICTURE = "picture", _("lägesbild")
        UPDATE = "update", _("nytt sedan sist")

    class Audience(models.TextChoices):
        OPEN = "open", _("alla")
        LEADERS = "leaders", _("de som leder arbetet")

    kind = models.CharField(_("slag"), max_length=8, choices=Kind)
    of = models.BigIntegerField(_("raden den handlar om"))
    audience = models.CharField(_("vilka"), max_length=8, choices=Audience)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="search_entries")
    title = models.CharField(_("rubrik"), max_length=300)
    text = models.TextField(_("text"))
    on = models.DateField(_("datum"), null=True)
    page = models.CharField(_("sidans namn"), max_length=40)
    where = models.JSONField(_("sidans adress"), default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("kind", "of", "audience"), name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.of} ({self.audience})"


class SearchWord(models.Model):
    """A stem in an entry, and how much it weighs there."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="words")
    stem = models.CharField(max_length=60, db_index=True)
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("entry", "stem"), name="search_word_once_per_entry")]

    def __str__(self) -> str:
        return self.stem


class SearchMark(models.Model):
    """How far in the event log the index has come."""

    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.event)


class FormerName(models.Model):
    """A name that a kommun had in addresses: they lead on to the present one, for ever."""

    slug = models.SlugField(_("tidigare namn i adresser"), max_length=80, unique=True)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="former_names")
    since = models.DateField(_("bytt den"), auto_now_add=True)

    def __str__(self) -> str:
        return self.slug
