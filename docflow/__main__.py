"""`python -m docflow`: the command of `docflow.command`."""

import sys

from docflow.command import main

if __name__ == "__main__":
    sys.exit(main())
