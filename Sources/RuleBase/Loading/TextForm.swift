/// The forms that texts of a rule file must have.
enum TextForm {
  /// Capital letters and three digits.
  static func isCode(_ text: String) -> Bool {
    let letters = text.unicodeScalars.prefix { ("A"..."Z").contains($0) }
    let digits = text.unicodeScalars.dropFirst(letters.count)
    return !letters.isEmpty && digits.count == 3 && digits.allSatisfy(isDigit)
  }

  /// Lower-case words of letters and digits joined by single hyphens, the first letter a letter.
  static func isSlug(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLowercase(first) else { return false }
    let words = text.unicodeScalars.split(separator: "-", omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      !word.isEmpty && word.allSatisfy { isLowercase($0) || isDigit($0) }
    }
  }

  /// Three numbers joined by full stops.
  static func isVersion(_ text: String) -> Bool {
    let numbers = text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 3
      && numbers.allSatisfy { number in
        !number.isEmpty && number.allSatisfy(isDigit) && (number.count == 1 || number.first != "0")
      }
  }

  /// Python identifiers joined by full stops, at least two of them.
  static func isQualifiedName(_ text: String) -> Bool {
    let names = text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    return names.count > 1 && names.allSatisfy { isIdentifier(String.UnicodeScalarView($0)) }
  }

  /// A Python identifier of ASCII letters, digits and underscores, or with other letters.
  static func isIdentifier(_ text: some Collection<Unicode.Scalar>) -> Bool {
    guard let first = text.first, first == "_" || first.properties.isXIDStart else { return false }
    return text.allSatisfy(\.properties.isXIDContinue)
  }

  /// Whether every backquote has its partner.
  static func hasPairedBackquotes(_ text: String) -> Bool {
    text.unicodeScalars.count { $0 == "`" }.isMultiple(of: 2)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLowercase(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar)
  }
}
