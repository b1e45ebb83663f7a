/// The files of one delivery, sorted into what is graded and what is not.
struct DeliveryFiles {
  /// One for each archive, or one for all loose files.
  private(set) var contents: [Attempt.Content] = []
  /// Files of the student's that nobody grades.
  private(set) var besides: [Delivery.File] = []
  /// Names that were taken without the mark of a second copy.
  private(set) var renamed: [String] = []

  /// Archives count where no package lies open beside or above them: what is packed inside of an
  /// open package is data, or left behind by the plugin that packs.
  init(_ all: [Delivery.File]) {
    let files = all.filter { !$0.isOfTheSource && !FileNames.isPassedOver($0.name) }
    let archives = files.filter { FileNames.isArchive($0.name) }
    let open = files.filter { $0.lastName == "Package.swift" }.map(\.depth).min()
    let sources = files.filter { FileNames.isAnswer($0.name) }.map(\.depth).min()
    let highest = archives.map(\.depth).min() ?? .max
    let isOpen = open.map { $0 <= highest } ?? sources.map { $0 < highest } ?? false
    if !archives.isEmpty, !isOpen {
      let ordered = archives.sorted { ($0.order, $0.name) < ($1.order, $1.name) }
      contents = ordered.map { .archive($0) }
      besides = files.filter { !FileNames.isArchive($0.name) }
    } else if files.contains(where: { FileNames.isAnswer($0.name) }) {
      let loose = files.filter { !FileNames.isArchive($0.name) }
      contents = [.loose(withoutCopyMarks(loose).sorted { $0.name < $1.name })]
      besides = archives
    } else {
      besides = files
    }
  }

  /// Answers under the names that they had before a system or a browser counted copies, such as
  /// Canvas's `Forward-1.swift` of a second try; a name that is taken stays as it is.
  private mutating func withoutCopyMarks(_ files: [Delivery.File]) -> [Delivery.File] {
    var taken = Set(files.map(\.name))
    return files.map { file in
      let name = String(file.lastName)
      guard FileNames.isAnswer(name) else { return file }
      let stem = FileNames.stem(name)
      let plain = PlainDialect.withoutCopyMark(stem).name
      let first = String(file.name.dropLast(name.count)) + plain + name.dropFirst(stem.count)
      guard plain != stem, !plain.isEmpty, taken.insert(first).inserted else { return file }
      renamed.append(file.name)
      var file = file
      file.name = first
      return file
    }
  }
}

extension Delivery.File {
  /// The number of folders it is in.
  var depth: Int { name.count { $0 == "/" } }

  /// Its name without folders.
  var lastName: Substring { name.split(separator: "/").last ?? "" }
}
