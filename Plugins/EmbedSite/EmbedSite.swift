import Foundation
import PackagePlugin

/// Turns the hand-written inputs of the website into a Swift source of the target that uses the
/// plugin.
@main
struct EmbedSite: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Site")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let entries = paths.filter { !$0.contains("/.") && !$0.hasPrefix(".") }
      .map { folder.appending(path: $0) }
    let folders = entries.filter(\.hasDirectoryPath)
    let files = entries.filter { !$0.pathExtension.isEmpty }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSite.swift")
    return [
      .buildCommand(
        displayName: "Embedding the website's inputs",
        executable: try context.tool(named: "TextEmbedder").url,
        arguments: [output.path(percentEncoded: false), "EmbeddedSite"]
          + ([folder] + files).map { $0.path(percentEncoded: false) },
        inputFiles: [folder] + folders + files,
        outputFiles: [output])
    ]
  }
}
