"""`python -m lofte`: the same as `lofte`."""

import sys

from lofte.cli import main

sys.exit(main())
