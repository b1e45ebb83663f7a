public import CourseKit

/// The gradients of a loss with respect to a layer's parameters, by the parameters' names.
public struct Gradients<Scalar: LectureScalar>: Sendable {
  /// One tensor for each parameter, under the name and with the shape of that parameter.
  public private(set) var values: [String: Tensor<Scalar>]

  /// No gradients, for a layer without parameters.
  public static var none: Gradients { Gradients([:]) }

  /// Gradients under the names of their parameters.
  public init(_ values: [String: Tensor<Scalar>]) { self.values = values }

  /// Those of a weight and, where there is one, of a bias.
  init(weight: Tensor<Scalar>, bias: Tensor<Scalar>?) {
    values = ["weight": weight]
    values["bias"] = bias
  }

  /// The gradient of the parameter of that name; nil if the layer has none.
  public subscript(name: String) -> Tensor<Scalar>? { values[name] }

  /// Takes over a part's gradients, with the part's name and a dot before theirs.
  public mutating func merge(_ part: Gradients, under prefix: String) {
    for (name, value) in part.values { values["\(prefix).\(name)"] = value }
  }
}
