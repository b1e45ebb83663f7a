/// A page that needs nothing from elsewhere, and lets the browser hold it to that.
package struct HTMLPage {
  /// Its title.
  package var title: String
  /// Its style sheet.
  package var style: String
  /// The only script that may run, by SHA-256 in Base64; nil if none may.
  package var scriptDigest: String?

  /// A page without scripts, unless a digest allows one.
  package init(title: String, style: String, scriptDigest: String? = nil) {
    self.title = title
    self.style = style
    self.scriptDigest = scriptDigest
  }

  /// The page's text.
  package func html(@MarkupBuilder body: () -> [Markup]) -> String {
    let page = Markup("html", ["lang": "en"]) {
      head
      Markup("body", children: body)
    }
    return "<!doctype html>\n" + page.render()
  }

  private var head: Markup {
    Markup("head") {
      Markup("meta", ["charset": "utf-8"])
      Markup("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
      Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      Markup("meta", ["name": "referrer", "content": "no-referrer"])
      Markup("title") { title }
      Markup.style(style)
    }
  }

  private var policy: String {
    let script = scriptDigest.map { "; script-src 'sha256-\($0)'" } ?? ""
    return "default-src 'none'; style-src 'unsafe-inline'\(script)"
  }
}
