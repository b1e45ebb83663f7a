import Foundation
import GraderCore

/// The package of a hidden suite, as SwiftPM reads its manifest.
///
/// Most have one form: a module of tests that is made of what the grader compiles anyway. Those it
/// compiles as well, in a fraction of the time that SwiftPM takes for all that they stand on.
struct SuitePackage: Decodable {
  private var dependencies: [Dependency]
  private var targets: [Target]
  private var swiftLanguageVersions: [String]?
  private var toolsVersion: Tools

  struct Dependency: Decodable {
    struct Folder: Decodable {
      var path: String
    }
    var fileSystem: [Folder]?
  }

  struct Tools: Decodable {
    var version: String

    enum CodingKeys: String, CodingKey {
      case version = "_version"
    }

    /// The mode of a package that names none.
    var languageMode: String { "\(min(Int(version.prefix { $0 != "." }) ?? 6, 6))" }
  }

  struct Target: Decodable {
    struct Resource: Decodable {
      struct Rule: Decodable {
        var copy: Empty?
      }
      var path: String
      var rule: Rule
    }
    struct Setting: Decodable {
      struct Kind: Decodable {
        var enableUpcomingFeature: Value?
        var treatAllWarnings: Value?
      }
      var tool: String
      var kind: Kind
      var condition: Empty?
    }
    var name: String
    var type: String
    var path: String?
    var sources: [String]?
    var exclude: [String]
    var dependencies: [[String: [String?]]]
    var resources: [Resource]
    var settings: [Setting]
    var pluginUsages: [Empty]?
  }

  struct Empty: Decodable {}

  struct Value: Decodable {
    var value: String

    enum CodingKeys: String, CodingKey {
      case value = "_0"
    }
  }

  /// The parts of a suite of the usual form that the grader compiles.
  struct Usual: Equatable {
    var languageMode: String
    /// The compiler's options.
    var options: [String]
    /// Paths in the suite's folder, of files or folders, that are no part of it.
    var excluded: [String]
    /// Paths in the suite's folder, of what lies beside the program under its last name.
    var resources: [String]
  }

  /// The folder of every suite.
  static let folder = "HiddenTests"

  /// The usual form of an assignment's suite; nil where its manifest says anything
  /// unusual, or nothing that SwiftPM understands.
  static func usual(
    of assignment: CourseAssignment,
    toolchain: Toolchain,
    in work: String
  ) throws(GraderFault) -> Usual? {
    let result = try Tool.run(
      toolchain.packageManager,
      [
        "package", "--package-path", assignment.reference, "--scratch-path", "\(work)/scratch",
        "dump-package",
      ]
    )
    guard result.status == 0 else { return nil }
    return usual(Data(result.output), for: assignment.assignment)
  }

  /// The same by what SwiftPM prints of a manifest.
  static func usual(_ manifest: Data, for assignment: Assignment) -> Usual? {
    guard let package = try? JSONDecoder().decode(SuitePackage.self, from: manifest),
      package.dependencies.allSatisfy(\.isUsual),
      package.targets.count == 1, let suite = package.targets.first,
      suite.isUsual(for: assignment)
    else { return nil }
    var options = ["-package-name", "suite"]
    for setting in suite.settings {
      guard let option = setting.option else { return nil }
      options += option
    }
    return Usual(
      languageMode: package.swiftLanguageVersions?.max() ?? package.toolsVersion.languageMode,
      options: options,
      excluded: suite.exclude,
      resources: suite.resources.map(\.path)
    )
  }
}

extension SuitePackage.Dependency {
  private static let names: Set = ["JudgeWire", "CourseKit", "JudgeSupport", "Handout"]

  /// True of a folder of the course.
  fileprivate var isUsual: Bool {
    guard let fileSystem, let folder = fileSystem.first else { return false }
    return Self.names.contains((folder.path as NSString).lastPathComponent)
  }
}

extension SuitePackage.Target {
  /// True of a module of tests in the one folder for them that imports what all suites may.
  fileprivate func isUsual(for assignment: Assignment) -> Bool {
    let modules: Set = ["CourseKit", "JudgeEvents", "JudgeSupport", assignment.task]
    return type == "test" && name == assignment.suite && path == SuitePackage.folder
      && sources == nil && pluginUsages?.isEmpty ?? true
      && resources.allSatisfy { $0.rule.copy != nil }
      && dependencies.allSatisfy { dependency in
        dependency.values.allSatisfy { $0.first.map { modules.contains($0 ?? "") } ?? false }
      }
  }
}

extension SuitePackage.Target.Setting {
  /// The compiler's option; nil if it is not always the same, or another than those known here.
  fileprivate var option: [String]? {
    guard tool == "swift", condition == nil else { return nil }
    if let feature = kind.enableUpcomingFeature?.value {
      return ["-enable-upcoming-feature", feature]
    }
    return kind.treatAllWarnings?.value == "error" ? ["-warnings-as-errors"] : nil
  }
}
