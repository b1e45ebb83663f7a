internal import CourseKitKernels

/// The threads that the engine computes on: one, until a program asks for more.
///
/// Every result has the same bits whatever their number: threads share rows, channels or images,
/// and no sum is cut in two.
public enum Threads {
  /// Lets large work run on up to so many threads, the caller's among them.
  ///
  /// They start when there is work for them and end with the process. Where the system refuses
  /// them, one thread does the work, silently.
  public static func use(_ count: Int) { ck_use_threads(count) }

  /// The number that was asked for.
  public static var count: Int { ck_threads() }
}
