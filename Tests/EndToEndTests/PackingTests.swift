import GraderCore
import Testing

/// The right solution gets full marks however it is packed.
@Suite struct PackingTests {
  private func expectFullMarks(
    _ grade: Grade,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(grade.status == .graded, sourceLocation: sourceLocation)
    #expect(grade.score == grade.maxScore, sourceLocation: sourceLocation)
    #expect(grade.maxScore == Points(hundredths: 80_00), sourceLocation: sourceLocation)
    #expect(grade.pendingPoints == Points(hundredths: 20_00), sourceLocation: sourceLocation)
    #expect(grade.statuses == ["passed"], sourceLocation: sourceLocation)
    #expect(grade.lost == [], sourceLocation: sourceLocation)
    #expect(grade.intake.missing == [], sourceLocation: sourceLocation)
    #expect(grade.build.status == .built, sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    (Packing.tarGz, Layout.inside), (.tarGz, .above), (.tarGz, .deep), (.tarXz, .inParts),
    (.tar, .above), (.zip, .inside), (.zip, .above),
  ])
  func fullMarks(packing: Packing, layout: Layout) throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.solution.packed(as: packing, layout, in: folder)
    let grade = try Grading.run([archive], in: folder).grade
    expectFullMarks(grade)
    #expect(grade.intake.format == String(packing.rawValue.dropFirst()))
    #expect(grade.submission.name == "submit\(packing.rawValue)")
  }
}
