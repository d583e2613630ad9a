"""The page of the act's requirements, and confirming one of them."""

import pytest

from factories import Kommun, kommun
from lofte.core.models import Event
from lofte.statute.models import Attestation
from people import cast, signed_in

pytestmark = pytest.mark.django_db
LAW = "/arbete/tuna/lagen/"
GIVEN = {"answer": "attested", "evidence": "Protokoll § 5", "on": "2026-05-01"}


@pytest.fixture
def where() -> Kommun:
    return kommun()


def test_page_lists_all_and_sums_nothing(where: Kommun) -> None:
    page = signed_in(cast(where).coordinator).get(LAW).text

    assert page.count('id="BFL-') == 30
    assert "%" not in page


def test_what_somebody_confirms_is_kept_and_logged(where: Kommun) -> None:
    client = signed_in(cast(where).coordinator)

    answer = client.post(f"{LAW}BFL-20/", GIVEN)

    assert answer.status_code == 302
    assert Attestation.objects.get().evidence == "Protokoll § 5"
    assert Event.objects.get(verb="statute.attested").target_id == "tuna BFL-20"


@pytest.mark.parametrize("requirement", ["BFL-01", "BFL-03", "BFL-31"])
def test_what_cannot_be_confirmed_has_no_page(where: Kommun, requirement: str) -> None:
    assert signed_in(cast(where).coordinator).get(f"{LAW}{requirement}/").status_code == 404


def test_police_reads_but_does_not_confirm(where: Kommun) -> None:
    officer = signed_in(cast(where).police_editor)

    assert officer.get(LAW).status_code == 200
    assert officer.post(f"{LAW}BFL-20/", GIVEN).status_code == 404


def test_a_day_to_come_is_refused(where: Kommun) -> None:
    client = signed_in(cast(where).coordinator)

    assert client.post(f"{LAW}BFL-20/", GIVEN | {"on": "2999-01-01"}).status_code == 422
