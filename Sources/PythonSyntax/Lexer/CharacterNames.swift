/// The names that `\N{…}` knows.
///
/// Not the names but fingerprints of 32 bits are kept, so that one unknown name in 120,000 passes
/// for known. The WebAssembly build leaves the table out for its size and takes every name.
///
/// **Source:** the Python reference, section 2.4.1.1, and CPython's `Modules/unicodedata.c`.
enum CharacterNames {
  #if hasFeature(Embedded)
    static func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool { true }
  #else
    /// Whether a character has a name or alias; in names that are made by rule, case counts.
    static func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
      if let rest = name.rest(after: "HANGUL SYLLABLE ") { return isSyllable(rest) }
      if let rest = name.rest(after: "CJK UNIFIED IDEOGRAPH-") { return isIdeograph(rest) }
      let wanted = fingerprint(name)
      var low = 0
      var high = fingerprints.count
      while low < high {
        let middle = (low + high) / 2
        if fingerprints[middle] < wanted { low = middle + 1 } else { high = middle }
      }
      return low < fingerprints.count && fingerprints[low] == wanted
    }

    private static let fingerprints: [UInt32] = {
      var numbers = PackedNumbers(CharacterNameTable.fingerprints)
      var fingerprints: [UInt32] = []
      fingerprints.reserveCapacity(CharacterNameTable.count)
      var last: UInt32 = 0
      while fingerprints.count < CharacterNameTable.count {
        let first = numbers.digit()
        // The highest digit leads no difference: it stands for one that needs another digit.
        if first == 90 {
          last += 90 * 91 * 91
          continue
        }
        last += first * 91 * 91
        last += numbers.number(ofDigits: 2)
        fingerprints.append(last)
      }
      return fingerprints
    }()

    private static let ideographs = PackedNumbers.boundaries(CharacterNameTable.ideographs)

    /// FNV-1a over the capital letters, folded to 32 bits.
    private static func fingerprint(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
      var value: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in name {
        let capital = byte &- 0x61 < 26 ? byte &- 0x20 : byte
        value = (value ^ UInt64(capital)) &* 0x100_0000_01B3
      }
      return UInt32(truncatingIfNeeded: value ^ value >> 32)
    }

    private static func isIdeograph(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
      guard digits.count == 4 || digits.count == 5 else { return false }
      var value: UInt32 = 0
      for byte in digits {
        guard byte < 0x61, let digit = StringDecoder.hexDigit(byte) else { return false }
        value = value << 4 | digit
      }
      return PackedNumbers.contains(value, in: ideographs)
    }

    /// Whether a text is a leading consonant, a vowel and a trailing consonant of Hangul.
    ///
    /// Each is the longest that fits, as in CPython; leading and trailing ones may be empty.
    private static func isSyllable(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
      var at = 0
      let parts: [(names: StaticString, isOptional: Bool)] = [
        ("G GG N D DD R M B BB S SS J JJ C K T P H", true),
        (
          "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I",
          false
        ),
        (
          "G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H",
          true
        ),
      ]
      for part in parts {
        let length = longest(of: part.names, at: at, in: text)
        if length == 0, !part.isOptional { return false }
        at += length
      }
      return at == text.count
    }

    /// The length of the longest of some words that stands at a place.
    private static func longest(
      of words: StaticString, at start: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> Int {
      words.withUTF8Buffer { words in
        var longest = 0
        for word in words.split(separator: 0x20)
        where word.count > longest && start + word.count <= text.count
          && word.elementsEqual(text[start..<start + word.count])
        {
          longest = word.count
        }
        return longest
      }
    }
  #endif
}

#if !hasFeature(Embedded)
  extension UnsafeBufferPointer<UInt8> {
    /// What follows a beginning; `nil` when the bytes begin otherwise.
    fileprivate func rest(after beginning: StaticString) -> UnsafeBufferPointer<UInt8>? {
      beginning.withUTF8Buffer { beginning in
        guard count >= beginning.count, prefix(beginning.count).elementsEqual(beginning) else {
          return nil
        }
        return UnsafeBufferPointer(rebasing: self[beginning.count...])
      }
    }
  }
#endif
