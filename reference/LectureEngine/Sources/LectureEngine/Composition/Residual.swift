public import CourseKit

/// Adds what its body computes to what a shortcut lets through.
///
/// `z' = g(z) + s(z)`. With the identity as shortcut the gradient arrives at the input even where
/// that of the body vanishes; a projection takes its place where the shape changes.
///
/// Shapes: body and shortcut make outputs of the same shape.
///
/// Source: He, Zhang, Ren & Sun 2016, equations 1 and 2.
public struct Residual<Body: Layer, Shortcut: Layer<Body.Scalar>>: Layer {
  /// The number type of both parts.
  public typealias Scalar = Body.Scalar

  /// The part that is learned in addition, `g`.
  public var body: Body
  /// The way around it, `s`.
  public var shortcut: Shortcut

  /// The caches of both parts.
  public struct Cache: Sendable {
    fileprivate let body: Body.Cache
    fileprivate let shortcut: Shortcut.Cache
  }

  /// A block with a shortcut of its own, such as a projection.
  public init(_ body: Body, shortcut: Shortcut) {
    self.body = body
    self.shortcut = shortcut
  }

  /// Computes both ways and adds them.
  ///
  /// - Throws: `ShapeMismatch` when the two have different shapes, and what the parts throw.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let (inner, bodyCache) = try body.forward(input, mode: mode)
    let (around, shortcutCache) = try shortcut.forward(input, mode: mode)
    return (try sum(inner, around), Cache(body: bodyCache, shortcut: shortcutCache))
  }

  /// Adds what both ways make of the input.
  ///
  /// - Throws: `ShapeMismatch` when the two have different shapes, and what the parts throw.
  public func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar> {
    try sum(body(input), shortcut(input))
  }

  private func sum(_ inner: Tensor<Scalar>, _ around: Tensor<Scalar>) throws -> Tensor<Scalar> {
    guard inner.shape == around.shape else {
      throw ShapeMismatch("residual, body and shortcut", inner.shape, around.shape)
    }
    return inner + around
  }

  /// Sends the gradient back both ways and adds what arrives.
  ///
  /// - Throws: What the parts throw.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let (dInner, bodyGradients) = try body.backward(dOutput, cache: cache.body)
    let (dAround, shortcutGradients) = try shortcut.backward(dOutput, cache: cache.shortcut)
    var gradients = Gradients<Scalar>.none
    gradients.merge(bodyGradients, under: "body")
    gradients.merge(shortcutGradients, under: "shortcut")
    return (dInner + dAround, gradients)
  }

  /// Lends the parameters of both parts, under `body` and `shortcut`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try body.visitParameters { try visit("body.\($0)", &$1) }
    try shortcut.visitParameters { try visit("shortcut.\($0)", &$1) }
  }

  /// Lends the buffers of both parts, under `body` and `shortcut`.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try body.visitBuffers { try visit("body.\($0)", &$1) }
    try shortcut.visitBuffers { try visit("shortcut.\($0)", &$1) }
  }

  /// Lets both parts take over what they measured.
  public mutating func absorb(_ cache: Cache) {
    body.absorb(cache.body)
    shortcut.absorb(cache.shortcut)
  }

  /// Measures both parts, each on the block's own input.
  ///
  /// - Returns: The output in evaluation, batch by batch.
  /// - Throws: `ShapeMismatch` when the two have different shapes, and what the parts throw.
  public mutating func measureStatistics(
    over batches: [Tensor<Scalar>]
  ) throws -> [Tensor<Scalar>] {
    let inner = try body.measureStatistics(over: batches)
    let around = try shortcut.measureStatistics(over: batches)
    return try zip(inner, around).map { try sum($0, $1) }
  }
}

extension Residual where Shortcut == Identity<Body.Scalar> {
  /// A block whose shortcut is the identity.
  public init(_ body: Body) { self.init(body, shortcut: Identity()) }
}
