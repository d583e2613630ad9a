"""A web process stays small: the heavy libraries are imported inside task bodies, in the worker."""

import json
import subprocess
import sys

HEAVY = {"altair", "pandas", "scipy", "sklearn", "statsmodels"}

# A process of its own: in this one other tests have imported them already.
PROGRAM = """
import json, sys
import lofte.config.wsgi
from django.urls import URLPattern, get_resolver

def walk(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback.__module__
        else:
            yield from walk(pattern.url_patterns)

views = sorted(set(walk(get_resolver().url_patterns)))
print(json.dumps({"views": views, "loaded": sorted({name.split(".")[0] for name in sys.modules})}))
"""


def test_no_page_loads_a_heavy_library() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    assert any(view.startswith("lofte.") for view in answer["views"])
    assert HEAVY.isdisjoint(answer["loaded"])
