public import CourseKit

/// A network's answer to one image, layer by layer, from which units are traced back to pixels.
public struct DeconvnetTrace<Scalar: LectureScalar>: Sendable {
  /// The output of one layer, and its way back.
  struct Stage: Sendable {
    let output: Tensor<Scalar>
    let back: @Sendable (Tensor<Scalar>) throws -> Tensor<Scalar>
  }

  /// One number of one layer's output.
  public struct Unit: Equatable, Sendable {
    /// The layer's number, counted from 0.
    public let step: Int
    /// The channel's number in the layer, counted from 0.
    public let channel: Int
    /// The row in that channel.
    public let row: Int
    /// The column in that channel.
    public let column: Int

    /// A unit by its place.
    public init(step: Int, channel: Int, row: Int, column: Int) {
      self.step = step
      self.channel = channel
      self.row = row
      self.column = column
    }
  }

  let stages: [Stage]

  /// The outputs of the layers, `[1, c, h, w]`.
  public var outputs: [Tensor<Scalar>] { stages.map(\.output) }

  /// The unit of a layer that answers most, in one channel or in all.
  ///
  /// - Precondition: There is such a layer, and such a channel.
  public func strongestUnit(ofStep step: Int, channel: Int? = nil) -> Unit {
    let output = stages[step].output
    let (height, width) = (output.shape[2], output.shape[3])
    let channels = channel.map { $0..<($0 + 1) } ?? 0..<output.shape[1]
    let plane = height * width
    var best = channels.lowerBound * plane
    for place in (channels.lowerBound * plane)..<(channels.upperBound * plane)
    where output.scalars[place] > output.scalars[best] {
      best = place
    }
    let pixel = best % plane
    return Unit(step: step, channel: best / plane, row: pixel / width, column: pixel % width)
  }

  /// The part of the image that made a unit answer.
  ///
  /// - Throws: `ShapeMismatch`, which a trace that was made does not bring about.
  /// - Precondition: The unit exists.
  public func reconstruction(from unit: Unit) throws -> Tensor<Scalar> {
    let output = stages[unit.step].output
    var current = Tensor<Scalar>.zeros(shape: output.shape)
    current[0, unit.channel, unit.row, unit.column] =
      output[0, unit.channel, unit.row, unit.column]
    for stage in stages[...unit.step].reversed() { current = try stage.back(current) }
    return current
  }

  /// A reconstruction as shades from 0 to 1, where 0.5 is zero and the strongest pixel is 0 or 1.
  public static func picture(of reconstruction: Tensor<Scalar>) -> Tensor<Scalar> {
    let largest = reconstruction.scalars.reduce(0) { Swift.max($0, $1.magnitude) }
    return reconstruction.map { largest > 0 ? $0 / (2 * largest) + 0.5 : 0.5 }
  }
}
