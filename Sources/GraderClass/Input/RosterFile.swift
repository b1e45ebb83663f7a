package import ClassCore
package import GraderRuntime

/// A class's roster in a file.
package enum RosterFile {
  /// Reads a roster, what is doubtful about it, and the encoding that it was read in.
  ///
  /// - Throws: `GraderFault` when there is no such file, or no column says who somebody is.
  package static func read(
    _ path: String
  ) throws(GraderFault) -> (roster: Roster, doubts: [RosterProblem], encoding: TextEncoding) {
    let (text, encoding) = try TableFile.read(path)
    do throws(RosterProblem) {
      let (roster, doubts) = try Roster.read(text)
      return (roster, doubts, encoding)
    } catch {
      throw GraderFault(.usage, "\(path) is no roster: \(error)")
    }
  }

  /// The table in a file as it is kept: in UTF-8, with no cell that begins a formula.
  ///
  /// - Throws: `GraderFault` when there is no such file, or no table in it.
  package static func kept(_ path: String) throws(GraderFault) -> [UInt8] {
    let text = try TableFile.text(of: path)
    do throws(CSV.Problem) {
      return Array(CSV.text(try CSV.rows(in: text).map { $0.map(CSV.bare) }).utf8)
    } catch {
      throw GraderFault(.usage, "\(path) is no roster: \(RosterProblem.table(error))")
    }
  }
}
