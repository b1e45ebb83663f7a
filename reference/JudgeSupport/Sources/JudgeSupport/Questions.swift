/// The draws on which a test judges a function.
public struct Questions<Draw> {
  /// Loud draws, whose answers show whether code computes in `Double`.
  public var ordinary: [Draw]
  /// Scales and values out of the ordinary, which any right code masters, in single precision too.
  ///
  /// They say nothing of precision: a small constant of somebody's own shows as an error there that
  /// may be as small as those of single precision.
  public var unusual: [Draw]
  /// Numbers of such sizes that only code in `Double` can be asked for them.
  public var extreme: [Draw]

  /// Questions on these draws.
  public init(ordinary: [Draw], unusual: [Draw] = [], extreme: [Draw] = []) {
    (self.ordinary, self.unusual, self.extreme) = (ordinary, unusual, extreme)
  }

  /// The questions to everybody.
  public var common: [Draw] { ordinary + unusual }
  /// All questions.
  public var all: [Draw] { common + extreme }

  /// Asks the first question with single arguments exchanged for those of another draw of its
  /// shapes, each followed by the first question again.
  ///
  /// Who keeps answers by some of the arguments answers one of these with another's answer, whether
  /// all answers are kept, the last or the first.
  ///
  /// - Parameters:
  ///   - arguments: The arguments that are exchanged, one at a time.
  ///   - draw: Draws another.
  ///   - isFit: False for an exchange that is to be drawn anew.
  /// - Returns: All questions.
  public func exchanging<each Argument>(
    _ arguments: repeat WritableKeyPath<Draw, each Argument>,
    drawing draw: () -> Draw,
    until isFit: (Draw) -> Bool = { _ in true }
  ) -> Questions {
    var questions = self
    for argument in repeat each arguments {
      var mixed = ordinary[0]
      repeat {
        mixed[keyPath: argument] = draw()[keyPath: argument]
      } while !isFit(mixed)
      questions.ordinary += [mixed, ordinary[0]]
    }
    return questions
  }

  /// The same questions about what is made of the draws.
  public func map<Other>(_ transform: (Draw) -> Other) -> Questions<Other> {
    flatMap { [transform($0)] }
  }

  /// Questions about what is made of the draws.
  public func flatMap<Other>(_ transform: (Draw) -> [Other]) -> Questions<Other> {
    Questions<Other>(
      ordinary: ordinary.flatMap(transform),
      unusual: unusual.flatMap(transform),
      extreme: extreme.flatMap(transform)
    )
  }
}
