"""Write the golden files anew: `python tests/golden/renew.py [NAME ...]`, all of them or those named.

Do it only when figures or words are meant to change; look at `git diff tests/golden` before you commit, and say in
the commit why each difference is right.
"""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from frozen import FROZEN, place

if __name__ == "__main__":
    for name in sys.argv[1:] or FROZEN:
        place(name).write_text(FROZEN[name](), encoding="utf-8")
        print(name)
