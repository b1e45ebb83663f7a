import Foundation
import GraderCore

/// The declarations of a suite as the compiler lists them.
///
/// See "SymbolKit" among the packages of Swift for the format.
struct SymbolGraph: Decodable {
  private var symbols: [Symbol]
  private var relationships: [Relationship]

  struct Symbol: Decodable {
    struct Identifier: Decodable {
      var precise: String
    }
    struct Kind: Decodable {
      var identifier: String
    }
    struct Fragment: Decodable {
      var spelling: String
    }
    struct Signature: Decodable {
      /// Nil for what only begins something, as an initializer.
      var returns: [Fragment]?
    }
    var identifier: Identifier
    var kind: Kind
    var pathComponents: [String]
    var declarationFragments: [Fragment]
    var functionSignature: Signature?
  }

  struct Relationship: Decodable {
    var kind: String
    var source: String
    var target: String
    var targetFallback: String?
  }

  /// A test method of a class.
  struct TestMethod: Hashable, Comparable {
    /// The class as code of its module names it.
    var owner: String
    var name: String
    var isAsync = false

    static func < (left: TestMethod, right: TestMethod) -> Bool {
      (left.owner, left.name) < (right.owner, right.name)
    }
  }

  /// The modules whose classes can be those of tests.
  private static let bases = ["XCTest.", "JudgeSupport."]

  /// All that XCTest runs: methods that take nothing and give nothing and whose name begins with
  /// `test`, of classes of tests and of those that they inherit from.
  var tests: [TestMethod] {
    var parents: [String: Relationship] = [:]
    var members: [String: [String]] = [:]
    for relationship in relationships {
      switch relationship.kind {
      case "inheritsFrom": parents[relationship.source] = relationship
      case "memberOf": members[relationship.target, default: []].append(relationship.source)
      default: break
      }
    }
    let known = Dictionary(symbols.map { ($0.identifier.precise, $0) }) { first, _ in first }
    var found: Set<TestMethod> = []
    for type in symbols where type.kind.identifier == "swift.class" {
      var line = [type.identifier.precise]
      while let parent = parents[line[line.count - 1]], known[parent.target] != nil {
        line.append(parent.target)
      }
      let base = parents[line[line.count - 1]]?.targetFallback ?? ""
      guard Self.bases.contains(where: base.hasPrefix) else { continue }
      let owner = type.pathComponents.joined(separator: ".")
      let symbols = line.flatMap { members[$0] ?? [] }.compactMap { known[$0] }
      found.formUnion(symbols.compactMap { $0.test(of: owner) })
    }
    return found.sorted()
  }
}

extension SymbolGraph.Symbol {
  /// The test that this is in a class; nil if it is none.
  fileprivate func test(of owner: String) -> SymbolGraph.TestMethod? {
    guard kind.identifier == "swift.method", let name = pathComponents.last,
      name.hasPrefix("test"), name.hasSuffix("()"),
      functionSignature?.returns?.map(\.spelling) == ["()"]
    else { return nil }
    return SymbolGraph.TestMethod(
      owner: owner,
      name: String(name.dropLast(2)),
      isAsync: declarationFragments.contains { $0.spelling == "async" }
    )
  }
}
