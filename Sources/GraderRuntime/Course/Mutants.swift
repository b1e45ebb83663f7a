import GraderCore
import Yams

extension CourseAssignment {
  /// The planted mistakes of the assignment; none if it has none.
  func mutants() throws(GraderFault) -> [Mutant] {
    let path = "\(reference)/Mutants/mutants.yaml"
    guard Files.exists(path) else { return [] }
    do {
      let text = String(decoding: try Files.read(path), as: UTF8.self)
      return try YAMLDecoder().decode([Mutant].self, from: text)
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.broken, "\(path) cannot be understood: \(error)")
    }
  }
}
