import CourseKit
import TwoHiddenLayersTask

/// The options on the command line.
struct Options {
  var folder = MNIST.subset
  var hidden = [128, 64]
  var initializer = Initializer.kaiming
  var learningRate = 0.02
  var batchSize = 16
  var epochs = 5
  var seed: UInt64 = 0
  var lossFile: String?

  static let usage = """
    Usage: swift run train [OPTIONS]
      --init KIND      zero, xavier, kaiming, or a number: normal with this deviation   (kaiming)
      --rate NUMBER    learning rate                                                    (0.02)
      --batch NUMBER   digits per step                                                  (16)
      --epochs NUMBER  how often all digits are gone through                            (5)
      --hidden A,B     sizes of the two hidden layers                                   (128,64)
      --seed NUMBER    of all that is random                                            (0)
      --data FOLDER    the four files of the full MNIST, not compressed                 (subset)
      --losses FILE    write the loss of every step there, one a line
    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Problem(Self.usage) }
      guard try set(name, value) else {
        throw Problem("\(name) \(value)?\n\(Self.usage)")
      }
    }
  }

  private mutating func set(_ name: String, _ value: String) throws -> Bool {
    switch name {
    case "--init":
      guard let kind = Initializer(value) else { return false }
      initializer = kind
    case "--rate":
      guard let number = Double(value), number.isFinite else { return false }
      learningRate = number
    case "--batch":
      guard let number = Int(value), number > 0 else { return false }
      batchSize = number
    case "--epochs":
      guard let number = Int(value), number >= 0 else { return false }
      epochs = number
    case "--hidden":
      let numbers = value.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }
      guard numbers.count == 2 else { return false }
      hidden = numbers
    case "--seed":
      guard let number = UInt64(value) else { return false }
      seed = number
    case "--data": folder = value
    case "--losses": lossFile = value
    default: return false
    }
    return true
  }
}

extension Initializer {
  init?(_ text: String) {
    switch text {
    case "zero": self = .zero
    case "xavier": self = .xavier
    case "kaiming": self = .kaiming
    default:
      guard let deviation = Double(text), deviation >= 0 else { return nil }
      self = .gaussian(deviation)
    }
  }
}

/// Something to say before the end.
struct Problem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
