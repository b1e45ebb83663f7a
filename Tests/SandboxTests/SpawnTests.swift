import Sandbox
import Testing

@Test func reportsExitCodeAndOutput() throws {
  let jail = Jail(launcher: Programs.launcher, level: .restricted)
  let command = Command(
    executable: Programs.attacker, arguments: ["echo"], standardInput: .bytes(Array("hello".utf8)))
  let outcome = try jail.wrap(command, JailPolicy(filter: .compute)).run(within: .seconds(5))
  #expect(outcome.ending == .exited(code: 0))
  #expect(outcome.standardOutput.text == "hello")
  #expect(outcome.enforcement?.filter == "compute")
}
