"""What the act asks to be told of, and what a person has confirmed."""

from lofte.statute.models.attestation import Attestation
from lofte.statute.models.registers import (
    AssemblyReport,
    CoordinationFunction,
    CouncilMeeting,
    CouncilMember,
    PlanFollowUp,
    StrategicCouncil,
)

__all__ = [
    "AssemblyReport",
    "Attestation",
    "CoordinationFunction",
    "CouncilMeeting",
    "CouncilMember",
    "PlanFollowUp",
    "StrategicCouncil",
]
