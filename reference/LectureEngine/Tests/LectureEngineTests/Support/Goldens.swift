import LectureEngine

/// A golden file, from the folder of the scripts that made it.
func golden(_ name: String) throws -> Safetensors {
  try Safetensors(path: goldenPath(name))
}

/// The path of a golden file.
func goldenPath(_ name: String) -> String {
  // This file is LectureEngineTests/Support/Goldens.swift.
  let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  return (parts.dropLast(2) + ["Goldens", Substring(name)]).joined(separator: "/")
}
