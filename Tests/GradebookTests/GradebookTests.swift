import Gradebook
import Testing

@Suite struct GradebookTests {
  @Test func opens() { _ = Gradebook() }
}
