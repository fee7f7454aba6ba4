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
    terminal.type("\x1b:only\r")

    # A callout is run by its lens: results stand at the ends of lines, the report below, and the lens stays.
    terminal.type(":edit etc/conf/global/outbound/stream_binding.lua\r")
    terminal.type("/function policy:validate_set_binding\rzz")
    terminal.see("▶ Run")
    terminal.type(":lua vim.lsp.codelens.run()\r", then=1)
    terminal.see("▶ Run with")
    terminal.choose("▶ Run")
    terminal.see("▸", ".report.txt")
    terminal.type("\r:only\r")
    terminal.see("▶ Run", "▸")

    # A session is tested by its lens: what does not hold stands at its line.
    terminal.type(":edit sessions/auth-failure.toml\r")
    terminal.type("/^disposition\rcc" + 'disposition = "bounced"' + "\x1b:w\rgg")
    terminal.see("▶ Test")
    terminal.type(":lua vim.lsp.codelens.run()\r", then=1)
    terminal.choose("▶ Test")
    terminal.see("expected bounced")
finally:
    pathlib.Path(out, "screen.txt").write_text(terminal.text())
    terminal.close()
