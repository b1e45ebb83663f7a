import Sandbox
import Testing

/// Where the clock's time of a run went.
@Suite struct TimeSheetTests {
  private func sheet(_ glances: Glance...) -> TimeSheet {
    var sheet = TimeSheet()
    for glance in glances { sheet.add(glance) }
    return sheet
  }

  @Test func sleep() {
    let sheet = sheet(Glance(.asleep, seconds: 0.25), Glance(.asleep, seconds: 0.5))
    #expect(sheet.idle == 0.75)
    #expect(sheet.computing + sheet.starved + sheet.stopped + sheet.blocked + sheet.unseen == 0)
  }

  @Test func sleepAfterWork() {
    let sheet = sheet(Glance(.asleep, seconds: 1, computed: 0.25, queued: 0.25))
    #expect((sheet.computing, sheet.starved, sheet.idle) == (0.25, 0.25, 0.5))
  }

  @Test func accountsThatRunAheadOfTheClock() {
    let sheet = sheet(Glance(.asleep, seconds: 0.5, computed: 3, queued: 2))
    #expect((sheet.computing, sheet.starved, sheet.idle) == (0.5, 0, 0))
  }

  @Test func workWithoutTheProcessor() {
    let sheet = sheet(Glance(.running, seconds: 1, computed: 0.125))
    #expect((sheet.computing, sheet.starved, sheet.idle) == (0.125, 0.875, 0))
  }

  @Test func workInManyThreads() {
    let sheet = sheet(Glance(.running, seconds: 1, computed: 4))
    #expect((sheet.computing, sheet.starved) == (1, 0))
  }

  @Test func stop() {
    let sheet = sheet(Glance(.stopped, seconds: 1, queued: 1), Glance(.asleep, seconds: 0.5))
    #expect((sheet.stopped, sheet.idle) == (1, 0.5))
  }

  @Test func waitForADisk() {
    #expect(sheet(Glance(.blocked, seconds: 0.25)).blocked == 0.25)
  }

  /// One look tells of the last second, and of no more.
  @Test(arguments: [Glance.State.asleep, .running, .stopped, .blocked])
  func watcherThatSlept(state: Glance.State) {
    let sheet = sheet(Glance(state, seconds: 10))
    #expect(sheet.unseen == 9)
    #expect(sheet.idle + sheet.starved + sheet.stopped + sheet.blocked == 1)
  }
}
