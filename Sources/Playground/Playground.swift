#if !arch(wasm32)
  import Foundation
#endif

/// The checker for the website's playground.
///
/// As WebAssembly it exports ``allocateRequest(_:)`` and ``checkRequest(_:_:)``; as an ordinary
/// program it reads a request from standard input and prints the same answer.
@main
enum Playground {
  static func main() {
    #if !arch(wasm32)
      let request = FileHandle.standardInput.readDataToEndOfFile()
      FileHandle.standardOutput.write(Data(PlaygroundAnswer.json(for: Array(request))))
    #endif
  }
}
