internal import CourseKitKernels

/// The functions of the C library for one scalar type.
///
/// Their header gives each a name with labels for Swift, so that its types for float and double
/// have them as they are, and says what they compute.
protocol Arithmetic<Scalar>: SendableMetatype {
  associatedtype Scalar
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  static func matmul(
    transposesLeft: Bool,
    transposesRight: Bool,
    rows: Int,
    columns: Int,
    depth: Int,
    left: Input,
    leftStride: Int,
    right: Input,
    rightStride: Int,
    accumulates: Bool,
    into out: Output,
    outStride: Int
  ) -> Bool

  static func combine(
    _ operation: ck_operation,
    count: Int,
    _ left: Input,
    stride leftStride: Int,
    _ right: Input,
    stride rightStride: Int,
    into out: Output
  )

  static func broadcast(
    _ operation: ck_operation,
    rank: Int,
    extents: UnsafePointer<Int>,
    _ left: Input,
    strides leftStrides: UnsafePointer<Int>,
    _ right: Input,
    strides rightStrides: UnsafePointer<Int>,
    into out: Output
  )

  static func apply(_ function: ck_function, count: Int, to input: Input, into out: Output)
  static func clampBelow(count: Int, _ input: Input, floor: Scalar, into out: Output)
  static func sum(outer: Int, length: Int, inner: Int, _ input: Input, into out: Output)
  static func max(outer: Int, length: Int, inner: Int, _ input: Input, into out: Output)

  static func argmax(
    outer: Int,
    length: Int,
    inner: Int,
    _ input: Input,
    into out: UnsafeMutablePointer<Int>
  )

  static func transpose(rows: Int, columns: Int, _ input: Input, into out: Output)
}

extension ck_f32: Arithmetic { typealias Scalar = Float }
extension ck_f64: Arithmetic { typealias Scalar = Double }
