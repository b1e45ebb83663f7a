/// A failure of the sandbox itself: never the program's doing, never a verdict on it.
package enum SandboxFault: Error, Equatable, Sendable {
  /// The operating system refused a call of ours.
  case system(call: String, code: Int32)
  /// The launcher could not put a restriction in force, or not start the program.
  case launcherBroke(String)
  /// The launcher ended without saying how the program ended.
  case launcherVanished(String)
  /// This machine offers no jail of the level that was asked for.
  case unavailable(JailLevel)
}
