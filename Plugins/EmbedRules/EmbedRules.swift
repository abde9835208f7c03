import Foundation
import PackagePlugin

/// Turns the rule files into a Swift source of the target that uses the plugin.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "Rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedRuleTexts.swift")
    return [
      .buildCommand(
        displayName: "Embedding the rules",
        executable: try context.tool(named: "RuleEmbedder").url,
        arguments: [rules.path(percentEncoded: false), output.path(percentEncoded: false)],
        inputFiles: try inputs(below: rules),
        outputFiles: [output])
    ]
  }

  /// The rule files and their folders: a folder's time changes when a file is added or removed,
  /// which must run the command again although no file known to it has changed.
  private func inputs(below folder: URL) throws -> [URL] {
    let entries = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    var inputs = [folder]
    for entry in entries.sorted(by: { $0.path < $1.path }) {
      if try entry.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
        inputs += try self.inputs(below: entry)
      } else if entry.pathExtension == "md" {
        inputs.append(entry)
      }
    }
    return inputs
  }
}
