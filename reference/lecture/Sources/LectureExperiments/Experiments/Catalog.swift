/// All experiments, in the order of the page.
package enum Catalog {
  /// The experiments; `transcripts` first.
  package static let all: [Experiment] = [
    .oneLayer, .tenLayers,
  ]

  /// The experiment of that name.
  package static func experiment(_ name: String) -> Experiment? { all.first { $0.name == name } }
}
