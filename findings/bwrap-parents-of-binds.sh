#!/usr/bin/env bash
# Expected: the folders that bubblewrap makes on the way to a bind mount are like those that `--dir`
# makes, which have mode 755. Instead they have mode 700: whoever becomes another user in the
# sandbox, such as a server that starts each program as a user of its own, cannot reach the file
# that was bound for it, though its own mode allows that.
# Seen with bubblewrap 0.8.0 of Debian 12; its manual page is silent on parents of binds.
# In our code: `LaunchPlan.openFolders`, which names each parent with `--dir`.
set -euo pipefail

bwrap --version
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "for all to read" >"$folder/file"
chmod 644 "$folder/file"

modes() { # options ...
  bwrap --unshare-user --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib \
    --symlink usr/lib64 /lib64 "$@" stat -c '%a %n' /way /way/to /way/to/file
}

echo "by the bind mount itself:"
modes --ro-bind "$folder/file" /way/to/file | tee "$folder/itself"
echo "named with --dir before it:"
modes --dir /way --dir /way/to --ro-bind "$folder/file" /way/to/file | tee "$folder/named"

diff <(printf '%s\n' '700 /way' '700 /way/to' '644 /way/to/file') "$folder/itself"
diff <(printf '%s\n' '755 /way' '755 /way/to' '644 /way/to/file') "$folder/named"
