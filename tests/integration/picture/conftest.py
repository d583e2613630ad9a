"""A kommun that is to make its picture."""

import pytest

from pictures import PictureSite, picture_site


@pytest.fixture
def here(db: None) -> PictureSite:
    return picture_site()
