import Foundation
package import GradeFormats
package import GraderCore
package import Sandbox

/// Our own fault: it withholds the grade, and is never written down as a score.
package struct GraderFault: Error, Equatable, Sendable {
  /// The kind of a fault, by the caller's remedy; the number is the exit status.
  package enum Kind: Int32, Sendable {
    /// The command line asks for something that makes no sense.
    case usage = 64
    /// Something that grading needs is missing on this machine.
    case unavailable = 69
    /// The grader or the course is broken.
    case broken = 70
    /// It may work another time.
    case temporary = 75
  }

  /// The fault and its object, without words.
  package let fact: FaultFact

  /// The fault that a fact is.
  package init(_ fact: FaultFact) { self.fact = fact }

  /// A fault that no other place has, in its own words.
  package init(_ kind: Kind, _ what: String, remedy: String = "", detail: String = "") {
    self.init(.other(kind, what, remedy: remedy, detail: detail))
  }

  /// See `Kind`.
  package var kind: Kind { FaultText.kind(of: fact) }
  /// A sentence that says what happened, and to what.
  package var what: String { FaultText.sentence(fact) }
  /// A sentence that says what to do; empty if nobody knows.
  package var remedy: String { FaultText.remedy(fact) }
  /// The words of a program that failed, empty if there are none.
  ///
  /// They can hold hidden tests and their values: for the terminal and the gradebook of whoever
  /// grades, not for tables, pages and logs that are handed on.
  package var detail: String { FaultText.detail(fact) }
  /// The two sentences, without the detail.
  package var summary: String { remedy.isEmpty ? what : "\(what)\n\(remedy)" }
}

extension GraderFault: CustomStringConvertible {
  /// All of it, for a person.
  package var description: String {
    guard !detail.isEmpty else { return summary }
    let start = what.hasSuffix(".") ? "\(what.dropLast()):" : what
    return "\(start)\n\(detail)" + (remedy.isEmpty ? "" : "\n\(remedy)")
  }
}

/// A fault on our side, without words: `FaultText` has them.
package enum FaultFact: Equatable, Sendable {
  /// No file is where somebody named one.
  case noFile(String)
  /// Neither a file nor a folder is where somebody named one.
  case nothing(String)
  /// A folder was named where an archive is wanted.
  case isFolder(String)
  /// A pipe or a device was named where a file is wanted.
  case isNoFile(String)
  /// A workbook was named where text is wanted.
  case isWorkbook(String)
  /// A text is in no encoding that is known.
  case unknownEncoding(String)
  /// Something could not be done to a file or folder.
  case cannot(FileAction, String, Reason?, of: Owner = .ours)
  /// A file that people write could not be understood.
  case notUnderstood(String, Misreading, of: Owner)
  /// A file of the cache is not as it was written.
  case damaged(String, in: String, Misreading)
  /// A program could not be started.
  case cannotRun(String, Reason)
  /// A program that must not fail did; what it said.
  case toolFailed(String, String)
  /// No toolchain is in the PATH.
  case noToolchain
  /// A toolchain lacks a program.
  case incompleteToolchain(String, tool: String)
  /// A program of the grader is not in its folder.
  case noHelper(String, in: String)
  /// No course is in a folder; how the folder was chosen.
  case noCourse(in: String, origin: String)
  /// No course was found anywhere.
  case noCourseFound
  /// A course has no such assignment, but these.
  case noAssignment(String, in: String, known: [String])
  /// Something else than an untrusted program ended it, again and again; the beginning of a
  /// sentence about the program.
  case disturbed(String, Disturbance)
  /// The sandbox failed.
  case sandbox(SandboxFault)
  /// The folder of the cache cannot be used.
  case cannotUseCache(String, Reason?)
  /// A fault that no other place has, in its own words.
  case other(GraderFault.Kind, String, remedy: String, detail: String = "")

  /// An action on a file or folder that failed.
  package enum FileAction: Equatable, Sendable {
    case read, write, writeIn, makeFolder, link, date, makeExecutable, setMode, empty
    case openInCache, lockInCache, makePrivateFileIn, makeTemporaryFolderIn
    case giveToGroup(String)
  }

  /// The one who chose a path, and so can choose another.
  package enum Owner: CaseIterable, Sendable {
    /// Whoever wrote the command line.
    case theirs
    /// The grader, or the course.
    case ours
  }

  /// The reason why something could not be done to a file.
  package enum Reason: Equatable, Sendable {
    /// The system's answer.
    case system(SystemError)
    /// The words of the library that tried.
    case words(String)

    /// The answer to the call that has just failed.
    package static var last: Reason { .system(.last) }

    /// The system's answer where an error holds one, else its words.
    package init(_ error: any Error) {
      let underlying = (error as? CocoaError)?.underlying ?? error
      if let error = underlying as? POSIXError {
        self = .system(SystemError(code: error.code.rawValue))
      } else {
        self = .words(error.words)
      }
    }
  }
}

extension JSONText {
  /// A value as indented JSON; one that cannot be written is a fault of ours.
  package static func encode(_ value: some Encodable) throws(GraderFault) -> String {
    do {
      return try text(of: value)
    } catch {
      throw GraderFault(.broken, "The result cannot be written as JSON: \(error)")
    }
  }
}
