import GraderCore
extension IntakeProblem { var studentText: String { "\(self)" } }
extension Repair { var studentText: String { "\(self)" } }
extension IntakeNote { var studentText: String { "\(self)" } }
