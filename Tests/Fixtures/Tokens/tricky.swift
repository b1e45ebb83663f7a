// Lexical corners: whoever reads this wrongly sees other tokens. /* not a comment that opens
/* a /* nested */ comment */
let `default` = 0x1F_p-3, plain = 1e-7 + 0b1010 - 0o17, range = 0...3, open = 0..<3
let tuple = ((1, 2), 3), inner = tuple.0.1, member = [1].count.description
let text = "a \"quoted\" // no comment \(plain + Double([1, 2][1])) /* none */ \("in \(1) side")"
let raw = #"no \(interpolation) " here \#(plain)"#, fenced = ##"a "# b"##
let long = """
  several "lines" \(tuple.0.1 + [")"].count) // still text
    \"""
  """
let path = \String.count, closure = { $0 + $1 }
let names = [1, 2].map { é in é * 2 }
#if DEBUG
  func f<T: Equatable>(_ x: T...) -> T? where T: Sendable { x.first.self ?? nil }
#endif
let place = #filePath + "\(#line)"
@inlinable public func g() -> Int { tuple.1 &+ 1 << 2 }
let nested = "\("a" + #"b\#("c")"# + "\(["d": ")"]["d"]!)")"
let empty = "",
  three = """
    """
let regex = /a\/b "[c]" \(d/, fenced2 = #/x/y "z/#, ratio = 6 / 2 / 1, lines = #/
  one  # a comment of its own
  /#
let hexes = (0x1.c4p127, 0xFF.hashValue, 0x1p3, 1_000.5, 1.description)
