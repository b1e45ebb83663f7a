/// Colours and lines, for light and for dark.
///
/// The colours are told apart with any colour vision (after Okabe and Ito), and lines have dashes
/// besides, so that nothing hangs on colour alone.
package enum Theme {
  /// The number of looks that a line or bar can have.
  static let looks = 6

  /// The colours as variables; the dark ones where the reader's system is dark, never in print.
  package static let variables = """
    :root { color-scheme: light dark; --ink: #1b1b1f; --soft: #5c5f66; --line: #d5d7db;
      --page: #ffffff; --panel: #f6f7f9; --accent: #1f5fa8; --good: #146c43; --bad: #a3222e;
      --mark: #ffe08a; --shade: 31, 95, 168; --c0: #0063a8; --c1: #c2410c; --c2: #00795a;
      --c3: #a8487f; --c4: #7a5c00; --c5: #4b4b52; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e8e8ea; --soft: #a4a8b0; --line: #3d4048; --page: #17181b;
        --panel: #202226; --accent: #86b9f2; --good: #6fd0a0; --bad: #ff9aa2; --mark: #6b5200;
        --shade: 120, 180, 255; --c0: #6db7f2; --c1: #ff9a5c; --c2: #4fd1a8; --c3: #eb9ac8;
        --c4: #e5c54f; --c5: #c4c6cc; } }

    """

  /// The style of a drawing's parts.
  package static let marks = """
    .chart { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
    .chart .page { fill: var(--page); }
    .chart text { fill: var(--ink); }
    .chart .soft { fill: var(--soft); }
    .chart .heading { font-weight: 600; }
    .chart .grid { stroke: var(--line); stroke-width: 1; }
    .chart .frame { stroke: var(--soft); stroke-width: 1; fill: none; }
    .chart .rule { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 2 3; }
    .chart .path { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .chart .band { opacity: 0.18; }
    .chart .cell { stroke: var(--line); stroke-width: 1; }
    .chart .lit { stroke: var(--c1); stroke-width: 2.5; }
    .chart .pixels { image-rendering: pixelated; }

    """
    + (0..<looks).map { look in
      """
      .chart .s\(look) { stroke: var(--c\(look)); stroke-dasharray: \(dashes[look]); }
      .chart .f\(look) { fill: var(--c\(look)); }

      """
    }
    .joined()

  private static let dashes = ["none", "7 3", "2 2.5", "9 3 2 3", "4 4", "1 3"]
}
