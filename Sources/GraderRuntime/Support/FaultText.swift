import GraderCore
import Sandbox

/// The words for our own faults: what happened, to what, and what to do.
enum FaultText {
  /// The kind of a fault, by the caller's remedy.
  static func kind(of fact: FaultFact) -> GraderFault.Kind {
    switch fact {
    case .noFile, .nothing, .isFolder, .isNoFile, .isWorkbook, .unknownEncoding, .noCourse,
      .noCourseFound, .noAssignment, .cannot(_, _, _, of: .theirs),
      .notUnderstood(_, _, of: .theirs):
      .usage
    case .cannot(.read, _, _, of: .ours), .notUnderstood(_, _, of: .ours), .damaged, .toolFailed:
      .broken
    case .cannot(.openInCache, _, let reason?, of: .ours) where !passes(reason): .unavailable
    case .cannot(_, _, _, of: .ours): .temporary
    case .cannotUseCache(_, let reason) where reason.map(passes) ?? false: .temporary
    case .cannotRun, .noToolchain, .incompleteToolchain, .noHelper, .cannotUseCache: .unavailable
    case .disturbed: .temporary
    case .sandbox(let fault) where fault.mayPassWhereJailHeld: .temporary
    case .sandbox(.unavailable): .unavailable
    case .sandbox: .broken
    case .other(let kind, _, _, _): kind
    }
  }

  /// The sentence that tells the fault and its object.
  static func sentence(_ fact: FaultFact) -> String {
    switch fact {
    case .noFile(let path): "There is no file \(path)."
    case .nothing(let path): "There is no \(path)."
    case .isFolder(let path): "\(path) is a folder."
    case .isNoFile(let path): "\(path) is a pipe or a device."
    case .isWorkbook(let path): "\(path) is a workbook."
    case .unknownEncoding(let path): "\(path) is in no encoding that is known."
    case .cannot(let action, let path, let reason, _):
      "Cannot \(phrase(action, path))\(reason.map { ": \(words($0))" } ?? "")."
    case .notUnderstood(let path, let misreading, _):
      "\(path) cannot be understood: \(misreading.words)."
    case .damaged(let file, let folder, let misreading): "\(folder)/\(file): \(misreading.words)."
    case .cannotRun(let program, let reason): "Cannot run \(program): \(words(reason))."
    case .toolFailed(let command, _): "\(command) failed."
    case .noToolchain: "No Swift toolchain was found in the PATH."
    case .incompleteToolchain(let root, let tool): "The toolchain in \(root) has no \(tool)."
    case .noHelper(let name, let folder): "\(name) is not beside the grader in \(folder)."
    case .noCourse(let root, let origin): "There is no course in \(root) (\(origin))."
    case .noCourseFound: "No course was found."
    case .noAssignment(let id, let root, _): "There is no assignment \(id) in \(root)."
    case .disturbed(let program, let disturbance):
      "\(program) \(words(disturbance)), also when it ran again alone."
    case .sandbox(.system(let call, let error)): "The jail could not start: \(call): \(error)."
    case .sandbox(.launcherBroke(let reason)): "The jail could not be closed: \(reason)."
    case .sandbox(.launcherVanished(let reason)):
      "The jail's launcher ended on its own: \(reason)."
    case .sandbox(.launcherKilled(let signal)):
      "Somebody else killed the jail's launcher (signal \(signal))."
    case .sandbox(.unavailable(let level)):
      "This machine offers no jail of level \(level.rawValue)."
    case .cannotUseCache(let path, let reason):
      "The cache \(path) cannot be used\(reason.map { ": \(words($0))" } ?? "")."
    case .other(_, let sentence, _, _): sentence
    }
  }

  /// The remedy; empty if nobody knows one.
  static func remedy(_ fact: FaultFact) -> String {
    switch fact {
    case .isFolder: "Pack it first, as in: tar czf submit.tar.gz FOLDER"
    case .isNoFile: "Name a file."
    case .isWorkbook: "Open it and save the sheet as CSV (UTF-8)."
    case .unknownEncoding: "Save it as CSV (UTF-8)."
    case .cannot(let action, _, _, _): remedy(action)
    case .damaged(_, let folder, _): "Delete \(folder)."
    case .noToolchain:
      "Install Swift 6.3 from https://www.swift.org/install and put its usr/bin in the PATH."
    case .incompleteToolchain:
      "Install a complete Swift 6.3 toolchain from https://www.swift.org/install."
    case .noHelper:
      "Build the whole package with `swift build`, or install it with `grader install`."
    case .noCourse: "Name the folder that holds assignments/ and reference/ with --course DIR."
    case .noCourseFound:
      "Name the folder that holds assignments/ and reference/ with --course DIR, "
        + "or set CHAINRULE_COURSE."
    case .noAssignment(_, _, let known): "There are: \(known.joined(separator: ", "))."
    case .disturbed(_, let disturbance): remedy(disturbance)
    case .sandbox(.launcherBroke): "Run `grader doctor` to see what this machine can enforce."
    case .sandbox(.unavailable): "Run `grader doctor` to see what is missing."
    case .cannotUseCache(_, let reason) where reason.map(passes) ?? false:
      "Free some space there, or set CHAINRULE_CACHE to another folder."
    case .cannotUseCache: "Set CHAINRULE_CACHE to a folder that you may write to."
    case .other(_, _, let remedy, _): remedy
    case .noFile, .nothing, .notUnderstood, .cannotRun, .toolFailed, .sandbox(.system),
      .sandbox(.launcherVanished), .sandbox(.launcherKilled):
      ""
    }
  }

  /// The words of a program that failed; empty if there are none.
  static func detail(_ fact: FaultFact) -> String {
    switch fact {
    case .toolFailed(_, let said): said
    case .other(_, _, _, let detail): detail
    default: ""
    }
  }

  /// Tells whether the same may work another time, with nothing set otherwise.
  private static func passes(_ reason: FaultFact.Reason) -> Bool {
    guard case .system(let error) = reason else { return false }
    return error.mayPass
  }

  // MARK: Disturbances

  private static func words(_ disturbance: Disturbance) -> String {
    switch disturbance {
    case .killed: "ended because somebody else killed it"
    case .machineOutOfMemory: "ended because the machine ran out of memory"
    case .stopped: "did not go on because somebody else had stopped it"
    case .starved: "did not get the processor"
    case .blocked: "did not get the disk, or the memory, that it waited for"
    case .unseen: "ran while the grader did not get the processor"
    }
  }

  private static func remedy(_ disturbance: Disturbance) -> String {
    switch disturbance {
    case .killed, .stopped: "Find out who does that to processes on this machine, and grade again."
    case .machineOutOfMemory: "Free some memory, or do less at once with --jobs, and grade again."
    case .starved, .blocked, .unseen: "Grade again when this machine has less to do."
    }
  }

  // MARK: Files

  private static func phrase(_ action: FaultFact.FileAction, _ path: String) -> String {
    switch action {
    case .read: "read \(path)"
    case .write: "write \(path)"
    case .writeIn: "write in \(path)"
    case .makeFolder: "make the folder \(path)"
    case .link: "link \(path)"
    case .date: "date \(path)"
    case .makeExecutable: "make \(path) executable"
    case .setMode: "set the mode of \(path)"
    case .empty: "empty \(path)"
    case .openInCache: "open \(path)"
    case .lockInCache: "lock \(path)"
    case .makePrivateFileIn: "make a file in \(path)"
    case .makeTemporaryFolderIn: "make a temporary folder in \(path)"
    case .giveToGroup(let group): "give \(path) to the group \(group)"
    }
  }

  private static func remedy(_ action: FaultFact.FileAction) -> String {
    switch action {
    case .openInCache: "Check that the cache is yours, or set CHAINRULE_CACHE to another folder."
    case .makePrivateFileIn, .makeTemporaryFolderIn:
      "Free some space, or set TMPDIR to a folder that you may write to."
    case .giveToGroup: "Name a group that you are in."
    case .read, .write, .writeIn, .makeFolder, .link, .date, .makeExecutable, .setMode, .empty,
      .lockInCache:
      ""
    }
  }

  private static func words(_ reason: FaultFact.Reason) -> String {
    switch reason {
    case .system(let error): "\(error)"
    case .words(let words): words
    }
  }
}
