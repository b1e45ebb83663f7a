package import ClassCore
import Foundation
package import GraderRuntime

/// A text or table of people's own, in any encoding that spreadsheets write.
package enum TableFile {
  /// The text of a table.
  package static func text(of path: String) throws(GraderFault) -> String { try read(path).text }

  /// The text of a table, and the encoding that gives words: UTF-8, UTF-16, or the code page of
  /// Windows in western Europe or in Japan.
  package static func read(
    _ path: String
  ) throws(GraderFault) -> (text: String, encoding: TextEncoding) {
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
    guard let found = TextEncoding.text(of: data) else { throw GraderFault(.unknownEncoding(path)) }
    return found
  }
}
