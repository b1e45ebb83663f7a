import GraderCore

/// The files of one delivery, sorted into what is graded and what is not.
struct DeliveryFiles {
  /// One for each archive, or one for all loose files.
  private(set) var contents: [Attempt.Content] = []
  /// Files of the student's that nobody grades.
  private(set) var besides: [Delivery.File] = []
  /// Answers beside archives; what they hold together is one hand-in.
  private(set) var answersBeside: [Delivery.File] = []

  /// Sorts them: archives count where no package lies open beside or above them.
  ///
  /// What is packed inside of an open package is data, or left behind by the plugin that packs. An
  /// answer in words is no package.
  init(_ all: [Delivery.File]) {
    let files = all.filter { !$0.isOfTheSource && !FileNames.isPassedOver($0.name) }
    let archives = files.filter { FileNames.isArchive($0.name) }
    let open = files.filter { $0.lastName == "Package.swift" }.map(\.depth).min()
    let answers = files.filter { FileNames.isAnswer($0.name) }
    let sources = answers.filter { NameMarks.ends($0.name, with: ".swift") }.map(\.depth).min()
    let highest = archives.map(\.depth).min() ?? .max
    let isOpen = open.map { $0 <= highest } ?? sources.map { $0 < highest } ?? false
    if !archives.isEmpty, !isOpen {
      contents = archives.sorted { $0.isBefore($1) }.map { .archive($0) }
      besides = files.filter { !FileNames.isArchive($0.name) }
      answersBeside = answers
    } else if !answers.isEmpty {
      let loose = files.filter { !FileNames.isArchive($0.name) }
      contents = [.loose(loose.sorted { $0.name < $1.name })]
      besides = archives
    } else {
      besides = files
    }
  }
}

extension Delivery.File {
  /// Tells whether it was handed in before another: by the source's word, else by their names.
  func isBefore(_ other: Self) -> Bool {
    if order != other.order { return order < other.order }
    let folders = (CopyOrder(folder), CopyOrder(other.folder))
    // Folders such as `Version 2` and `Version 10` count deliveries.
    if folders.0 != folders.1, folders.0.isNumbered, folders.1.isNumbered,
      folders.0.family == folders.1.family
    {
      return folders.0 < folders.1
    }
    let names = (CopyOrder(String(lastName)), CopyOrder(String(other.lastName)))
    if names.0 != names.1 { return names.0 < names.1 }
    return folders.0 == folders.1 ? name < other.name : folders.0 < folders.1
  }

  /// The path of the folder that it is in.
  private var folder: String {
    name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
  }

  /// The number of folders it is in.
  var depth: Int { name.count { $0 == "/" } }

  /// Its name without folders.
  var lastName: Substring { name.split(separator: "/").last ?? "" }
}
