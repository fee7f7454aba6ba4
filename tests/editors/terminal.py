"""A program in a pseudo-terminal, and what stands on its screen."""

import os
import re
import time

import pexpect
import pyte

ROWS, COLUMNS = 36, 120

# For how long something may not be on the screen yet, in seconds.
PATIENCE = int(os.environ["PATIENCE"])


class Screen(pyte.Screen):
    """Takes the private forms of sequences that editors send and pyte does not know."""

    def report_device_status(self, mode, private=False, **_):
        if not private:
            super().report_device_status(mode)

    def report_device_attributes(self, *_, **__):
        self.write_process_input("\x1b[?62c")

    def set_margins(self, *arguments, **_):
        super().set_margins(*arguments)

    def select_graphic_rendition(self, *arguments, **_):
        super().select_graphic_rendition(*arguments)


class Terminal:
    """Runs a command; `see` waits for text on the screen, `type` sends keys."""

    def __init__(self, command, environment=None, folder=None):
        self.screen = Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        self.process = pexpect.spawn(
            command[0], command[1:], dimensions=(ROWS, COLUMNS), env=environment, cwd=folder
        )
        self.screen.write_process_input = self.process.send

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds):
        """Reads what the program draws; `False` when it has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.stream.feed(self.process.read_nonblocking(65536, 0.05))
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                return False
        return True

    def see(self, *wanted):
        """Waits until all of it is on the screen."""
        end = time.monotonic() + PATIENCE
        while True:
            missing = [text for text in wanted if text not in self.text()]
            if not missing:
                for text in wanted:
                    print(f"ok the screen shows {text!r}")
                return
            if time.monotonic() > end or not self.pump(0.2):
                raise AssertionError(f"not on the screen: {missing}\n{self.text()}")

    def type(self, keys, then=0.3):
        self.process.send(keys)
        self.pump(then)

    def choose(self, item):
        """Types the number that stands before an item of a list, and Enter."""
        numbered = re.compile(rf"(\d+): {re.escape(item)}")
        end = time.monotonic() + PATIENCE
        while not (found := numbered.search(self.text())):
            if time.monotonic() > end or not self.pump(0.2):
                raise AssertionError(f"no {item!r} to choose from\n{self.text()}")
        self.type(found[1] + "\r")

    def close(self):
        self.process.close(force=True)
