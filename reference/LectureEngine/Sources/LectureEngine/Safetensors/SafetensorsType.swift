/// The type of a tensor's numbers in a safetensors file.
public enum SafetensorsType: String, Equatable, Sendable {
  /// Double precision.
  case f64 = "F64"
  /// Single precision.
  case f32 = "F32"
  /// Half precision: 5 bits of exponent.
  case f16 = "F16"
  /// The upper half of single precision: 8 bits of exponent.
  case bf16 = "BF16"
  /// Integers of 64 bits, signed.
  case i64 = "I64"
  /// Integers of 32 bits, signed.
  case i32 = "I32"
  /// Integers of 16 bits, signed.
  case i16 = "I16"
  /// Integers of 8 bits, signed.
  case i8 = "I8"
  /// Integers of 64 bits, not signed.
  case u64 = "U64"
  /// Integers of 32 bits, not signed.
  case u32 = "U32"
  /// Integers of 16 bits, not signed.
  case u16 = "U16"
  /// Integers of 8 bits, not signed.
  case u8 = "U8"
  /// Truth values, a byte each.
  case bool = "BOOL"

  /// The bytes of one number.
  public var size: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .i8, .u8, .bool: 1
    }
  }

  /// True if the numbers have a fraction, as weights do.
  public var isReal: Bool {
    switch self {
    case .f64, .f32, .f16, .bf16: true
    case .i64, .i32, .i16, .i8, .u64, .u32, .u16, .u8, .bool: false
    }
  }
}
