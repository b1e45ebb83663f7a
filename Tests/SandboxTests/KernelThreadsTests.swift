import Foundation
import Sandbox
import Testing

/// The pool of threads of CourseKit's kernels, in a worker's jail.
@Suite(.enabled(if: Toolchain.usr != nil, "no Swift toolchain is on the PATH"))
struct KernelThreadsTests {
  /// Says whether the system refuses a thread, and what loops on eight of them come to.
  private static let source = """
    #include <pthread.h>
    #include <stdatomic.h>
    #include <stdio.h>
    #include "CourseKitThreads.h"

    static _Atomic long sum, slots;
    static void *nothing(void *unused) { return unused; }
    static void add(void *context, ptrdiff_t slot, ptrdiff_t first, ptrdiff_t end) {
      (void)context;
      atomic_fetch_or(&slots, 1L << slot);
      for (ptrdiff_t i = first; i < end; i++) atomic_fetch_add(&sum, i);
    }

    int main(void) {
      pthread_t thread;
      const int refusal = pthread_create(&thread, NULL, nothing, NULL);
      if (!refusal) pthread_join(thread, NULL);
      ck_use_threads(8);
      for (int loop = 0; loop < 100; loop++) ck_share(1000, 1, add, NULL);
      printf("%s %ld %s", refusal ? "refused" : "granted", sum, slots == 1 ? "alone" : "");
      return 0;
    }
    """

  /// The program, which needs no files in the jail.
  private func build(in folder: borrowing Folder) throws -> String {
    let usr = try #require(Toolchain.usr)
    let kernels = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../assignments/CourseKit/Sources/CourseKitKernels").standardized.path
    let (source, program) = (
      try folder.write(Self.source, to: "main.c"), folder.path + "/program"
    )
    let compilation = try Machine.jail(.unjailed).wrap(
      Command(
        executable: usr + "/bin/clang",
        arguments: [
          "-static", "-pthread", "-I", kernels + "/include", source, kernels + "/threads.c",
          "-o", program,
        ],
        environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path]
      ),
      .trusted()
    ).run(within: Machine.patience)
    #expect(compilation.ending == .exited(code: 0), "\(compilation.standardError.text)")
    return program
  }

  private func run(_ level: JailLevel, threads: Int) throws -> Outcome {
    let folder = Folder()
    return try Machine.jail(level).wrap(
      Command(executable: try build(in: folder)),
      JailPolicy(filter: .compute, limits: Limits(addressSpaceBytes: 768 << 20, threads: threads))
    ).run(within: Machine.patience)
  }

  @Test(arguments: Machine.levelsThatCountThreads)
  func loopsRunAloneWhereThreadsAreRefused(level: JailLevel) throws {
    let run = try run(level, threads: 1)
    #expect(run.standardOutput.text == "refused 49950000 alone", "\(run)")
    #expect(run.standardError.text.isEmpty)
    #expect(run.ending == .exited(code: 0))
  }

  @Test(arguments: Machine.levelsThatCountThreads, [4, 64])
  func loopsRunOnTheThreadsThatThereAre(level: JailLevel, threads: Int) throws {
    let run = try run(level, threads: threads)
    #expect(run.standardOutput.text.hasPrefix("granted 49950000"), "\(run)")
    #expect(run.standardError.text.isEmpty)
    #expect(run.ending == .exited(code: 0))
  }
}
