/// The rules of the whole repository; each gives the places that break it.
enum Rule: String, CaseIterable, Sendable {
  case topLevel
  case importTable
  case wrappedLibraries
  case secretsStaySecret
  case handoutIsWhole
  case oneTestFramework
  case shortFiles
  case shortLines
  case wholeFormulas
  case foldersInOrder
  case namedThings
  case listedArguments
  case choosingFilters
  case everyPlatform

  func violations(in tree: SourceTree) -> [String] {
    switch self {
    case .topLevel: tree.strangersAtTheTop
    case .importTable: tree.importsOutsideTheTable
    case .wrappedLibraries: tree.librariesInSeveralFolders
    case .secretsStaySecret: tree.secretsInHandouts
    case .handoutIsWhole: tree.handoutsThatNeedMore
    case .oneTestFramework: tree.filesWithTwoFrameworks
    case .shortFiles: tree.longFiles
    case .shortLines: tree.longLines
    case .wholeFormulas: tree.escapesInFormulas
    case .foldersInOrder: tree.knotsBetweenFolders
    case .namedThings: tree.riddles
    case .listedArguments: tree.argumentsOutsideTheList
    case .choosingFilters: tree.filtersThatChooseNone
    case .everyPlatform: tree.importsOfOnePlatform
    }
  }
}

extension SourceTree {
  private static let agreed: Set = [
    "Package.swift", "Sources", "Tests", "assignments", "reference", "README.md", "LICENSE",
    "findings",
  ]

  /// The top level holds what was agreed, dotfiles, and nothing else.
  fileprivate var strangersAtTheTop: [String] {
    let present = Set(topLevel.filter { !$0.hasPrefix(".") })
    let strangers = present.subtracting(Self.agreed).map { "\($0) is at the top level" }
    return (strangers + Self.agreed.subtracting(present).map { "\($0) is missing" }).sorted()
  }

  // MARK: Imports

  /// The modules that the Swift files below a folder may import, the standard library aside.
  ///
  /// The first row that fits a file counts.
  private static let table: [(folder: String, modules: Set<String>)] = [
    // Shared with the judges, which build it in packages of their own.
    ("Sources/JudgeWire/Package.swift", ["PackageDescription"]),
    ("Sources/JudgeWire/Sources/JudgeEvents/", []),
    ("Sources/JudgeWire/Sources/JudgeOrders/", ["CMessages", "Glibc"]),
    ("Sources/JudgeWire/Tests/", ["Glibc", "JudgeOrders", "XCTest"]),
    // Decides, and touches nothing: no module with effects.
    ("Sources/GraderCore/", ["JudgeEvents"]),
    // Words and markup about one grade; touches no file and no clock.
    ("Sources/GradeFormats/", ["Foundation", "GraderCore"]),
    ("Sources/Sandbox/", ["CGlibc", "Glibc", "Synchronization"]),
    ("Sources/grader-intake/", ["CArchive", "CZlib", "Glibc", "GraderCore"]),
    (
      "Sources/GraderRuntime/",
      [
        "CCrypto", "CZlib", "Foundation", "GradeFormats", "GraderCore", "JudgeEvents",
        "JudgeOrders", "Sandbox", "Synchronization", "Yams",
      ]
    ),
    // Decides what becomes of a class's grades; touches no file and no clock.
    ("Sources/ClassCore/", ["Foundation", "GradeFormats", "GraderCore"]),
    ("Sources/Gradebook/", ["ClassCore", "Foundation", "GRDB", "GradeFormats", "GraderCore"]),
    (
      "Sources/GraderClass/",
      [
        "ClassCore", "Foundation", "GradeFormats", "Gradebook", "GraderCore", "GraderRuntime",
        "Synchronization",
      ]
    ),
    (
      "Sources/grader/",
      [
        "ArgumentParser", "ClassCore", "Foundation", "GradeFormats", "GraderClass", "GraderCore",
        "GraderRuntime", "Sandbox",
      ]
    ),
    // In every worker and every student's program.
    (
      "assignments/CourseKit/Sources/",
      ["CRT", "CourseKitKernels", "Darwin", "Glibc", "Musl", "WASILibc"]
    ),
    (
      "reference/JudgeSupport/Sources/JudgeSupport/",
      ["CourseKit", "Foundation", "JudgeEvents", "JudgeOrders", "Synchronization", "XCTest"]
    ),
  ]

  /// Modules import what the table says; a module that is new needs a row.
  fileprivate var importsOutsideTheTable: [String] {
    let guarded = ["Sources/", "assignments/CourseKit/Sources/", "reference/JudgeSupport/Sources/"]
    return swiftFiles().flatMap { file -> [String] in
      guard guarded.contains(where: file.path.hasPrefix) else { return [] }
      guard let row = Self.table.first(where: { file.path.hasPrefix($0.folder) }) else {
        return ["\(file.path): no row in the table of imports"]
      }
      return Imports.modules(in: file.text).filter { !row.modules.contains($0) }
        .map { "\(file.path) imports \($0)" }
    }
  }

  /// A library of others is imported in one folder of a module, and the table says in which
  /// modules; the packages below `reference/` stand by themselves.
  fileprivate var librariesInSeveralFolders: [String] {
    let libraries = [
      "ArgumentParser", "CArchive", "CCrypto", "CGlibc", "CMessages", "CZlib", "GRDB", "Yams",
    ]
    let ours = swiftFiles().filter { !$0.path.hasPrefix("reference/") }
    return libraries.flatMap { library -> [String] in
      let folders = ours.filter { Imports.modules(in: $0.text).contains(library) }
        .map { $0.path.split(separator: "/").dropLast().joined(separator: "/") }
        // Commands lie in folders of their own, and are all commands.
        .map { $0.hasPrefix("Sources/grader/") ? "Sources/grader" : $0 }
      let modules = Dictionary(grouping: Set(folders)) { $0.split(separator: "/").prefix(2) }
      return modules.values.filter { $0.count > 1 }
        .map { "\(library) in \($0.sorted().joined(separator: ", "))" }
    }
  }

  /// A failing assertion of one framework passes silently in a test of the other.
  fileprivate var filesWithTwoFrameworks: [String] {
    swiftFiles().filter { file in
      Set(Imports.modules(in: file.text)).isSuperset(of: ["Testing", "XCTest"])
    }.map { "\($0.path) imports Testing and XCTest" }
  }

  // MARK: Handouts

  /// Nothing that students get names what they never see.
  fileprivate var secretsInHandouts: [String] {
    let secrets = ["reference/", "HiddenTests", "JudgeSupport", "JudgeEvents", "JudgeCase"]
    return files.sorted { $0.key < $1.key }.filter { $0.key.hasPrefix("assignments/") }
      .flatMap { file in
        (secrets.filter { file.key.contains($0) } + secrets.filter { file.value.contains($0) })
          .map { "\(file.key) names \($0)" }
      }
  }

  /// Handouts build by themselves and offline: no link, no package from elsewhere.
  fileprivate var handoutsThatNeedMore: [String] {
    let linked = links.keys.filter { $0.hasPrefix("assignments/") }.map { "\($0) is a link" }
    let fetched = files.filter { file in
      file.key.hasPrefix("assignments/") && file.key.hasSuffix("/Package.swift")
        && file.value.contains("url:")
    }.map { "\($0.key) needs a package from elsewhere" }
    return (linked + fetched).sorted()
  }

  /// Students have Macs and Windows too: a C library of one system stands in a condition.
  fileprivate var importsOfOnePlatform: [String] {
    let libraries: Set = ["Glibc", "Musl", "Darwin", "CRT", "ucrt", "WinSDK", "WASILibc"]
    return swiftFiles().filter { $0.path.hasPrefix("assignments/") }.flatMap { file in
      var depth = 0
      return file.text.split(separator: "\n").flatMap { line -> [String] in
        let words = line.drop { $0 == " " }
        if words.hasPrefix("#if") { depth += 1 }
        if words.hasPrefix("#endif") { depth -= 1 }
        guard depth == 0 else { return [] }
        return Imports.modules(in: String(line)).filter(libraries.contains)
          .map { "\(file.path) imports \($0) on every platform" }
      }
    }
  }

  // MARK: Sizes

  private static let (mostLines, mostColumns) = (500, 100)

  fileprivate var longFiles: [String] {
    swiftFiles().compactMap { file in
      let lines = file.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      return lines > Self.mostLines ? "\(file.path) has \(lines) lines" : nil
    }
  }

  /// In Swift and C; tables, lists and scripts are as wide as they need to be.
  fileprivate var longLines: [String] {
    let endings = [".swift", ".c", ".h"]
    return files.sorted { $0.key < $1.key }
      .filter { file in endings.contains(where: file.key.hasSuffix) }
      .flatMap { file in
        // No line has more characters than bytes, and bytes are quickly counted.
        file.value.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
          .enumerated().filter { $0.element.count > Self.mostColumns }
          .map { ($0.offset, Substring($0.element).count) }.filter { $1 > Self.mostColumns }
          .map { "\(file.key):\($0 + 1) has \($1) columns" }
      }
  }
}
