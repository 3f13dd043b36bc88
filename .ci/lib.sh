# Shared by the scripts of this folder: steps with timings, and tools that are missing.
# shellcheck shell=bash

# Whether Java and Python can open files with Chinese names depends on it.
export LC_ALL=C.UTF-8

# Where tools and Python environments are kept between runs. Never inside the working tree, so a
# clean clone stays clean.
cache=${HONGTOU_CI_CACHE:-$HOME/.cache/hongtou-ci}
export HONGTOU_CI_CACHE=$cache
mkdir -p "$cache"

step_names=()
step_seconds=()
step_results=()

# step NAME COMMAND...: runs it, goes on after a failure, so that one run shows everything.
step() {
    local name=$1 begin=$SECONDS result=ok
    shift
    printf '\n=== %s\n' "$name"
    "$@" || result=FAILED
    step_names+=("$name")
    step_seconds+=("$((SECONDS - begin))")
    step_results+=("$result")
    printf '=== %s: %s, %d s\n' "$name" "$result" "$((SECONDS - begin))"
}

# The table of all steps, and the line that counts them; fails when one of them did.
steps_done() {
    local passed=0 failed=0 i
    printf '\n%-44s %8s  %s\n' step seconds result
    for i in "${!step_names[@]}"; do
        printf '%-44s %8d  %s\n' "${step_names[i]}" "${step_seconds[i]}" "${step_results[i]}"
        if [ "${step_results[i]}" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
    printf 'steps: %d passed, %d failed, %d s in all\n' "$passed" "$failed" "$SECONDS"
    [ "$failed" -eq 0 ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# debian PACKAGE...: installs those that are missing. A package that cannot be had is a failure.
debian() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    printf 'installing %s\n' "${missing[*]}"
    if [ -z "${debian_lists_fresh:-}" ]; then
        as_root apt-get update -q -o Acquire::Retries=3 >"$cache/apt.log" 2>&1 ||
            { cat "$cache/apt.log" >&2; return 1; }
        debian_lists_fresh=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o Acquire::Retries=3 "${missing[@]}" >"$cache/apt.log" 2>&1 ||
        { cat "$cache/apt.log" >&2; return 1; }
}
