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
  /// Complex numbers, two of single precision each.
  case c64 = "C64"
  /// A byte with 4 bits of exponent.
  case f8e4m3 = "F8_E4M3"
  /// A byte with 5 bits of exponent.
  case f8e5m2 = "F8_E5M2"
  /// A byte with 4 bits of exponent, without infinity and a negative zero.
  case f8e4m3fnuz = "F8_E4M3FNUZ"
  /// A byte with 5 bits of exponent, without infinity and a negative zero.
  case f8e5m2fnuz = "F8_E5M2FNUZ"
  /// A byte that is an exponent: the scale of others.
  case f8e8m0 = "F8_E8M0"
  /// 6 bits, 2 of them exponent.
  case f6e2m3 = "F6_E2M3"
  /// 6 bits, 3 of them exponent.
  case f6e3m2 = "F6_E3M2"
  /// 4 bits.
  case f4 = "F4"

  /// The bits of one number; tensors fill whole bytes.
  public var bits: Int {
    switch self {
    case .f64, .i64, .u64, .c64: 64
    case .f32, .i32, .u32: 32
    case .f16, .bf16, .i16, .u16: 16
    case .i8, .u8, .bool, .f8e4m3, .f8e5m2, .f8e4m3fnuz, .f8e5m2fnuz, .f8e8m0: 8
    case .f6e2m3, .f6e3m2: 6
    case .f4: 4
    }
  }

  /// True if the numbers have a fraction, as weights do.
  public var isReal: Bool {
    switch self {
    case .i64, .i32, .i16, .i8, .u64, .u32, .u16, .u8, .bool: false
    default: true
    }
  }
}
