import ClassCore
import GRDB

/// The grades of a class in one SQLite file.
package struct Gradebook: Sendable {
  package init() {}
}
