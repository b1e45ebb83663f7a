import Foundation
import LectureEngine
import XCTest

/// The full MNIST from the folder that `CHAINRULE_MNIST` names.
///
/// It is too large to come with the course; without it a test is reported as skipped.
func fullMNIST() throws -> (training: ImageSet, test: ImageSet) {
  guard let folder = ProcessInfo.processInfo.environment["CHAINRULE_MNIST"] else {
    throw XCTSkip("needs the full MNIST: CHAINRULE_MNIST=FOLDER")
  }
  let sets = (try ImageSet.mnist(.training, in: folder), try ImageSet.mnist(.test, in: folder))
  XCTAssertEqual([sets.0.count, sets.1.count], [60_000, 10_000])
  return sets
}
