import Foundation
import PackagePlugin

/// Turns the Python files of the harness, the recorded proofs and the measurements of other
/// tools into Swift sources of the target that uses the plugin.
@main
struct EmbedHarness: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let harness = target.directoryURL.appending(path: "Harness")
    let rules = context.package.directoryURL.appending(path: "Rules")
    return [
      try command("EmbeddedHarness", of: harness, suffix: "py", context),
      try command(
        "EmbeddedProofs", of: rules.appending(path: "proofs"), suffix: "json", context),
      try command("EmbeddedPeers", of: rules.appending(path: "peers"), suffix: "json", context),
    ]
  }

  private func command(
    _ type: String, of folder: URL, suffix: String, _ context: PluginContext,
  ) throws -> Command {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles
    ).filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: type + ".swift")
    return .buildCommand(
      displayName: "Writing \(type)",
      executable: try context.tool(named: "TextEmbedder").url,
      arguments: [output.path(percentEncoded: false), type]
        + ([folder] + files).map { $0.path(percentEncoded: false) },
      inputFiles: [folder] + files,
      outputFiles: [output])
  }
}
