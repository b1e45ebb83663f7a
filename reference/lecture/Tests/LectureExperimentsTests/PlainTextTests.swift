import XCTest

@testable import LectureExperiments

final class PlainTextTests: XCTestCase {
  private func rendered(_ tell: (inout Findings) -> Void) -> String {
    let experiment = Experiment("x", title: "T", slides: "S1", chapter: .notes, claim: "C.") { _ in
      Findings()
    }
    var findings = Findings()
    tell(&findings)
    return PlainText.render(experiment, findings)
  }

  func testDifferingDigitsAreMarkedBelow() {
    let text = rendered { findings in
      findings.transcript("run", [TranscriptLine(slide: "loss 1.23", ours: "loss 1.24")])
    }
    XCTAssertEqual(
      text,
      """
      T (S1)
      ======

      C.

      run
        slide loss 1.23
        here  loss 1.24
                      ^

      """
    )
  }

  func testAColumnWhoseNameSaysTooLittleIsExplainedOnceAtTheEnd() throws {
    let words = try XCTUnwrap(Source.measured.explanation)
    let text = rendered { findings in
      findings.compare("a", with: .measured, [.exact("x", "1", "1")])
      findings.compare("b", with: .measured, [.exact("y", "1", "1")])
      findings.say("The end.")
    }
    XCTAssertTrue(text.hasSuffix("The end.\n\n" + PlainText.wrap(words) + "\n"), text)
    XCTAssertEqual(text.components(separatedBy: PlainText.wrap(words)).count, 2)

    let others = rendered { findings in
      findings.compare("a", with: .theory, [.exact("x", "1", "1")])
      findings.compare("b", with: .measured, [.shown("y", "1")])
    }
    XCTAssertFalse(others.contains("The column"), others)
  }

  func testNumbersStandUnderOneAnother() {
    let text = rendered { findings in
      findings.compare(
        "c",
        [.exact("long name", "1", "1"), .exact("x", "2", "3"), .shown("y", "4")]
      )
    }
    XCTAssertTrue(
      text.hasSuffix(
        """
        c
                     slide  here
          long name  1      1     = equal
          x          2      3     ≠ must be equal
          y                 4

        """
      ),
      text
    )
  }

  func testLongWordsAreWrapped() {
    let text = PlainText.wrap(String(repeating: "`word` ", count: 40))
    XCTAssertTrue(text.split(separator: "\n").allSatisfy { $0.count <= 92 })
    XCTAssertFalse(text.contains("`"))
  }
}
