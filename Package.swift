// swift-tools-version: 6.2

import PackageDescription

/// Settings of every target.
let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// Settings of the core (floors 0 to 2), which must also compile as Embedded Swift.
let core: [SwiftSetting] = strict + [.treatWarning("EmbeddedRestrictions", as: .error)]

let package = Package(
  name: "asyncrules",
  products: [
    .executable(name: "asyncrules", targets: ["asyncrules"]),
    .executable(name: "playground", targets: ["Playground"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    // The paths that swift-subprocess takes.
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    // Floors 0 to 2: the core.
    .target(name: "PythonSyntax", exclude: ["README.md"], swiftSettings: core),
    .target(name: "PythonSemantics", dependencies: ["PythonSyntax"], swiftSettings: core),
    .target(
      name: "AsyncChecks", dependencies: ["PythonSyntax", "PythonSemantics"], swiftSettings: core),

    // The core as WebAssembly, for the website: built with `Playground/toolset.json`.
    .target(name: "CPlayground"),
    .executableTarget(
      name: "Playground", dependencies: ["AsyncChecks", "PythonSyntax", "CPlayground"],
      exclude: ["toolset.json"], swiftSettings: core),

    // The encodings of source files that the core leaves to its host.
    .target(name: "TextCodecs", dependencies: ["PythonSyntax"], swiftSettings: strict),

    // Floor 3: the rule base and the verifier.
    .systemLibrary(
      name: "CMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .target(
      name: "RuleBase",
      dependencies: [
        "AsyncChecks", "PythonSemantics", "CMark", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "TextEmbedder", swiftSettings: strict),
    .plugin(name: "EmbedHarness", capability: .buildTool(), dependencies: ["TextEmbedder"]),
    .plugin(name: "EmbedSite", capability: .buildTool(), dependencies: ["TextEmbedder"]),
    .executableTarget(
      name: "RuleEmbedder", dependencies: ["RuleBase", "AsyncChecks"], swiftSettings: strict),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["RuleEmbedder"]),
    // `Rules` in its folder is a link to the rule files: SwiftPM runs the plugin anew when a file
    // is added below the folder of a target, and there only.
    .target(
      name: "EmbeddedRules", dependencies: ["AsyncChecks"], exclude: ["Rules"],
      swiftSettings: strict, plugins: ["EmbedRules"]),
    .target(
      name: "Verifier",
      dependencies: [
        "RuleBase", "AsyncChecks", "PythonSemantics", "PythonSyntax",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["Harness"],
      swiftSettings: strict,
      plugins: ["EmbedHarness"]),

    // Floor 4: the publisher. `SiteInputs` in its folder is a link to the website's inputs.
    .target(
      name: "Publisher",
      dependencies: ["RuleBase", "Verifier", "AsyncChecks", "PythonSemantics", "PythonSyntax"],
      exclude: ["SiteInputs"], swiftSettings: strict, plugins: ["EmbedSite"]),

    // Floor 5: the command line.
    .target(name: "CExchange"),
    .executableTarget(
      name: "asyncrules",
      dependencies: [
        "Publisher", "Verifier", "EmbeddedRules", "RuleBase", "AsyncChecks", "PythonSemantics",
        "PythonSyntax", "TextCodecs", "CExchange",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),

    // Tests and benchmarks.
    .executableTarget(
      name: "asyncrules-benchmark",
      dependencies: [
        "PythonSyntax", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Benchmarks", exclude: ["publish_speed.py"], swiftSettings: strict),
    .executableTarget(
      name: "playground-cases", dependencies: ["RuleBase", "AsyncChecks"],
      path: "Tests/Playground", exclude: ["compare.mjs"], swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "PythonSyntaxTests", dependencies: ["PythonSyntax", "TestSupport"],
      exclude: ["Fixtures", "Goldens"], swiftSettings: strict),
    .testTarget(
      name: "TextCodecsTests", dependencies: ["TextCodecs", "PythonSyntax"],
      swiftSettings: strict),
    .testTarget(
      name: "PythonSemanticsTests", dependencies: ["PythonSemantics", "PythonSyntax"],
      swiftSettings: strict),
    .testTarget(
      name: "AsyncChecksTests", dependencies: ["AsyncChecks", "PythonSyntax"],
      swiftSettings: strict),
    .testTarget(
      name: "RuleBaseTests",
      dependencies: [
        "RuleBase", "EmbeddedRules", "AsyncChecks", "PythonSyntax", "CMark", "TestSupport",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "VerifierTests",
      dependencies: ["Verifier", "RuleBase", "AsyncChecks", "PythonSyntax"],
      swiftSettings: strict),
    .testTarget(
      name: "PublisherTests",
      dependencies: [
        "Publisher", "Verifier", "RuleBase", "AsyncChecks", "PythonSyntax", "TestSupport",
      ],
      exclude: [
        "Manual/Goldens", "Catalogue/Goldens", "Terminal/Goldens", "Site/Goldens",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ProofTests", dependencies: ["Publisher", "Verifier", "RuleBase"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["asyncrules", "Publisher"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// For WebAssembly the package is the core alone: otherwise SwiftPM would first build every
// build-tool plugin and what these need.
if Context.environment["ASYNCRULES_CORE_ONLY"] != nil {
  let names = ["PythonSyntax", "PythonSemantics", "AsyncChecks", "CPlayground", "Playground"]
  package.targets.removeAll { !names.contains($0.name) }
  package.products.removeAll { $0.name != "playground" }
  package.dependencies = []
}
