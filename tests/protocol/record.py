#!/usr/bin/env python3
"""record.py LOG COMMAND...: runs a language server, passes everything through, and appends each of its messages to LOG.

A line of LOG is {"kind": "result" | "error" | "request" | "notification", "method": ..., "body": ...}; the method of an
answer is that of its request.
"""
import json
import os
import subprocess
import sys
import threading


def messages(stream):
    """The messages of a stream: the bytes of each, and what they say."""
    while True:
        head, length = b"", None
        while True:
            line = stream.readline()
            if not line:
                return
            head += line
            if not line.strip():
                break
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        body = stream.read(length)
        yield head + body, json.loads(body)


def main():
    path, command = sys.argv[1], sys.argv[2:]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    asked = {}

    def to_server():
        for raw, message in messages(sys.stdin.buffer):
            if "id" in message and "method" in message:
                asked[json.dumps(message["id"])] = message["method"]
            try:
                server.stdin.write(raw)
                server.stdin.flush()
            except BrokenPipeError:
                return
        server.stdin.close()

    threading.Thread(target=to_server, daemon=True).start()
    with open(path, "a", encoding="utf-8") as log:
        for raw, message in messages(server.stdout):
            if "method" in message:
                kind = "request" if "id" in message else "notification"
                entry = {"kind": kind, "method": message["method"], "body": message.get("params")}
            else:
                kind = "error" if "error" in message else "result"
                method = asked.get(json.dumps(message.get("id")), "?")
                entry = {"kind": kind, "method": method, "body": message.get(kind)}
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")
            log.flush()
            sys.stdout.buffer.write(raw)
            sys.stdout.buffer.flush()
    return server.wait()


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # The thread may still wait for the client, and the interpreter would complain about that.
    os._exit(status)
