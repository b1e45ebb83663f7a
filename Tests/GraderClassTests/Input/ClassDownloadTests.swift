import ClassCore
import Foundation
import GraderClass
import GraderRuntime
import Testing

/// Downloads of a class become attempts with archives, from folders and from zips.
@Suite struct ClassDownloadTests {
  private static let roster = Roster(members: [
    Roster.Member(student: Student(id: "03240396", name: "Doe, Jane")),
    Roster.Member(student: Student(id: "03240397", name: "山田 太郎")),
  ])

  private func collect(
    _ path: String,
    roster: Roster? = Self.roster,
    in scratch: Scratch
  ) throws -> DownloadPlan {
    let download = try ClassDownload(path, machine: try Here.machine())
    let plan = download.plan(in: DownloadContext(roster: roster, timeZone: .gmt))
    return try download.collect(plan, into: "\(scratch.path)/originals")
  }

  /// Moodle's zip, with one archive and one student's files loose.
  private func moodle(in scratch: Scratch) throws {
    let jane = "in/Jane Doe_4711_assignsubmission_file"
    let taro = "in/山田 太郎_4712_assignsubmission_file"
    try scratch.write("packed", to: "\(jane)/submit.tar.gz")
    try scratch.write("let a = 1\n", to: "\(taro)/a1/Sources/BatchNorm/Forward.swift")
    try scratch.write("# D\n", to: "\(taro)/a1/Derivation.md")
    try scratch.write(Data(count: 2 << 20), to: "\(taro)/a1/mnist.bin")
    try scratch.write("x", to: "\(taro)/a1/.build/x.swift")
  }

  @Test(arguments: [false, true])
  func moodleFolderAndZip(isZip: Bool) throws {
    let scratch = try Scratch()
    try moodle(in: scratch)
    if isZip { try scratch.run("sh", "-c", "cd in && zip -qr ../in.zip .") }
    let plan = try collect(scratch.path + (isZip ? "/in.zip" : "/in"), in: scratch)
    #expect(plan.kind == .moodle)
    #expect(plan.attempts.map(\.students) == [["03240396"], ["03240397"]])
    #expect(plan.attempts.map(\.originalName) == ["submit.tar.gz", "山田 太郎.tar"])
    #expect(try scratch.read(plan.attempts[0].path) == Data("packed".utf8))
    #expect(
      plan.oddities.filter { $0.name == "files besides" } == [
        .besides(students: ["03240397"], delivery: "山田 太郎", files: ["a1/mnist.bin"])
      ]
    )
    try scratch.run("mkdir", "out")
    try scratch.run("tar", "-xf", plan.attempts[1].path, "-C", "out")
    #expect(
      try scratch.names(in: "out").filter { $0.contains(".") } == [
        "a1/Derivation.md", "a1/Sources/BatchNorm/Forward.swift",
      ]
    )
  }

  /// The same class is the same archives, whichever way it came.
  @Test func looseFilesAreAlwaysPackedAlike() throws {
    let scratch = try Scratch()
    try moodle(in: scratch)
    try scratch.run("sh", "-c", "cd in && zip -qr ../in.zip .")
    let folder = try collect(scratch.path + "/in", in: scratch)
    let zip = try collect(scratch.path + "/in.zip", in: scratch)
    #expect(folder.attempts[1].path == zip.attempts[1].path)
    let name = (zip.attempts[0].path as NSString).lastPathComponent
    #expect(name == Digest.hex(of: Array("packed".utf8)))
  }

  /// An archive in a folder is read where it lies.
  @Test func folderIsLeftAlone() throws {
    let scratch = try Scratch()
    try scratch.write("packed", to: "in/03-240396.tar.gz")
    try scratch.write("packed", to: "in/stranger.zip")
    let plan = try collect(scratch.path + "/in", in: scratch)
    #expect(
      plan.attempts.map(\.path).sorted()
        == ["03-240396.tar.gz", "stranger.zip"].map {
          "\(scratch.path)/in/\($0)"
        }
    )
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/originals"))
  }

  /// Nothing of a hostile zip gets out of its place, and each such entry is told.
  @Test func hostileZip() throws {
    let scratch = try Scratch()
    let script = """
      import zipfile
      z = zipfile.ZipFile("in.zip", "w")
      def put(name, data, mode=0o100644):
          info = zipfile.ZipInfo(name); info.create_system = 3; info.external_attr = mode << 16
          z.writestr(info, data)
      put("../../evil_1_2_a.zip", "evil")
      put("/etc/evil_1_3_a.zip", "evil")
      put("link_5_6_a.zip", "/etc/passwd", 0o120777)
      put("doejane_7_8_a.zip", "one")
      put("doejane_7_8_a.zip", "two")
      put("roe\\u202erae_9_10_a.zip", "hidden")
      put("big_11_12_a.zip", "x" * 1000)
      z.close()
      raw = open("in.zip", "rb").read()
      open("in.zip", "wb").write(raw.replace(b"x" * 1000, b"y" * 1000))
      """
    try scratch.run("python3", "-W", "ignore", "-c", script)
    let plan = try collect(scratch.path + "/in.zip", in: scratch)
    #expect(plan.kind == .canvas)
    let good = plan.attempts.filter { $0.trouble == nil }
    #expect(good.map(\.label) == ["doejane"])
    #expect(try scratch.names(in: "originals").count == 1)
    #expect(try scratch.read(good[0].path) == Data("two".utf8))
    let unusable = plan.oddities.compactMap { finding -> String? in
      switch finding {
      case .unusable(let path, let reason): "\(path): \(reason)"
      case .notTakenIn(_, let file, let reason): "\(file): \(reason)"
      default: nil
      }
    }
    #expect(unusable.count == 6, "\(unusable)")
    #expect(!FileManager.default.fileExists(atPath: "/etc/evil_1_3_a.zip"))
  }

  /// A file that is damaged in the class's zip, or packed by a method that is not read, is its
  /// student's, and open; the others are taken in.
  @Test func unreadableInTheZip() throws {
    let scratch = try Scratch()
    let script = """
      import zipfile
      z = zipfile.ZipFile("in.zip", "w")
      for name in ["doejane_7_8_a.zip", "x_9_10_b.zip", "y_11_12_Forward.swift"]:
          z.writestr(name, name * 10)
      z.close()
      raw = bytearray(open("in.zip", "rb").read())
      raw[raw.find(b"y_11_12_Forward.swift" * 3) + 5] ^= 255
      raw[raw.find(b"x_9_10_b.zip") - 30 + 8] = 9
      raw[raw.rfind(b"x_9_10_b.zip") - 46 + 10] = 9
      open("in.zip", "wb").write(raw)
      """
    try scratch.run("python3", "-W", "ignore", "-c", script)
    let plan = try collect(scratch.path + "/in.zip", in: scratch)
    let told = Dictionary(
      plan.attempts.map { ($0.label, $0.trouble ?? "") },
      uniquingKeysWith: { first, _ in first }
    )
    #expect(told.keys.sorted() == ["doejane", "x", "y"])
    #expect(told["doejane"] == "")
    #expect(told["x"]?.hasPrefix("it is packed with Deflate64, which is not read") == true)
    #expect(told["y"] == "Forward.swift: it is damaged in the download")
    #expect(plan.attempts.allSatisfy { $0.path.isEmpty == ($0.trouble != nil) })
  }

  @Test func encryptedZip() throws {
    let scratch = try Scratch()
    try scratch.write("packed", to: "31240001/Homework/submit.zip")
    try scratch.run("zip", "-qr", "-P", "secret", "in.zip", "31240001")
    let fault = #expect(throws: GraderFault.self) {
      try ClassDownload(scratch.path + "/in.zip", machine: try Here.machine())
    }
    #expect(fault?.kind == .usage)
    #expect(fault?.remedy.contains("password") == true)
  }

  @Test func noZip() throws {
    let scratch = try Scratch()
    try scratch.write("hello", to: "in.zip")
    let fault = #expect(throws: GraderFault.self) {
      try ClassDownload(scratch.path + "/in.zip", machine: try Here.machine())
    }
    #expect(fault?.kind == .usage)
    #expect(throws: GraderFault.self) {
      try ClassDownload(scratch.path + "/nothing", machine: try Here.machine())
    }
  }

  /// Links in a folder could lead anywhere.
  @Test func linksInFolders() throws {
    let scratch = try Scratch()
    try scratch.write("secret", to: "secret.zip")
    try scratch.write("packed", to: "in/03240396.zip")
    try scratch.run("ln", "-s", "../secret.zip", "in/03240397.zip")
    let plan = try collect(scratch.path + "/in", in: scratch)
    // What cannot be read is somebody's nevertheless.
    #expect(plan.attempts.map(\.students) == [["03240396"], ["03240397"]])
    #expect(plan.attempts.map(\.trouble) == [nil, "it is a link"])
    #expect(
      plan.oddities.contains(
        .notTakenIn(students: ["03240397"], file: "03240397.zip", reason: "it is a link")
      )
    )
  }

  @Test func gradescopeExport() throws {
    let scratch = try Scratch()
    let metadata = """
      ---
      submission_900:
        :submitters:
        - :name: Jane Doe
          :sid: '03240396'
          :email: jane@example.edu
        - :name: "山田 太郎"
          :sid:
          :email: taro@example.edu
        :created_at: 2026-04-30 14:59:59.123456000 Z
        :score: 1.5
        :status: processed
        :history: []
      submission_901:
        :submitters:
        - :name: Nobody
          :sid: "1"
          :email: no@example.edu
        :created_at: !ruby/object:ActiveSupport::TimeWithZone
          utc: 2026-04-30 15:00:00.000000000 Z
          zone: x
          time: 2026-05-01 00:00:00.000000000 Z
      """
    try scratch.write(metadata, to: "e/assignment_1_export/submission_metadata.yml")
    try scratch.write("packed", to: "e/assignment_1_export/submission_900/submit.zip")
    try scratch.write("other", to: "e/assignment_1_export/submission_901/submit.zip")
    let plan = try collect(scratch.path + "/e", in: scratch)
    #expect(plan.attempts.map(\.students) == [[], ["03240396", "03240397"]])
    let times = plan.attempts.compactMap(\.submittedAt?.timeIntervalSince1970)
    #expect(times.map { Int($0) } == [1_777_561_200, 1_777_561_199])
  }

  /// Names that Windows packed in Japan are read in their code page.
  @Test func namesInCodePage932() throws {
    let scratch = try Scratch()
    let script = """
      import zipfile
      class Info(zipfile.ZipInfo):
          def _encodeFilenameFlags(self): return self.filename.encode("cp932"), 0
      z = zipfile.ZipFile("in.zip", "w")
      z.writestr(Info("山田 太郎_4712_assignsubmission_file_/提出.zip"), b"packed")
      z.close()
      """
    try scratch.run("python3", "-c", script)
    let plan = try collect(scratch.path + "/in.zip", in: scratch)
    #expect(plan.attempts.map(\.students) == [["03240397"]])
    #expect(plan.attempts.map(\.originalName) == ["提出.zip"])
  }

  /// The same zip, unpacked on Linux by a program that leaves the names as they were.
  @Test func namesInCodePage932OnDisk() throws {
    let scratch = try Scratch()
    let script = """
      import os
      taro = "in/山田 太郎_4712_assignsubmission_file_".encode("cp932")
      os.makedirs(taro)
      open(taro + "/提出.zip".encode("cp932"), "wb").write(b"packed")
      jane = b"in/Jane Doe_4711_assignsubmission_file_"
      os.makedirs(jane)
      open(jane + b"/Forward\\xff.swift", "wb").write(b"let a = 1")
      """
    try scratch.run("python3", "-c", script)
    let plan = try collect(scratch.path + "/in", in: scratch)
    #expect(plan.attempts.map(\.students) == [["03240396"], ["03240397"]])
    try #require(plan.attempts.count == 2)
    #expect(plan.attempts[1].originalName == "提出.zip")
    #expect(try scratch.read(plan.attempts[1].path) == Data("packed".utf8))
    try scratch.run("sh", "-c", "tar xOf '\(plan.attempts[0].path)' | grep -q 'let a'")
  }

  /// Two names of the same characters, made of different ones: neither is lost without a word.
  @Test func namesThatLookTheSame() throws {
    let scratch = try Scratch()
    try scratch.write("one", to: "in/Jos\u{E9}.zip")
    try scratch.write("other", to: "in/Jose\u{301}.zip")
    let plan = try collect(scratch.path + "/in", in: scratch)
    #expect(plan.attempts.count == 1)
    #expect(plan.oddities.filter { $0.name == "unusable" }.count == 1)
  }
}
