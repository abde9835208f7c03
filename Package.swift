// swift-tools-version: 6.2

import PackageDescription

/// Settings of every target.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// Settings of the core (floors 0 to 2), which must also compile as Embedded Swift.
let core: [SwiftSetting] = strict + [.treatWarning("EmbeddedRestrictions", as: .error)]

let package = Package(
  name: "asyncrules",
  products: [
    .executable(name: "asyncrules", targets: ["asyncrules"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // Floors 0 to 2: the core.
    .target(name: "PythonSyntax", exclude: ["README.md"], swiftSettings: core),
    .target(name: "PythonSemantics", dependencies: ["PythonSyntax"], swiftSettings: core),
    .target(
      name: "AsyncChecks", dependencies: ["PythonSyntax", "PythonSemantics"], swiftSettings: core),

    // Floor 3: the rule base and the verifier.
    .systemLibrary(
      name: "CMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .target(
      name: "RuleBase",
      dependencies: ["AsyncChecks", "CMark", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .executableTarget(name: "HarnessEmbedder", swiftSettings: strict),
    .plugin(name: "EmbedHarness", capability: .buildTool(), dependencies: ["HarnessEmbedder"]),
    .target(
      name: "Verifier",
      dependencies: [
        "RuleBase", "AsyncChecks", "PythonSemantics", "PythonSyntax",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Harness"],
      swiftSettings: strict,
      plugins: ["EmbedHarness"]),

    // Floor 4: the publisher.
    .target(
      name: "Publisher",
      dependencies: ["RuleBase", "Verifier", "AsyncChecks", "PythonSyntax"],
      swiftSettings: strict),

    // Floor 5: the command line.
    .executableTarget(
      name: "asyncrules",
      dependencies: [
        "Publisher", "Verifier", "RuleBase", "AsyncChecks", "PythonSemantics", "PythonSyntax",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "RuleBaseTests", dependencies: ["RuleBase", "AsyncChecks"], swiftSettings: strict),
    .testTarget(
      name: "PublisherTests",
      dependencies: ["Publisher", "Verifier", "RuleBase", "AsyncChecks", "TestSupport"],
      exclude: [
        "Manual/Goldens", "Catalogue/Goldens", "Terminal/Goldens", "Site/Goldens",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
