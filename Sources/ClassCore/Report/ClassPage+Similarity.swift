import GradeFormats

/// Pairs that deserve a look, and the table of all students.
extension ClassPage {
  var similarity: String {
    guard let similar else { return "" }
    let shown = similar.pairs
    let remark =
      similar.pairCount > shown.count
      ? " The \(shown.count) most similar of \(similar.pairCount) pairs are listed." : ""
    let body = shown.isEmpty ? "<p>No pair stands out.</p>" : pairTable(shown)
    return """
      <section id="similar"><h2>Similar pairs</h2>
      <p>Of \(similar.compared) submissions with enough code of their own, these share passages \
      once names, figures, comments, layout and the handout are left out.\(remark) \
      <strong>A hint for a person, never a verdict:</strong> short tasks have few solutions, and \
      those who learn together write alike.</p>
      \(identical(similar.identical))
      \(body)
      </section>
      """
  }

  private func identical(_ groups: [[Int]]) -> String {
    guard !groups.isEmpty else { return "" }
    let items = groups.prefix(20).map { group in
      let names = group.prefix(12).map(who).joined(separator: ", ")
      let more = group.count > 12 ? " and \(group.count - 12) more" : ""
      return "<li>\(group.count): \(names)\(more)</li>"
    }.joined()
    return "<p>The same text once names, figures and layout are left out:</p><ul>\(items)</ul>"
  }

  private func pairTable(_ pairs: [SimilarPair]) -> String {
    let rows = pairs.enumerated().map { index, pair in
      """
      <tr><td class="num">\(Self.percent(pair.share))</td><td>\(who(pair.first))</td>\
      <td>\(who(pair.second))</td><td class="num">\(pair.common)</td>\
      <td><button type="button" data-pair="\(index)">Side by side<span class="hushed"> for pair \
      \(index + 1)</span></button></td></tr>
      """
    }
    return """
      <div class="wide" tabindex="0" role="region" aria-label="Similar pairs"><table>
      <thead><tr><th scope="col" class="num">In common</th><th scope="col">One</th>\
      <th scope="col">Other</th><th scope="col" class="num">Fingerprints</th>\
      <th scope="col">Look</th></tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  private func who(_ index: Int) -> String {
    guard report.rows.indices.contains(index) else { return "?" }
    let row = report.rows[index]
    let label = row.name.isEmpty ? row.id : row.name
    return "<span class=\"who\">\(Escaped.markup(label))</span>"
  }

  /// The script fills it: at 20,000 rows only what is seen is made.
  var table: String {
    """
    <section id="students"><h2>Students</h2>
    <form class="filters" role="search" aria-label="Filter the table">
    <label>Find <input type="search" id="find" autocomplete="off" placeholder="name or number">\
    </label>
    <label>State <select id="state"><option value="">all</option></select></label>
    <label>Lost points on <select id="lost"><option value="">any or none</option></select></label>
    <output id="shown" aria-live="polite"></output>
    </form>
    <noscript><p>The table needs the page's script; the CSV file holds the same.</p></noscript>
    <div id="scroller" tabindex="0" role="region" aria-label="Table of students"></div>
    <p class="note" id="cut" hidden></p>
    </section>
    """
  }
}
