#if !os(Windows) && !os(WASI)
  #if canImport(Darwin)
    internal import Darwin
  #elseif canImport(Glibc)
    internal import Glibc
  #elseif canImport(Musl)
    internal import Musl
  #endif

  /// Answers requests on descriptor 3 until the other side hangs up: all of a worker's `main`.
  ///
  /// A request that names no handler, or whose arguments do not parse, ends the worker with status
  /// 70: the fault is the course's, not the student's.
  public func serve(_ handlers: Handler...) -> Never {
    let channel = Channel(descriptor: 3)
    do {
      while true {
        let request = try channel.receive()
        var reader = WireReader(request.payload)
        let name = try reader.text()
        guard let handler = handlers.first(where: { $0.name == name }) else { exit(70) }
        let reply = try handler.answer(&reader)
        // After the last reply the worker can be ended at any time: by then what it printed is out.
        fflush(nil)
        try channel.send(Channel.Frame(sequence: request.sequence, payload: reply))
      }
    } catch Channel.Failure.closed {
      exit(0)
    } catch {
      exit(70)
    }
  }
#endif
