/// The text of the error that `body` throws; nil if it throws none.
func message<Result>(_ body: () throws -> Result) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return String(describing: error)
  }
}
