internal import LectureKernels

/// All parts of the C library.
protocol HotLoops<Scalar>: ActivationKernels, AxisKernels, ImageKernels, LinearKernels,
  NormKernels, TrainingKernels
{}

extension lk_f32: HotLoops { typealias Scalar = Float }
extension lk_f64: HotLoops { typealias Scalar = Double }
