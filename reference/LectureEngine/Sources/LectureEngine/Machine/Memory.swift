internal import LectureKernels

/// The memory that computing leaves behind.
public enum Memory {
  /// Keeps the memory of what is no longer needed for what comes next, in the whole process.
  ///
  /// A training step needs the same sizes again and again. Memory that went back to the system in
  /// between would be cleared and handed over anew, page by page. For programs that train.
  public static func keep() { lk_keep_memory() }
}
