import Glibc
import Sandbox
import Testing

/// As whom programs run.
@Suite struct IdentityTests {
  private func identity(_ level: JailLevel, _ policy: JailPolicy) throws -> [Int] {
    let text = try Machine.jail(level).attack("identity", policy: policy).standardOutput.text
    return text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
  }

  @Test(.enabled(if: Machine.dropsUser && Machine.provides(.restricted)))
  func rootRunsEachProgramAsAnotherUserWithoutGroups() throws {
    #expect(setgroups(2, [7, 8]) == 0)
    defer { setgroups(0, nil) }
    let first = try identity(.restricted, JailPolicy(filter: .compiler))
    let second = try identity(.restricted, JailPolicy(filter: .compiler))
    for identity in [first, second] {
      #expect((60_706..<61_184).contains(identity[0]))
      #expect(identity[1] == identity[0])
      #expect(identity[2] == 0)
    }
    #expect(first[0] != second[0])
  }

  @Test(.enabled(if: geteuid() != 0 && Machine.provides(.restricted)))
  func othersRunProgramsAsThemselves() throws {
    #expect(try identity(.restricted, JailPolicy(filter: .compiler))[0] == Int(geteuid()))
  }

  @Test(.enabled(if: Machine.provides(.isolated)))
  func namespaceShowsNoUserOfTheMachine() throws {
    #expect(try identity(.isolated, JailPolicy(filter: .compiler))[0] == 1000)
  }

  @Test func trustedProgramsRunAsTheGrader() throws {
    #expect(try identity(.unjailed, .trusted())[0] == Int(geteuid()))
    #expect(try identity(Machine.jail().level, .trusted())[0] == Int(geteuid()))
  }
}
