"""Charts carry a title, a description and a table twin, say what is not shown, and can be read in grey."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from lofte_engine.charts import SHADES, Value, choropleth, intervals, over_time
from lofte_engine.synthetic import squares
from lofte_engine.voice import Voice

SVG = "{http://www.w3.org/2000/svg}"
VALUES = [Value("Norr", 1.5, 0.8, 2.6), Value("Söder <&>", None), Value("Väster", 0.0, 0.0, None), Value("Öst", 12.25)]

CHARTS = {
    "over_time": over_time(VALUES, title="Händelser & år", unit="händelser"),
    "intervals": intervals(VALUES, title="Händelser & år", unit="per 1 000"),
    "choropleth": choropleth(squares(2, 2), VALUES, title="Händelser & år", unit="per 1 000"),
}


@pytest.fixture(params=CHARTS)
def chart(request):
    return CHARTS[request.param]


def test_svg_is_named_and_described(chart):
    root = ElementTree.fromstring(chart.svg)  # noqa: S314 - our own

    named = {one.get("id"): one.text for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert [named[key] for key in root.get("aria-labelledby").split()] == ["Händelser & år", chart.description]
    assert "visa" in chart.description.casefold()


def test_svg_loads_and_runs_nothing(chart):
    root = ElementTree.fromstring(chart.svg)  # noqa: S314 - our own

    assert not [one.tag for one in root.iter() if one.tag in (f"{SVG}script", f"{SVG}style", f"{SVG}image")]
    assert not re.findall(r"(?:href|src|url\()=?\"?https?:", chart.svg)


def test_two_charts_on_a_page_share_no_id():
    ids = [found for chart in CHARTS.values() for found in re.findall(r'\bid="([^"]+)"', chart.svg)]

    assert len(ids) == len(set(ids))


def test_the_twin_has_every_value_in_its_order(chart):
    assert [row[0] for row in chart.rows] == ["Norr", "Söder <&>", "Väster", "Öst"]
    assert [row[1] for row in chart.rows][1] == "visas inte"
    assert all(len(row) == len(chart.headings) for row in chart.rows)


def test_lines_stand_in_the_order_given_also_without_a_value():
    labels = re.findall(r">(Norr|Söder[^<]*|Väster|Öst)</text>", CHARTS["intervals"].svg)

    assert labels == ["Norr", "Söder &lt;&amp;&gt;", "Väster", "Öst"]


def test_shades_fall_steadily_in_grey():
    def grey(colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    steps = [grey(light) - grey(dark) for light, dark in pairwise(SHADES)]
    assert min(steps) > 25


def test_an_area_without_a_value_differs_by_more_than_colour():
    svg = CHARTS["choropleth"].svg
    pattern = re.search(r'<pattern id="([^"]+)"', svg)[1]

    assert f'fill="url(#{pattern})"' in svg
    assert ">visas inte</text>" in svg


def test_marks_are_numbered_where_they_fall():
    chart = over_time(VALUES, title="a", unit="fall", marks=(1, 3))

    assert re.findall(r'class="mark".*?x1="([\d.]+)".*?>(\d)</text>', chart.svg) == [("92.0", "1"), ("268.0", "2")]


def test_few_periods_are_columns_with_whiskers_and_many_are_a_line():
    few = over_time([Value("2023", 5, 2, 9), Value("2024", 7, 3, 12, is_preliminary=True)], title="a", unit="fall")
    many = over_time([Value(str(year), year % 7) for year in range(1990, 2025)], title="a", unit="fall")

    assert (few.svg.count('class="whisker"'), few.svg.count('class="prel"')) == (2, 1)
    assert few.rows[1] == ("2024", "7", "3,0–12")
    assert 'class="series"' in many.svg
    assert '<rect class="act"' not in many.svg


def test_the_same_picture_is_drawn_the_same():
    again = intervals(VALUES, title="Händelser & år", unit="per 1 000")

    assert again.svg == CHARTS["intervals"].svg


def test_another_language_says_the_words_and_numbers():
    english = Voice(lambda text: {"visas inte": "not shown"}.get(text, text), lambda one, many, n: one,
                    lambda value, decimals: f"{value:.{decimals}f}")  # fmt: skip

    chart = intervals(VALUES, title="a", unit="per 1 000", voice=english)

    assert chart.rows[:2] == (("Norr", "1.5", "0.80–2.6"), ("Söder <&>", "not shown", ""))


def test_nothing_to_show_says_so():
    hidden = [Value("Norr", None)]

    assert over_time(hidden, title="a", unit="händelser").description == "Inget antal händelser visas."
    assert "Inget värde" in intervals(hidden, title="a", unit="per 1 000").description
    assert "Inget värde" in choropleth(squares(1, 1), hidden, title="a", unit="per 1 000").description
