"""Answers against the population: raking weights, and who was heard."""

from __future__ import annotations

from lofte_engine.survey.heard import Caution, GroupHeard, cautions, not_heard, who_was_heard
from lofte_engine.survey.raking import Raked, RakingError, design_effect, rake

__all__ = [
    "Caution",
    "GroupHeard",
    "Raked",
    "RakingError",
    "cautions",
    "design_effect",
    "not_heard",
    "rake",
    "who_was_heard",
]
