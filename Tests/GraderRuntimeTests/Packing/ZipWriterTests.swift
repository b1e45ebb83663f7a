import Foundation
import GraderRuntime
import Testing

/// What is packed here, programs of others unpack.
@Suite struct ZipWriterTests {
  /// Bytes that nothing makes fewer.
  private static let noise = sequence(first: UInt64(1)) {
    $0 &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
  }.prefix(1000).map { UInt8(truncatingIfNeeded: $0 >> 56) }

  private static let files: [(name: String, content: [UInt8], isExecutable: Bool)] = [
    ("Jane_1_assignsubmission_file_/f.html", Array("<p>ü".utf8), false),
    ("山田/empty", [], false),
    ("run", Array("#!/bin/sh\necho ran\n".utf8), true),
    ("noise", noise, false),
    ("one", [7], false),
    ("big", [UInt8](repeating: 7, count: 1_000_000), false),
  ]

  private func zip() -> [UInt8] {
    var (writer, bytes) = (ZipWriter(), [UInt8]())
    for file in Self.files {
      bytes += writer.add(file.name, file.content, isExecutable: file.isExecutable)
    }
    return bytes + writer.end()
  }

  @Test func sameBytesTwice() {
    #expect(zip() == zip())
  }

  @Test func pythonReadsIt() throws {
    let folder = try Folder()
    try Data(zip()).write(to: URL(filePath: "\(folder.path)/x.zip"))
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for i in z.infolist():
          mode = oct(i.external_attr >> 16)
          print(i.filename, len(z.read(i)), mode, i.compress_type, i.date_time[0])
      sys.exit(0 if z.infolist()[-1].compress_size < 2000 else "not deflated")
      """
    let run = try Tool.run("/usr/bin/env", ["python3", "-c", script, "\(folder.path)/x.zip"])
    #expect(run.status == 0, "\(run.errorText)")
    #expect(
      run.outputText == """
        Jane_1_assignsubmission_file_/f.html 5 0o100644 0 2026
        山田/empty 0 0o100644 0 2026
        run 19 0o100755 0 2026
        noise 1000 0o100644 0 2026
        one 1 0o100644 0 2026
        big 1000000 0o100644 8 2026

        """
    )
  }

  @Test func unzipReadsIt() throws {
    let folder = try Folder()
    try Data(zip()).write(to: URL(filePath: "\(folder.path)/x.zip"))
    let run = try Tool.run(
      "/usr/bin/env",
      ["sh", "-c", "unzip -q x.zip && ./run && test ! -x one"],
      in: folder.path,
      environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    )
    #expect(run.outputText == "ran\n", "\(run.errorText)")
    for file in Self.files {
      #expect(try Files.read("\(folder.path)/\(file.name)") == file.content)
    }
  }
}
