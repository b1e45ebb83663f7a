public import CourseKit

/// A convolution in which a table says which input maps each output map sees.
///
/// Only the connections of the table have a filter. Here the filters are spread into those of a
/// full convolution, with zeros where the table has no connection.
///
/// Shapes: `x` `[n, c, h, w]`, `W` `[connections, kh, kw]`, `b` `[out]`; the output is
/// `[n, out, h', w']` with `h' = h − kh + 1` and `w' = w − kw + 1`. An empty batch has an empty
/// output; NaN reaches every output of all maps whose window it is in.
///
/// Source: LeCun, Bottou, Bengio & Haffner 1998, layer C3.
public struct TableConv2d<Scalar: LectureScalar>: Layer {
  /// The filters, `[connections, kh, kw]`, in the order of the table.
  public var weight: Tensor<Scalar>
  /// The biases, `[out]`.
  public var bias: Tensor<Scalar>
  /// For each output map, the input maps that it sees.
  public let table: [[Int]]

  private let inputs: Int

  /// The full convolution that was computed, and what it remembers.
  public struct Cache: Sendable {
    fileprivate let full: Conv2d<Scalar>
    fileprivate let convolution: Conv2d<Scalar>.Cache
  }

  /// A layer with drawn filters, each output map's after the other.
  ///
  /// - Precondition: Every output map sees at least one input map, and none twice.
  public init(
    inputs: Int,
    table: [[Int]],
    kernel: Extent,
    _ initializer: Initializer,
    using generator: inout Generator
  ) {
    for maps in table {
      precondition(
        !maps.isEmpty && Set(maps).count == maps.count && maps.allSatisfy { 0..<inputs ~= $0 },
        "TableConv2d: an output map sees \(maps) of \(inputs) input maps"
      )
    }
    self.inputs = inputs
    self.table = table
    var filters: [Scalar] = []
    for maps in table {
      let shape = [1, maps.count, kernel.height, kernel.width]
      let drawn: Tensor<Scalar> = initializer.weights(shape: shape, using: &generator)
      filters += drawn.scalars
    }
    let connections = table.map(\.count).reduce(0, +)
    weight = Tensor(shape: [connections, kernel.height, kernel.width], scalars: filters)
    bias = initializer.biases(count: table.count, using: &generator)
  }

  /// Slides the filters over the maps of the table.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes, the table's maps, and room for the
  ///   filter.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let full = try Conv2d(weight: fullWeight, bias: bias)
    let (output, cache) = try full.forward(input, mode: mode)
    return (output, Cache(full: full, convolution: cache))
  }

  /// Computes the gradients of the full convolution, and keeps those that the table has.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let (dInput, full) = try cache.full.backward(dOutput, cache: cache.convolution)
    guard let dFilters = full["weight"], let dBias = full["bias"] else { return (dInput, full) }
    let size = weight.shape[1] * weight.shape[2]
    var dWeight: [Scalar] = []
    dWeight.reserveCapacity(weight.count)
    for place in places { dWeight += dFilters.scalars[place * size..<(place + 1) * size] }
    return (
      dInput,
      Gradients(["weight": Tensor(shape: weight.shape, scalars: dWeight), "bias": dBias])
    )
  }

  /// Lends `weight` and `bias`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("weight", &weight)
    try visit("bias", &bias)
  }

  /// The filters of the full convolution, with zeros where the table has no connection.
  private var fullWeight: Tensor<Scalar> {
    let shape = [table.count, inputs, weight.shape[1], weight.shape[2]]
    let size = shape[2] * shape[3]
    var connections = [Int?](repeating: nil, count: table.count * inputs)
    for (connection, place) in places.enumerated() { connections[place] = connection }
    var filters: [Scalar] = []
    filters.reserveCapacity(connections.count * size)
    for connection in connections {
      if let connection {
        filters += weight.scalars[connection * size..<(connection + 1) * size]
      } else {
        filters += repeatElement(0, count: size)
      }
    }
    return Tensor(shape: shape, scalars: filters)
  }

  /// The places of the connections' filters among those of the full convolution.
  private var places: [Int] {
    table.enumerated().flatMap { output, maps in maps.map { output * inputs + $0 } }
  }
}
