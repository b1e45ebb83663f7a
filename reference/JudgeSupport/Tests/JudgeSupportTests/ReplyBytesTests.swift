import Foundation
import XCTest

@testable import CourseKit
@testable import JudgeSupport

/// Workers that answer a question with anything but its answer; each has one clear end.
final class ReplyBytesTests: XCTestCase {
  private static let function = Function("scale", Double.self, returns: Tensor<Double>.self)

  /// What a worker sends when it has read the question, and what comes of it.
  private struct Attack: Sendable {
    var name: String
    /// The bytes, by the question's number.
    var bytes: @Sendable (UInt64) -> [UInt8]
    /// The reason that staff reads; nil if the worker ended instead.
    var reason: String?

    init(_ name: String, _ reason: String?, _ bytes: @escaping @Sendable (UInt64) -> [UInt8]) {
      (self.name, self.reason, self.bytes) = (name, reason, bytes)
    }

    /// A frame with the right number.
    static func framed(_ name: String, _ reason: String?, _ payload: [UInt8]) -> Attack {
      Attack(name, reason) { frame($0, payload) }
    }
  }

  private static func bytes(_ fill: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter()
    fill(&writer)
    return writer.bytes
  }

  private static func frame(_ number: UInt64, _ payload: [UInt8], claims: Int? = nil) -> [UInt8] {
    bytes {
      $0.append(UInt32(claims ?? payload.count))
      $0.append(number)
    } + payload
  }

  private static let right = bytes {
    $0.append(0 as UInt8)
    Tensor<Double>([1, 2]).encode(into: &$0)
  }

  /// A value's first byte, a shape, and so many numbers.
  private static func tensor(_ shape: [Int], numbers: Int) -> [UInt8] {
    bytes {
      $0.append(0 as UInt8)
      $0.append(UInt8(shape.count))
      for size in shape { $0.append(UInt64(bitPattern: Int64(size))) }
      $0.append([Double](repeating: 1, count: numbers))
    }
  }

  private static func thrown(_ kind: UInt8, _ fill: (inout WireWriter) -> Void) -> [UInt8] {
    bytes {
      $0.append(1 as UInt8)
      $0.append(kind)
      fill(&$0)
    }
  }

  private static let attacks = [
    Attack("silence", nil) { _ in [] },
    Attack("half a header", nil) { Array(frame($0, right).prefix(7)) },
    Attack("half a reply", nil) { Array(frame($0, right).dropLast(3)) },
    Attack("a length of 4 GiB", "a reply of 4294967295 bytes") {
      frame($0, right, claims: 0xFFFF_FFFF)
    },
    Attack("a length just beyond the cap", "a reply of 2097153 bytes") {
      frame($0, right, claims: 2 << 20 | 1)
    },
    Attack("the number before", "an answer to no request") { frame($0 &- 1, right) },
    Attack("the number after", "an answer to no request") { frame($0 &+ 1, right) },
    Attack("number 0", "an answer to no request") { _ in frame(0, right) },
    .framed("nothing", "truncated(needed: 1, available: 0)", []),
    .framed("an unknown kind", "malformed(\"a reply of kind 2\")", [2]),
    .framed("a byte more", "trailing(count: 1)", right + [0]),
    .framed("an unknown error", "malformed(\"an error of kind 4\")", thrown(4) { _ in }),
    .framed("an error cut off", "truncated(needed: 8, available: 0)", thrown(2) { _ in }),
    .framed(
      "text that is none",
      "malformed(\"text that is not UTF-8\")",
      thrown(3) { $0.append(2 as UInt32) } + [0xc3, 0x28]
    ),
    .framed(
      "text longer than the reply",
      "truncated(needed: 9, available: 1)",
      thrown(3) { $0.append(9 as UInt32) } + [0x61]
    ),
    .framed(
      "a name of the stub's without end",
      "malformed(\"a text of 4294967295 bytes\")",
      thrown(0) { $0.append(UInt32.max) }
    ),
    .framed(
      "a mismatch of nine axes",
      "malformed(\"a shape of 9 axes\")",
      thrown(1) {
        $0.append("f")
        [Int](repeating: 1, count: 9).encode(into: &$0)
      }
    ),
  ]

  /// Shapes that promise other numbers than follow; nothing is allocated for what they promise.
  private static let shapes: [(shape: [Int], numbers: Int)] = [
    ([3], 2), ([1], 2), ([-1], 0), ([-2, -1], 2), ([.max], 1), ([.max, .max], 0),
    ([1 << 32, 1 << 32], 0), ([.min], 0), ([1 << 61], 0), ([Int](repeating: 1, count: 9), 1),
    ([.max, 2, 0], 0),
  ]

  /// The reason of a bad reply; nil if the worker ended; else a text that no test expects.
  private func outcome(_ attack: @escaping @Sendable (UInt64) -> [UInt8]) -> String? {
    var ends: [Int32] = [-1, -1]
    XCTAssertEqual(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends), 0)
    let (judge, worker) = (ends[0], ends[1])
    defer { close(judge) }
    Thread.detachNewThread {
      defer { close(worker) }
      guard let request = try? Channel(descriptor: worker).receive() else { return }
      let bytes = attack(request.sequence)
      _ = send(worker, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
    do {
      return "\(try Subject(descriptor: judge).call(Self.function, 1))"
    } catch Subject.Failure.workerEnded {
      return nil
    } catch Subject.Failure.badReply(_, let reason) {
      return reason
    } catch {
      return "\(error)"
    }
  }

  func testEachHasOneEnd() {
    for attack in Self.attacks {
      XCTAssertEqual(outcome(attack.bytes), attack.reason, attack.name)
    }
  }

  func testShapesThatPromiseOtherNumbers() {
    for (shape, numbers) in Self.shapes {
      let reason = outcome { Self.frame($0, Self.tensor(shape, numbers: numbers)) } ?? ""
      let isRefused = ["truncated", "malformed", "trailing"].contains { reason.hasPrefix($0) }
      XCTAssert(isRefused, "\(shape): \(reason)")
    }
  }

  /// The table would prove nothing if the right answer did not arrive.
  func testTheRightAnswerArrives() {
    XCTAssertEqual(outcome { Self.frame($0, Self.right) }, "\(Tensor<Double>([1, 2]))")
  }

  /// The corpus of `.ci/fuzz`: what is read means what its bytes say, and so does all that differs
  /// from it in one bit.
  func testNeighboursOfTheCorpus() throws {
    let folder = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }.appending(path: "Tests/Fixtures/fuzz/frames")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let accepted = try names.filter { name in
      let file = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      for place in file.indices {
        for bit in 0..<8 {
          var neighbour = file
          neighbour[place] ^= 1 << UInt8(bit)
          _ = isRead(neighbour)
        }
      }
      return isRead(file)
    }
    XCTAssertEqual(accepted, ["batch", "list", "mismatch", "number", "other", "stub", "tensor"])
  }

  private func isRead(_ bytes: [UInt8]) -> Bool {
    func isRead<Value: Wire>(as type: Value.Type) -> Bool {
      guard let reply = try? Reply<Value>(decoding: bytes) else { return false }
      XCTAssertEqual(reply.encoded, bytes)
      return true
    }
    let types = [
      isRead(as: Tensor<Double>.self), isRead(as: [Int].self), isRead(as: Double.self),
    ]
    return types.contains(true)
  }
}
