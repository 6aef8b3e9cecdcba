# What run.sh and test.sh share: installing, building, saying what fails. Source it from the project's folder.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }

# step WHAT LOG COMMAND...: runs quietly; a failure is one sentence that names the log.
step() {
    local what=$1 log=$2
    shift 2
    "$@" >"$log" 2>&1 || die "$what failed; the reason stands in $log: $(grep -v '^[[:space:]]*$' "$log" | tail -n 1 | cut -c 1-200)"
}

# packages SECTION...: the names in those sections of packages.txt
packages() {
    local section
    for section; do
        sed -n "/^\[$section\]/,/^\[/p" scripts/packages.txt | grep -v '^[[]\|^#\|^$'
    done
}

# install_packages LOG SECTION...: only what is missing; nothing is asked of the network where all is there
install_packages() {
    local log=$1 missing=() package as=()
    shift
    for package in $(packages "$@"); do
        # A Node.js from elsewhere brings its own npm, and Debian's does not fit beside it.
        case $package in nodejs) command -v node >/dev/null && continue ;; npm) command -v npm >/dev/null && continue ;; esac
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || die "These packages are missing, and only root can install them: ${missing[*]}"
        as=(sudo)
    fi
    say "Installing ${#missing[@]} packages ..."
    step 'apt-get update' "$log" "${as[@]}" apt-get update
    step "Installing ${missing[*]}" "$log" "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# install_node LOG [npm options]: what package-lock.json names, unless it is there already
install_node() {
    local log=$1 stamp=node_modules/.installed wanted
    shift
    wanted="$(sha256sum package-lock.json | cut -d ' ' -f 1) $*"
    [ -f "$stamp" ] && { [ "$(cat "$stamp")" = "$wanted" ] || { [ "$*" = --omit=dev ] && grep -q "^${wanted%% *} \$" "$stamp"; }; } && return 0
    say 'Installing packages from npm ...'
    step 'npm ci' "$log" npm ci --ignore-scripts --no-audit --no-fund "$@"
    printf '%s\n' "$wanted" >"$stamp"
}

# build FOLDER LOG [meson options]: set up once, then compile; only the program where BUILD_ONLY is set
build() {
    local folder=$1 log=$2
    shift 2
    [ -f "$folder/build.ninja" ] || step 'meson setup' "$log" meson setup "$folder" "$@"
    # A folder that was set up before npm brought the styles knows nothing of the pages yet.
    grep -q site.stamp "$folder/build.ninja" || step 'meson setup' "$log" meson setup --reconfigure "$folder"
    # shellcheck disable=SC2086
    step 'The build' "$log" ninja -C "$folder" ${BUILD_ONLY-}
}

# PostgreSQL refuses to run as root: then it runs as the user postgres.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid postgres --regid postgres --clear-groups env HOME=/tmp "$@")
    else
        "$@"
    fi
}

port_is_free() { ! (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
