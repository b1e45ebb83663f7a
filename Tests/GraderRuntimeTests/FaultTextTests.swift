import Foundation
import GraderCore
import GraderRuntime
import Sandbox
import Testing

/// Every frequent fault of ours: the fact, the exact words, and the exit status.
@Suite struct FaultTextTests {
  typealias Sentence = (fact: FaultFact, status: GraderFault.Kind, words: String)

  private static let noSpace = FaultFact.Reason.system(SystemError(code: ENOSPC))

  @Test(
    arguments: [
      (.noFile("a.zip"), .usage, "There is no file a.zip."),
      (.nothing("in"), .usage, "There is no in."),
      (
        .isFolder("in"), .usage,
        "in is a folder.\nPack it first, as in: tar czf submit.tar.gz FOLDER"
      ),
      (.isNoFile("/dev/tty"), .usage, "/dev/tty is a pipe or a device.\nName a file."),
      (
        .isWorkbook("r.xlsx"), .usage,
        "r.xlsx is a workbook.\nOpen it and save the sheet as CSV (UTF-8)."
      ),
      (
        .unknownEncoding("r.csv"), .usage,
        "r.csv is in no encoding that is known.\nSave it as CSV (UTF-8)."
      ),
      (
        .notUnderstood(
          "p.yaml",
          Misreading(.missing, keys: ["late", "per"], line: 3),
          of: .theirs
        ),
        .usage, "p.yaml cannot be understood: line 3: late.per: is missing."
      ),
      (
        .notUnderstood("a.yaml", Misreading(.refused("is odd.")), of: .ours),
        .broken, "a.yaml cannot be understood: is odd."
      ),
      (
        .damaged("jobs.json", in: "/cache/x", Misreading(.broken("nothing there"))),
        .broken, "/cache/x/jobs.json: nothing there.\nDelete /cache/x."
      ),
      (
        .cannotRun("/bin/x", .system(SystemError(code: EACCES))),
        .unavailable, "Cannot run /bin/x: Permission denied."
      ),
      (
        .disturbed("The compiler", .killed), .temporary,
        "The compiler ended because somebody else killed it, also when it ran again alone.\n"
          + "Find out who does that to processes on this machine, and grade again."
      ),
      (
        .disturbed("The compiler", .machineOutOfMemory), .temporary,
        "The compiler ended because the machine ran out of memory, also when it ran again alone.\n"
          + "Free some memory, or do less at once with --jobs, and grade again."
      ),
      (
        .disturbed("The compiler", .starved), .temporary,
        "The compiler did not get the processor, also when it ran again alone.\n"
          + "Grade again when this machine has less to do."
      ),
      (.toolFailed("/bin/x -a b", "no"), .broken, "/bin/x -a b failed:\nno"),
      (
        .noToolchain, .unavailable,
        "No Swift toolchain was found in the PATH.\n"
          + "Install Swift 6.3 from https://www.swift.org/install and put its usr/bin in the PATH."
      ),
      (
        .incompleteToolchain("/opt/swift", tool: "ld.lld"), .unavailable,
        "The toolchain in /opt/swift has no ld.lld.\n"
          + "Install a complete Swift 6.3 toolchain from https://www.swift.org/install."
      ),
      (
        .noHelper("grader-jail", in: "/bin"), .unavailable,
        "grader-jail is not beside the grader in /bin.\n"
          + "Build the whole package with `swift build`, or install it with `grader install`."
      ),
      (
        .noCourse(in: "/usr", origin: "--course"), .usage,
        "There is no course in /usr (--course).\n"
          + "Name the folder that holds assignments/ and reference/ with --course DIR."
      ),
      (
        .noCourseFound, .usage,
        "No course was found.\nName the folder that holds assignments/ and reference/ with "
          + "--course DIR, or set CHAINRULE_COURSE."
      ),
      (
        .noAssignment("a9", in: "/course", known: ["a1", "a2"]), .usage,
        "There is no assignment a9 in /course.\nThere are: a1, a2."
      ),
      (
        .sandbox(.system(call: "pipe2", SystemError(code: EMFILE))), .temporary,
        "The jail could not start: pipe2: Too many open files."
      ),
      (
        .sandbox(.launcherBroke("landlock")), .broken,
        "The jail could not be closed: landlock.\n"
          + "Run `grader doctor` to see what this machine can enforce."
      ),
      (
        .sandbox(.launcherKilled(signal: 9)), .temporary,
        "Somebody else killed the jail's launcher (signal 9)."
      ),
      (
        .sandbox(.launcherVanished("signal 9")), .temporary,
        "The jail's launcher ended on its own: signal 9."
      ),
      (
        .sandbox(.unavailable(.isolated)), .unavailable,
        "This machine offers no jail of level L3.\nRun `grader doctor` to see what is missing."
      ),
      (.other(.broken, "It is odd.", remedy: "Look."), .broken, "It is odd.\nLook."),
      (
        .other(.broken, "It is odd.", remedy: "Look.", detail: "0.25"), .broken,
        "It is odd:\n0.25\nLook."
      ),
      (
        .cannotUseCache("/c", .system(SystemError(code: EROFS))), .unavailable,
        "The cache /c cannot be used: Read-only file system.\n"
          + "Set CHAINRULE_CACHE to a folder that you may write to."
      ),
      (
        .cannotUseCache("/c", noSpace), .temporary,
        "The cache /c cannot be used: No space left on device.\n"
          + "Free some space there, or set CHAINRULE_CACHE to another folder."
      ),
    ] as [Sentence]
  )
  func fact(fact: FaultFact, status: GraderFault.Kind, words: String) {
    #expect("\(GraderFault(fact))" == words)
    #expect(GraderFault(fact).kind == status)
  }

  /// What a program said may hold hidden values, and stays behind.
  @Test func summariesHoldNoDetail() {
    for fact in [
      FaultFact.toolFailed("/bin/x", "expected 0.25"),
      .other(.broken, "It is odd.", remedy: "Look.", detail: "expected 0.25"),
    ] {
      let fault = GraderFault(fact)
      #expect(fault.detail == "expected 0.25")
      #expect(!fault.summary.contains("0.25") && !fault.what.contains("0.25"))
      #expect("\(fault)".contains("0.25"))
    }
  }

  /// Failed actions on a file, and the words for them.
  @Test(
    arguments: [
      (.read, "Cannot read /x: No space left on device."),
      (.write, "Cannot write /x: No space left on device."),
      (.writeIn, "Cannot write in /x: No space left on device."),
      (.makeFolder, "Cannot make the folder /x: No space left on device."),
      (.link, "Cannot link /x: No space left on device."),
      (.date, "Cannot date /x: No space left on device."),
      (.makeExecutable, "Cannot make /x executable: No space left on device."),
      (.setMode, "Cannot set the mode of /x: No space left on device."),
      (.empty, "Cannot empty /x: No space left on device."),
      (
        .openInCache,
        "Cannot open /x: No space left on device.\n"
          + "Check that the cache is yours, or set CHAINRULE_CACHE to another folder."
      ),
      (.lockInCache, "Cannot lock /x: No space left on device."),
      (
        .makePrivateFileIn,
        "Cannot make a file in /x: No space left on device.\n"
          + "Free some space, or set TMPDIR to a folder that you may write to."
      ),
      (
        .makeTemporaryFolderIn,
        "Cannot make a temporary folder in /x: No space left on device.\n"
          + "Free some space, or set TMPDIR to a folder that you may write to."
      ),
      (
        .giveToGroup("staff"),
        "Cannot give /x to the group staff: No space left on device.\n"
          + "Name a group that you are in."
      ),
    ] as [(FaultFact.FileAction, String)]
  )
  func action(action: FaultFact.FileAction, words: String) {
    let fault = GraderFault(.cannot(action, "/x", Self.noSpace))
    #expect("\(fault)" == words)
    #expect(fault.kind == (action == .read ? .broken : .temporary))
    #expect(GraderFault(.cannot(action, "/x", nil, of: .theirs)).kind == .usage)
  }

  /// The library's general words give way to the system's, whoever made the call.
  @Test func theSystemsAnswerIsFoundInTheLibrarysError() {
    #expect(throws: GraderFault(.cannot(.read, "/nowhere/x", .system(SystemError(code: ENOENT))))) {
      try Files.read("/nowhere/x")
    }
    #expect(throws: GraderFault(.cannot(.write, "/nowhere/x", .system(SystemError(code: ENOENT)))))
    {
      try Files.write([], to: "/nowhere/x")
    }
  }
}
