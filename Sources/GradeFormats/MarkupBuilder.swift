/// Puts words and elements that are written one below the other into a list.
@resultBuilder
package enum MarkupBuilder {
  /// Words, which are escaped when they are written.
  package static func buildExpression(_ words: String) -> [Markup] { [Markup(words: words)] }

  /// An element.
  package static func buildExpression(_ piece: Markup) -> [Markup] { [piece] }

  /// Pieces that were made elsewhere.
  package static func buildExpression(_ pieces: [Markup]) -> [Markup] { pieces }

  /// All that stands in a block.
  package static func buildBlock(_ parts: [Markup]...) -> [Markup] { parts.flatMap(\.self) }

  /// An `if` without `else`.
  package static func buildOptional(_ part: [Markup]?) -> [Markup] { part ?? [] }

  /// The first branch of a choice.
  package static func buildEither(first part: [Markup]) -> [Markup] { part }

  /// The other branch of a choice.
  package static func buildEither(second part: [Markup]) -> [Markup] { part }

  /// A loop.
  package static func buildArray(_ parts: [[Markup]]) -> [Markup] { parts.flatMap(\.self) }
}
