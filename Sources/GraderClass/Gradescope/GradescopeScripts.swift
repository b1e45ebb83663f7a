import GraderCore

/// The two programs that Gradescope calls.
enum GradescopeScripts {
  /// Runs once, as root, when the image is made: there is time for it then, and none later.
  static func setup(_ assignment: String, swift: String) -> String {
    """
    #!/usr/bin/env bash
    # Prepares the image: Swift, the grader, and a warm cache for \(assignment).
    set -euo pipefail
    base=${AUTOGRADER:-/autograder}
    cd "$base/source"
    mkdir -p course
    tar -xzf course.tar.gz -C course

    if ! command -v swift >/dev/null; then
      . /etc/os-release
      platform="$ID$VERSION_ID"
      url="https://download.swift.org/swift-\(swift)-release/${platform//./}"
      url="$url/swift-\(swift)-RELEASE/swift-\(swift)-RELEASE-$platform.tar.gz"
      apt-get update --quiet=2
      apt-get install --yes --quiet=2 --no-install-recommends ca-certificates curl \\
        binutils gcc git libc6-dev libcurl4-openssl-dev libedit2 libncurses-dev libpython3-dev \\
        libsqlite3-dev libstdc++-11-dev libxml2-dev libz3-dev tzdata zlib1g-dev
      mkdir -p /opt/swift
      curl --fail --silent --show-error --location "$url" |
        tar -xz -C /opt/swift --strip-components=1
      ln -sf /opt/swift/usr/bin/* /usr/local/bin/
    fi
    course/.ci/setup

    # What was built elsewhere may want other libraries than there are here.
    if prebuilt/grader --version >/dev/null 2>&1; then
      mkdir -p "$base/grader/bin" "$base/grader/libexec/chainrule"
      cp prebuilt/grader "$base/grader/bin/"
      cp prebuilt/grader-jail prebuilt/grader-intake "$base/grader/libexec/chainrule/"
    else
      swift build --package-path course --product grader
      swift run --package-path course --skip-build grader install "$base/grader"
    fi

    # The hidden suite and all that is slow the first time; the solution must get full marks.
    work=$(mktemp -d)
    cp -rL "course/assignments/\(assignment)" "$work/solution"
    cp -rL "course/reference/\(assignment)/Solution/." "$work/solution/"
    tar -czf "$work/solution.tar.gz" -C "$work" solution
    export CHAINRULE_COURSE=$base/source/course CHAINRULE_CACHE=$base/cache
    "$base/grader/bin/grader" doctor || true
    . "$base/source/run_autograder" --define-only
    "$base/grader/bin/grader" "$work/solution.tar.gz" --assignment \(assignment) "${flags[@]}" \\
      >"$work/grade.json"
    check='import json, sys; grade = json.load(open(sys.argv[1]))'
    check+='; print("the solution gets", grade["score"], "of", grade["maxScore"])'
    check+='; sys.exit(0 if grade["score"] == grade["maxScore"] > 0 else 1)'
    python3 -c "$check" "$work/grade.json"
    "$base/grader/bin/grader" prepare \(assignment) "${flags[@]}"
    rm -rf "$work"

    """
  }

  private static let endings = ArchiveLayout.all.flatMap(\.endings).map { $0.dropFirst() }
    .joined(separator: ",")

  /// Runs for each submission, in the image.
  static func run(_ assignment: String, allowsNoJail: Bool) -> String {
    """
    #!/usr/bin/env bash
    # Grades what is in submission/. If the fault is ours there is no results.json, so that nobody
    # gets a score: Gradescope says that the autograder failed, and what is printed tells staff why.
    flags=(\(allowsNoJail ? "--no-jail" : ""))
    if [ "${1-}" = --define-only ]; then return 0; fi
    set -euo pipefail
    base=${AUTOGRADER:-/autograder}
    export CHAINRULE_COURSE=$base/source/course CHAINRULE_CACHE=$base/cache
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$base/results"
    rm -f "$base/results/results.json"

    # An archive is graded as it is, with a report beside it or not; loose files are packed first.
    shopt -s nullglob nocaseglob
    archives=("$base"/submission/*.{\(endings)})
    loose=$(find "$base/submission" -iname '*.swift' -print -quit)
    archive=$work/submission.tar.gz
    if [ "${#archives[@]}" -eq 1 ] && [ -z "$loose" ]; then
      archive=${archives[0]}
    else
      tar -czf "$archive" -C "$base/submission" .
    fi

    metadata=()
    if [ -f "$base/submission_metadata.json" ]; then
      metadata=(--gradescope-metadata "$base/submission_metadata.json")
    fi
    # Gradescope ends a run after 10 minutes and gives nothing; we end before it does.
    timeout --signal=INT --kill-after=10 540 "$base/grader/bin/grader" "$archive" \\
      --assignment \(assignment) --format gradescope --output "$work/results.json" \\
      "${flags[@]}" "${metadata[@]}"
    mv "$work/results.json" "$base/results/results.json"

    """
  }
}
