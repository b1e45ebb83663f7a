import GraderCore
import Testing

@Suite struct CalledFunctionsTests {
  private static let mean = "$s9BatchNorm9batchMeany9CourseKit6TensorVySdGAFKF"
  private static let normalize =
    "$s9BatchNorm9normalize_4mean8variance7epsilon9CourseKit6TensorVySdGAI_A2ISdtKF"

  private static func object(
    using used: [String],
    defining defined: [String] = [],
    visibility: UInt8 = 0
  ) throws -> ObjectFile {
    let symbols = used.map { ($0, UInt16(0)) } + defined.map { ($0, UInt16(1)) }
    var image = ObjectImage(sections: [".text"], symbols: symbols)
    image.visibility = visibility
    return try ObjectFile(image.bytes)
  }

  private static func called(_ symbols: String...) throws -> CalledFunctions? {
    CalledFunctions(of: try object(using: symbols), in: "BatchNorm")
  }

  @Test func functionsOfTheModuleAlone() throws {
    let called = try #require(
      try Self.called(Self.normalize, "swift_retain", "$s13BatchNormTask4sameyyF", Self.mean)
    )
    #expect(called.symbols == [Self.mean, Self.normalize])
    #expect(CalledFunctions(text: called.text) == called)
  }

  /// The stub's layout of a type is not the student's.
  @Test(arguments: [
    "$s9BatchNorm5LayerVMa",  // metadata
    "$s9BatchNorm5LayerV5widthACSi_tcfC",  // an initializer
    "$s9BatchNorm5layerAA5LayerVyF",  // a function that returns one
    "$s9BatchNorm5layer1xAA5LayerVSd_AGtF", "$s9BatchNorm4twiceyAA4KindOAFF",
    "$s9BatchNorm4twiceyAA05BatchB0CAFF",  // a name of words that occurred before
    "$s9BatchNorm5limitSdvp",  // a global
  ])
  func moreThanFunctions(symbol: String) throws {
    #expect(try Self.called(Self.mean, symbol) == nil)
  }

  @Test func nothingOfTheModule() throws {
    #expect(try Self.called("swift_retain") == nil)
  }

  @Test func definedWhereOthersSeeThem() throws {
    let called = try #require(try Self.called(Self.mean, Self.normalize))
    #expect(called.areDefined(by: try Self.object(using: [], defining: called.symbols + ["$s1x"])))
    #expect(!called.areDefined(by: try Self.object(using: [], defining: [Self.mean])))
    // As those are that are not public.
    let hidden = try Self.object(using: [], defining: called.symbols, visibility: 2)
    #expect(!called.areDefined(by: hidden))
    #expect(!called.areDefined(by: try Self.object(using: called.symbols)))
    // As public ones are in a static program.
    let protected = try Self.object(using: [], defining: called.symbols, visibility: 3)
    #expect(called.areDefined(by: protected))
  }
}
