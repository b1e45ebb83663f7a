import ClassCore
import Gradebook

/// Grades a class.
package struct Batch: Sendable {}
