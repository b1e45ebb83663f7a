/// The draws on which a test judges a function.
public struct Questions<Draw> {
  /// Loud draws, whose answers show whether code computes in `Double`.
  public var ordinary: [Draw]
  /// Scales and values out of the ordinary, which any right code masters, in single precision too.
  ///
  /// They say nothing of precision: a small constant of somebody's own shows as an error there that
  /// may be as small as those of single precision.
  public var unusual: [Draw]
  /// Questions so near the first that only the answers of code in `Double` tell them apart.
  public var close: [Draw]
  /// Numbers of such sizes that only code in `Double` can be asked for them.
  public var extreme: [Draw]

  /// Questions on these draws.
  public init(
    ordinary: [Draw],
    unusual: [Draw] = [],
    close: [Draw] = [],
    extreme: [Draw] = []
  ) {
    (self.ordinary, self.unusual, self.close, self.extreme) = (ordinary, unusual, close, extreme)
  }

  /// The questions to everybody.
  public var common: [Draw] { ordinary + unusual }
  /// All questions.
  public var all: [Draw] { common + extreme }

  /// Asks the first question with single arguments exchanged for those of another draw of its
  /// shapes, and for neighbours of its own, each followed by the first question again.
  ///
  /// Who keeps answers by some of the arguments, by a summary of them or by rounded ones, answers
  /// one of these with another's answer, whether all answers are kept, the last or the first.
  ///
  /// - Parameters:
  ///   - arguments: The arguments that are exchanged, one at a time.
  ///   - draw: Draws another.
  ///   - isFit: False for an exchange, or a first question, that is to be drawn anew.
  /// - Returns: All questions.
  public func exchanging<each Argument>(
    _ arguments: repeat WritableKeyPath<Draw, each Argument>,
    drawing draw: () -> Draw,
    until isFit: (Draw) -> Bool = { _ in true }
  ) -> Questions {
    func rounded(_ draw: Draw) -> Draw {
      var rounded = draw
      for argument in repeat each arguments {
        rounded[keyPath: argument] = Neighbours.rounded(draw[keyPath: argument])
      }
      return rounded
    }
    var questions = self
    var first = rounded(ordinary[0])
    // Not every exchange could make it fit: some would be drawn for ever.
    while !isFit(first) { first = rounded(draw()) }
    questions.ordinary[0] = first
    func replacing<Value>(_ argument: WritableKeyPath<Draw, Value>, _ value: Value) -> Draw {
      var other = first
      other[keyPath: argument] = value
      return other
    }
    for argument in repeat each arguments {
      var mixed: Draw
      repeat {
        mixed = replacing(argument, draw()[keyPath: argument])
      } while !isFit(mixed)
      let neighbours = Neighbours.kinds(of: first[keyPath: argument]).compactMap { kind in
        kind.lazy.map { replacing(argument, $0) }.first(where: isFit)
      }
      questions.ordinary += ([mixed] + neighbours).flatMap { [$0, first] }
      let close = Neighbours.close(to: first[keyPath: argument]).lazy
      questions.close += close.map { replacing(argument, $0) }.filter(isFit).prefix(1)
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
      close: close.flatMap(transform),
      extreme: extreme.flatMap(transform)
    )
  }
}
