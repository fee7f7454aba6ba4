"""wheel.py VERSION BINARY GLIBC OUT: a wheel that puts the program, which needs that glibc, beside Python's own."""

import base64
import hashlib
import pathlib
import sys
import zipfile

version, binary, glibc, out = sys.argv[1:]
root = pathlib.Path(__file__).resolve().parent.parent
name = f"momentum_lua-{version}"
# PEP 600: a platform is named by its glibc, and 2.17 has an older name as well. No older one is promised.
minor = max(17, int(glibc.split(".")[1]))
tag = f"py3-none-manylinux_2_{minor}_x86_64" + (".manylinux2014_x86_64" if minor == 17 else "")

metadata = f"""Metadata-Version: 2.4
Name: momentum-lua
Version: {version}
Summary: Linter, language server and local runtime for the Lua policy of the Momentum MTA
License-Expression: MIT OR Apache-2.0
License-File: LICENSE-MIT
License-File: LICENSE-APACHE
Project-URL: Repository, https://github.com/momentum-lua/momentum-lua
Description-Content-Type: text/markdown

""" + (root / "README.md").read_text(encoding="utf-8")

files = {
    f"{name}.data/scripts/momentum-lua": pathlib.Path(binary).read_bytes(),
    f"{name}.dist-info/METADATA": metadata.encode(),
    f"{name}.dist-info/WHEEL": "\n".join(
        ["Wheel-Version: 1.0", "Generator: momentum-lua", "Root-Is-Purelib: false"]
        + [f"Tag: py3-none-{platform}" for platform in tag.removeprefix("py3-none-").split(".")]
        + [""]
    ).encode(),
    f"{name}.dist-info/licenses/LICENSE-MIT": (root / "LICENSE-MIT").read_bytes(),
    f"{name}.dist-info/licenses/LICENSE-APACHE": (root / "LICENSE-APACHE").read_bytes(),
}
record = f"{name}.dist-info/RECORD"
lines = []
for path, content in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    lines.append(f"{path},sha256={digest},{len(content)}")
files[record] = ("\n".join([*lines, f"{record},,", ""])).encode()

with zipfile.ZipFile(pathlib.Path(out, f"{name}-{tag}.whl"), "w", zipfile.ZIP_DEFLATED) as wheel:
    for path, content in files.items():
        entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
        entry.external_attr = (0o100755 if "/scripts/" in path else 0o100644) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        wheel.writestr(entry, content)
