#!/usr/bin/env python3
"""Times `momentum-lua check` against other Lua linters on the same files, in turn, and prints ratios.

usage: compare.py [--runs N] [--binary PATH] [--scripts N] [--lines N]

Compared is what is found on PATH (or in $PEERS, a folder of binaries): selene and emmylua_check (from crates.io: `cargo
install selene emmylua_check`) and luacheck (Debian: `apt-get install lua-check`). User and system time and peak memory
are the operating system's own figures for each finished run; a ratio compares the two runs of a pair that follow each
other, and the median of the ratios is printed: above 1, the other tool takes more.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile

import generate


def measure(command, folder):
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def peers():
    path = os.environ.get("PEERS", "") + os.pathsep + os.environ.get("PATH", "")
    known = {
        "selene": ["selene", "--allow-warnings", "."],
        "luacheck": ["luacheck", "-q", "."],
        "emmylua_check": ["emmylua_check", "."],
    }
    for name, command in known.items():
        program = shutil.which(command[0], path=path)
        if program:
            yield name, [program, *command[1:]]
        else:
            print(f"skipped: {name} is not installed")


def compare(title, folder, ours, runs):
    print(f"\n{title}")
    print(f"  {'':16}{'cpu ms':>9}{'MiB':>8}{'cpu ratio':>12}{'memory ratio':>14}")
    own = [measure(ours, folder) for _ in range(runs + 1)][1:]
    print(f"  {'momentum-lua':16}{1000 * statistics.median(t for t, _ in own):9.1f}"
          f"{statistics.median(m for _, m in own):8.1f}")
    for name, command in peers():
        measure(command, folder)
        pairs = [(measure(ours, folder), measure(command, folder)) for _ in range(runs)]
        time = statistics.median(other[0] / max(mine[0], 1e-4) for mine, other in pairs)
        memory = statistics.median(other[1] / mine[1] for mine, other in pairs)
        cpu = statistics.median(other[0] for _, other in pairs)
        peak = statistics.median(other[1] for _, other in pairs)
        print(f"  {name:16}{1000 * cpu:9.1f}{peak:8.1f}{time:12.2f}{memory:14.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--binary", default="target/release/momentum-lua")
    parser.add_argument("--scripts", type=int, default=1000, help="scripts of the large tree")
    parser.add_argument("--lines", type=int, default=60, help="lines of each of them")
    arguments = parser.parse_args()
    binary = str(pathlib.Path(arguments.binary).resolve())
    ours = [binary, "check", "--exit-zero", "."]
    with tempfile.TemporaryDirectory() as root:
        root = pathlib.Path(root)
        one = root / "one"
        one.mkdir()
        (one / "one.lua").write_text("local x = 1 return x\n")
        small = root / "small"
        generate.write(small, 40, 40)
        large = root / "large"
        generate.write(large, arguments.scripts, arguments.lines)
        for folder in (one, small, large):
            (folder / "selene.toml").write_text('std = "lua51"\n')
        compare("a script of one line", one, ours, arguments.runs)
        compare("40 scripts of 40 lines", small, ours, arguments.runs)
        compare(f"{arguments.scripts} scripts of {arguments.lines} lines", large, ours, max(3, arguments.runs // 2))


if __name__ == "__main__":
    main()
