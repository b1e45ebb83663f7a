import CourseKit
import LectureEngine

/// One case of layers.safetensors: what PyTorch computed for a layer, forward and backward.
struct LayerGolden<Scalar: LectureScalar> {
  let file: Safetensors
  /// The prefix of every key.
  let prefix: String

  init(_ name: String, in file: String = "layers.safetensors") throws {
    self.file = try golden(file)
    prefix = name + "/"
  }

  /// A file that holds nothing else.
  init(whole file: String) throws {
    self.file = try golden(file)
    prefix = ""
  }

  /// A parameter or buffer that the layer began with.
  func state(_ key: String) throws -> Tensor<Scalar> { try self["state.\(key)"] }

  /// The weight that the layer began with.
  var weight: Tensor<Scalar> { get throws { try state("weight") } }

  /// The bias that the layer began with; nil if it had none.
  var bias: Tensor<Scalar>? {
    get throws { file[prefix + "state.bias"] == nil ? nil : try state("bias") }
  }

  subscript(key: String) -> Tensor<Scalar> {
    get throws { try file.tensor(prefix + key) }
  }

  /// The keys that begin with a word, without it.
  func keys(after word: String) -> [String] {
    file.entries.filter { $0.type.isReal }.map(\.name)
      .filter { $0.hasPrefix("\(prefix)\(word).") }
      .map { String($0.dropFirst("\(prefix)\(word).".count)) }
  }
}

/// The differences between a layer and PyTorch's, one line each: output, gradients, buffers after.
///
/// Of the same numbers in the same precision only the order of sums differs. The tolerance is in
/// units of the largest number: 1e-12 for Double (no case sums more than some hundred terms), 2e-5
/// for Float, whose inputs have been rounded from Double.
func goldenErrors<L: Layer>(
  _ name: String,
  in file: String = "layers.safetensors",
  mode: Mode = .training,
  _ make: (LayerGolden<L.Scalar>) throws -> L
) throws -> [String] {
  let expected = try LayerGolden<L.Scalar>(name, in: file)
  var layer = try make(expected)
  try layer.load(expected.file, prefix: expected.prefix + "state.")
  let (output, cache) = try layer.forward(expected["input"], mode: mode)
  let (dInput, gradients) = try layer.backward(expected["dOutput"], cache: cache)
  if mode == .training { layer.absorb(cache) }

  var errors = [
    difference("output", output, try expected["output"]),
    difference("dInput", dInput, try expected["dInput"]),
  ]
  for key in expected.keys(after: "gradient") {
    errors.append(difference(key, gradients[key], try expected["gradient.\(key)"]))
  }
  layer.visitBuffers { key, value in
    errors.append(difference(key, value, try? expected["after.\(key)"]))
  }
  let surplus = Set(gradients.values.keys).subtracting(expected.keys(after: "gradient"))
  return errors.compactMap { $0 } + surplus.sorted().map { "\($0): PyTorch has no such gradient" }
}

/// The size that stands for 0 where terms of size 1 cancel, such as in the gradient of a bias
/// before a norm.
let roundingOfZero = 1e-15

/// The difference of two tensors in words; nil if there is none.
func difference<Scalar: LectureScalar>(
  _ name: String,
  _ actual: Tensor<Scalar>?,
  _ expected: Tensor<Scalar>?,
  tolerance: Scalar = Scalar.self == Float.self ? 2e-5 : 1e-12
) -> String? {
  guard let actual, let expected else { return "\(name): missing" }
  guard actual.shape == expected.shape else {
    return "\(name): shape \(actual.shape), PyTorch's is \(expected.shape)"
  }
  let scale = expected.scalars.reduce(Scalar(0)) { max($0, abs($1)) }
  for (index, (ours, theirs)) in zip(actual.scalars, expected.scalars).enumerated() {
    // Written so that NaN fails.
    guard abs(ours - theirs) <= tolerance * scale + Scalar(roundingOfZero) else {
      return "\(name): number \(index) is \(ours), PyTorch's is \(theirs)"
    }
  }
  return nil
}
