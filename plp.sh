#!/bin/sh
# ./plp <command>: find or make the environment in ./.venv, then run the command in it.
#
# Made with uv if it is there, else with a Python >= 3.12 that has venv and pip, else with a private uv in ./.venv-tools.
# What is installed is what the lock files name, hash by hash; it is done again only when they change. Set-up that was
# interrupted leaves .venv/unfinished behind and begins anew. PLP_DEBUG=1 shows what the installer says.
set -u

fail() {
    printf 'plp: %s\n' "$1" >&2
    exit 1
}

self=$0
[ ! -h "$self" ] || self=$(readlink -f -- "$self")
root=$(CDPATH='' cd -P -- "$(dirname -- "$self")" && pwd -P) || fail "The folder of $0 cannot be entered."
venv=$root/.venv
python=$venv/bin/python
tools=$root/.venv-tools

# --- What is wanted, and is it there? -----------------------------------------------------------------------------

# The place and the checksums of what an installation came from: a moved folder or a changed lock is a new one.
mark_of() {
    printf '%s\n' "$root"
    (cd "$root" && cksum "$1" pyproject.toml CHANGELOG.md) || fail "The folder $root is not complete: fetch it again."
}

is_current() { # <mark file> <mark>
    [ -x "$python" ] && [ ! -e "$venv/unfinished" ] && [ -r "$1" ] && [ "$(cat "$1")" = "$2" ]
}

# --- With which tools? --------------------------------------------------------------------------------------------

# The first Python for which the expression holds, by its real path: a shim or an older one first on PATH is passed over.
python_where() { # <expression>
    for name in python3.14 python3.13 python3.12 python3 /usr/bin/python3 /usr/local/bin/python3; do
        "$name" -c "import sys; ($1) or sys.exit(1); print(sys.executable)" 2>/dev/null && return 0
    done
    return 1
}

has_module='__import__("importlib.util").util.find_spec'
is_new='sys.version_info >= (3, 12)'
can_venv="$has_module(\"venv\") and $has_module(\"ensurepip\")"

private_uv() {
    [ -x "$tools/bin/uv" ] && return 0
    if any=$(python_where "$has_module(\"pip\")"); then
        attempt "$any" -m pip install --quiet --disable-pip-version-check --require-hashes --target "$tools" \
            -r "$root/requirements-tools.lock"
    elif any=$(python_where "$can_venv"); then
        attempt "$any" -m venv "$tools" && attempt "$tools/bin/python" -m pip install --quiet \
            --disable-pip-version-check --require-hashes -r "$root/requirements-tools.lock"
    else
        return 1
    fi
}

no_python="plp needs Python 3.12 or newer, with venv (on Debian or Ubuntu: apt install python3 python3-venv), or uv."

choose_tool() { # sets uv (empty: pip) and base, the Python to build on
    base=$(python_where "$is_new") || base=
    if uv --version >/dev/null 2>&1; then
        uv=uv
    elif able=$(python_where "$is_new and $can_venv"); then
        uv='' base=$able
    elif private_uv; then
        uv=$tools/bin/uv
    else
        fail "$no_python"
    fi
}

no_writing="plp may not write in $root: start it as the owner of that folder, or copy the folder to one of yours."

# --- Do it, and say what went wrong in one sentence ---------------------------------------------------------------

attempt() {
    if [ "${PLP_DEBUG:-}" = 1 ]; then
        "$@" >&2 && return 0
        fail "The set-up stopped; what the installer said stands above."
    fi
    said=$("$@" 2>&1) && return 0
    explain "$said"
}

explain() {
    case $1 in
    *"No space left"* | *"os error 28"* | *"Disk quota"*)
        fail "The disk is full: free about 500 MB where $root stands (and in the temporary folder), then start again." ;;
    *"ash mismatch"* | *"DO NOT MATCH"* | *"do not match the hash"*)
        rm -f "$venv/unfinished"
        fail "A package that came in is not the one that was locked (its hash differs), so nothing was installed: start again, and if it happens twice, do not trust this network." ;;
    *"ermission denied"* | *"Read-only file system"* | *"os error 13"* | *"os error 30"*)
        fail "$no_writing" ;;
    *"No interpreter found"* | *"python-build-standalone"* | *"ython download"*)
        fail "$no_python" ;;
    *"dns error"* | *"name resolution"* | *"error sending request"* | *"ailed to fetch"* | *"etwork is unreachable"* | \
        *"onnection"* | *"timed out"* | *"No matching distribution"* | *"ould not connect"* | *"ProxyError"* | *"Request failed"*)
        rm -f "$venv/unfinished"
        fail "The packages cannot be fetched: check that this machine reaches the network (or its package mirror), then start again." ;;
    *)
        printf '%s\n' "$1" | tail -n 5 >&2
        fail "The set-up stopped on the lines above; PLP_DEBUG=1 in front of the command shows more." ;;
    esac
}

make_environment() {
    attempt rm -rf "$venv"
    attempt mkdir "$venv"
    attempt touch "$venv/unfinished"
    if [ -n "$uv" ]; then
        attempt "$uv" venv --quiet --no-project --allow-existing --python "${base:-3.13}" "$venv"
    else
        attempt "$base" -m venv "$venv"
    fi
}

install() { # <arguments of the installer>
    if [ -n "$uv" ]; then
        attempt "$uv" pip install --quiet --python "$python" "$@"
    else
        attempt "$python" -m pip install --quiet --disable-pip-version-check --no-input "$@"
    fi
}

# One start sets up at a time. A lock dies with its holder (flock) or, where there is no flock, is broken after it.
hold_lock() {
    (: >>"$root/.venv-lock") 2>/dev/null || fail "$no_writing" # in a shell of its own: a failing exec would end ours
    exec 9>>"$root/.venv-lock"
    if command -v flock >/dev/null 2>&1; then
        flock -n 9 || { printf 'plp: Another start is setting up; waiting for it.\n' >&2 && flock 9; }
        return
    fi
    until mkdir "$root/.venv-lock.d" 2>/dev/null; do
        kill -0 "$(cat "$root/.venv-lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$root/.venv-lock.d"
        sleep 1
    done
    echo $$ >"$root/.venv-lock.d/pid"
}

free_lock() {
    rm -rf "$root/.venv-lock.d"
    exec 9>&-
}

interrupted() {
    rm -rf "$root/.venv-lock.d"
    printf '\nplp: Set-up interrupted; the next start begins anew.\n' >&2
    exit 130
}

is_sound() { # may the environment be brought up to date, or must it be made anew?
    [ -x "$python" ] && [ ! -e "$venv/unfinished" ] && "$python" -c "import sys; sys.exit(not ($is_new))" &&
        { [ ! -e "$venv/mark-run" ] || [ "$(head -n 1 "$venv/mark-run")" = "$root" ]; }
}

set_up() { # <lock file> <mark file>
    mark=$(mark_of "$1") || exit 1
    is_current "$2" "$mark" && return
    hold_lock
    trap interrupted INT TERM
    if ! is_current "$2" "$mark"; then
        printf 'plp: Setting up from %s (at first start this takes up to a minute) ...\n' "$1" >&2
        choose_tool
        is_sound || make_environment
        attempt touch "$venv/unfinished"
        install --require-hashes -r "$root/$1"
        install --no-deps --no-build-isolation -e "$root"
        printf '%s\n' "$mark" >"$2" || fail "The disk is full: free some space where $root stands, then start again."
        rm -f "$venv/unfinished"
    fi
    trap - INT TERM
    free_lock
}

# --- Go -----------------------------------------------------------------------------------------------------------

unset PYTHONHOME PYTHONPATH
export PIP_USER=0
if [ ! -w "${HOME:-/nonexistent}" ]; then # no home, no cache
    export UV_NO_CACHE=1 PIP_NO_CACHE_DIR=1
fi
set_up requirements.lock "$venv/mark-run"
case ${1:-} in
test | check | bench) set_up requirements-dev.lock "$venv/mark-dev" ;;
esac
export PLP_HOME="${PLP_HOME:-$root/var}"
exec "$python" -P -m plp.ops.cli "$@"
