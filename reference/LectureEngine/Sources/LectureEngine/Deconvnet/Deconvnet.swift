public import CourseKit

/// Shows what a unit deep in a convolutional network looks at, as a picture of the input's size.
///
/// A trace of the network keeps where each maximum stood. From a chosen unit, everything else in
/// its layer set to zero, the reconstruction walks back: unpool with those switches, rectify, apply
/// the transposed filters. Biases are left out, as they say nothing about the image.
///
/// Shapes: images are `[1, c, h, w]`, and so is a reconstruction.
///
/// Source: Zeiler & Fergus 2014, section 2.1.
public struct Deconvnet<Scalar: LectureScalar>: Sendable {
  /// A layer of the network that is looked into.
  public enum Step: Sendable {
    /// Filters; going back, their transpose.
    case convolution(Conv2d<Scalar>)
    /// ReLU, going forth and going back.
    case rectification
    /// Max pooling; going back, unpooling.
    case pooling(MaxPool2d<Scalar>)
  }

  /// The layers from the image on.
  public let steps: [Step]

  /// A network's layers, from the image on.
  public init(_ steps: [Step]) { self.steps = steps }

  /// Runs the network on one image and keeps what the way back needs.
  ///
  /// - Throws: `ShapeMismatch` unless `image` is one image that the layers take.
  public func trace(_ image: Tensor<Scalar>) throws -> DeconvnetTrace<Scalar> {
    guard image.rank == 4, image.shape[0] == 1 else {
      throw ShapeMismatch("deconvnet, one image", image.shape, [1])
    }
    var (current, stages) = (image, [DeconvnetTrace<Scalar>.Stage]())
    for step in steps {
      let stage = try step.forward(current)
      stages.append(stage)
      current = stage.output
    }
    return DeconvnetTrace(stages: stages)
  }
}

extension Deconvnet.Step {
  fileprivate func forward(_ input: Tensor<Scalar>) throws -> DeconvnetTrace<Scalar>.Stage {
    switch self {
    case .convolution(let layer):
      let (output, cache) = try layer.forward(input, mode: .evaluation)
      return DeconvnetTrace.Stage(output: output) { try layer.transposed($0, cache: cache) }
    case .rectification:
      return DeconvnetTrace.Stage(output: input.maximum(0)) { $0.maximum(0) }
    case .pooling(let layer):
      let (output, cache) = try layer.forward(input, mode: .evaluation)
      return DeconvnetTrace.Stage(output: output) { try layer.unpool($0, cache: cache) }
    }
  }
}
