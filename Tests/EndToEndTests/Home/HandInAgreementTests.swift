import Foundation
import Testing

/// The student's own look at a folder, the archive that is packed from it, and what the grader
/// makes of that agree about every file.
@Suite struct HandInAgreementTests {
  /// The files that one side keeps, misses and refuses.
  private struct Account: Equatable {
    var kept: Set<String> = []
    var missing: Set<String> = []
    var refused: Set<String> = []
  }

  @Test(arguments: OddFolder.all) fileprivate func everyoneSaysTheSame(odd: OddFolder) throws {
    let folder = try TemporaryFolder()
    try Homework.stub.write(to: "a1-batch-norm", in: folder)
    let place = "\(folder.path)/a1-batch-norm"
    try folder.shell("cd a1-batch-norm\nm=Sources/BatchNorm\n\(odd.commands)")

    let list = try run("handin", "list", place)
    let pack = try run("handin", "pack", place, "submit.tar.gz", try folder.folder("work"))
    let lines = list.output.split(separator: "\n").map(String.init)
    let errors = lines.filter { $0.contains(": error: ") }
    #expect((list.status == 0) == errors.isEmpty, "\(list.output)\(list.errors)")
    #expect(list.status == pack.status, "\(pack.errors)")
    #expect(pack.status == (odd.isPacked ? 0 : 1), "\(pack.output)\(pack.errors)\(list.output)")
    for line in lines { #expect(line.wholeMatch(of: Self.problem) != nil, "\(line)") }

    let handout = "\(Repository.root)/assignments/a1-batch-norm"
    guard odd.isPacked else {
      // What is refused at home is what intake would have missed or refused in what is there.
      let words = try Set(errors.map { try #require($0.firstMatch(of: Self.problem)?.1) })
      #expect(words.contains { odd.culprits.contains(String($0)) }, "\(errors)")
      return odd.isOnlyHere ? () : try expectRefusal(of: odd, at: place, handout, folder)
    }
    let packed = Set(pack.output.matches(of: /bytes  (.*)/).map { String($0.1) })
    let taken = try account(of: "\(place)/submit.tar.gz", handout)
    #expect(taken == Account(kept: packed), "\(pack.output)")
    #expect(odd.culprits.allSatisfy(packed.contains), "\(packed)")
  }

  /// Intake takes what unpacks so far for an attack; the list alone cannot tell.
  @Test func archiveThatUnpacksTooFarIsNotMade() throws {
    let folder = try TemporaryFolder()
    try Homework.stub.write(to: "a1-batch-norm", in: folder)
    let place = "\(folder.path)/a1-batch-norm"
    try folder.shell(
      """
      cd a1-batch-norm/Sources/BatchNorm
      for n in $(seq 20); do head -c 1000000 /dev/zero | tr '\\0' ' ' >Zeros$n.swift; done
      """
    )
    let pack = try run("handin", "pack", place, "submit.tar.gz", try folder.folder("work"))
    #expect(pack.status == 2)
    #expect(pack.errors.contains("more than 200 times as long as their archive"), "\(pack)")
    try folder.shell("test ! -e a1-batch-norm/submit.tar.gz")
  }

  /// The archive that somebody makes of such a folder by hand: intake names the same file.
  private func expectRefusal(
    of odd: OddFolder,
    at place: String,
    _ handout: String,
    _ folder: TemporaryFolder
  ) throws {
    try folder.shell("tar -C '\(place)' --exclude=submit.tar.gz -c -z -f by-hand.tar.gz .")
    let doctor = try doctor("\(folder.path)/by-hand.tar.gz", handout)
    let told = odd.culprits.contains { culprit in
      doctor.split(separator: "\n").contains { line in
        !line.contains("kept: ") && line.contains((culprit as NSString).lastPathComponent)
      }
    }
    #expect(told, "\(odd.culprits): \(doctor)")
  }

  nonisolated(unsafe) private static let problem = /(.+?):\d+:\d+: (?:error|warning): .+/

  private func run(_ program: String, _ arguments: String...) throws -> Program.Run {
    try Program.run(Program.beside(program), arguments)
  }

  private func doctor(_ archive: String, _ handout: String) throws -> String {
    let run = try Program.run(
      Program.beside("grader"),
      ["doctor", archive, "--handout", handout],
      environment: ["CHAINRULE_COURSE": "/nowhere"]
    )
    try #require(run.status == 0, "\(run.errors)")
    return run.output
  }

  private func account(of archive: String, _ handout: String) throws -> Account {
    var account = Account()
    for line in try doctor(archive, handout).split(separator: "\n") {
      let words = line.trimmingCharacters(in: .whitespaces)
      if words.hasPrefix("kept: ") {
        let path = words.dropFirst("kept: ".count)
        account.kept.insert(String(path[..<(path.lastIndex(of: ",") ?? path.endIndex)]))
      }
      if words.hasPrefix("missing: ") {
        account.missing.insert(String(words.dropFirst("missing: ".count)))
      }
      if ["problem: ", "ignored: ", "note: "].contains(where: words.hasPrefix) {
        account.refused.insert(words)
      }
    }
    return account
  }
}

/// A folder as it comes to be, and what should come of it.
private struct OddFolder: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// Run in the assignment's folder; `$m` is the folder of the student's module.
  let commands: String
  /// Files that are packed, or some of those for which nothing is.
  let culprits: [String]
  let isPacked: Bool
  /// True where an archive by hand proves nothing: intake counts such files and names none.
  var isOnlyHere = false

  private static func packs(_ name: String, _ files: String..., by commands: String) -> Self {
    Self(testDescription: name, commands: commands, culprits: files, isPacked: true)
  }

  private static func refuses(
    _ name: String,
    _ files: String...,
    isOnlyHere: Bool = false,
    by commands: String
  ) -> Self {
    Self(
      testDescription: name,
      commands: commands,
      culprits: files,
      isPacked: false,
      isOnlyHere: isOnlyHere
    )
  }

  private static let module = "Sources/BatchNorm"
  private static let parts = [
    "Forward", "Steps", "ParameterGradients", "Chain", "ClosedForm", "Inference", "SmallNetwork",
  ]

  static let all =
    missing + renamed + doubled + linked + sizes + encodings + others + names + kinds + packages

  private static let missing =
    parts.map { part in
      refuses("\(part) is missing", "\(module)/\(part).swift", by: "rm $m/\(part).swift")
    } + [
      refuses("no derivation", "Derivation.md", by: "rm Derivation.md"),
      refuses("no module", "\(module)/Steps.swift", by: "rm -r $m"),
      refuses(
        "a folder in the place of a file",
        "\(module)/Steps.swift",
        by: "rm $m/Steps.swift; mkdir $m/Steps.swift"
      ),
      refuses(
        "a pipe in the place of a file",
        "\(module)/Steps.swift",
        by: "rm $m/Steps.swift; mkfifo $m/Steps.swift"
      ),
    ]

  private static let renamed =
    [
      "steps.swift", "STEPS.SWIFT", "Steps.swift.txt", "Steps (1).swift", "Steps copy.swift",
      "Steps-1.swift", "Copy of Steps.swift", "Steps - コピー.swift", "Steps_v2.swift", "Step.swift",
      "Steps .swift", "Ｓteps.swift",
    ].map { name in
      refuses(
        "renamed to \(name)",
        "\(module)/Steps.swift",
        // Intake takes it for the file, and says so.
        by: "mv $m/Steps.swift \"$m/\(name)\""
      )
    } + [
      refuses("moved up", "\(module)/Steps.swift", by: "mv $m/Steps.swift ."),
      refuses(
        "the folder in another case",
        "\(module)/Steps.swift",
        isOnlyHere: true,
        by: "mv $m Sources/batchnorm"
      ),
    ]

  private static let doubled =
    ["Steps (1).swift", "Steps copy.swift", "steps.swift", "Old/Steps.swift", "Steps_v2.swift"]
    .map { name in
      refuses(
        "doubled as \(name)",
        "\(module)/\(name)",
        by: "mkdir -p $m/Old; cp $m/Steps.swift \"$m/\(name)\""
      )
    } + [
      refuses(
        "doubled with a change",
        "\(module)/Steps (2).swift",
        by: "sed 's/throw NotImplemented()/fatalError()/' $m/Steps.swift > \"$m/Steps (2).swift\""
      ),
      packs(
        "a helper called like a copy",
        "\(module)/Steps-2.swift",
        by: "echo 'func helper() {}' > $m/Steps-2.swift"
      ),
      packs("an editor's backup", by: "cp $m/Steps.swift $m/Steps.swift~"),
      packs("a copy where nobody looks", by: "mkdir old; cp $m/Steps.swift old/"),
      packs("a copy with another ending", by: "cp $m/Steps.swift $m/Steps.swift.bak"),
    ]

  private static let linked = [
    refuses(
      "a link to a file",
      "\(module)/Steps.swift",
      by: "mv $m/Steps.swift ..; ln -s ../../../Steps.swift $m/Steps.swift"
    ),
    refuses(
      "a link that leads nowhere",
      "\(module)/Steps.swift",
      by: "rm $m/Steps.swift; ln -s nowhere $m/Steps.swift"
    ),
    refuses(
      "a link in the place of the sources",
      "Sources",
      isOnlyHere: true,
      by: "mv Sources ..; ln -s ../Sources Sources"
    ),
    refuses(
      "a link that a pattern matches",
      "\(module)/Shadow.swift",
      by: "ln -s /etc/passwd $m/Shadow.swift"
    ),
    packs("a link that nothing matches", by: "ln -s /etc/passwd $m/shadow"),
    packs(
      "two names for one helper",
      "\(module)/A.swift",
      "\(module)/B.swift",
      by: "echo '// both' > $m/A.swift; ln $m/A.swift $m/B.swift"
    ),
    packs(
      "two names for one part",
      "\(module)/Steps.swift",
      "\(module)/Chain.swift",
      by: "ln -f $m/Steps.swift $m/Chain.swift"
    ),
  ]

  private static let sizes = [
    packs("empty", "\(module)/Steps.swift", by: ": > $m/Steps.swift"),
    packs(
      "as large as may be",
      "\(module)/Steps.swift",
      by: "truncate -s 1048576 $m/Steps.swift"
    ),
    refuses(
      "a byte too large",
      "\(module)/Steps.swift",
      by: "truncate -s 1048577 $m/Steps.swift"
    ),
    refuses("huge", "Derivation.md", by: "truncate -s 12M Derivation.md"),
    refuses(
      "larger than memory",
      "Derivation.md",
      isOnlyHere: true,
      by: "truncate -s 64G Derivation.md"
    ),
    packs(
      "as many as may be",
      "\(module)/H56.swift",
      by: "for i in $(seq 56); do echo \"// $i\" > $m/H$i.swift; done"
    ),
    refuses(
      "one too many",
      "handin.txt",
      isOnlyHere: true,
      by: "for i in $(seq 57); do echo \"// $i\" > $m/H$i.swift; done"
    ),
  ]

  private static let encodings = [
    packs(
      "UTF-16",
      "\(module)/Steps.swift",
      by: "iconv -f UTF-8 -t UTF-16 $m/Steps.swift > x; mv x $m/Steps.swift"
    ),
    packs(
      "Shift JIS",
      "Derivation.md",
      by: "echo 平均 | iconv -f UTF-8 -t SHIFT_JIS > Derivation.md"
    ),
    packs("a mark of the byte order", by: "sed -i '1s/^/\\xef\\xbb\\xbf/' $m/Steps.swift"),
    packs("lines of Windows", by: "sed -i 's/$/\\r/' $m/Steps.swift Derivation.md"),
    packs("bytes of no text", "Derivation.md", by: "head -c 999 /dev/urandom > Derivation.md"),
    packs("a name in Japanese", "\(module)/助け.swift", by: "echo // > $m/助け.swift"),
    packs(
      "a name with blanks",
      "\(module)/my own helper.swift",
      by: "echo // > \"$m/my own helper.swift\""
    ),
    packs("a name like an option", "\(module)/-f.swift", by: "echo // > $m/-f.swift"),
    refuses(
      "a backslash",
      "\(module)/a\\b.swift",
      isOnlyHere: true,
      by: "echo // > \"$m/a\\\\b.swift\""
    ),
    refuses(
      "an invisible character",
      "\(module)/a\\u{202e}b.swift",
      isOnlyHere: true,
      by: "echo // > \"$m/a$(printf '\\342\\200\\256')b.swift\""
    ),
  ]

  private static let others = [
    packs("as it was handed out", "\(module)/Steps.swift", "Derivation.md", by: ":"),
    packs(
      "hidden files",
      by: "echo // > $m/.Steps.swift; mkdir $m/.git; echo // > $m/.git/a.swift"
    ),
    packs("a build", by: "mkdir .build; cp $m/Steps.swift .build/"),
    packs(
      "a helper in a folder",
      "\(module)/Parts/Helper.swift",
      by: "mkdir $m/Parts; echo // > $m/Parts/Helper.swift"
    ),
    packs("an ending in another case", by: "echo // > $m/Helper.SWIFT"),
    packs("a folder called like a file", by: "mkdir $m/Helper.swift"),
    packs("tests of one's own", by: "echo // > Tests/BatchNormTests/MineTests.swift"),
  ]

  private static let names =
    [
      ("a quote", "a'b\\\"c.swift"), ("a dollar", "a\\$HOME.swift"), ("a star", "a*.swift"),
      ("a percent", "a%2fb.swift"), ("an emoji", "🐍.swift"), ("a leading blank", " a.swift"),
      ("a blank before the ending", "a .swift"), ("a hard blank", "a\u{A0}b.swift"),
      ("a device of Windows", "nul.swift"), ("several dots", "a..b...swift"),
      ("a tilde", "~a.swift"), ("an at", "@list.swift"), ("an equals", "a=b.swift"),
    ].map { words, name in
      packs("a name with \(words)", by: "echo // > \"$m/\(name)\"")
    } + [
      packs("letters taken apart", by: "echo // > \"$m/$(printf 'e\\314\\201').swift\""),
      packs("names that differ in case", by: "echo // > $m/util.swift; echo // > $m/Util.swift"),
      packs("as long a name as may be", by: "echo // > $m/$(printf 'a%.0s' $(seq 249)).swift"),
      refuses(
        "names that look the same",
        "\(module)/é.swift",
        isOnlyHere: true,
        by: "for e in '\\303\\251' 'e\\314\\201'; do echo // > \"$m/$(printf \"$e\").swift\"; done"
      ),
      refuses(
        "bytes that are no letters",
        "\(module)/caf\u{FFFD}.swift",
        isOnlyHere: true,
        by: "echo // > \"$m/caf$(printf '\\351').swift\""
      ),
      refuses(
        "a line's end",
        "\(module)/a\\u{a}b.swift",
        isOnlyHere: true,
        by: "echo // > \"$m/$(printf 'a\\nb').swift\""
      ),
      refuses(
        "too deep",
        "\(module)/\((1...40).map(String.init).joined(separator: "/"))/a.swift",
        isOnlyHere: true,
        by: "d=$m/$(seq -s / 40); mkdir -p $d; echo // > $d/a.swift"
      ),
      packs("as deep as may be", by: "d=$m/$(seq -s / 29); mkdir -p $d; echo // > $d/a.swift"),
    ]

  private static let kinds = [
    refuses("a pipe that a pattern matches", "\(module)/P.swift", by: "mkfifo $m/P.swift"),
    refuses("a link to a folder", "\(module)/L.swift", by: "ln -s /etc $m/L.swift"),
    refuses("a link to a helper", "\(module)/L.swift", by: "echo // > x; ln -s ../../x $m/L.swift"),
    packs("a link round in a circle", by: "ln -s . $m/loop; ln -s .. $m/up"),
    packs("a folder in a folder's name", by: "mkdir $m/a.swift; echo // > $m/a.swift/b.swift"),
    packs("bits that mean something else", "Derivation.md", by: "chmod 4777 Derivation.md"),
    packs("an old date", "Derivation.md", by: "touch -d 1970-01-01T00:00:00Z Derivation.md"),
    packs("a date to come", "Derivation.md", by: "touch -d 2200-01-01 Derivation.md"),
    packs("bytes of zero", "Derivation.md", by: "head -c 999999 /dev/zero > Derivation.md"),
  ]

  private static let packages = [
    packs("a list of Windows", by: "sed -i 's/$/\\r/' handin.txt"),
    packs(
      "what macOS packs besides",
      by: "mkdir __MACOSX; echo x > __MACOSX/._a; echo x > .DS_Store"
    ),
    packs("a derivation as a document", "Derivation.md", by: "echo x > Derivation.pdf"),
    packs("a derivation in another case", "Derivation.md", by: "cp Derivation.md derivation.md"),
    packs("an archive of earlier", "Derivation.md", by: "echo old > submit.tar.gz"),
    refuses("only in another case", "Derivation.md", by: "mv Derivation.md DERIVATION.MD"),
    refuses(
      "a copy in full width",
      "\(module)/Steps（1）.swift",
      by: "cp $m/Steps.swift $m/Steps（1）.swift"
    ),
    refuses(
      "an ending twice",
      "\(module)/Steps.swift.swift",
      by: "cp $m/Steps.swift $m/Steps.swift.swift"
    ),
  ]
}
