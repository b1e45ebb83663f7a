/// The files of one delivery, sorted into what is graded and what is not.
struct DeliveryFiles {
  /// One for each archive, or one for all loose files.
  private(set) var contents: [Attempt.Content] = []
  /// Files of the student's that nobody grades.
  private(set) var besides: [Delivery.File] = []

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
      contents = [.loose(loose.sorted { $0.name < $1.name })]
      besides = archives
    } else {
      besides = files
    }
  }
}

extension Delivery.File {
  /// The number of folders it is in.
  var depth: Int { name.count { $0 == "/" } }

  /// Its name without folders.
  var lastName: Substring { name.split(separator: "/").last ?? "" }
}
