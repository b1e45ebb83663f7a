import GraderCore

/// Objects that the compiler made of whole hand-ins, under the digest of all that goes into it.
///
/// Whoever grades a class again under another suite need not compile it again. An object is looked
/// at and linked like a fresh one, and nobody else's sources have its name.
struct KeptObjects: Sendable {
  let cache: Cache
  let kit: AssignmentKit

  private static let format = "object/1"
  private var kind: String { "object-\(kit.assignment.assignment.id)" }

  /// An object, and what the compiler said.
  struct Kept {
    var object: [UInt8]
    var output: [UInt8]
  }

  /// The name of an object of these sources.
  func key(of sources: [Builder.Source], isOptimized: Bool) -> String {
    var digest = Digest()
    digest.add(field: Self.format)
    digest.add(field: cache.name(of: kit.folder))
    digest.add(field: isOptimized ? "-O" : "-Onone")
    for source in sources {
      digest.add(field: source.compiledName)
      digest.add(field: source.file.content)
    }
    return digest.hex()
  }

  /// The object of a name; nil if there is none, or it is not as it was kept.
  func object(_ key: String) -> Kept? {
    guard cache.holds(kind, key: key) else { return nil }
    return try? read(key)
  }

  private func read(_ key: String) throws(GraderFault) -> Kept {
    let folder = try cache.artefact(kind, key: key, isSecret: true) { folder throws(GraderFault) in
      throw GraderFault(.broken, "The object in \(folder) is damaged.")
    }
    return Kept(
      object: try Files.read("\(folder)/student.o"),
      output: try Files.read("\(folder)/output")
    )
  }

  /// Keeps an object; where that fails, it is compiled again when it is needed.
  func keep(_ kept: Kept, as key: String) {
    _ = try? cache.artefact(kind, key: key, isSecret: true) { folder throws(GraderFault) in
      try Files.write(kept.object, to: "\(folder)/student.o")
      try Files.write(kept.output, to: "\(folder)/output")
    }
  }
}
