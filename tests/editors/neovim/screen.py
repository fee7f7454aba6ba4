"""screen.py NVIM OUT: drives Neovim's own interface in a terminal and reads its screen."""

import pathlib
import sys

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent))
from terminal import Terminal

nvim, out = sys.argv[1:]
terminal = Terminal([nvim, "-u", str(here / "init.lua"), "-i", "NONE", "mistakes/sender_check.lua"], folder=f"{out}/policy")
try:
    terminal.see("function mod:validate_mailfrom")
    terminal.type("32G")
    terminal.see("is a method: with `.`")
    terminal.type(":12\r/fetch_row\r?\r")
    terminal.type("K", then=1)
    terminal.see("Runs a query and gives its first row")
finally:
    pathlib.Path(out, "screen.txt").write_text(terminal.text())
    terminal.close()
