/// The sizes on which every function is asked, the same for all submissions: what only some sizes
/// show shows for everybody.
enum Sizes {
  /// Batches of one sample, of all sizes up to a block of 32, of those that people choose, and of
  /// more than a block, a unit or a byte of anything.
  static let batches = Array(1...33) + [41, 50, 64, 65, 100, 128, 130]

  /// All from 2 to 12.
  static func classes(_ index: Int) -> Int { 2 + 7 * index % 11 }

  /// All from 1 to 9, in an order of its own for each layer.
  static func units(_ index: Int, layer: Int) -> Int {
    1 + ([4, 2, 5, 7][layer] * index + layer) % 9
  }
}

/// Sizes of numbers in which they are drawn, as factors: powers of two.
struct Magnitudes {
  let few, many: Double

  /// Sizes that single precision holds, and the products of two.
  static let single = Magnitudes(few: 0x1p-40, many: 0x1p40)
  /// The same for the arguments of a ReLU: who takes roots of their squares in single precision is
  /// right.
  static let masks = Magnitudes(few: 0x1p-50, many: 0x1p56)
  /// Sizes that double precision holds, and the products of two.
  static let double = Magnitudes(few: 0x1p-200, many: 0x1p200)
}
