/// A natural number of any size, as far as literals need it.
struct BigNatural {
  /// 32 bits each, the lowest first; no zeros at the top.
  private(set) var limbs: [UInt32] = []

  var isZero: Bool { limbs.isEmpty }

  /// The number of bits without leading zeros.
  var bitWidth: Int {
    guard let top = limbs.last else { return 0 }
    return limbs.count * 32 - top.leadingZeroBitCount
  }

  mutating func multiply(by factor: UInt32, adding summand: UInt32 = 0) {
    var carry = UInt64(summand)
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * UInt64(factor) + carry
      limbs[index] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  mutating func multiply(byPowerOfTen exponent: Int) {
    var rest = exponent
    while rest >= 9 {
      multiply(by: 1_000_000_000)
      rest -= 9
    }
    for _ in 0..<rest { multiply(by: 10) }
  }

  mutating func shiftLeft(_ count: Int) {
    guard !limbs.isEmpty, count > 0 else { return }
    let bits = count % 32
    if bits > 0 {
      var carry: UInt32 = 0
      for index in limbs.indices {
        let limb = limbs[index]
        limbs[index] = limb << UInt32(bits) | carry
        carry = limb >> UInt32(32 - bits)
      }
      if carry > 0 { limbs.append(carry) }
    }
    limbs.insert(contentsOf: [UInt32](repeating: 0, count: count / 32), at: 0)
  }

  /// Subtracts a number that is not greater.
  mutating func subtract(_ other: BigNatural) {
    var borrow: Int64 = 0
    for index in limbs.indices {
      let right = index < other.limbs.count ? Int64(other.limbs[index]) : 0
      var difference = Int64(limbs[index]) - right - borrow
      borrow = difference < 0 ? 1 : 0
      if difference < 0 { difference += 1 << 32 }
      limbs[index] = UInt32(truncatingIfNeeded: difference)
    }
    while limbs.last == 0 { limbs.removeLast() }
  }

  /// Negative, zero or positive as this number is less, equal or greater.
  func compared(to other: BigNatural) -> Int {
    if limbs.count != other.limbs.count { return limbs.count < other.limbs.count ? -1 : 1 }
    var index = limbs.count - 1
    while index >= 0 {
      if limbs[index] != other.limbs[index] { return limbs[index] < other.limbs[index] ? -1 : 1 }
      index -= 1
    }
    return 0
  }

  /// The digits in lower-case hexadecimal; `0` for zero.
  var hexadecimal: [UInt8] {
    guard let top = limbs.last else { return [0x30] }
    var digits: [UInt8] = []
    for limb in limbs.reversed() {
      var shift: UInt32 = 32
      while shift > 0 {
        shift -= 4
        let digit = UInt8(limb >> shift & 15)
        if digits.isEmpty, digit == 0 { continue }
        digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    precondition(top != 0)
    return digits
  }
}

/// A decimal float literal, rounded exactly to a double.
///
/// Embedded Swift has no `Double("…")`, and the dump must agree with CPython to the last bit.
struct DecimalFloat {
  /// The IEEE 754 bits.
  let bits: UInt64

  private static let infinity: UInt64 = 0x7FF0_0000_0000_0000

  /// Reads a float, integer or imaginary literal.
  init(_ text: ArraySlice<UInt8>) {
    var digits = BigNatural()
    var exponent = 0
    var digitCount = 0
    var isFraction = false
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      at += 1
      switch byte {
      case 0x30...0x39:
        if digitCount > 0 || byte != 0x30 { digitCount += 1 }
        // Digits beyond these cannot change the value; the limit keeps hostile literals linear.
        if digitCount <= 1200 {
          digits.multiply(by: 10, adding: UInt32(byte - 0x30))
          if isFraction { exponent -= 1 }
        } else if !isFraction {
          exponent += 1
        }
      case 0x2E: isFraction = true
      case 0x65, 0x45:
        var isNegative = false
        var written = 0
        while at < text.endIndex {
          let byte = text[at]
          if byte == 0x2D { isNegative = true }
          if byte >= 0x30, byte <= 0x39 { written = min(written * 10 + Int(byte - 0x30), 1 << 40) }
          at += 1
        }
        exponent += isNegative ? -written : written
      default: break
      }
    }
    bits = DecimalFloat.round(digits, exponent, min(digitCount, 1200))
  }

  private static func round(_ digits: BigNatural, _ exponent: Int, _ count: Int) -> UInt64 {
    if digits.isZero || count + exponent < -340 { return 0 }
    if count + exponent > 320 { return infinity }
    var numerator = digits
    var denominator = BigNatural()
    denominator.multiply(by: 0, adding: 1)
    if exponent >= 0 {
      numerator.multiply(byPowerOfTen: exponent)
    } else {
      denominator.multiply(byPowerOfTen: -exponent)
    }
    // Scales the quotient into [1, 2); its binary exponent is `power`.
    var power = numerator.bitWidth - denominator.bitWidth
    if power > 0 { denominator.shiftLeft(power) } else { numerator.shiftLeft(-power) }
    if numerator.compared(to: denominator) < 0 {
      numerator.shiftLeft(1)
      power -= 1
    }
    if power > 1023 { return infinity }
    let precision = power >= -1022 ? 53 : 53 - (-1022 - power)
    if precision < 0 { return 0 }
    var quotient: UInt64 = 0
    for bit in 0..<precision {
      if bit > 0 { numerator.shiftLeft(1) }
      quotient <<= 1
      if numerator.compared(to: denominator) >= 0 {
        quotient |= 1
        numerator.subtract(denominator)
      }
    }
    if precision > 0 { numerator.shiftLeft(1) }
    let half = numerator.compared(to: denominator)
    if half > 0 || (half == 0 && quotient & 1 == 1) { quotient += 1 }
    if power < -1022 { return quotient }
    // A quotient that was rounded up to 2⁵³ carries into the exponent.
    return (UInt64(power + 1022) << 52) + quotient
  }
}
