// How fast CourseKit is for a student, who builds in debug:
//
//   swift run --package-path assignments/CourseKit/Benchmarks
//
// All figures are of one run on one thread; each is the fastest of the calls made in a second.
import CourseKit
import CourseKitKernels
import PlainLoops

let size = 512
var generator = Generator(seed: 0)
let a: Tensor<Double> = generator.normal(shape: [size, size])
let b: Tensor<Double> = generator.normal(shape: [size, size])
let singleA = a.converted(to: Float.self)
let singleB = b.converted(to: Float.self)

print("Instruction set: \(["portable", "AVX2", "AVX-512"][Int(ck_instructions().rawValue)])")
print("This client: \(isOptimized() ? "optimized" : "debug")\n")

let operations = 2e-9 * Double(size * size * size)
let product = try fastest { _ = try a.matmul(b) }
let singleProduct = try fastest { _ = try singleA.matmul(singleB) }
report("product 512 x 512 x 512, Double", operations / product, "GFLOP/s")
report("product 512 x 512 x 512, Float", operations / singleProduct, "GFLOP/s")

print("\nAgainst a plain C loop, allocation included on both sides:")
let sum = fastest { _ = a + b }
let plainSum = fastest { plain_free(plain_sum_f64(a.count, a.scalars, b.scalars)) }
let singleSum = fastest { _ = singleA + singleB }
let plainSingleSum = fastest {
  plain_free(plain_sum_f32(a.count, singleA.scalars, singleB.scalars))
}
report("a + b, 512 x 512, Double", sum * 1e6, "us")
report("  the loop", plainSum * 1e6, "us")
report("  ratio", sum / plainSum, "")
report("a + b, 512 x 512, Float", singleSum * 1e6, "us")
report("  the loop", plainSingleSum * 1e6, "us")
report("  ratio", singleSum / plainSingleSum, "")

print("\nPer element, in loops of this client:")
let perElement = 1e9 / Double(a.count)
var filled = a
report("loop that reads nothing", fastest { _ = sumOfNothing(a) } * perElement, "ns")
report("x[i, j] read", fastest { _ = sumOfElements(a) } * perElement, "ns")
report("x[i, j] written", fastest { fill(&filled) } * perElement, "ns")
let nested = (0..<size).map { a.row($0).scalars }
report("[[Double]] read", fastest { _ = sumOfNested(nested) } * perElement, "ns")

print("\nPer element, 512 x 512 Double:")
report("x - x.mean(axis: 0)", fastest { _ = a - a.mean(axis: 0) } * perElement, "ns")
report("sum(axis: 0)", fastest { _ = a.sum(axis: 0) } * perElement, "ns")
report("sum(axis: 1)", fastest { _ = a.sum(axis: 1) } * perElement, "ns")
report("max(axis: 1)", fastest { _ = a.max(axis: 1) } * perElement, "ns")
report("argmax(axis: 1)", fastest { _ = a.argmax(axis: 1) } * perElement, "ns")
report("exp()", fastest { _ = a.exp() } * perElement, "ns")
report("map { $0 * 2 }", fastest { _ = a.map { $0 * 2 } } * perElement, "ns")
report("transposed()", fastest { _ = a.transposed() } * perElement, "ns")
let equal = a + 0
report("==", fastest { _ = a == equal } * perElement, "ns")
report("uniform", fastest { drawUniform() } * perElement, "ns")
report("normal", fastest { drawNormal() } * perElement, "ns")

print("\nPer call on [3, 2]:")
let small = Tensor<Double>.ones(3, 2)
let vector = Tensor<Double>.ones(2)
report("a + a", perCall { _ = small + small }, "ns")
report("a + 1", perCall { _ = small + 1 }, "ns")
report("a + v", perCall { _ = small + vector }, "ns")
report("a.sum(axis: 0)", perCall { _ = small.sum(axis: 0) }, "ns")
report("a.matmul(b)", try perCall { _ = try small.matmul(small, transposing: .left) }, "ns")
