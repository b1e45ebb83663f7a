// Of two modules that hold <signal.h>, either may own `sigset_t`.
import CGlibc
import Glibc

/// Reads all that a program and its supervisor write until both are gone, and feeds the program.
///
/// It has a thread of its own, so that a program never blocks on its output while its caller is
/// busy elsewhere. Not shared: the thread owns it, and hands it over by ending.
final class Listener {
  private let output: Descriptor
  private let error: Descriptor
  let status: Descriptor
  private var input: Descriptor?
  private var pendingInput: ArraySlice<UInt8>
  private let cap: Int
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  private(set) var standardOutput = Captured()
  private(set) var standardError = Captured()
  private(set) var statusText = Captured()
  let started = SuspendingClock.now
  private(set) var ended = SuspendingClock.now

  init(
    output: consuming Descriptor,
    error: consuming Descriptor,
    status: consuming Descriptor,
    input: consuming Descriptor?,
    bytes: [UInt8],
    cap: Int
  ) {
    for number in [output.number, error.number, status.number, input?.number] {
      guard let number else { continue }
      _ = fcntl(number, F_SETFL, O_NONBLOCK)
    }
    self.output = output
    self.error = error
    self.status = status
    self.input = input
    self.cap = cap
    pendingInput = bytes[...]
  }

  /// Starts the thread; joining it gives the listener back.
  static func start(_ listener: consuming Listener) throws(SandboxFault) -> pthread_t {
    let pointer = Unmanaged.passRetained(listener).toOpaque()
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, { Listener.main($0) }, pointer)
    guard code == 0 else {
      Unmanaged<Listener>.fromOpaque(pointer).release()
      throw .system(call: "pthread_create", SystemError(code: code))
    }
    return thread
  }

  private static func main(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // A program that closes its input must not end the grader by SIGPIPE.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_SETMASK, &signals, nil)
    if let pointer { Unmanaged<Listener>.fromOpaque(pointer).takeUnretainedValue().listen() }
    return pointer
  }

  /// The supervisor's end of the status pipe closes when the whole tree is dead.
  private func listen() {
    var polled = [output.number, error.number, status.number].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    polled.append(pollfd(fd: input?.number ?? -1, events: Int16(POLLOUT), revents: 0))
    while polled[2].fd >= 0 {
      if poll(&polled, nfds_t(polled.count), -1) < 0 && errno != EINTR { break }
      if polled[3].revents != 0 && !feed() { polled[3].fd = -1 }
      for stream in 0..<3 where polled[stream].revents != 0 {
        if !drain(stream) { polled[stream].fd = -1 }
      }
    }
    ended = .now
    // What is still in the pipes; not until their end, which a stray writer could put off for ever.
    for stream in 0..<2 {
      for _ in 0..<64 where !drain(stream) { break }
    }
  }

  /// Reads once; false at the end of the stream.
  private func drain(_ stream: Int) -> Bool {
    let number = [output.number, error.number, status.number][stream]
    let count = read(number, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
    let chunk = buffer[..<count]
    switch stream {
    case 0: standardOutput.append(chunk, cap: cap)
    case 1: standardError.append(chunk, cap: cap)
    default: statusText.append(chunk, cap: buffer.count)
    }
    return true
  }

  /// Writes once; false, and the input closed, when all is written or nobody reads.
  private func feed() -> Bool {
    guard let number = input?.number else { return false }
    let count = pendingInput.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
    if count > 0 { pendingInput = pendingInput.dropFirst(count) }
    let failed = count < 0 && errno != EAGAIN && errno != EINTR
    guard failed || pendingInput.isEmpty else { return true }
    input = nil
    return false
  }
}
