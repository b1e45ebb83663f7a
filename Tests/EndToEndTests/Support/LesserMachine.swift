/// A machine that holds less than this one, as the command that lets a program see it so.
struct LesserMachine: Sendable {
  var wrapper: [String]

  /// User namespaces are forbidden, as for a user of a kernel that has them switched off.
  static let withoutNamespaces = LesserMachine(wrapper: [
    "/usr/bin/unshare", "--user", "--map-root-user", "sh", "-ec",
    // The number is that of the namespace alone, and goes away with it.
    "echo 0 > /proc/sys/user/max_user_namespaces; exec \"$@\"", "sh",
  ])

  /// The kernel seems to have no Landlock.
  static let withoutLandlock = LesserMachine(wrapper: [filtered, "landlock"])

  /// A container's usual filter forbids namespaces.
  static let container = LesserMachine(wrapper: [filtered, "namespaces"])

  /// A container of old: neither.
  static let bareContainer = LesserMachine(
    wrapper: container.wrapper + withoutLandlock.wrapper
  )

  private static let filtered = Program.beside("filtered")

  /// True if the first can be imitated here.
  static let canForbidNamespaces = withoutNamespaces.runs("! unshare --user true")

  /// True if the others can be.
  static let canFilter = bareContainer.runs("! unshare --user true")

  /// Tells whether a script ends well there.
  private func runs(_ script: String) -> Bool {
    let command = wrapper + ["/bin/sh", "-c", script]
    return (try? Program.run(command[0], Array(command.dropFirst())))?.status == 0
  }
}
