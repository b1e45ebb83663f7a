import Foundation
package import GraderRuntime

/// A text or table of people's own, in any encoding that spreadsheets write.
package enum TableFile {
  /// The text of a table: UTF-8, UTF-16 with a mark, or the Windows code page for Japanese.
  package static func text(of path: String) throws(GraderFault) -> String {
    guard Files.exists(path) else { throw GraderFault(.noFile(path)) }
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw GraderFault(.cannot(.read, path, .init(error), of: .theirs))
    }
    if data.starts(with: Array("PK".utf8)) || data.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw GraderFault(.isWorkbook(path))
    }
    let isWide = data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
    if isWide, let text = String(data: data, encoding: .utf16) { return text }
    if let text = String(validating: data, as: UTF8.self) { return text }
    if let text = String(data: data, encoding: .shiftJIS) { return text }
    throw GraderFault(.unknownEncoding(path))
  }
}
