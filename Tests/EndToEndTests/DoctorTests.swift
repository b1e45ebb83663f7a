import Foundation
import Testing

/// The words of `grader doctor` where less holds than here.
///
/// A namespace that forbids others and filters as containers have them imitate such machines;
/// nothing of this one is set otherwise.
@Suite struct DoctorTests {
  @Test(
    .enabled(if: Doctor.isolates, "L3 does not hold here, so it cannot be taken away"),
    .enabled(if: LesserMachine.canForbidNamespaces, "no namespace that forbids others can be made")
  )
  func withoutUserNamespaces() throws {
    let doctor = try Doctor.run(on: .withoutNamespaces)
    #expect(doctor.status == 0)
    let isolated = try doctor.finding("jail L3")
    #expect(isolated.text.hasPrefix("does not hold: "))
    #expect(
      isolated.remedy
        == "user namespaces are off: set user.max_user_namespaces, which is 0 in this user "
        + "namespace, to some thousands there"
    )
    #expect(try doctor.finding("jail L2").text.hasPrefix("limits, seccomp, landlock (version "))
  }

  @Test(
    .enabled(if: Doctor.isolates, "L3 does not hold here, so it cannot be all that holds"),
    .enabled(if: LesserMachine.canFilter, "no filter of system calls can be put in force")
  )
  func withoutLandlock() throws {
    let doctor = try Doctor.run(on: .withoutLandlock)
    #expect(doctor.status == 0)
    let restricted = try doctor.finding("jail L2")
    #expect(restricted.text == "does not hold: Landlock: Function not implemented")
    #expect(restricted.remedy.hasPrefix("the seccomp profile "))
    #expect(restricted.remedy.contains(" has to allow the landlock calls"))
    #expect(try doctor.finding("jail L3").text.hasPrefix("limits, seccomp, namespaces"))
  }

  @Test(
    .enabled(if: Doctor.isolates, "L3 does not hold here, so it cannot be taken away"),
    .enabled(if: LesserMachine.canFilter, "no filter of system calls can be put in force")
  )
  func underAContainersFilter() throws {
    let doctor = try Doctor.run(on: .container)
    #expect(doctor.status == 0)
    let isolated = try doctor.finding("jail L3")
    #expect(isolated.text.hasPrefix("does not hold: exit status 1: bwrap: No permissions to "))
    #expect(isolated.remedy.hasPrefix("user namespaces are off"))
    #expect(
      isolated.remedy.contains(
        " seccomp profile has to allow clone, unshare, mount, umount2 and pivot_root"
      )
    )
    #expect(try doctor.finding("jail L2").text.hasPrefix("limits, seccomp, landlock (version "))
  }

  /// Who cannot hold untrusted code says so, and grades nothing.
  @Test(.enabled(if: LesserMachine.canFilter, "no filter of system calls can be put in force"))
  func whereNothingHolds() throws {
    let doctor = try Doctor.run(on: .bareContainer)
    #expect(doctor.status == 69)
    for level in ["jail L3", "jail L2"] {
      let finding = try doctor.finding(level)
      #expect(!finding.isGood)
      #expect(finding.text.hasPrefix("does not hold: "))
      #expect(finding.remedy != "")
    }
    let grading = try Doctor.grade(on: .bareContainer)
    #expect(grading.status == 69)
    #expect(grading.output == "")
    #expect(grading.errors.contains("This machine cannot hold untrusted code."))
  }
}
