import Foundation

/// A headless Chromium that looks at pages of this machine.
struct Browser {
  /// The colour scheme that the reader's system is set to.
  enum Scheme: Int {
    case dark = 0
    case light = 1
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let program: String

  /// Finds the program.
  ///
  /// - Throws: `Failure`, which says what to install: a page that nobody looked at proves nothing.
  init() throws {
    let names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    guard let found = names.first(where: FileManager.default.isExecutableFile) else {
      throw Failure(description: "There is no Chromium: run .ci/setup --tests")
    }
    program = found
  }

  /// The report of a probe in the page, once the page is there.
  ///
  /// The page is opened in a frame of the given width; `probe` is a function body that returns a
  /// value for JSON and has `page`, the frame's document, and `view`, its window.
  func report(on page: URL, width: Int, scheme: Scheme, probe: String) throws -> [String: Any] {
    let harness = page.deletingLastPathComponent().appending(component: "harness-\(width).html")
    let html = """
      <!DOCTYPE html><meta charset="utf-8"><body style="margin: 0">
      <iframe src="\(page.lastPathComponent)" style="width: \(width)px; height: 900px; border: 0">
      </iframe><pre id="report"></pre><script>
      document.querySelector("iframe").onload = (event) => {
        const view = event.target.contentWindow, page = view.document;
        let report;
        try { report = (() => { \(probe) })(); }
        catch (error) { report = { error: String(error) }; }
        document.getElementById("report").textContent =
          "REPORT" + encodeURIComponent(JSON.stringify(report)) + "END";
      };
      </script>
      """
    try Data(html.utf8).write(to: harness)
    let dom = try run(scheme, ["--allow-file-access-from-files", "--dump-dom", address(harness)])
    guard let start = dom.range(of: ">REPORT"),
      let end = dom.range(of: "END", range: start.upperBound..<dom.endIndex),
      let text = String(dom[start.upperBound..<end.lowerBound]).removingPercentEncoding,
      let report = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    else { throw Failure(description: "The page did not report: \(dom.suffix(500))") }
    return report
  }

  /// The page as it goes to a printer.
  func printed(_ page: URL, to file: URL) throws {
    _ = try run(.dark, ["--print-to-pdf=\(file.path())", address(page)])
  }

  private func address(_ file: URL) -> String { "file://" + file.path() }

  private func run(_ scheme: Scheme, _ arguments: [String]) throws -> String {
    let home = FileManager.default.temporaryDirectory
      .appending(component: "lecture-browser-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: home) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments =
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(home.path())", "--virtual-time-budget=20000",
        "--blink-settings=preferredColorScheme=\(scheme.rawValue)",
      ] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "Chromium ended with \(process.terminationStatus)")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
