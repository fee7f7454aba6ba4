#!/usr/bin/env python3
"""Types, completes and hovers in Lua language servers as an editor does, and prints how long each takes to answer.

usage: lsp.py [--runs N] [--strokes N] [--binary PATH] [--peer PATH] [--scene NAME]... [--bare]

Compared are `momentum-lua lsp` and, where it is found on PATH or in $PEERS (a folder of binaries), emmylua_ls (`cargo
install emmylua_ls`). The servers take turns, each run with a new process, on copies of the same files. Both know the API
of Momentum: emmylua_ls gets it as a library, written by `momentum-lua api --export luacats`; `--bare` leaves that out.

A time runs from before the first byte of the first message is written until the last byte of the answer is read:

  start → diagnostics    the process starts; a script is opened; its diagnostics are there
  open → diagnostics     didOpen with a text that the server has not seen
  edit → diagnostics     one character is typed inside a callout
  edit → completion      one character is typed and completion asked for behind it
  edit → tokens          one character is typed and semantic tokens asked for: changes where the server gives them
  completion, hover, tokens    the same in a text that does not change

Diagnostics are asked for behind each change (pull), again and again until the answer is that to the new text: the typed
character belongs to a name that nobody declared, which has to be reported with its new end. `pushed` is the same for a
client that cannot ask, and waits; there counts also how long a server waits for another change. The servers get changes
in the form that they announce (momentum-lua single edits, emmylua_ls whole texts). Memory is VmRSS at the end, and
VmHWM, the most that it ever was. Times of all runs together give p50 and p99; each ratio is that of two runs behind each
other, and their median is printed: above 1, the other server takes more.
"""

import argparse
import json
import os
import pathlib
import queue
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

import generate

ROOT = pathlib.Path(__file__).resolve().parents[2]
# No answer takes longer; reached only where something hangs.
PATIENCE = 120
MARK = "undeclared_"


class Server:
    """A language server, spoken to over its standard input and output."""

    def __init__(self, command, folder, pulls):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.pulls = pulls
        self.received = queue.SimpleQueue()
        self.next = 0
        self.at = self.started
        self.versions = {}
        threading.Thread(target=self.read, daemon=True).start()
        text = {
            "synchronization": {"didSave": True},
            "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
            "completion": {"completionItem": {
                "snippetSupport": True, "documentationFormat": ["markdown"],
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]}}},
            "hover": {"contentFormat": ["markdown"]},
            "semanticTokens": {
                "requests": {"full": {"delta": True}, "range": True}, "formats": ["relative"],
                "tokenTypes": [], "tokenModifiers": []},
        }
        if pulls:
            text["diagnostic"] = {"relatedDocumentSupport": False}
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True, "applyEdit": True},
            "window": {"workDoneProgress": True},
            "textDocument": text,
        }
        folder = folder.as_uri()
        offered, _ = self.ask("initialize", {
            "processId": os.getpid(), "rootUri": folder, "capabilities": capabilities,
            "workspaceFolders": [{"uri": folder, "name": "policy"}]})
        offered = offered["capabilities"]
        sync = offered["textDocumentSync"]
        self.incremental = (sync["change"] if isinstance(sync, dict) else sync) == 2
        tokens = offered["semanticTokensProvider"]
        self.deltas = isinstance(tokens.get("full"), dict) and tokens["full"].get("delta", False)
        self.notify("initialized", {})

    def read(self):
        output = self.process.stdout
        while True:
            length = 0
            while line := output.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = output.read(length)
            self.received.put((time.perf_counter(), body))
            if not body:
                return

    def write(self, *messages):
        out = b""
        for message in messages:
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            out += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        start = time.perf_counter()
        self.process.stdin.write(out)
        self.process.stdin.flush()
        return start

    def message(self, wait=PATIENCE):
        """The next message and when it was there; requests of the server are answered."""
        at, body = self.received.get(timeout=wait)
        if not body:
            raise SystemExit("the server ended")
        message = json.loads(body)
        if "method" in message and "id" in message:
            items = message.get("params", {}).get("items", []) if message["method"].endswith("configuration") else None
            self.write({"id": message["id"], "result": None if items is None else [None] * len(items)})
        return at, message

    def notify(self, method, parameters):
        return self.write({"method": method, "params": parameters})

    def ask(self, method, parameters, *before):
        """Sends notifications and a request. Gives the result and the seconds from the first byte on."""
        self.next += 1
        start = self.write(*before, {"id": self.next, "method": method, "params": parameters})
        return self.answer(self.next), self.at - start

    def answer(self, number):
        while True:
            self.at, message = self.message()
            if message.get("id") == number and "method" not in message:
                # A server may refuse what it is not ready for.
                return message.get("result")

    def open(self, uri, text):
        self.versions[uri] = 1
        return {"method": "textDocument/didOpen", "params": {
            "textDocument": {"uri": uri, "languageId": "lua", "version": 1, "text": text}}}

    def close(self, uri):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def change(self, uri, text, line, start, end, new):
        """The message for one edit in one line; `text` is the whole text behind it."""
        self.versions[uri] += 1
        edit = {"text": text}
        if self.incremental:
            edit = {"range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}},
                    "text": new}
        return {"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": uri, "version": self.versions[uri]}, "contentChanges": [edit]}}

    def diagnostics(self, script, *before):
        """Sends `before`; when that was, and when diagnostics named the undeclared name of the script."""
        uri, mark = script.uri, script.mark()

        def fits(found):
            return any(item["range"] == mark for item in found)
        if self.pulls:
            parameters = {"textDocument": {"uri": uri}}
            found, seconds = self.ask("textDocument/diagnostic", parameters, *before)
            start = self.at - seconds
            until = start + PATIENCE
            while not (found and fits(found.get("items", []))):
                if time.perf_counter() > until:
                    raise SystemExit(f"{self.process.args[0]}: no diagnostic at {mark}")
                time.sleep(0.0005)
                found, _ = self.ask("textDocument/diagnostic", parameters)
            return start, self.at
        start = self.write(*before)
        while True:
            at, message = self.message()
            if message.get("method") == "textDocument/publishDiagnostics":
                published = message["params"]
                if published["uri"] == uri and fits(published["diagnostics"]):
                    return start, at

    def settle(self):
        """Waits until the server says nothing for a while, and works on nothing."""
        busy = self.processor()
        while True:
            try:
                while True:
                    self.message(0.5)
            except queue.Empty:
                now = self.processor()
                if now - busy < 0.05:
                    return
                busy = now

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) / 1024 for name in ("VmRSS", "VmHWM")]

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.ask("shutdown", None)
        self.notify("exit", None)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Script:
    """A script with a line inside a callout in which is typed: a call with a name that nobody declared."""

    def __init__(self, path, text, callout):
        self.uri = path.as_uri()
        lines = text.split("\n")
        at = next(index for index, line in enumerate(lines) if re.search(callout, line)) + 1
        lines[at:at] = ["", ""]
        self.mark_line, self.member_line = at, at + 1
        self.lines = lines
        self.grows = True
        self.rename(MARK + "0")
        # A server that reads the disk behind `didOpen` finds the same.
        path.write_text(self.text())

    def text(self):
        return "\n".join(self.lines)

    def mark(self):
        start = {"line": self.mark_line, "character": 8}
        return {"start": start, "end": {"line": self.mark_line, "character": 8 + len(self.name)}}

    def rename(self, name):
        self.name = name
        self.lines[self.mark_line] = f"  print({name})"

    def type(self, server, line, new):
        """The message for a stroke: `new` is the line's text without its indentation, one character longer or shorter."""
        old = self.lines[line]
        new = "  " + new
        shared = len(os.path.commonprefix([old, new]))
        tail = len(os.path.commonprefix([old[shared:][::-1], new[shared:][::-1]]))
        self.lines[line] = new
        return server.change(self.uri, self.text(), line, shared, len(old) - tail, new[shared:len(new) - tail])

    def stroke(self, server):
        """Types another character of the undeclared name, or takes one away where it got long."""
        if len(self.name) > 60 or len(self.name) < len(MARK) + 3:
            self.grows = len(self.name) < 60
        name = self.name + random.choice("abcdefgh") if self.grows else self.name[:-1]
        self.name = name
        return self.type(server, self.mark_line, f"print({name})")

    def places(self, count):
        """Places on names, spread over the text."""
        names = [(line, found.start() + 1) for line, text in enumerate(self.lines)
                 for found in re.finditer(r"(?<![\w\"])[a-z_]\w{2,}(?=[(.:])", text)
                 if found[0] not in ("require", "and", "function")]
        return [random.choice(names) for _ in range(count)]


def position(uri, line, character):
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def drive(server, script, strokes):
    """Everything that is measured in one script: lists of seconds by what was measured, and sizes."""
    times = {}

    def note(what, seconds):
        times.setdefault(what, []).append(seconds)

    start, at = server.diagnostics(script, server.open(script.uri, script.text()))
    pushed = "" if server.pulls else ", pushed"
    note("start → diagnostics" + pushed, at - server.started)
    server.settle()
    if not server.pulls:
        for _ in range(max(10, strokes // 10)):
            start, at = server.diagnostics(script, script.stroke(server))
            note("edit → diagnostics, pushed", at - start)
        return times, {}
    for number in range(max(5, strokes // 10)):
        server.close(script.uri)
        script.rename(f"{MARK}{number}")
        server.settle()
        start, at = server.diagnostics(script, server.open(script.uri, script.text()))
        note("open → diagnostics", at - start)
    server.settle()
    for _ in range(strokes):
        start, at = server.diagnostics(script, script.stroke(server))
        note("edit → diagnostics", at - start)
    no_items, no_text = 0, 0
    # Both know this table and what is in it.
    typed = "msys.core.VALIDATE_CONT"
    first = typed.index("VALIDATE")
    for number in range(strokes):
        length = first + number % (len(typed) - first) + 1
        stroke = script.type(server, script.member_line, typed[:length])
        context = {"triggerKind": 1}
        where = position(script.uri, script.member_line, 2 + length)
        result, seconds = server.ask("textDocument/completion", {**where, "context": context}, stroke)
        no_items += not (result and (result["items"] if isinstance(result, dict) else result))
        note("edit → completion", seconds)
    server.write(script.type(server, script.member_line, "msys.core.VALI"))
    server.settle()
    for _ in range(strokes):
        where = position(script.uri, script.member_line, len("  msys.core.VALI"))
        note("completion", server.ask("textDocument/completion", {**where, "context": {"triggerKind": 1}})[1])
    for line, character in script.places(strokes):
        result, seconds = server.ask("textDocument/hover", position(script.uri, line, character))
        no_text += not result
        note("hover", seconds)
    document = {"textDocument": {"uri": script.uri}}
    known = None
    for _ in range(max(10, strokes // 5)):
        result, seconds = server.ask("textDocument/semanticTokens/full", document)
        known = result.get("resultId")
        note("tokens", seconds)
    for _ in range(max(10, strokes // 5)):
        stroke = script.stroke(server)
        if server.deltas and known:
            parameters = {**document, "previousResultId": known}
            result, seconds = server.ask("textDocument/semanticTokens/full/delta", parameters, stroke)
            known = result.get("resultId")
        else:
            seconds = server.ask("textDocument/semanticTokens/full", document, stroke)[1]
        note("edit → tokens", seconds)
    resident, most = server.memory()
    sizes = {"memory, MiB": resident, "most memory, MiB": most, "processor time, s": server.processor(),
             "completions without items": no_items, "hovers without text": no_text}
    return times, sizes


def scene_examples(folder):
    shutil.copytree(ROOT / "examples", folder)
    path = folder / "etc/conf/global/inbound/recipients.lua"
    return Script(path, path.read_text(), r"function mod:validate_rcptto")


def scene_of_lines(lines):
    def scene(folder):
        generate.write(folder, 1, lines)
        path = folder / "policy_0.lua"
        return Script(path, path.read_text(), r"function mod:")
    return scene


def scene_workspace(folder):
    generate.write(folder, 1000, 60)
    path = folder / "policy_500.lua"
    return Script(path, path.read_text(), r"function mod:")


SCENES = {
    "examples": ("examples/", scene_examples),
    "1000-lines": ("a script of 1,000 lines", scene_of_lines(1000)),
    "10000-lines": ("a script of 10,000 lines", scene_of_lines(10000)),
    "1000-scripts": ("1,000 scripts of 60 lines", scene_workspace),
}


def run(command, folder, make, strokes, library):
    """One run of a server: a process that is asked for diagnostics, and one that says them by itself."""
    random.seed(5)
    times, sizes = {}, {}
    for pulls in (True, False):
        script = make(folder)
        (folder / "momentum-lua.toml").touch()
        settings = {"runtime": {"version": "Lua5.1"}, "workspace": {"library": [str(library)] if library else []}}
        (folder / ".emmyrc.json").write_text(json.dumps(settings))
        server = Server(command, folder, pulls)
        more_times, more_sizes = drive(server, script, strokes)
        times |= more_times
        sizes |= more_sizes
        server.end()
        shutil.rmtree(folder)
    return times, sizes


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def report(title, ours, theirs):
    """Prints what the runs of both servers came to; `theirs` may be empty."""
    print(f"\n{title}")
    print(f"  {'':30}{'momentum-lua':>20}" + (f"{'emmylua_ls':>20}{'ratios':>14}" if theirs else ""))
    print(f"  {'ms':30}" + f"{'p50':>11}{'p99':>9}" * (2 if theirs else 1) + (f"{'p50':>9}{'p99':>7}" if theirs else ""))
    for what in ours[0][0]:
        line = f"  {what:30}"
        for runs in filter(None, (ours, theirs)):
            together = [seconds for times, _ in runs for seconds in times[what]]
            line += f"{1000 * quantile(together, 0.5):11.1f}{1000 * quantile(together, 0.99):9.1f}"
        if theirs:
            for part, width in ((0.5, 9), (0.99, 7)):
                pairs = zip(ours, theirs)
                ratios = [quantile(b[what], part) / quantile(a[what], part) for (a, _), (b, _) in pairs]
                line += f"{statistics.median(ratios):{width}.1f}"
        print(line)
    for what in ours[0][1]:
        line = f"  {what:30}"
        for runs in filter(None, (ours, theirs)):
            line += f"{statistics.median(sizes[what] for _, sizes in runs):11.1f}{'':9}"
        if theirs and "without" not in what:
            ratios = [b[what] / max(a[what], 1e-9) for (_, a), (_, b) in zip(ours, theirs)]
            line += f"{statistics.median(ratios):9.1f}"
        print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--strokes", type=int, default=200, help="key strokes and requests of each kind in a run")
    parser.add_argument("--binary", default="target/release/momentum-lua")
    parser.add_argument("--peer", help="emmylua_ls; `none` measures momentum-lua alone")
    parser.add_argument("--scene", action="append", choices=SCENES, help="only this one; may be repeated")
    parser.add_argument("--bare", action="store_true", help="emmylua_ls does not get the API of Momentum")
    arguments = parser.parse_args()
    binary = str(pathlib.Path(arguments.binary).resolve())
    path = os.environ.get("PEERS", "") + os.pathsep + os.environ.get("PATH", "")
    peer = None if arguments.peer == "none" else shutil.which(arguments.peer or "emmylua_ls", path=path)
    if not peer:
        print("momentum-lua alone: emmylua_ls is not named, in $PEERS or on PATH")
    with tempfile.TemporaryDirectory() as root:
        root = pathlib.Path(root).resolve()
        library = None
        if peer and not arguments.bare:
            library = root / "library"
            subprocess.run([binary, "api", "--export", "luacats", library], check=True, stdout=subprocess.DEVNULL)
        for name in arguments.scene or SCENES:
            title, make = SCENES[name]
            ours, theirs = [], []
            for _ in range(arguments.runs):
                folder = root / "policy" / name
                ours.append(run([binary, "lsp"], folder, make, arguments.strokes, None))
                if peer:
                    theirs.append(run([peer], folder, make, arguments.strokes, library))
            load = " ".join(f"{value:.1f}" for value in os.getloadavg())
            report(f"{title} ({arguments.runs} runs; load {load} on {os.cpu_count()} processors)", ours, theirs)


if __name__ == "__main__":
    main()
