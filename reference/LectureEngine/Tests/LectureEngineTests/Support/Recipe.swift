import CourseKit
import LectureEngine

/// Weights and images that Goldens/recipe.py draws as well, bit for bit.
struct Recipe {
  private var generator: Generator

  init(seed: UInt64) { generator = Generator(seed: seed) }

  /// Numbers in [-1/2, 1/2) with 24 bits.
  mutating func uniform(_ shape: [Int]) -> Tensor<Double> {
    let drawn: Tensor<Float> = generator.uniform(shape: shape)
    return drawn.converted(to: Double.self) - Tensor(repeating: 0.5, shape: [])
  }

  /// Gives every parameter and buffer its value, in the order of the names' bytes.
  mutating func fill<L: Layer>(_ layer: inout L) where L.Scalar == Double {
    var values: [String: Tensor<Double>] = [:]
    let state = layer.state.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (name, value) in state { values[name] = draw(name, value.shape) }
    layer.visitParameters { name, value in value = values[name] ?? value }
    layer.visitBuffers { name, value in value = values[name] ?? value }
  }

  private mutating func draw(_ name: String, _ shape: [Int]) -> Tensor<Double> {
    let drawn = uniform(shape)
    if shape.count >= 2 { return drawn * largestScale(fanIn: shape.dropFirst().reduce(1, *)) }
    if name.hasSuffix("weight") { return drawn / 2 + 1 }
    if name.hasSuffix("running_var") { return drawn + 1 }
    return drawn / 2
  }

  private func largestScale(fanIn: Int) -> Double {
    var scale = 4.0
    while scale * scale * Double(fanIn) > 24 { scale /= 2 }
    return scale
  }
}

/// The labels that go with the recipe's images.
func recipeLabels(count: Int, classes: Int) -> [Int] { (0..<count).map { (7 * $0 + 3) % classes } }

/// Three numbers of a tensor: along a random direction, the sum, the sum of squares.
func probe(_ value: Tensor<Double>) -> [Double] {
  var recipe = Recipe(seed: 1)
  let direction = recipe.uniform(value.shape)
  return [(value * direction).sum(), value.sum(), value.squared().sum()]
}
