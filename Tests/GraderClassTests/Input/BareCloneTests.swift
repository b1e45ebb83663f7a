import ClassCore
import Foundation
import GraderClass
import GraderRuntime
import Testing

/// Commits come out of bare repositories, and nothing that these name is executed.
@Suite struct BareCloneTests {
  /// Repositories of three students: a commit with a tag, and a later one.
  private func makeClass(in scratch: Scratch) throws {
    let script = """
      set -e
      export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE=2001-01-01T00:00:00Z
      export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x
      mkdir class
      for name in alice bob carol; do
        mkdir -p "work/$name/Sources/Part"
        cd "work/$name"
        git init -q
        echo "let package = 1" > Package.swift
        echo "let answer = 1 // $name" > Sources/Part/Answer.swift
        printf 'let $Format:%%H$ = 1\\r\\n' > Sources/Part/Keyword.swift
        printf '*.swift filter=x -text export-subst\\n*.md export-ignore\\n' > .gitattributes
        echo "# D" > Derivation.md
        ln -s /etc/passwd Sources/Part/link.txt
        git add -A
        git commit -q -m one
        git tag -a -m tagged hand-in
        echo "let later = 1" >> Sources/Part/Answer.swift
        git commit -q -a -m two
        cd ../..
        git clone -q --bare "work/$name" "class/a1-$name.git"
      done
      """
    try scratch.run("sh", "-c", script)
  }

  private func collect(_ list: String?, in scratch: Scratch) throws -> DownloadPlan {
    let commits = try list.map { try CommitList($0, zone: .gmt) }
    let download = try ClassDownload(
      "\(scratch.path)/class",
      commits: commits,
      machine: try Here.machine()
    )
    let plan = download.plan(in: DownloadContext(timeZone: .gmt))
    return try download.collect(plan, into: "\(scratch.path)/originals")
  }

  private func files(of attempt: Attempt, in scratch: Scratch) throws -> [String: String] {
    try scratch.run("sh", "-c", "rm -rf out && mkdir out")
    try scratch.run("tar", "-xf", attempt.path, "-C", "out")
    let names = try scratch.names(in: "out").filter { $0.contains(".") }
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, String(decoding: try scratch.read("\(scratch.path)/out/\($0)"), as: UTF8.self))
      }
    )
  }

  private func troubles(_ plan: DownloadPlan) -> [String?] { plan.attempts.map(\.trouble) }

  /// Bytes are as they were committed: no filter, no keyword and no line end is touched.
  @Test func commitsAndTags() throws {
    let scratch = try Scratch()
    try makeClass(in: scratch)
    try scratch.run("sh", "-c", "git -C class/a1-bob.git rev-parse HEAD > head")
    let head = String(decoding: try scratch.read("\(scratch.path)/head"), as: UTF8.self)
    let plan = try collect("* hand-in\na1-bob \(head.prefix(12)) 2026-04-30 12:00", in: scratch)
    #expect(plan.kind == .githubClassroom)
    #expect(troubles(plan) == [nil, nil, nil])
    let alice = try files(of: plan.attempts[0], in: scratch)
    #expect(alice["Sources/Part/Answer.swift"] == "let answer = 1 // alice\n")
    #expect(alice["Sources/Part/Keyword.swift"] == "let $Format:%H$ = 1\r\n")
    #expect(alice["Derivation.md"] == "# D\n")
    #expect(alice["Sources/Part/link.txt"] == nil)
    let bob = try files(of: plan.attempts[1], in: scratch)
    #expect(bob["Sources/Part/Answer.swift"] == "let answer = 1 // bob\nlet later = 1\n")
    // A commit's own date is nobody's word.
    #expect(plan.attempts.map(\.timeOrigin) == [nil, .list, nil])
  }

  /// What nothing certain can be said of is open, and never nothing.
  @Test func whatIsNotThereIsOpen() throws {
    let scratch = try Scratch()
    try makeClass(in: scratch)
    try scratch.run("sh", "-c", "git -C class/a1-bob.git tag -d hand-in > out; mkdir class/a1-eve")
    try scratch.write("let package = 1\n", to: "class/a1-eve/Package.swift")
    let list = "* hand-in\na1-carol 12345678\na1-dora hand-in"
    let plan = try collect(list, in: scratch)
    #expect(plan.attempts.map(\.label) == ["a1-alice", "a1-bob", "a1-carol", "a1-dora", "a1-eve"])
    let reasons = [
      nil, "its bare repository has no tag hand-in", "its bare repository holds no commit 12345678",
      "the list of commits names it, and it is not there",
      "a commit is read from a bare repository, and this is none",
    ]
    for (trouble, reason) in zip(troubles(plan), reasons) {
      #expect((trouble == nil) == (reason == nil))
      #expect((trouble ?? "").hasPrefix(reason ?? ""), "\(trouble ?? "")")
    }
    #expect(plan.oddities.count { $0.name == "not taken in" } == 4)

    let silent = try collect(nil, in: scratch)
    let advice = "it is a bare repository; name the commit that counts in --commits"
    #expect(troubles(silent) == [advice, advice, advice, nil])
    #expect {
      try collect("* hand-in\nzoe 2026-04-30 12:00", in: scratch)
    } throws: { "\($0)".contains("The list of commits names zoe, and") }
  }

  /// Formulas, branches and options are no names of commits.
  @Test(arguments: ["master", "HEAD", "hand-in~0", "--output=x", "../../HEAD", "refs/tags/hand-in"])
  func onlyTagsAndIdentitiesAreNames(name: String) throws {
    let scratch = try Scratch()
    try makeClass(in: scratch)
    let plan = try collect("*,\(name)", in: scratch)
    #expect(
      troubles(plan).allSatisfy {
        $0 == "its bare repository has no tag \(name), and that is no commit's identity"
      },
      "\(troubles(plan))"
    )
  }

  /// A clone's configuration, hooks, attributes and missing objects make git do things; not here.
  @Test func nothingIsExecutedOrFetched() throws {
    let scratch = try Scratch()
    try makeClass(in: scratch)
    let touch = "\(scratch.path)/touch"
    try scratch.write("#!/bin/sh\ntouch '\(scratch.path)/ran'\n", to: "touch")
    try scratch.run("chmod", "+x", "touch")
    let config = """
      [core]
        repositoryFormatVersion = 1
        bare = true
        fsmonitor = \(touch)
        sshCommand = \(touch)
        gitProxy = \(touch)
        pager = \(touch)
        editor = \(touch)
        askPass = \(touch)
        alternateRefsCommand = \(touch)
        hooksPath = hooks
        attributesFile = \(scratch.path)/class/a1-carol.git/info/attributes
      [extensions]
        partialClone = origin
      [remote "origin"]
        url = ext::\(touch)
        uploadpack = \(touch)
        promisor = true
      [protocol]
        allow = always
      [filter "x"]
        smudge = \(touch)
        clean = \(touch)
        process = \(touch)
      [diff]
        external = \(touch)
      [diff "x"]
        textconv = \(touch)
      [uploadpack]
        packObjectsHook = \(touch)
      [alias]
        ls-tree = !\(touch)
        cat-file = !\(touch)
      [include]
        path = /dev/null
      """
    for name in ["a1-bob", "a1-carol"] {
      try scratch.write(config, to: "class/\(name).git/config")
      try scratch.write("*.swift filter=x diff=x\n", to: "class/\(name).git/info/attributes")
      try scratch.write("#!/bin/sh\n\(touch)\n", to: "class/\(name).git/hooks/post-checkout")
      try scratch.run("chmod", "+x", "class/\(name).git/hooks/post-checkout")
    }
    // An object of Carol's is missing, and would be fetched by a program of hers.
    try scratch.run(
      "sh",
      "-c",
      """
      id=$(git -C work/carol rev-parse HEAD:Sources/Part/Answer.swift)
      cd class/a1-carol.git
      for pack in objects/pack/*.pack; do
        [ -e "$pack" ] && mv "$pack" . && git init -q --bare ../../loose &&
          git -C ../../loose unpack-objects -q < "${pack##*/}"
      done
      [ -d ../../loose ] && rm -rf objects && mv ../../loose/objects objects
      rm -f "objects/$(echo "$id" | cut -c1-2)/$(echo "$id" | cut -c3-)"
      """
    )
    try scratch.run(
      "sh",
      "-c",
      "for r in alice bob carol; do git -C work/$r rev-parse HEAD; done > h"
    )
    let heads = String(decoding: try scratch.read("\(scratch.path)/h"), as: UTF8.self)
      .split(separator: "\n")
    let list = zip(["a1-alice", "a1-bob", "a1-carol"], heads).map { "\($0) \($1)\n" }.joined()
    let plan = try collect(list, in: scratch)
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/ran"))
    #expect(troubles(plan).prefix(2) == [nil, nil])
    #expect(
      troubles(plan)[2]
        == "its bare repository lacks Sources/Part/Answer.swift; clone it again, and whole"
    )
    let bob = try files(of: plan.attempts[1], in: scratch)
    #expect(bob["Sources/Part/Answer.swift"] == "let answer = 1 // bob\nlet later = 1\n")
  }
}
