/// A part of the C library for one scalar type.
///
/// Its headers give each function a name with labels for Swift, so that their types for float and
/// double have them as they are, and say what they compute.
protocol ScalarKernels<Scalar>: SendableMetatype {
  associatedtype Scalar
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>
}
