"""`python -m zhclean` is the command `zhclean`."""

import sys

from zhclean.cli import main

sys.exit(main())
