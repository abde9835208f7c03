/// Where running text without spaces may be broken into lines.
///
/// **Source:** the prohibitions of JIS X 4051 for the characters that begin and end lines.
enum LineBreaking {
  /// Whether a line may end between two neighbouring characters.
  static func mayBreak(between left: Character, and right: Character) -> Bool {
    guard left.displayWidth == 2 || right.displayWidth == 2 else { return false }
    return !notAtEnd.contains(left) && !notAtStart.contains(right) && right.displayWidth > 0
  }

  /// A text in pieces that are each kept on one line.
  static func pieces(of text: String) -> [String] {
    guard text.utf8.contains(where: { $0 >= 0xE0 }) else { return [text] }
    var pieces: [String] = []
    var last: Character?
    for character in text {
      if let last, !mayBreak(between: last, and: character) {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
      last = character
    }
    return pieces
  }

  private static let notAtStart: Set<Character> = Set(
    "、。，．・：；？！）」』】〕〉》’”ー〜～…‥々ゝゞヽヾ゛゜％ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ"
      + ".,:;!?)]}'\"`%/-")
  private static let notAtEnd: Set<Character> = Set("（「『【〔〈《‘“([{'\"`#$@/-")
}
