import Foundation
import PackagePlugin

/// Turns the Python files of the harness into a Swift source of the target that uses the plugin.
@main
struct EmbedHarness: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "Harness")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles
    ).filter { $0.pathExtension == "py" }.sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedHarness.swift")
    return [
      .buildCommand(
        displayName: "Embedding the Python harness",
        executable: try context.tool(named: "TextEmbedder").url,
        arguments: [output.path(percentEncoded: false), "EmbeddedHarness"]
          + ([folder] + files).map { $0.path(percentEncoded: false) },
        inputFiles: [folder] + files,
        outputFiles: [output])
    ]
  }
}
