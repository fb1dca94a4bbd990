/** Calls of Linux that Node does not offer, through koffi, which is loaded with the first question. */

export type Libc = {
  ioctl(fd: number, request: number, argument: Buffer): number;
  /** Bytes copied, 0 at the end of the source, below 0 where it cannot be done. Offsets are 64-bit integers in memory, which the call moves on. */
  copyFileRange(sourceFd: number, sourceOffset: Buffer, targetFd: number, targetOffset: Buffer, length: number): number;
};

/** Null where koffi or a function is missing: all that is done with them can be done without, slower. */
export async function loadLibc(): Promise<Libc | null> {
  if (process.platform !== 'linux') return null;
  try {
    const { default: koffi } = await import('koffi');
    const library = koffi.load(null);
    const ioctl = library.func('int ioctl(int fd, unsigned long request, void *argument)');
    const copyFileRange = library.func('int64_t copy_file_range(int fd_in, void *off_in, int fd_out, void *off_out, size_t length, unsigned int flags)');
    return {
      ioctl: (fd, request, argument) => Number(ioctl(fd, request, argument)),
      copyFileRange: (sourceFd, sourceOffset, targetFd, targetOffset, length) => Number(copyFileRange(sourceFd, sourceOffset, targetFd, targetOffset, length, 0)),
    };
  } catch {
    return null; // No binary for this platform.
  }
}
