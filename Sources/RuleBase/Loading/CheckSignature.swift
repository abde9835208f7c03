import AsyncChecks

/// What a rule file must know of a check: its name, message ids and placeholders.
package struct CheckSignature: Hashable, Sendable {
  /// A message that the check gives.
  package struct Message: Hashable, Sendable {
    package let id: String
    package let placeholders: [String]

    package init(id: String, placeholders: [String]) {
      self.id = id
      self.placeholders = placeholders
    }
  }

  package let name: String
  package let messages: [Message]
  /// The traits of callables that the check asks for.
  package let traits: [String]

  package init(name: String, messages: [Message], traits: [String] = []) {
    self.name = name
    self.messages = messages
    self.traits = traits
  }

  /// The checks of the checker.
  package static let all: [CheckSignature] = Check.all.map { check in
    CheckSignature(
      name: "\(check.name)",
      messages: check.messages.map { message in
        Message(id: "\(message.id)", placeholders: message.placeholders.map { "\($0)" })
      },
      traits: check.traits.map { "\($0)" })
  }
}
