import GraderCore
import Testing

@Suite struct StubTests {
  @Test func aBlockBelowTheMarkerBecomesOneThrow() throws {
    let stub = try Stub(
      of: """
        import CourseKit

        func mean(_ x: Tensor) throws -> Tensor {
          try requireShapes(x)
          // solution
          let n = Double(x.count)

          if n > 1 {
            return x / n
          }
          return x
        }

        func other() {}

        """,
      file: "A.swift"
    )
    #expect(
      stub.text == """
        import CourseKit

        func mean(_ x: Tensor) throws -> Tensor {
          try requireShapes(x)
          throw NotImplemented()
        }

        func other() {}

        """
    )
    #expect(
      stub.removed == ["let n = Double(x.count)", "if n > 1 {", "return x / n", "}", "return x"]
    )
  }

  @Test func aBlockMayStandInAnyDepth() throws {
    let stub = try Stub(
      of: """
        extension Net {
          func a() throws {
            // solution
            work()
          }

          func b() throws {
            // solution
            work()
          }
        }
        """,
      file: "A.swift"
    )
    #expect(
      stub.text == """
        extension Net {
          func a() throws {
            throw NotImplemented()
          }

          func b() throws {
            throw NotImplemented()
          }
        }
        """
    )
  }

  @Test func aMarkerAtTheLeftTakesTheRestOfTheFile() throws {
    let stub = try Stub(
      of: "func a() throws {\n  // solution\n  b()\n}\n\n// solution\n\n/// Helps.\nfunc b() {}\n",
      file: "A.swift"
    )
    #expect(stub.text == "func a() throws {\n  throw NotImplemented()\n}\n")
    #expect(stub.removed == ["b()", "/// Helps.", "func b() {}"])
  }

  @Test func aMarkerAtTheTopTakesTheFile() throws {
    #expect(try Stub(of: "// solution\nfunc b() {}\n", file: "A.swift").text == "")
  }

  @Test(arguments: ["A.swift", "A.md", "A.txt"])
  func aFileWithoutMarkersStaysAsItIs(file: String) throws {
    let text = "\n\nlet solution = 1 // the solution\n\t<!-- handout -->\nno newline at the end"
    let stub = try Stub(of: text, file: file)
    #expect(stub.text == text)
    #expect(stub.removed == [])
  }

  @Test func markdownGetsTheWordsOfItsComment() throws {
    let stub = try Stub(
      of: """
        # Derivation

        <!-- handout
        Show *how*.

        Name:
        -->

        $$x = 1$$

        <!-- /handout -->

        ## Next
        <!-- handout
        -->
        Nothing is said here.
        <!-- /handout -->

        """,
      file: "Derivation.md"
    )
    #expect(stub.text == "# Derivation\n\nShow *how*.\n\nName:\n\n## Next\n")
    #expect(stub.removed == ["$$x = 1$$", "Nothing is said here."])
  }

  @Test(arguments: [
    (
      "A.swift", "{\n  //solution\n  a()\n}", "2: `//solution` is not a marker; write `// solution`"
    ),
    ("A.swift", "/// Solution\na()", "1: `/// Solution` is not a marker; write `// solution`"),
    ("A.swift", "{\n  // solution\n}", "2: nothing stands below the marker, in its block"),
    ("A.swift", "// solution\n\n", "1: nothing stands below the marker, in its block"),
    (
      "A.swift", "{\n  // solution\n  if a {\n    // solution\n    b()\n  }\n}",
      "4: a marked region stands inside another"
    ),
    (
      "A.md", "<!-- handout\nWrite.\n-->\nAnswer.\n",
      "1: the region that begins here has no line `<!-- /handout -->`"
    ),
    ("A.md", "a\n<!-- handout\nWrite.\n", "2: the region that begins here has no line `-->`"),
    (
      "A.md", "<!-- handout\nWrite.\n-->\n<!-- handout\n-->\nx\n<!-- /handout -->",
      "4: a marked region stands inside another"
    ),
    ("A.md", "a\n<!-- /handout -->", "2: `<!-- /handout -->` ends a region that nothing begins"),
    (
      "A.md", "<!-- handout\nWrite.\n-->\n\n<!-- /handout -->",
      "1: nothing stands below the marker, in its block"
    ),
  ])
  func saysWhatIsWrongAndWhere(file: String, text: String, message: String) {
    let error = #expect(throws: StubError.self) { try Stub(of: text, file: file) }
    #expect(error?.description == message)
  }
}

@Suite struct StubDifferenceTests {
  private func difference(_ handout: String?, _ solution: String) throws -> String? {
    let stub = try Stub(of: solution, file: "A.swift")
    return StubDifference(path: "a/A.swift", handout: handout, stub: stub)?.text
  }

  @Test func equalFilesDoNotDiffer() throws {
    #expect(try difference("a\n", "a\n") == nil)
    #expect(try difference(nil, "// solution\na\n") == nil)
  }

  @Test func showsTheLinesBetweenWhatIsEqual() throws {
    #expect(try difference("a\nb\nc\nd", "a\nx\ny\nd") == "a/A.swift:2\n- b\n- c\n+ x\n+ y")
    #expect(try difference("a\na\n", "a\na\na\n") == "a/A.swift:3\n+ a")
    #expect(try difference("a", "a\n") == "a/A.swift:2\n+ ")
  }

  @Test func keepsLongDifferencesShort() throws {
    let long = (1...9).map { "\($0)" }.joined(separator: "\n")
    #expect(
      try difference(long, "x")
        == "a/A.swift:1\n- 1\n- 2\n- 3\n- 4\n- 5\n  (and 4 more lines)\n+ x"
    )
  }

  @Test func namesFilesThatOnlyOneSideHas() throws {
    #expect(try difference(nil, "a") == "a/A.swift is not there")
    #expect(try difference("a", "// solution\na") == "a/A.swift should not be handed out")
  }
}

@Suite struct SecretTests {
  private let secret = Secret(
    path: "x",
    lines: ["let dXHat = gamma * dU", "}", "return dXHat / root"]
  )

  @Test func isToldByAllLinesThatSaySomething() throws {
    let secret = try #require(secret)
    let text = "// My notes\n\treturn dXHat / root  \n\n  let dXHat = gamma * dU\r\n"
    #expect(secret.isTold(by: Set(Secret.lines(of: text))))
    #expect(!secret.isTold(by: ["return dXHat / root", "}"]))
  }

  @Test func fewOrShortLinesAreNoSecret() {
    #expect(Secret(path: "x", lines: ["}", "return x", "let y = 1"]) == nil)
    #expect(Secret(path: "x", lines: ["return x.mean(axis: 0)"]) == nil)
  }
}
