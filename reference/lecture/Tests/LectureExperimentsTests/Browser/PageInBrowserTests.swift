import Foundation
import XCTest

/// The page as a real browser shows it.
final class PageInBrowserTests: XCTestCase {
  private let probe = """
    const all = (query) => [...page.querySelectorAll(query)];
    const ids = all("[id]").map((element) => element.id);
    return {
      title: page.title,
      scheme: view.getComputedStyle(page.documentElement).backgroundColor,
      overflow: page.documentElement.scrollWidth - view.innerWidth,
      headings: all("h1, h2, h3").length,
      articles: all("article").length,
      drawings: all("svg").length,
      blank: all("svg").filter((svg) => svg.getBoundingClientRect().width < 50).length,
      nameless: all("svg").filter((svg) => !page.getElementById(
        svg.getAttribute("aria-labelledby").split(" ")[0])?.textContent).length,
      bare: all("img:not([alt]), table:not(:has(caption)):not(details table)").length,
      dangling: all("a[href^='#']").filter(
        (link) => !ids.includes(link.getAttribute("href").slice(1))).length,
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
      outside: all("[src], link[href], script").length,
      spilling: all("svg text").filter((text) => {
        const box = text.getBBox(), frame = text.ownerSVGElement.viewBox.baseVal;
        return box.x < -1 || box.x + box.width > frame.width + 1
          || box.y + box.height > frame.height + 1;
      }).map((text) => text.ownerSVGElement.querySelector("title").textContent
        + ": " + text.textContent),
    };
    """

  override class func tearDown() {
    // All tests here have looked at the tour; nobody else does.
    if let tour = try? Tour.made.get() { tour.remove() }
    super.tearDown()
  }

  private func report(width: Int, _ scheme: Browser.Scheme) throws -> [String: Any] {
    let tour = try Tour.made.get()
    return try Browser().report(on: tour.page, width: width, scheme: scheme, probe: probe)
  }

  func testPageIsWholeOnAWideScreen() throws {
    let report = try report(width: 1280, .light)
    XCTAssertNil(report["error"])
    XCTAssertEqual(report["title"] as? String, "Deep Learning 2: the experiments")
    XCTAssertGreaterThan(report["articles"] as? Int ?? 0, 1)
    XCTAssertGreaterThan(report["drawings"] as? Int ?? 0, 4)
    for key in ["blank", "nameless", "bare", "dangling", "outside"] {
      XCTAssertEqual(report[key] as? Int, 0, key)
    }
    XCTAssertEqual(report["twice"] as? [String], [])
    XCTAssertEqual(report["spilling"] as? [String], [])
    XCTAssertLessThanOrEqual(report["overflow"] as? Int ?? 1, 0)
  }

  func testPageFitsATelephone() throws {
    let report = try report(width: 400, .light)
    XCTAssertLessThanOrEqual(report["overflow"] as? Int ?? 1, 0)
    XCTAssertEqual(report["blank"] as? Int, 0)
  }

  func testPageFollowsTheReadersLightOrDark() throws {
    XCTAssertEqual(try report(width: 800, .light)["scheme"] as? String, "rgb(255, 255, 255)")
    XCTAssertEqual(try report(width: 800, .dark)["scheme"] as? String, "rgb(23, 24, 27)")
  }

  func testPagePrints() throws {
    let tour = try Tour.made.get()
    let file = tour.folder.appending(component: "page.pdf")
    try Browser().printed(tour.page, to: file)
    let content = try Data(contentsOf: file)
    XCTAssertEqual(content.prefix(5), Data("%PDF-".utf8))
    XCTAssertGreaterThan(content.count, 50_000)
  }

  func testPageNeedsNoNetwork() throws {
    let text = try String(contentsOf: Tour.made.get().page, encoding: .utf8)
    let foreign = text.components(separatedBy: "http").dropFirst()
      .filter { !$0.hasPrefix("://www.w3.org/2000/svg") }
    XCTAssertEqual(foreign.map { String($0.prefix(40)) }, [])
  }

  func testTourEndsWell() throws {
    let tour = try Tour.made.get()
    XCTAssertEqual(tour.status, 0, tour.output)
    XCTAssertLessThan(tour.seconds, 120)
  }
}
