"""screen.py HELIX OUT: opens a script with mistakes, and reads the screen."""

import pathlib
import sys

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent))
from terminal import Terminal

helix, out = sys.argv[1:]
terminal = Terminal([helix, "mistakes/sender_check.lua:32:10"], folder=f"{out}/policy")
try:
    terminal.see("function mod:validate_mailfrom")
    terminal.see("is a method: with `.`")
    terminal.type(":10\r")
    terminal.type("/fetch_row\r", then=0.5)
    terminal.type(" k", then=1)
    terminal.see("Runs a query and gives its first row")
finally:
    pathlib.Path(out, "screen.txt").write_text(terminal.text())
    terminal.close()
