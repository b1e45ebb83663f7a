import GraderCore

/// A slip in one function of the task, of whichever form.
enum PlantedSlip: Sendable {
  /// A wrong value.
  case mutant(Mutant, function: String)
  /// The function is lost in another way.
  case lost(function: String, Fairness.Form)

  /// The function that it is in.
  var function: String {
    switch self {
    case .mutant(_, let function), .lost(let function, _): function
    }
  }

  /// Its form.
  var form: Fairness.Form {
    switch self {
    case .mutant: .value
    case .lost(_, let form): form
    }
  }

  /// Its name.
  var name: String {
    switch self {
    case .mutant(let mutant, _): mutant.id
    case .lost(let function, let form): "\(function) (\(form.rawValue))"
    }
  }

  /// Plants the slip.
  ///
  /// - Parameters:
  ///   - files: The files of a right solution.
  ///   - read: Finds the declarations of a file.
  /// - Returns: The files with the slip; nil if there is no place for it.
  /// - Throws: What `read` throws.
  func applied(
    to files: [Submission.File],
    read: (Submission.File) throws(GraderFault) -> Declarations
  ) throws(GraderFault) -> [Submission.File]? {
    var files = files
    switch self {
    case .mutant(let mutant, _):
      guard let place = files.firstIndex(where: { $0.path.string == mutant.file }),
        let text = mutant.applied(to: String(decoding: files[place].content, as: UTF8.self))
      else { return nil }
      files[place] = Submission.File(path: files[place].path, content: Array(text.utf8))
      return files
    case .lost(let function, let form):
      for (place, file) in files.enumerated() {
        let all = try read(file).all
        guard let found = all.first(where: { $0.name == function && $0.isPublic && $0.isFunction }),
          let content = Self.edited(file.content, found, form)
        else { continue }
        files[place] = Submission.File(path: file.path, content: content)
        return files
      }
      return nil
    }
  }

  private static func edited(
    _ content: [UInt8],
    _ function: Declarations.Declaration,
    _ form: Fairness.Form
  ) -> [UInt8]? {
    guard let body = function.body else { return nil }
    var content = content
    switch form {
    case .value: return nil
    case .trap: content.insert(contentsOf: " fatalError();".utf8, at: body)
    case .error:
      content.insert(contentsOf: " struct Slip: Error {}; throw Slip();".utf8, at: body)
    case .notCompiling: content.insert(contentsOf: " let slip: Int = \"\";".utf8, at: body)
    case .notPublic:
      guard let word = content[function.bytes].firstRange(of: Array("public ".utf8)) else {
        return nil
      }
      content.removeSubrange(word)
    }
    return content
  }
}
