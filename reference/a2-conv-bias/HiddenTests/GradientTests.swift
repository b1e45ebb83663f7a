import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class GradientTests: ConvBiasCase {
  func testGradBias() throws {
    try judge("convGradBias", on: Geometry.stridedAndPadded) { [self] in
      try subject(ConvBiasTask.gradBias, $0.dY)
    } expect: {
      $0.expectedBiasGradient
    }
  }

  func testGradWeight() throws {
    try judgeGradWeight(on: Geometry.plain)
  }

  func testGradWeightStrideAndPadding() throws {
    try judgeGradWeight(on: Geometry.stridedAndPadded)
  }

  func testGradInput() throws {
    try judgeGradInput(on: Geometry.plain)
  }

  func testGradInputStrideAndPadding() throws {
    try judgeGradInput(on: Geometry.stridedAndPadded)
  }

  private func judgeGradWeight(on geometries: [Geometry]) throws {
    try judge("convGradWeight", on: geometries) { [self] in
      try subject(
        ConvBiasTask.gradWeight,
        $0.dY,
        $0.x,
        Pair($0.geometry.kernel),
        Pair($0.geometry.stride),
        Pair($0.geometry.padding)
      )
    } expect: {
      $0.expectedWeightGradient
    }
  }

  private func judgeGradInput(on geometries: [Geometry]) throws {
    try judge("convGradInput", on: geometries) { [self] in
      try subject(
        ConvBiasTask.gradInput,
        $0.dY,
        $0.weight,
        Pair($0.geometry.size),
        Pair($0.geometry.stride),
        Pair($0.geometry.padding)
      )
    } expect: {
      $0.expectedInputGradient
    }
  }
}
