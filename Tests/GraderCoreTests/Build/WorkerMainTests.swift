import GraderCore
import Testing

/// The functions that an error in the worker's main is about.
@Suite struct WorkerMainTests {
  private static let path = "/src/main.swift"
  private static let source = """
    import Task

    serve(
      Task.mean.implement { x in try mean(x) },
      Task.chain.implement { x, gamma in
        let (dX, dGamma) = try chain(
          x: x,
          gamma: gamma
        )
        return Pair(dX, dGamma)
      },
      Task.last.implement { x in try last(x) }
    )
    """

  @Test(arguments: [
    (4, "mean", "chain"), (5, "chain", "last"), (6, "chain", "mean"), (8, "chain", "last"),
    (10, "chain", "mean"), (12, "last", "chain"), (13, "last", "mean"),
  ])
  func entryOfALine(line: Int, named: String, other: String) {
    let names = WorkerMain(source: Self.source).functions(
      inErrorsOf: "\(Self.path):\(line):3: error: something",
      path: Self.path
    )
    #expect(names.contains(named))
    #expect(!names.contains(other))
  }

  @Test(arguments: [
    "/src/main.swift:4:3: warning: mean", "/src/main.swift:4:3: note: error: mean",
    "/src/S000.swift:4:3: error: mean", "/src/main.swift:99:3: error: mean",
    "/src/main.swift:0:3: error: mean", "/src/main.swift:-4:3: error: mean",
    "/src/main.swift:x:3: error: mean", "/src/main.swift", "  /src/main.swift:4:3: error: mean", "",
    "/src/main.swift:99999999999999999999:3: error: mean",
  ])
  func otherLinesSayNothing(output: String) {
    let main = WorkerMain(source: Self.source)
    #expect(main.functions(inErrorsOf: output, path: Self.path) == [])
  }

  @Test func severalErrors() {
    let output = "\(Self.path):4:3: error: a\n4 | code\n\(Self.path):12:3: error: b\n"
    let names = WorkerMain(source: Self.source).functions(inErrorsOf: output, path: Self.path)
    #expect(names.isSuperset(of: ["mean", "last"]))
    #expect(!names.contains("chain"))
  }

  @Test(arguments: [
    ("batchMean(_ x: T) throws -> T", "batchMean"), ("f<T>(x: T)", "f"), ("f (x: T)", "f"),
    ("step(x:mean:)", "step"), ("plain", "plain"), ("", ""),
  ])
  func nameOfASignature(signature: String, name: String) {
    #expect(SignatureText(of: signature).name == name)
  }
}
