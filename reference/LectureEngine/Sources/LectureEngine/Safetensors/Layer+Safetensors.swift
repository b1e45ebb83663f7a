public import CourseKit

extension Layer {
  /// All parameters, then all buffers, by name: what a trained layer consists of.
  public var state: [(name: String, value: Tensor<Scalar>)] {
    var (copy, found) = (self, parameters)
    copy.visitBuffers { name, value in found.append((name, value)) }
    return found
  }

  /// Takes over parameters and buffers from a file, every one of them.
  ///
  /// Integers in the file, such as PyTorch's `num_batches_tracked`, are passed over. When something
  /// is missing, has another shape or is left over, nothing is changed.
  ///
  /// - Parameters:
  ///   - file: The file; its names must be the layer's own.
  ///   - prefix: What stands before every name, such as `weights.`; names without it are left
  ///     alone.
  /// - Throws: `SafetensorsError` that names the first tensor that does not fit, or all that are
  ///   left over.
  public mutating func load(_ file: Safetensors, prefix: String = "") throws {
    var loaded = self
    var entries: [String: Safetensors.Entry] = [:]
    for entry in file.entries where entry.name.hasPrefix(prefix) { entries[entry.name] = entry }
    let take = { (name: String, value: inout Tensor<Scalar>) throws -> Void in
      guard let entry = entries.removeValue(forKey: prefix + name) else {
        throw file.error(.missing(prefix + name))
      }
      guard entry.shape == value.shape else {
        throw file.error(
          .wrongShape(name: entry.name, found: entry.shape, expected: value.shape)
        )
      }
      value = try file.tensor(entry)
    }
    try loaded.visitParameters(take)
    try loaded.visitBuffers(take)
    let unused = entries.values.filter { $0.type.isReal }.map(\.name).sorted()
    guard unused.isEmpty else { throw file.error(.unused(unused)) }
    self = loaded
  }
}
