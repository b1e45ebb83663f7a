/// The style of the page: one column to read, wider for what is not text; light and dark; paper.
enum PageStyle {
  static let rules = """
    * { box-sizing: border-box; }
    html { background: var(--page); color: var(--ink); scroll-behavior: smooth;
      -webkit-text-size-adjust: 100%; }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    body { margin: 0 auto; padding: 1rem; max-width: 64rem; line-height: 1.6;
      font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
    h1 { font-size: 2.1rem; line-height: 1.2; margin: 1.5rem 0 0.5rem; }
    h2 { font-size: 1.5rem; margin: 3.5rem 0 1rem; padding-bottom: 0.3rem;
      border-bottom: 2px solid var(--line); line-height: 1.3; }
    h3 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; line-height: 1.35; }
    nav h2 { font-size: 1.2rem; margin-top: 2rem; }
    p, ul, ol, .note, figcaption { max-width: 44rem; }
    p { margin: 0.6rem 0; }
    .lead { font-size: 1.15rem; color: var(--soft); }
    nav ol { padding-left: 1.4rem; columns: 2 20rem; column-gap: 2rem; }
    nav ol > li { break-inside: avoid; margin-bottom: 0.6rem; font-weight: 600; }
    nav ul { font-weight: 400; padding-left: 1rem; }
    a { color: var(--accent); }
    a:focus-visible, .scroll:focus-visible, summary:focus-visible {
      outline: 3px solid var(--accent); outline-offset: 2px; }
    .skip { position: absolute; left: -999rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: 0.5rem; }
    .slides { font-size: 0.8rem; font-weight: 600; color: var(--accent); white-space: nowrap;
      border: 1px solid var(--accent); border-radius: 1rem; padding: 0.1rem 0.55rem;
      vertical-align: middle; }
    .claim { border-left: 4px solid var(--accent); padding: 0.1rem 0 0.1rem 0.9rem;
      font-style: italic; }
    .formula { padding: 0.5rem 1rem; overflow-x: auto; font-size: 1.05rem;
      font-family: "STIX Two Math", "Cambria Math", "DejaVu Serif", serif; }
    .note { background: var(--panel); border-left: 4px solid var(--c1); margin: 1rem 0;
      padding: 0.2rem 1rem; border-radius: 0 0.4rem 0.4rem 0; }
    code, .printed { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.88em; }
    code { background: var(--panel); padding: 0.1em 0.3em; border-radius: 0.25rem;
      white-space: nowrap; }
    .scroll { overflow-x: auto; margin: 1rem 0; max-width: 100%; }
    .tables { display: flex; flex-wrap: wrap; column-gap: 3rem; align-items: flex-start; }
    .tables .scroll { margin: 0.6rem 0; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.93rem; }
    caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
    th, td { padding: 0.28rem 0.9rem 0.28rem 0; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--line); }
    thead th, thead td { color: var(--soft); font-weight: 600; border-bottom-width: 2px; }
    tbody th { font-weight: 400; }
    .printed { white-space: pre; }
    .numbers td { white-space: nowrap; }
    .numbers td.long { white-space: normal; min-width: 12rem; }
    .numbers tbody th { min-width: 7.5rem; }
    .good { color: var(--good); }
    .bad { color: var(--bad); font-weight: 600; }
    mark { background: var(--mark); color: inherit; text-decoration: underline; }
    figure { margin: 1.2rem 0; }
    .panels { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
    .panel { background: var(--panel); border-radius: 0.5rem; padding: 0.7rem; min-width: 0;
      max-width: 100%; }
    .panel .chart { display: block; width: 100%; height: auto; }
    figcaption { color: var(--soft); margin-top: 0.5rem; font-size: 0.95rem; }
    details { margin-top: 0.4rem; font-size: 0.9rem; }
    summary { cursor: pointer; color: var(--accent); }
    footer { margin-top: 3rem; border-top: 2px solid var(--line); color: var(--soft); }
    @media screen and (max-width: 30rem) {
      th, td { padding-right: 0.55rem; }
      table { font-size: 0.86rem; }
      .numbers tbody th { min-width: 6rem; }
      .numbers td:last-child { white-space: normal; }
    }
    @media print {
      body { max-width: none; font-size: 10pt; padding: 0; }
      nav, .skip, details { display: none; }
      h2, h3, caption { break-after: avoid; }
      .panel, tr, .note { break-inside: avoid; }
      .panel { background: none; border: 1px solid var(--line); }
      .panel { max-width: 48%; }
      .scroll { overflow: visible; }
      a { color: inherit; text-decoration: none; }
    }

    """
}
