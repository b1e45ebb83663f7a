/// Similar pairs for the page's script; texts are there once, however many pairs they are in.
struct PairData: Encodable {
  private var pairs: [Pair] = []
  private var sources: [Int: [String: String]] = [:]

  private struct Pair: Encodable {
    var a: Int
    var b: Int
    var files: [Files]
  }

  private struct Files: Encodable {
    var a: String
    var b: String
    /// First and last line in the one, and first and last in the other.
    var passages: [[Int]]
  }

  init(_ similar: SimilarityFindings?) {
    guard let similar else { return }
    pairs = similar.pairs.map { pair in
      Pair(a: pair.first, b: pair.second, files: pair.files.map(Self.files))
    }
    sources = similar.sources
  }

  private static func files(_ files: SimilarPair.Files) -> Files {
    let passages = files.passages.map { passage in
      [
        passage.first.lowerBound, passage.first.upperBound,
        passage.second.lowerBound, passage.second.upperBound,
      ]
    }
    return Files(a: files.firstPath, b: files.secondPath, passages: passages)
  }
}
