public import CourseKit

/// Layers one after the other, of any kinds.
///
/// `y = fₖ(... f₂(f₁(x)))`. Parameters are named by the place of their layer, `0.weight`, as
/// PyTorch does, or by a name given to it.
///
/// Shapes: what the layers make of the input's; without layers the output is the input.
public struct Sequential<Scalar: LectureScalar>: Layer {
  /// A layer and the name that its parameters are found under.
  public struct Element: Sendable {
    /// The name, such as `0` or `conv1`.
    public let name: String
    /// The layer.
    public var layer: any Layer<Scalar>
  }

  /// The layers in order.
  public var elements: [Element]

  /// The caches of the layers.
  public struct Cache: Sendable {
    fileprivate let parts: [any Sendable]
  }

  /// Layers named by their places, from 0.
  public init(_ layers: any Layer<Scalar>...) { self.init(layers) }

  /// Layers named by their places, from 0.
  public init(_ layers: [any Layer<Scalar>]) {
    elements = layers.enumerated().map { Element(name: "\($0)", layer: $1) }
  }

  /// Layers with names of their own.
  public init(named layers: KeyValuePairs<String, any Layer<Scalar>>) {
    elements = layers.map { Element(name: $0.key, layer: $0.value) }
  }

  /// Passes the input through all layers.
  ///
  /// - Throws: What a layer throws.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    var output = input
    var parts: [any Sendable] = []
    for element in elements {
      let cache: any Sendable
      (output, cache) = try element.layer.erasedForward(output, mode: mode)
      parts.append(cache)
    }
    return (output, Cache(parts: parts))
  }

  /// Passes the input through all layers; at any time there are one layer's input and output.
  ///
  /// - Throws: What a layer throws.
  public func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar> {
    try answer(input)
  }

  /// Passes the gradient back through all layers, the last one first.
  ///
  /// - Throws: What a layer throws.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try back(dOutput, through: zip(elements, cache.parts).reversed())
  }

  /// Passes the gradient back to the first layer, which computes no gradient of its input.
  ///
  /// - Throws: What a layer throws.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    guard let first = elements.first, let part = cache.parts.first else { return .none }
    let rest = zip(elements, cache.parts).dropFirst().reversed()
    let (dFirst, others) = try back(dOutput, through: rest)
    var all = others
    let gradients = try first.layer.erasedParameterGradients(dFirst, cache: part)
    all.merge(gradients, under: first.name)
    return all
  }

  private func back(
    _ dOutput: Tensor<Scalar>,
    through path: [(Element, any Sendable)]
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    var gradient = dOutput
    var all = Gradients<Scalar>.none
    for (element, part) in path {
      let gradients: Gradients<Scalar>
      (gradient, gradients) = try element.layer.erasedBackward(gradient, cache: part)
      all.merge(gradients, under: element.name)
    }
    return (gradient, all)
  }

  /// Lends the parameters of all layers, with the layer's name and a dot before theirs.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    for index in elements.indices {
      let name = elements[index].name
      try elements[index].layer.visitParameters { try visit("\(name).\($0)", &$1) }
    }
  }

  /// Lends the buffers of all layers, with the layer's name and a dot before theirs.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    for index in elements.indices {
      let name = elements[index].name
      try elements[index].layer.visitBuffers { try visit("\(name).\($0)", &$1) }
    }
  }

  /// Lets every layer take over what it measured.
  public mutating func absorb(_ cache: Cache) {
    for (index, part) in zip(elements.indices, cache.parts) {
      elements[index].layer.erasedAbsorb(part)
    }
  }

  /// Measures layer after layer, each on what the ones before it give in evaluation.
  ///
  /// - Returns: The output in evaluation, batch by batch.
  /// - Throws: What a layer throws.
  public mutating func measureStatistics(
    over batches: [Tensor<Scalar>]
  ) throws -> [Tensor<Scalar>] {
    var outputs = batches
    for index in elements.indices {
      outputs = try elements[index].layer.measureStatistics(over: outputs)
    }
    return outputs
  }
}
