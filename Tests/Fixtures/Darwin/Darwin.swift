// swift-format-ignore-file
// Stands in for Darwin's module of the C library, to check types without a Mac: what is named here
// is there, and nothing else of Glibc is.
@_exported import func Glibc.cos
@_exported import func Glibc.cosf
@_exported import func Glibc.exit
@_exported import func Glibc.fclose
@_exported import func Glibc.ferror
@_exported import func Glibc.fflush
@_exported import func Glibc.fileno
@_exported import func Glibc.fopen
@_exported import func Glibc.fputs
@_exported import func Glibc.fread
@_exported import func Glibc.isatty
@_exported import func Glibc.log
@_exported import func Glibc.log1p
@_exported import func Glibc.logf
@_exported import func Glibc.poll
@_exported import func Glibc.recv
@_exported import func Glibc.send
@_exported import func Glibc.setsockopt
@_exported import func Glibc.setvbuf
@_exported import func Glibc.sin
@_exported import func Glibc.sinf
@_exported import func Glibc.strerror
@_exported import func Glibc.vsnprintf
@_exported import struct Glibc.pollfd
@_exported import typealias Glibc.FILE
@_exported import typealias Glibc.socklen_t
@_exported import var Glibc.EINTR
@_exported import var Glibc.ENOENT
@_exported import var Glibc.POLLIN
@_exported import var Glibc.SOL_SOCKET
@_exported import var Glibc._IOLBF
@_exported import var Glibc.errno
@_exported import var Glibc.stdout

// Of other types there, or only there.
public let (MSG_PEEK, MSG_DONTWAIT): (Int32, Int32) = (0x2, 0x80)
public let SO_NOSIGPIPE: Int32 = 0x1022
