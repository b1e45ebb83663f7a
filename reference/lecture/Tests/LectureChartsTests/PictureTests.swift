import Foundation
import FoundationXML
import XCTest

@testable import LectureCharts

final class PictureTests: XCTestCase {
  /// One picture of each kind, with names that must be escaped and numbers that have no place.
  private let pictures: [Picture] = [
    LineChart(
      title: "a < b & \"c\"",
      summary: "Lines.",
      x: Axis("x"),
      y: Axis("y", .logarithmic),
      series: [
        .init("<one>", [(1, 0.1), (2, .nan), (3, 10), (4, -1)], spread: [0.1, 0.1, 0.1, 0.1]),
        .init("a name that is so long that the legend needs another row", [(1, 1), (4, 2)]),
        .init("none", []),
      ],
      rule: (1, "rule")
    ).picture(),
    LineChart(title: "", summary: "", x: Axis(""), y: Axis(""), series: []).picture(),
    BarChart(
      title: "bars",
      summary: "Bars.",
      bars: [.init("x", 3, label: "3"), .init("y", .nan, label: "NaN", look: 9)],
      legend: ["l & m"]
    ).picture(),
    BarChart(title: "", summary: "", bars: []).picture(),
    MatrixChart(title: "m", summary: "M.", rows: [[1, -2], [.nan, 0]], lit: [(0, 1)]).picture(),
    MatrixChart(title: "", summary: "", rows: []).picture(),
    PictureGrid(
      title: "p",
      summary: "P.",
      images: [.init("i", width: 2, pixels: [0, 1, .nan, 3])],
      colours: .signed
    ).picture(),
    PictureGrid(title: "", summary: "", images: []).picture(),
  ]

  func testFilesAreWellFormedAndNamed() {
    for picture in pictures {
      let parser = XMLParser(data: Data(picture.file().utf8))
      let reader = Reader()
      parser.delegate = reader
      XCTAssertTrue(parser.parse(), "\(picture.title): \(String(describing: parser.parserError))")
      XCTAssertEqual(reader.texts["title"] ?? "", picture.title)
      XCTAssertEqual(reader.texts["desc"] ?? "", picture.summary)
    }
  }

  func testNoCoordinateIsMissing() {
    for picture in pictures {
      let drawn = picture.content.map { $0.render() }.joined()
      XCTAssertFalse(drawn.contains("\"NaN\"") || drawn.contains("∞"), picture.title)
    }
  }

  func testALineBreaksWhereAValueHasNoPlace() {
    let drawn = pictures[0].content.map { $0.render() }.joined()
    XCTAssertEqual(drawn.components(separatedBy: "<polyline").count - 1, 3)
  }

  func testBitmapIsAPNG() {
    let bitmap = Bitmap(width: 2, pixels: [0, 1, 2, 3]) { (UInt8($0), 0, 255) }
    let bytes = bitmap.png
    XCTAssertEqual(Array(bytes.prefix(8)), [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    // The checksum of the chunk without content, as every PNG ends.
    XCTAssertEqual(Array(bytes.suffix(4)), [0xae, 0x42, 0x60, 0x82])
    XCTAssertEqual(
      Data(base64Encoded: String(bitmap.dataURL.dropFirst("data:image/png;base64,".count))),
      Data(bytes)
    )
  }
}

/// Collects the words of each kind of element.
private final class Reader: NSObject, XMLParserDelegate {
  var texts: [String: String] = [:]
  private var open: [String] = []

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) { open.append(name) }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    texts[open.last ?? "", default: ""] += string
  }

  func parser(
    _ parser: XMLParser,
    didEndElement name: String,
    namespaceURI: String?,
    qualifiedName: String?
  ) { open.removeLast() }
}
