import CMalloc

/// How the C library's allocator is to deal with answers of a megabyte that come and go.
enum Allocator {
  /// Bytes from which a block is mapped on its own and given back when it is freed.
  private static let mapped: Int32 = 128 << 10
  /// Heaps that threads share: each keeps what was freed in it, and fewer make them wait.
  private static let heaps: Int32 = 4

  /// Belongs before the first thread; without it the threshold grows with the first long answer, and
  /// holes of later ones stay.
  static func settle() {
    mallopt(M_MMAP_THRESHOLD, mapped)
    mallopt(M_ARENA_MAX, heaps)
  }

  /// Gives the free pages of all heaps back to the kernel.
  @concurrent
  static func trim() async { malloc_trim(0) }
}
