import PythonSyntax

/// The text after some fixes.
package struct FixedText: Sendable {
  package let bytes: [UInt8]
  /// How many fixes are in ``bytes``.
  package let applied: Int
}

/// Applies fixes in source order; a fix that overlaps an earlier one is left out whole.
///
/// Edits that insert the same text at the same place, such as one import wanted by several fixes,
/// are made once.
///
/// - Complexity: O(*n* log *n*) in the number of edits, plus the size of the text.
package func apply(
  _ fixes: [Fix], to bytes: [UInt8], upTo applicability: Applicability = .safe,
) -> FixedText {
  var accepted: [Edit] = []
  var applied = 0
  let ordered = fixes.filter {
    $0.applicability.rawValue <= applicability.rawValue && !$0.edits.isEmpty
  }.sorted { firstOwnOffset(of: $0) < firstOwnOffset(of: $1) }
  for fix in ordered {
    var fresh: [Edit] = []
    var isClear = true
    for edit in fix.edits where !accepted.contains(edit) || !edit.span.isEmpty {
      if accepted.contains(where: { $0.conflicts(with: edit) }) {
        isClear = false
        break
      }
      fresh.append(edit)
    }
    guard isClear else { continue }
    accepted += fresh
    applied += 1
  }
  accepted.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
  return FixedText(bytes: spliced(accepted, into: bytes), applied: applied)
}

/// Where the fix changes code: the last edit, since an import is always inserted above it.
private func firstOwnOffset(of fix: Fix) -> UInt32 {
  fix.edits.last.map { $0.span.start } ?? 0
}

private func spliced(_ edits: [Edit], into bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
  var position = 0
  for edit in edits {
    let start = min(max(Int(edit.span.start), position), bytes.count)
    result += bytes[position..<start]
    result += edit.replacement
    position = min(max(Int(edit.span.end), start), bytes.count)
  }
  result += bytes[position...]
  return result
}

extension Edit {
  /// Whether the two cannot both be made: they overlap, or insert at the same place.
  fileprivate func conflicts(with other: Edit) -> Bool {
    if span.isEmpty && other.span.isEmpty { return span.start == other.span.start }
    return span.start < other.span.end && other.span.start < span.end
  }
}
