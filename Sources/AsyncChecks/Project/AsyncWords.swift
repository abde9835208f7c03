import PythonSemantics

/// The words through which code that has a name can get hold of something asynchronous: the names
/// of the coroutine functions, methods and attributes that the name leads to.
///
/// Having an instance of a class with async methods is no mistake yet; a mistake names a method.
struct AsyncWords: Sendable {
  /// Hashes, ascending.
  private(set) var words: [UInt32] = []
  /// Whether any use may be one, as there are too many words.
  private(set) var areAll = false

  private static let limit = 256

  /// Whether code with some identifiers can get hold of anything.
  ///
  /// - Parameter identifiers: Hashes, ascending.
  func occur(in identifiers: ArraySlice<UInt32>) -> Bool {
    if areAll { return true }
    if identifiers.count > words.count {
      return words.contains { Self.contains($0, identifiers) }
    }
    return identifiers.contains { Self.contains($0, words[...]) }
  }

  func contains(_ word: UInt32) -> Bool { areAll || Self.contains(word, words[...]) }

  mutating func insert(_ word: UInt32) {
    guard !areAll else { return }
    let place = Self.place(of: word, words[...])
    if place < words.count, words[place] == word { return }
    words.insert(word, at: place)
    limit()
  }

  /// Takes over what leads elsewhere.
  ///
  /// - Returns: Whether there was anything new.
  @discardableResult
  mutating func formUnion(_ other: AsyncWords) -> Bool {
    if areAll { return false }
    if other.areAll {
      takeAll()
      return true
    }
    if words.isEmpty {
      words = other.words
      return !words.isEmpty
    }
    guard let merged = Self.merged(words, other.words) else { return false }
    words = merged
    limit()
    return true
  }

  /// All words of two ascending lists; `nil` when the first one has those of the second.
  private static func merged(_ left: [UInt32], _ right: [UInt32]) -> [UInt32]? {
    var index = 0
    var isNew = false
    for word in right {
      while index < left.count, left[index] < word { index += 1 }
      if index == left.count || left[index] != word {
        isNew = true
        break
      }
    }
    guard isNew else { return nil }
    var result: [UInt32] = []
    result.reserveCapacity(left.count + right.count)
    index = 0
    for word in right {
      while index < left.count, left[index] < word {
        result.append(left[index])
        index += 1
      }
      result.append(word)
      if index < left.count, left[index] == word { index += 1 }
    }
    result += left[index...]
    return result
  }

  mutating func takeAll() {
    areAll = true
    words = []
  }

  private mutating func limit() {
    if words.count > Self.limit { takeAll() }
  }

  private static func contains(_ word: UInt32, _ words: ArraySlice<UInt32>) -> Bool {
    let place = place(of: word, words)
    return place < words.endIndex && words[place] == word
  }

  private static func place(of word: UInt32, _ words: ArraySlice<UInt32>) -> Int {
    var low = words.startIndex
    var high = words.endIndex
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
