import Glibc

/// Starting other programs and reading what they cost.
enum Process {
  /// What one run of a program cost.
  struct Cost {
    /// User and system time, in seconds.
    let cpu: Double
    /// In seconds.
    let wall: Double
    /// Peak resident memory, in MB.
    let memory: Double
  }

  /// Runs a program with its output thrown away; `nil` when it cannot be started.
  static func cost(of command: [String]) -> Cost? {
    let start = now()
    guard let child = spawn(command, output: "/dev/null") else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child, status & 0x7F == 0,
      (status >> 8) & 0xFF != 127
    else { return nil }
    return Cost(
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), wall: now() - start,
      memory: Double(usage.ru_maxrss) / 1024)
  }

  /// What a program prints; `nil` when it fails.
  static func output(of command: [String]) -> String? {
    let path = "/tmp/asyncrules-benchmark-\(getpid())"
    defer { unlink(path) }
    guard let child = spawn(command, output: path) else { return nil }
    var status: Int32 = 0
    guard waitpid(child, &status, 0) == child, status == 0 else { return nil }
    return read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file.
  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    guard size >= 0 else { return nil }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = size == 0 ? 0 : fread(buffer.baseAddress!, 1, size, file)
    }
  }

  private static func spawn(_ command: [String], output: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    guard posix_spawnp(&child, command[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    return child
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// CPU time of the calling thread, in seconds.
  static func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}

/// Counting instructions with the kernel's counters.
enum Instructions {
  /// User-space instructions of one run; `nil` where `perf` or the counters are missing.
  static func count(_ command: [String]) -> Int? {
    let path = "/tmp/asyncrules-instructions-\(getpid())"
    defer { unlink(path) }
    let perf = ["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", path, "--"] + command
    guard Process.cost(of: perf) != nil, let bytes = Process.read(path) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(separator: "\n").lazy.compactMap { line in
      line.contains("instructions") ? Int(line.prefix { $0 != "," }) : nil
    }.first
  }
}
