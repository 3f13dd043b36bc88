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
    if [ -n "${lane-}" ]; then
        step_of_lane "$name" "$@"
        return
    fi
    printf '\n=== %s\n' "$name"
    "$@" || result=FAILED
    printf '=== %s: %s, %d s\n' "$name" "$result" "$((SECONDS - begin))"
    ended "$name" "$((SECONDS - begin))" "$result"
}

ended() {
    step_names+=("$1")
    step_seconds+=("$2")
    step_results+=("$3")
}

# lanes FUNCTION...: runs functions of steps at once. What a step says is shown when it has ended, so
# that no two speak at the same time; its seconds are those of a machine that others use too.
lanes() {
    local folder function lane processes=() name seconds result
    folder=$(mktemp -d) || return 1
    # Each lane is a process group of its own: whoever stops the run stops all that it started.
    set -m
    for function in "$@"; do
        : >"$folder/$function.steps"
        (lane=$folder/$function && "$function" && : >"$lane.whole") &
        processes+=($!)
    done
    set +m
    # shellcheck disable=SC2064 # these processes
    trap "kill -- ${processes[*]/#/-} 2>/dev/null; rm -rf '$folder'; exit 130" INT TERM
    wait "${processes[@]}"
    trap - INT TERM
    for function in "$@"; do
        while IFS=$'\t' read -r name seconds result; do
            ended "$name" "$seconds" "$result"
        done <"$folder/$function.steps"
        [ -e "$folder/$function.whole" ] || ended "all steps of $function" 0 FAILED
    done
    rm -rf "$folder"
}

step_of_lane() {
    local name=$1 begin=$SECONDS result=ok
    shift
    printf '... %s\n' "$name"
    # The step's own scripts have steps of their own.
    (unset lane && "$@") >"$lane.said" 2>&1 || result=FAILED
    {
        flock 9
        printf '\n=== %s\n' "$name"
        cat "$lane.said"
        printf '=== %s: %s, %d s\n' "$name" "$result" "$((SECONDS - begin))"
    } 9>"${lane%/*}/speaks"
    printf '%s\t%s\t%s\n' "$name" "$((SECONDS - begin))" "$result" >>"$lane.steps"
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
    local result
    # One at a time: steps that run at once may both want to install.
    exec 8>"$cache/apt.lock" && flock 8 || return 1
    debian_now "$@" 8>&-
    result=$?
    exec 8>&-
    return $result
}

debian_now() {
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
